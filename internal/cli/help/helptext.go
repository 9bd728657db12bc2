package help

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

// Order is in which order help lists things.
type Order struct {
	Commands []string
	Groups   []string
	Key      string // by which a flag names its group
	Last     string // the group of flags that name none
}

// Text is a command's help: examples first, then how it is called, what it does, and its own flags by group.
func Text(cmd *cobra.Command, o Order) string {
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
	writeCommands(&b, cmd, o.Commands)
	if cmd.HasParent() && cmd.Runnable() {
		writeFlags(&b, cmd, o)
	}
	if !cmd.HasParent() {
		fmt.Fprintf(&b, "\nExit codes:\n%s\nEvery command explains itself: crmferry COMMAND --help\n", ExitCodesText())
	}
	return b.String()
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
		if c.Hidden {
			continue
		}
		fmt.Fprintf(w, "  %-11s %s\n", c.Name(), LowerFirst(c.Short))
	}
}

func writeFlags(w io.Writer, cmd *cobra.Command, o Order) {
	groups := flagGroups(cmd, o)
	for _, title := range o.Groups {
		if fs := groups[title]; fs != nil {
			fmt.Fprintf(w, "\n%s:\n%s", title, fs.FlagUsagesWrapped(110))
		}
	}
}

// flagGroups are a command's own flags by the title of their group.
func flagGroups(cmd *cobra.Command, o Order) map[string]*pflag.FlagSet {
	groups := map[string]*pflag.FlagSet{}
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		group := o.Last
		if g := f.Annotations[o.Key]; len(g) > 0 {
			group = g[0]
		}
		if groups[group] == nil {
			groups[group] = pflag.NewFlagSet(group, pflag.ContinueOnError)
			groups[group].SortFlags = false
		}
		groups[group].AddFlag(optional(f))
	})
	return groups
}

// optional is a flag as its usage shows it: a value that may be left out stands behind its name, as in --resume[=RUN].
func optional(f *pflag.Flag) *pflag.Flag {
	if f.NoOptDefVal == "" || f.Value.Type() != "string" {
		return f
	}
	shown := *f
	name, usage := pflag.UnquoteUsage(f)
	shown.Name, shown.Usage, shown.NoOptDefVal, shown.Value = f.Name+"[="+name+"]", usage, "", nameless{f.Value}
	return &shown
}

// nameless is a value whose type pflag does not name.
type nameless struct{ pflag.Value }

// Type is that of a flag that takes no value.
func (nameless) Type() string { return "bool" }

// ExitCodesText says what exit codes mean, and which of them a command can end with.
func ExitCodesText() string {
	var b strings.Builder
	for _, c := range failure.ExitCodes() {
		fmt.Fprintf(&b, "  %d  %s\n", c.Code, c.Meaning)
	}
	b.WriteString("\n")
	for _, c := range CodesByCommand() {
		fmt.Fprintf(&b, "  %-40s  %s\n", c[0], c[1])
	}
	return b.String()
}

// CodesByCommand are commands and the exit codes that they can end with.
func CodesByCommand() [][2]string {
	return [][2]string{
		{"import, apply, undo", "0, 1, 2, 3, 4, 5"},
		{"export", "0, 1, 2, 4: interrupted, or a key or quota refused midway; the old file is untouched, run it again"},
		{"check", "0, 1, 2, 3: some rows would be rejected"},
		{"login, accounts --check, vendors --check", "0, 1, 2, 4: interrupted, or a quota is used up"},
		{"all others", "0, 1, 2"},
	}
}

func UnknownCommand(root *cobra.Command, name string) error {
	names := CommandNames(root)
	return failure.Unknown("command", name, humanize.Nearest(name, names), "commands: "+strings.Join(names, ", "))
}

func CommandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

func LowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
