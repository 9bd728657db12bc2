package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// app is what commands share. Nothing in it costs anything before a command asks for it.
type app struct {
	ui       *terminal.UI
	env      account.Lookup
	registry *account.Registry
	now      func() time.Time
	args     []string          // as given
	locks    []string          // folders for locks that all users of this machine share; none: no such locks
	network  http.RoundTripper // nil: the real one
	settle   time.Duration     // how long "not found" must hold after a lost answer,
	late     time.Duration     // for how long a resumed run reckons with requests of the session before, and
	backoff  time.Duration     // the first pause before another try; 0 for the importer's own
}

// Run is the whole program: arguments in, exit code out.
func Run(args []string, in, out, err *os.File) failure.ExitCode {
	return newApp(in, out, err).run(context.Background(), args)
}

// newApp is the program as people run it.
func newApp(in, out, err *os.File) *app {
	return &app{
		ui:       terminal.New(in, out, err, os.LookupEnv),
		env:      os.LookupEnv,
		registry: account.All(),
		now:      time.Now,
		locks:    state.MachineFolders(),
	}
}

// run runs one command and says what went wrong.
func (a *app) run(ctx context.Context, args []string) failure.ExitCode {
	a.args = args
	a.removeScratch()
	root := newRootCommand(a)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return failure.ExitOK
	}
	f := a.explain(err)
	if f.Err != nil {
		a.ui.Error(f.Err, f.Hints...)
	}
	return f.Code
}

// removeScratch removes what killed runs have left of which nothing was to be kept.
func (a *app) removeScratch() {
	if root, err := state.RootIn(a.env); err == nil {
		state.RemoveScratch(root)
	}
}

// newRootCommand builds the tree of commands.
func newRootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "crmferry",
		Short: "ferry contacts between spreadsheets and CRMs",
		Example: `  # take a spreadsheet into a simulated CRM: no key, nothing leaves this machine
  crmferry import growcrm leads.xlsx --sandbox
  # see how the columns are understood: no key, no network
  crmferry check growcrm leads.xlsx
  # what a CRM needs and can do, and whether its key works
  crmferry vendors growcrm --check`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs, // so that an unknown command reaches RunE
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	root.SetOut(a.ui.Out)
	root.SetErr(a.ui.Err)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(a.help)
	root.AddCommand(commands(a)...)
	root.SetHelpCommand(newHelpCommand(a))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			refuseArgs(c)
		}
	}
	return root
}

// refuseArgs makes arguments of a command that cobra made, and of those below it, wrong use.
func refuseArgs(cmd *cobra.Command) {
	cmd.Args = noArgs
	cmd.DisableFlagsInUseLine = true
	if !cmd.Runnable() {
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() } // else arguments are not looked at
	}
	for _, c := range cmd.Commands() {
		refuseArgs(c)
	}
}

// commands lists the commands, in the order of the help.
func commands(a *app) []*cobra.Command {
	return []*cobra.Command{
		newImportCommand(a),
		newExportCommand(a),
		newCheckCommand(a),
		newFieldsCommand(a),
		newVendorsCommand(a),
		newRunsCommand(a),
		newSandboxCommand(a),
		newVersionCommand(a),
	}
}

func unknownCommand(root *cobra.Command, name string) error {
	names := commandNames(root)
	return failure.Unknown("command", name, humanize.Nearest(name, names), "commands: "+strings.Join(names, ", "))
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// noArgs refuses any argument.
func noArgs(cmd *cobra.Command, args []string) error { return argCount(cmd, args, 0, 0) }

// argCount refuses too few or too many arguments.
func argCount(cmd *cobra.Command, args []string, least, most int) error {
	hint := fmt.Sprintf("usage: %s; see %s --help", cmd.UseLine(), cmd.CommandPath())
	switch {
	case len(args) < least && least == 1:
		return failure.Usage(hint, "%s needs an argument", cmd.CommandPath())
	case len(args) < least:
		return failure.Usage(hint, "%s needs %d arguments, not %d", cmd.CommandPath(), least, len(args))
	case len(args) > most:
		return failure.Usage(hint, "unexpected argument %q", args[most])
	}
	return nil
}

// flagError turns what is wrong with a flag into wrong use, with the nearest flag as the hint.
func flagError(cmd *cobra.Command, err error) error {
	hint := fmt.Sprintf("see %s --help", cmd.CommandPath())
	if name, ok := unknownFlag(err); ok {
		if near := nearestFlag(cmd, name); near != "" {
			hint = fmt.Sprintf("did you mean --%s?", near)
		}
	}
	return failure.New(failure.ExitUsage, errors.New(lowerFirst(err.Error())), hint)
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// addJSON declares --json for a command that lists something.
func (a *app) addJSON(cmd *cobra.Command) {
	cmd.DisableFlagsInUseLine = true
	cmd.Flags().BoolVar(&a.ui.JSON, "json", false, "as JSON on stdout")
	inGroup(cmd, groupTalk, "json")
}
