package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/account/login"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/listing"
	"crmferry/internal/cli/say"
	"crmferry/internal/failure"
)

// loginOptions are the flags of login.
type loginOptions struct {
	connectOptions
	keyFile string
}

func newLoginCommand(a *app) *cobra.Command {
	o := loginOptions{connectOptions: connectOptions{workers: 1}}
	cmd := &cobra.Command{
		Use:   "login ACCOUNT",
		Short: "ask for address and key of an account, try them, keep them",
		Example: `  crmferry login growcrm
  # a second account of the same CRM, by a name of your own
  crmferry login growcrm@acme
  # the key stays in a file of its own
  crmferry login growcrm@acme --key-file /etc/crmferry/acme.key
  # in a script: the key comes from a pipe, the address from CRMFERRY_GROWCRM_ACME_URL
  crmferry login growcrm@acme --key-file -`,
		Long: `ACCOUNT is VENDOR or VENDOR@NAME; a name is 1 to 32 of a-z, 0-9 and -. Nothing is kept unless the CRM has taken the key,
where it documents a way to try one. Settings are kept in accounts.json, which only you may read, in $CRMFERRY_CONFIG_DIR, else
where your system keeps settings (crmferry accounts says which accounts there are). If one variable of an account is set in the
environment, all its settings come from there instead.`,
		Args:              func(cmd *cobra.Command, args []string) error { return flags.ArgCount(cmd, args, 1, 1) },
		ValidArgsFunction: a.complete().Account,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := a.findAccount(args[0])
			if err != nil {
				return err
			}
			ctx, release := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
			defer release()
			return a.login(ctx, r, &o)
		},
	}
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.keyFile, "key-file", "", "keep the path of `FILE`, which holds the key, and not the key; - reads the key from stdin and keeps it")
		o.addUndocumented(fs, a.registry)
	})
	flags.Add(cmd, flags.Talk, o.addVerbose)
	return cmd
}

// login asks for the settings of an account, tries them, and keeps them.
func (a *app) login(ctx context.Context, r account.Resource, o *loginOptions) error {
	if o.keyFile == "" && !a.ui.CanAsk() {
		return failure.Usage("--key-file PATH names the file that holds the key, --key-file - reads it from stdin", "there is no terminal to ask for the key on")
	}
	options, err := a.tryOptions(r.Account(), o.connectOptions)
	if err != nil {
		return err
	}
	q := &login.Request{Resource: r, KeyFile: o.keyFile, Asker: a.ui, Options: options}
	if o.keyFile == "-" {
		q.KeyFile = ""
		if !a.ui.InTTY { // else it is asked for
			q.Keys = a.ui.In
		}
	}
	result, err := login.Run(ctx, q)
	if err != nil {
		return err
	}
	say.Messages(a.ui, listing.LoggedIn(r, result, a.failureOf(result.Untried))...)
	if variable, set := r.Account().IsSet(a.env); set {
		a.ui.Warnf("in shells where %s is set, what is kept of %s does not count", variable, r.Account().ID())
	}
	return nil
}
