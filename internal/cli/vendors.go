package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
)

// untriableError says so of a vendor by name.
type untriableError struct{ vendor string }

func (e untriableError) Error() string {
	return e.vendor + " documents no read, so its key cannot be tried without creating a contact"
}

func newVendorsCommand(a *app) *cobra.Command {
	var check bool
	o := connectOptions{workers: 1}
	cmd := &cobra.Command{
		Use:   "vendors [VENDOR] [--check] [--json]",
		Short: "list vendors, what they can do and need; --check tries the key",
		Example: `  crmferry vendors
  crmferry vendors growcrm
  crmferry vendors growcrm --check`,
		Long: `Settings come from the environment, each one also from a file: with NAME_FILE=PATH the value is what the file
PATH holds. Their values are never shown.`,
		Args:              func(cmd *cobra.Command, args []string) error { return argCount(cmd, args, 0, 1) },
		ValidArgsFunction: a.completeVendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			if check {
				return a.checkKeys(cmd.Context(), args, o)
			}
			return a.listVendors(args)
		},
	}
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.BoolVar(&check, "check", false, "make one read and say whether the key works")
		o.addUndocumented(fs, a.registry)
	})
	addFlags(cmd, groupSafety, o.addSandbox)
	addFlags(cmd, groupTalk, o.addVerbose)
	a.addJSON(cmd)
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
	list := make([]text.VendorJSON, len(resources))
	for i, r := range resources {
		list[i] = text.NewVendorJSON(r, a.settingState)
	}
	switch {
	case a.ui.JSON:
		return a.ui.WriteJSON(list)
	case len(args) == 1:
		r := resources[0]
		a.ui.Rows(text.Vendor(r, list[0], a.registry.Of(r.Vendor()), a.settingState))
	default:
		a.ui.Table(text.Vendors(list))
	}
	return nil
}

// checkKeys tries the key of one vendor, or of each that has a variable set.
func (a *app) checkKeys(ctx context.Context, args []string, o connectOptions) error {
	resources, err := a.chosen(args)
	if err != nil {
		return err
	}
	if len(args) == 0 && !o.sandbox {
		resources = slices.DeleteFunc(slices.Clone(resources), func(r account.Resource) bool { return !a.anySet(r.Account()) })
		if len(resources) == 0 {
			return failure.Usage("see crmferry vendors VENDOR for what each needs", "no vendor has a variable set, so there is no key to try")
		}
	}
	seen := map[*account.Vendor]bool{}
	code := failure.ExitOK
	for _, r := range resources {
		if seen[r.Vendor()] {
			continue
		}
		seen[r.Vendor()] = true
		err := a.checkKey(ctx, r, o)
		if ctx.Err() != nil {
			return err
		}
		if err == nil {
			continue
		}
		f := a.explain(err)
		if len(args) == 0 && errors.As(err, &untriableError{}) { // nobody asked about this vendor in particular
			a.ui.Notef("%s", f.Err)
			continue
		}
		a.ui.Error(f.Err, f.Hints...)
		code = max(code, f.Code)
	}
	return failure.Quietly(code)
}

func (a *app) anySet(of account.Account) bool {
	return slices.ContainsFunc(of.Vendor.Settings, func(s account.Setting) bool { return a.settingState(of, s) != "" })
}

// checkKey makes one read with a vendor's key.
func (a *app) checkKey(ctx context.Context, r account.Resource, o connectOptions) error {
	options, err := o.options(a)
	if err != nil {
		return err
	}
	c, err := a.runner(r.Vendor(), o).Connect(r, options)
	if err != nil {
		return err
	}
	defer c.Close()
	v := r.Vendor()
	found, err := r.TryKey(ctx, c.Connection)
	switch {
	case errors.Is(err, account.ErrNoRead):
		return failure.New(failure.ExitFailed, untriableError{v.Name},
			fmt.Sprintf("import one row and look at its report: crmferry import %s FILE --limit 1", r.Ref()))
	case err != nil:
		f := a.explain(c.Explain(err))
		if f.Code == failure.ExitStopped && ctx.Err() == nil {
			return failure.New(failure.ExitFailed, f.Err, f.Hints...) // nothing was under way that could be stopped
		}
		return f
	}
	if a.ui.JSON {
		return a.ui.WriteJSON(map[string]any{"id": r.Ref(), "url": c.Base().String(), "works": true, "found": found})
	}
	a.ui.Printf("the key of %s works at %s: %s\n", v.Name, c.Base(), found)
	return nil
}
