package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/state"
)

// runsOptions are the flags of runs.
type runsOptions struct {
	outputOptions
	report string
	prune  string
	yes    bool
}

func newRunsCommand(a *app) *cobra.Command {
	var o runsOptions
	cmd := &cobra.Command{
		Use:   "runs [RUN]",
		Short: "list past imports and exports, show one, remove old ones",
		Example: `  crmferry runs
  # one run, by its name or a part of it that no other has
  crmferry runs 4f1a9c
  # its report once more, from its journal; the file that was imported is not needed
  crmferry runs 4f1a9c --report leads.report.xlsx
  # remove the runs that ended more than 90 days ago, and the copies of files that they keep
  crmferry runs --prune 90d`,
		Long: `Each import and export of a CRM keeps a record; an import also a copy of its file and what became of each row.
No key is in them. --prune removes finished runs; unfinished ones, and records that keep a file from being imported
twice where a CRM cannot be asked, are removed only if RUN names them.`,
		Args:              func(cmd *cobra.Command, args []string) error { return argCount(cmd, args, 0, 1) },
		ValidArgsFunction: a.completeRun,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runs(args, o, cmd.Flags())
		},
	}
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.prune, "prune", "", "remove runs that ended longer than `AGE` ago, such as 90d or 12h")
	})
	addFlags(cmd, groupOutput, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write the report of RUN to `FILE`, .csv or .xlsx")
		o.outputOptions.addTo(fs)
	})
	addFlags(cmd, groupSafety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask before runs are removed; needed where there is no terminal")
	})
	a.addJSON(cmd)
	return cmd
}

// runs does what the flags of the command say.
func (a *app) runs(args []string, o runsOptions, given *pflag.FlagSet) error {
	root, err := state.RootIn(a.env)
	if err != nil {
		return err
	}
	list, err := history.Runs(root)
	if err != nil {
		return err
	}
	if len(args) == 1 {
		one, err := findRun(list, args[0])
		if err != nil {
			return err
		}
		list = []*history.Past{one}
	}
	report := given.Changed("report")
	switch {
	case report && len(args) == 0:
		return failure.Usage("crmferry runs lists them: crmferry runs RUN --report FILE", "--report needs the run that is meant")
	case report && given.Changed("prune"):
		return failure.Usage("do one after the other", "--report and --prune do not go together")
	case report && !o.yes:
		return a.writeReport(list[0], o.report, o.outputOptions)
	case given.Changed("prune"):
		return a.pruneRuns(root, list, len(args) == 1, o)
	case o.yes:
		return failure.Usage("say what is to be removed: --prune 90d", "--yes answers a question that nobody asks")
	case len(args) == 1:
		return a.showRun(list[0])
	}
	return a.listRuns(root, list)
}

// findRun finds the run whose id is name, or the only one whose id name is a part of.
func findRun(list []*history.Past, name string) (*history.Past, error) {
	var found []*history.Past
	for _, p := range list {
		if p.ID == name {
			return p, nil
		}
		if name != "" && strings.Contains(p.ID, name) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return nil, failure.Usage("crmferry runs lists them", "there is no run %q", name)
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, p := range found[:min(5, len(found))] {
		ids = append(ids, p.ID)
	}
	return nil, failure.Usage("write more of the name, such as its last six characters: "+strings.Join(ids, ", "),
		"%d runs have %q in their names", len(found), name)
}

// shortNames are the last parts of the runs' ids where no other id has them, else the whole ids.
func shortNames(list []*history.Past) []string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.ID[strings.LastIndexByte(p.ID, '-')+1:]
		if _, err := findRun(list, names[i]); err != nil {
			names[i] = p.ID
		}
	}
	return names
}

// completeRun completes the id of a run.
func (a *app) completeRun(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	root, err := state.RootIn(a.env)
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list, err := history.Runs(root)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	for i, name := range shortNames(list) {
		words = append(words, fmt.Sprintf("%s\t%s %s %s", name, list[i].State, list[i].Resource, list[i].File))
	}
	return slices.Clip(words), cobra.ShellCompDirectiveNoFileComp
}
