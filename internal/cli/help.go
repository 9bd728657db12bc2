package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// Groups of flags, as help shows them.
const (
	groupColumns = "What a column is"
	groupCells   = "How a cell is read"
	groupAction  = "What is done"
	groupAmount  = "How much"
	groupSafety  = "Safety"
	groupOutput  = "What comes out"
	groupTalk    = "How it talks"
)

// groupOrder is the order of the groups in help.
func groupOrder() []string {
	return []string{groupColumns, groupCells, groupAction, groupAmount, groupSafety, groupOutput, groupTalk}
}

// groupKey marks a flag with its group.
const groupKey = "crmferry/group"

// addFlags declares a group of a command's flags:
//
//	addFlags(cmd, groupAmount, func(fs *pflag.FlagSet) {
//		fs.IntVar(&o.limit, "limit", 0, "import the first `N` rows only")
//	})
//
// A word in backquotes is the flag's argument in help.
func addFlags(cmd *cobra.Command, group string, define func(*pflag.FlagSet)) {
	fs := pflag.NewFlagSet(group, pflag.ContinueOnError)
	fs.SortFlags = false
	define(fs)
	cmd.Flags().SortFlags = false
	cmd.DisableFlagsInUseLine = true
	cmd.Flags().AddFlagSet(fs)
	fs.VisitAll(func(f *pflag.Flag) { inGroup(cmd, group, f.Name) })
}

// inGroup puts a flag of the command into a group. A flag that is not declared is a programming error.
func inGroup(cmd *cobra.Command, group, flag string) {
	if err := cmd.Flags().SetAnnotation(flag, groupKey, []string{group}); err != nil {
		panic(err)
	}
}

// help prints a command's help: examples first, then how it is called, what it does, and its own flags by group.
func (a *app) help(cmd *cobra.Command, _ []string) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", cmd.CommandPath(), cmd.Short)
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", strings.TrimRight(cmd.Example, "\n"))
	}
	if cmd.Runnable() && cmd.HasParent() {
		// Use lines are written by hand: they say what matters.
		fmt.Fprintf(&b, "\nUsage:\n  %s\n", cmd.UseLine())
	}
	if cmd.Long != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimRight(cmd.Long, "\n"))
	}
	a.writeCommands(&b, cmd)
	if cmd.HasParent() && cmd.Runnable() {
		writeFlags(&b, cmd)
	}
	if !cmd.HasParent() {
		fmt.Fprintf(&b, "\nExit codes:\n%s\nEvery command explains itself: crmferry COMMAND --help\n", exitCodesText())
	}
	a.ui.Text(b.String())
}

// writeCommands lists the commands below cmd: those of the root in the order of commands, then those that cobra made.
func (a *app) writeCommands(w io.Writer, cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	list := slices.Clone(cmd.Commands())
	if !cmd.HasParent() {
		var order []string
		for _, c := range commands(a) {
			order = append(order, c.Name())
		}
		rank := func(c *cobra.Command) int {
			if i := slices.Index(order, c.Name()); i >= 0 {
				return i
			}
			return len(order)
		}
		slices.SortStableFunc(list, func(x, y *cobra.Command) int { return rank(x) - rank(y) })
	}
	fmt.Fprint(w, "\nCommands:\n")
	for _, c := range list {
		fmt.Fprintf(w, "  %-11s %s\n", c.Name(), lowerFirst(c.Short))
	}
}

func writeFlags(w io.Writer, cmd *cobra.Command) {
	groups := map[string]*pflag.FlagSet{}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		group := groupTalk
		if g := f.Annotations[groupKey]; len(g) > 0 {
			group = g[0]
		}
		if groups[group] == nil {
			groups[group] = pflag.NewFlagSet(group, pflag.ContinueOnError)
			groups[group].SortFlags = false
		}
		groups[group].AddFlag(f)
	})
	for _, title := range groupOrder() {
		if fs := groups[title]; fs != nil {
			fmt.Fprintf(w, "\n%s:\n%s", title, fs.FlagUsagesWrapped(110))
		}
	}
}

// newHelpCommand is "help [COMMAND]", with a topic of its own: "help exit-codes".
func newHelpCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "explain a command, or exit-codes",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "exit-codes" {
				a.ui.Text(exitCodesText())
				return nil
			}
			root := cmd.Root()
			found, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(root, strings.Join(args, " "))
			}
			return found.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return append(commandNames(cmd.Root()), "exit-codes"), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// unknownFlag returns the name of a flag that does not exist, if that is what err is about.
func unknownFlag(err error) (string, bool) {
	var e *pflag.NotExistError
	if !errors.As(err, &e) {
		return "", false
	}
	return e.GetSpecifiedName(), true
}

func nearestFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return humanize.Nearest(name, names)
}

func exitCodesText() string {
	var b strings.Builder
	for _, c := range failure.ExitCodes() {
		fmt.Fprintf(&b, "  %d  %s\n", c.Code, c.Meaning)
	}
	return b.String()
}
