package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/help"
	"crmferry/internal/cli/runs"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

// Run is the whole program: arguments in, exit code out.
func Run(args []string, in, out, err *os.File) failure.ExitCode {
	cobra.MousetrapHelpText = "" // it would end a program that was begun by a double click
	a := newApp(in, out, err)
	defer a.keepWindow(context.Background())
	return a.run(context.Background(), args)
}

// run runs one command and says what went wrong.
func (a *app) run(ctx context.Context, args []string) failure.ExitCode {
	a.args = args
	a.removeScratch()
	out := &watched{to: a.ui.Out}
	a.ui.Out = out
	root := newRootCommand(a)
	root.SetArgs(args)
	f := &failure.Error{}
	if err := cmp.Or(root.ExecuteContext(ctx), a.unhelped); err != nil {
		f = a.explain(err)
	}
	err := a.printJSON(f)
	if err == nil {
		err = out.failed()
	}
	if err != nil && f.Err == nil {
		f = a.explain(err)
	}
	if f.Err != nil {
		a.ui.Error(f.Err, f.Hints...)
	}
	return f.Code
}

// printJSON prints the one document of --json: what the command has to say, and why it failed.
func (a *app) printJSON(f *failure.Error) error {
	asked := a.ui.JSON || slices.Contains(a.args, "--json") // whatever else is wrong with the command
	said := a.said
	if f.Err != nil && asked {
		var err error
		if said, err = text.Failed(said, f); err != nil {
			return err
		}
	}
	if said == nil {
		return nil
	}
	return a.ui.WriteJSON(said)
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
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return flags.NoneEmpty(cmd)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.notACommand(cmd, args)
			}
			return cmd.Help()
		},
	}
	root.Flags().Bool("version", false, "print the version of this binary")
	root.Version = help.ReadBuild().String()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetOut(a.ui.Out)
	root.SetErr(a.ui.Err)
	root.SetFlagErrorFunc(flagError)
	var order []string
	for _, c := range commands(a) {
		root.AddCommand(c)
		order = append(order, c.Name())
	}
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		at := slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
		if at >= 0 && !cmd.HasParent() { // cobra takes --help of an unknown command for that of the program
			a.unhelped = help.UnknownCommand(cmd, args[at])
			return
		}
		a.help(cmd, order)
	})
	root.SetHelpCommand(newHelpCommand(a))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			refuseArgs(c)
			c.Use, c.Long = "completion SHELL", "Writes a script by which SHELL completes commands, flags, runs and accounts at the tab key. How each shell\nloads its own: crmferry completion SHELL --help"
			c.Example = "  # for this session of bash, which has to have bash-completion\n  source <(crmferry completion bash)"
		}
	}
	return root
}

// refuseArgs makes arguments of a command that cobra made, and of those below it, wrong use.
func refuseArgs(cmd *cobra.Command) {
	cmd.Args = flags.NoArgs
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
		newApplyCommand(a),
		newUndoCommand(a),
		newExportCommand(a),
		newCheckCommand(a),
		runs.New(&runs.Command{UI: a.ui, Env: a.jobEnv(), Registry: a.registry, Complete: a.complete(), Past: a.pastRun, Said: &a.said}),
		newLoginCommand(a),
		newAccountsCommand(a),
		newFieldsCommand(a),
		newVendorsCommand(a),
		newSandboxCommand(a),
		newVersionCommand(a),
		newManCommand(),
	}
}

// flagError turns what is wrong with a flag into wrong use, with the nearest flag as the hint.
func flagError(cmd *cobra.Command, err error) error {
	hint := fmt.Sprintf("see %s --help", cmd.CommandPath())
	if e := (*pflag.InvalidValueError)(nil); errors.As(err, &e) {
		return wrongValue(e.GetFlag(), e.GetValue(), hint)
	}
	if name, ok := unknownFlag(err); ok {
		if file := text.FileArg("-" + shorthands(err)); shorthands(err) != "" && files.CheckReadable(file) == nil {
			hint = fmt.Sprintf("a file whose name begins with a dash is named with its folder: %s", text.Quote(file))
		} else if near := nearestFlag(cmd, name); near != "" {
			hint = fmt.Sprintf("did you mean --%s?", near)
		}
	}
	return failure.New(failure.ExitUsage, errors.New(help.LowerFirst(err.Error())), hint)
}

// wrongValue says what is wrong with the value of a flag that takes no text.
func wrongValue(f *pflag.Flag, value, hint string) error {
	_, notANumber := strconv.ParseFloat(value, 64)
	switch name := f.Name; f.Value.Type() {
	case "bool":
		return failure.Usage("say --"+name+" alone, or leave it out", "--%s takes no value, and %q was given", name, value)
	case "int":
		return failure.Usage(hint, "--%s %q is not a whole number", name, value)
	case "duration":
		if notANumber == nil {
			return failure.Usage(fmt.Sprintf("say of what: --%s %ss (seconds), --%s %sm (minutes) or --%s %sh (hours)", name, value, name, value, name, value), "--%s %q has no unit", name, value)
		}
		return failure.Usage("give a time such as 30m or 2h", "--%s %q is not a time", name, value)
	}
	return failure.Usage(hint, "--%s does not take %q", f.Name, value)
}

// unknownFlag returns the name of a flag that does not exist, if that is what err is about.
func unknownFlag(err error) (string, bool) {
	var e *pflag.NotExistError
	if !errors.As(err, &e) {
		return "", false
	}
	return e.GetSpecifiedName(), true
}

// shorthands are the letters behind a single dash, one of which is no flag; "" if err is not about such.
func shorthands(err error) string {
	var e *pflag.NotExistError
	if !errors.As(err, &e) {
		return ""
	}
	return e.GetSpecifiedShortnames()
}

func nearestFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return humanize.Nearest(name, names)
}
