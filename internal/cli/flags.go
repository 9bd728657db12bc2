package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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

// addJSON declares --json for a command that lists something.
func (a *app) addJSON(cmd *cobra.Command) {
	cmd.DisableFlagsInUseLine = true
	cmd.Flags().BoolVar(&a.ui.JSON, "json", false, "as JSON on stdout")
	inGroup(cmd, groupTalk, "json")
}
