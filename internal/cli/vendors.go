package cli

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/listing"
)

func newVendorsCommand(a *app) *cobra.Command {
	var check bool
	o := connectOptions{workers: 1}
	cmd := &cobra.Command{
		Use:   "vendors [VENDOR[@NAME]] [--check] [--json]",
		Short: "list vendors, what they can do and need; --check tries the key",
		Example: `  crmferry vendors
  crmferry vendors growcrm
  crmferry vendors growcrm --check`,
		Long: `Settings are kept by crmferry login, or come from the environment, each one also from a file: with NAME_FILE=PATH the
value is what the file PATH holds. Their values are never shown. crmferry accounts lists the accounts that are known here.`,
		Args:              func(cmd *cobra.Command, args []string) error { return flags.ArgCount(cmd, args, 0, 1) },
		ValidArgsFunction: a.complete().Vendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			if check {
				return a.checkVendor(cmd.Context(), args, o)
			}
			return a.listVendors(args)
		},
	}
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.BoolVar(&check, "check", false, "make one read and say whether the key works")
		o.addUndocumented(fs, a.registry)
	})
	flags.Add(cmd, flags.Safety, o.addSandbox)
	flags.Add(cmd, flags.Talk, o.addVerbose)
	flags.AddJSON(cmd, a.ui)
	return cmd
}

// settingState says how a setting is given: "set", "set by a file", or "" if it is not.
func (a *app) settingState(of account.Account, s account.Setting) string {
	name := of.Variable(s.Suffix)
	if value, _ := a.env(name); value != "" {
		return "set"
	}
	if path, _ := a.env(name + account.FileSuffix); path != "" {
		return "set by the file of " + name + account.FileSuffix
	}
	return ""
}

// chosen are the resources of a vendor, or all.
func (a *app) chosen(args []string) ([]account.Resource, error) {
	if len(args) == 0 {
		return a.registry.Resources(), nil
	}
	r, err := a.registry.Find(args[0])
	return []account.Resource{r}, err
}

func (a *app) listVendors(args []string) error {
	resources, err := a.chosen(args)
	if err != nil {
		return err
	}
	list := make([]listing.VendorJSON, len(resources))
	for i, r := range resources {
		list[i] = listing.NewVendorJSON(r, a.settingState)
	}
	switch {
	case a.ui.JSON:
		a.said = list
	case len(args) == 1:
		r := resources[0]
		a.ui.Rows(listing.Vendor(r, list[0], a.registry.Of(r.Vendor()), listing.GivenState(a.env, a.settingState)))
	default:
		a.ui.Table(listing.Vendors(list))
	}
	return nil
}

// checkVendor makes one read with the key of an account, or of each that is known here. For programs one account is a list, too.
func (a *app) checkVendor(ctx context.Context, args []string, o connectOptions) error {
	switch {
	case len(args) == 0 && a.ui.JSON:
		return a.checkAccountsJSON(ctx, o)
	case len(args) == 0:
		return a.tryKnown(ctx, o, a.tellTried) // in the sandbox those of all vendors
	}
	r, err := a.registry.Find(args[0])
	if err != nil {
		return err
	}
	tried, err := a.tryKey(ctx, r, o)
	if err != nil {
		return err
	}
	if a.ui.JSON {
		list, err := a.knownAccounts(o)
		for _, k := range list {
			if k.Account().ID() == r.Account().ID() {
				a.said = []listing.AccountJSON{listing.NewAccountJSON(k, tried, nil)}
				return nil
			}
		}
		return err
	}
	a.ui.Printf("%s\n", listing.Tried(tried))
	return nil
}
