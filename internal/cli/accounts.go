package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/listing"
	"crmferry/internal/failure"
)

// accountsOptions are the flags of accounts.
type accountsOptions struct {
	connectOptions
	check  bool
	forget string
}

func newAccountsCommand(a *app) *cobra.Command {
	o := accountsOptions{connectOptions: connectOptions{workers: 1}}
	cmd := &cobra.Command{
		Use:   "accounts [--check] [--forget ACCOUNT] [--json]",
		Short: "list the accounts that are known here, try their keys, forget one",
		Example: `  crmferry accounts
  crmferry accounts --check
  crmferry accounts --forget growcrm@acme`,
		Long: `Lists the accounts that crmferry login keeps, and those that have a variable in the environment. If one variable of an
account is set there, all its settings come from there, and what is kept of it does not count. Keys are never shown.`,
		Args: flags.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.forget != "" || cmd.Flags().Changed("forget") {
				return a.forgetAccount(cmd.Context(), o)
			}
			return a.listAccounts(cmd.Context(), o)
		},
	}
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.BoolVar(&o.check, "check", false, "make one read with the key of each and say whether it works")
		fs.StringVar(&o.forget, "forget", "", "keep the settings of `ACCOUNT` no more; a file that holds its key stays")
		o.addUndocumented(fs, a.registry)
	})
	flags.Add(cmd, flags.Talk, o.addVerbose)
	flags.AddJSON(cmd, a.ui)
	complete.Flags(cmd, map[string]cobra.CompletionFunc{"forget": a.complete().Kept})
	return cmd
}

// listAccounts lists the accounts that are known here, or tries their keys.
func (a *app) listAccounts(ctx context.Context, o accountsOptions) error {
	switch {
	case o.check && !a.ui.JSON:
		return a.tryKnown(ctx, o.connectOptions, a.tellTried)
	case o.check:
		return a.checkAccountsJSON(ctx, o.connectOptions)
	}
	list, unread := a.knownAccounts(o.connectOptions) // those of the environment are listed all the same
	out := []listing.AccountJSON{}
	for _, k := range list {
		out = append(out, listing.NewAccountJSON(k, nil, a.failureOf(k.Err)))
	}
	switch {
	case unread != nil && len(out) == 0:
	case a.ui.JSON:
		a.said = out
	default:
		a.showAccounts(out)
	}
	return unread
}

// checkAccountsJSON tries the keys of accounts, for programs.
func (a *app) checkAccountsJSON(ctx context.Context, o connectOptions) error {
	var out []listing.AccountJSON
	err := a.tryKnown(ctx, o, func(k *account.Known, tried *account.Tried, failed *failure.Error) {
		out = append(out, listing.NewAccountJSON(k, tried, failed))
	})
	if len(out) > 0 {
		a.said = out
	}
	return err
}

// showAccounts prints a table of accounts, and what is wrong with some.
func (a *app) showAccounts(list []listing.AccountJSON) {
	if len(list) == 0 {
		a.ui.Notef("no account is known here: crmferry login ACCOUNT asks for one; see crmferry vendors VENDOR for what each needs")
		return
	}
	a.ui.Table(listing.Accounts(list))
	for _, l := range list {
		if l.Error != "" {
			a.ui.Warnf("%s cannot be used: %s", l.Account, l.Error)
		}
	}
}

// forgetAccount keeps an account no more.
func (a *app) forgetAccount(ctx context.Context, o accountsOptions) error {
	if o.check {
		return failure.Usage("do one after the other", "--forget and --check do not go together")
	}
	r, err := a.findAccount(o.forget)
	if err != nil {
		return err
	}
	of := r.Account()
	path, err := of.Forget(ctx, a.env)
	if err != nil {
		return err
	}
	if a.ui.JSON {
		a.said = map[string]any{"account": of.ID(), "forgotten": true}
		return nil
	}
	a.ui.Notef("%s is no longer kept in %s; its key is valid until it is deleted in %s under %s", of.ID(), path, of.Vendor.Name, of.Vendor.KeyMadeAt)
	if variable, set := of.IsSet(a.env); set {
		a.ui.Notef("%s is set: the account goes on by its variables", variable)
	}
	return nil
}

// findAccount is an account that an argument names, with its contacts.
func (a *app) findAccount(name string) (account.Resource, error) {
	r, err := a.registry.Find(name)
	if err == nil && strings.Contains(name, "/") {
		return nil, failure.Usage("name the account alone: "+r.Account().ID(), "%q is no account but a resource in one", name)
	}
	return r, err
}
