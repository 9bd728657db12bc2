// Package flags is what commands declare alike: flags in the groups that help shows, and how many arguments there are.
package flags

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/terminal"
)

// Groups of flags, as help shows them.
const (
	Columns = "What a column is"
	Cells   = "How a cell is read"
	Action  = "What is done"
	Amount  = "How much"
	Safety  = "Safety"
	Output  = "What comes out"
	Talk    = "How it talks"
)

// Order is the order of the groups in help.
func Order() []string {
	return []string{Columns, Cells, Action, Amount, Safety, Output, Talk}
}

// Key marks a flag with its group.
const Key = "crmferry/group"

// Add declares a group of a command's flags:
//
//	Add(cmd, Amount, func(fs *pflag.FlagSet) {
//		fs.IntVar(&o.limit, "limit", 0, "import the first `N` rows only")
//	})
//
// A word in backquotes is the flag's argument in help.
func Add(cmd *cobra.Command, group string, define func(*pflag.FlagSet)) {
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
	if err := cmd.Flags().SetAnnotation(flag, Key, []string{group}); err != nil {
		panic(err)
	}
}

// AddJSON declares --json for a command that lists something.
func AddJSON(cmd *cobra.Command, ui *terminal.UI) {
	cmd.DisableFlagsInUseLine = true
	cmd.Flags().BoolVar(&ui.JSON, "json", false, "as JSON on stdout")
	inGroup(cmd, Talk, "json")
}
