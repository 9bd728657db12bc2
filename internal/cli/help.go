package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// help prints a command's help: examples first, then how it is called, what it does, and its own flags by group.
// order names the commands of the program in the order in which they are listed.
func (a *app) help(cmd *cobra.Command, order []string) {
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
	writeCommands(&b, cmd, order)
	if cmd.HasParent() && cmd.Runnable() {
		writeFlags(&b, cmd)
	}
	if !cmd.HasParent() {
		fmt.Fprintf(&b, "\nExit codes:\n%s\nEvery command explains itself: crmferry COMMAND --help\n", exitCodesText())
	}
	a.ui.Text(b.String())
}

// writeCommands lists the commands below cmd: those of the root in an order, then those that cobra made.
func writeCommands(w io.Writer, cmd *cobra.Command, order []string) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	list := slices.Clone(cmd.Commands())
	if !cmd.HasParent() {
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

func exitCodesText() string {
	var b strings.Builder
	for _, c := range failure.ExitCodes() {
		fmt.Fprintf(&b, "  %d  %s\n", c.Code, c.Meaning)
	}
	return b.String()
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

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
