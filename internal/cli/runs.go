package cli

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer/modes"
	"crmferry/importer/report"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/parse"
	"crmferry/internal/cli/runname"
	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

// runsOptions are the flags of runs.
type runsOptions struct {
	outputOptions
	report string
	prune  string
	about  string
	vendor string
	state  string
	yes    bool
}

// mostListed is how many runs are listed on a terminal.
const mostListed = 20

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
  # what was done to one contact: an e-mail address, a phone, a whole name or an id
  crmferry runs --about anna@example.com
  # remove the runs that ended more than 90 days ago, and the copies of files that they keep
  crmferry runs --prune 90d`,
		Long: `Each import and export of a CRM keeps a record; an import also a copy of its file and what became of each row.
No key is in them. --prune removes finished runs; unfinished ones, and records that keep a file from being imported
twice where a CRM cannot be asked, are removed only if RUN names them.

--about searches the rows of all runs, or of RUN, in every account: as they were in the file, and as the CRM had them
before a run changed them. An e-mail address matches in letters of either case; a phone by its digits, with or without
the code of its country; a name by all of its words, in any order, without accents; an id exactly. A text that may be
several of these is searched as all of them. It says of each row what became of it, every field before and after, and
what undo would do.`,
		Args:              func(cmd *cobra.Command, args []string) error { return argCount(cmd, args, 0, 1) },
		ValidArgsFunction: a.complete().Run,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runs(cmd.Context(), args, o, cmd.Flags())
		},
	}
	addFlags(cmd, groupAmount, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.vendor, "vendor", "", "list those of `VENDOR` or of its account VENDOR@NAME")
		fs.StringVar(&o.state, "state", "", "list those in `STATE`: "+strings.Join(pastruns.States(), ", "))
	})
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.prune, "prune", "", "remove runs that ended longer than `AGE` ago, such as 90d or 12h")
	})
	addFlags(cmd, groupOutput, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.about, "about", "", "what was done to the contact that `TEXT` means")
		fs.StringVar(&o.report, "report", "", "write the report of RUN to `FILE`, .csv or .xlsx")
		o.outputOptions.addTo(fs)
		o.addPlainTo(fs)
	})
	addFlags(cmd, groupSafety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask before runs are removed; needed where there is no terminal")
	})
	a.addJSON(cmd)
	complete.Flags(cmd, map[string]cobra.CompletionFunc{"vendor": a.complete().Account, "state": complete.Words(pastruns.States()...)})
	return cmd
}

// runs does what the flags of the command say.
func (a *app) runs(ctx context.Context, args []string, o runsOptions, given *pflag.FlagSet) error {
	root, err := state.RootIn(a.env)
	if err != nil {
		return err
	}
	list, err := history.Runs(root)
	if err != nil {
		return err
	}
	all := list
	if list, err = o.choose(all, args, a.vendorIDs()); err != nil {
		return err
	}
	if len(args) == 1 {
		one, err := runname.FindRun(list, args[0])
		if err != nil {
			return err
		}
		list = []*history.Past{one}
	}
	report := given.Changed("report")
	switch {
	case given.Changed("about") && (report || given.Changed("prune") || o.yes):
		return failure.Usage("do one after the other", "--about goes with none of --report, --prune and --yes")
	case given.Changed("about"):
		return a.runsAbout(ctx, list, o.about)
	case report && len(args) == 0:
		return failure.Usage("crmferry runs lists them: crmferry runs RUN --report FILE", "--report needs the run that is meant")
	case report && given.Changed("prune"):
		return failure.Usage("do one after the other", "--report and --prune do not go together")
	case report && !o.yes:
		return a.writeReport(list[0], o.report, o.outputOptions)
	case given.Changed("prune"):
		return a.pruneRuns(ctx, root, list, len(args) == 1, o)
	case o.yes:
		return failure.Usage("say what is to be removed: --prune 90d", "--yes answers a question that nobody asks")
	case len(args) == 1:
		return a.showRun(list[0])
	}
	return a.listRuns(root, all, list)
}

// vendorIDs are the ids of all vendors.
func (a *app) vendorIDs() (ids []string) {
	for _, v := range a.registry.Vendors() {
		ids = append(ids, v.ID)
	}
	return ids
}

// choose are the runs that --vendor and --state leave.
func (o *runsOptions) choose(all []*history.Past, args, known []string) ([]*history.Past, error) {
	if o.vendor == "" && o.state == "" {
		return all, nil
	}
	if len(args) > 0 {
		return nil, failure.Usage("leave it out", "--vendor and --state choose among runs, and %s is one", args[0])
	}
	if vendor, _, _ := strings.Cut(o.vendor, "@"); vendor != "" {
		if err := parse.OneOf("--vendor", vendor, known...); err != nil {
			return nil, err
		}
	}
	err := parse.OneOf("--state", o.state, pastruns.States()...)
	return slices.DeleteFunc(slices.Clone(all), func(p *history.Past) bool { return !pastruns.Fits(p, o.vendor, o.state) }), err
}

// showRun prints all there is to know of one run.
func (a *app) showRun(p *history.Past) error {
	var rows *history.Rows
	if p.Imported() {
		var err error
		if rows, err = p.Rows(a.traits(p), nil); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if rows != nil {
		p.TakeCounts(rows)
	}
	run := a.pastRun(p, rows)
	if a.ui.JSON {
		a.said = run.JSON()
		return nil
	}
	a.ui.Rows(run.Facts())
	if rows != nil && len(rows.First) > 0 {
		a.ui.Printf("\n")
		a.ui.Rows(pastruns.RowTable(rows.First))
	}
	if rows != nil {
		a.say(run.Damage()...)
	}
	return nil
}

// listRuns lists runs, and says what there is to do about those that have not finished. For people it is no longer than they
// read.
func (a *app) listRuns(root string, all, list []*history.Past) error {
	names := map[*history.Past]string{} // short ones are of all runs
	for i, name := range runname.ShortNames(all) {
		names[all[i]] = name
	}
	l := pastruns.Listing{Root: root, Runs: list}
	if a.ui.OutTTY && !a.ui.JSON && len(l.Runs) > mostListed {
		l.Runs, l.Left = l.Runs[:mostListed], len(l.Runs)-mostListed
	}
	for _, p := range l.Runs {
		p.Count(a.traits(p))
		l.Names = append(l.Names, names[p])
	}
	switch {
	case a.ui.JSON:
		out := make([]pastruns.RunJSON, len(l.Runs))
		for i, p := range l.Runs {
			out[i] = pastruns.NewRunJSON(p)
		}
		a.said = out
		return nil
	case len(all) == 0:
		a.ui.Notef("there are no runs in %s", root)
		return nil
	case len(l.Runs) == 0:
		a.ui.Notef("none of %s is like that", humanize.Count(int64(len(all)), "run"))
		return nil
	}
	width := 0
	if a.ui.OutTTY {
		width = a.ui.Width
	}
	a.ui.Table(l.Table(a.now(), width))
	l.Bytes, _ = sizeOfRuns(all)
	a.say(l.Notes()...)
	return nil
}

// sizeOfRuns is what runs take on the disk, in bytes.
func sizeOfRuns(list []*history.Past) (size int64, err error) {
	for _, p := range list {
		n, err := p.Size()
		if err != nil {
			return size, err
		}
		size += n
	}
	return size, nil
}

// writeReport writes the report of an import from its journal.
func (a *app) writeReport(p *history.Past, path string, o outputOptions) error {
	if !p.Imported() {
		return failure.Usage("only imports have reports", "the run %s is no import that has begun", p.ID)
	}
	if err := files.CheckOutputs(p.Record.Path, path, ""); err != nil {
		return err
	}
	out, err := a.jobEnv().Output(state.ReportOutput, path, o.overwrite)
	if err != nil {
		return err
	}
	out.Input = p.Record.Path
	about := report.About{Title: report.Title(p.Resource, p.Record.Mode == string(modes.DeleteOnly)), File: p.File, Run: p.ID, Account: pastruns.RunAccount(p), Time: p.Over(), CSV: job.CSVForm(0, o.plainCSV)}
	w, err := report.NewWriter(out, files.FormatOf(path), nil, about, nil, text.Adviser{})
	if err != nil {
		return err
	}
	defer w.Abort()
	rows, err := p.Rows(a.traits(p), w)
	if errors.Is(err, fs.ErrNotExist) {
		return failure.Usage("", "the run %s has no journal: nothing is known of its rows", p.ID)
	}
	if err != nil {
		return err
	}
	if _, err := w.Finish(rows.Summary); err != nil {
		return err
	}
	a.say(text.Outputs(out)...)
	a.say(a.pastRun(p, rows).Damage()...)
	if missed := rows.Rows - rows.Reached(); missed > 0 && p.State != history.Finished {
		a.ui.Notef("not reached: %s", humanize.Count(int64(missed), "row"))
	}
	if a.ui.JSON {
		a.said = map[string]any{"run": p.ID, "report": out.Path(), "rows": rows.Reached()}
	}
	a.ui.Notef("report  %s: %s", out.Path(), humanize.Count(int64(rows.Reached()), "row"))
	return nil
}

// pruneRuns removes the runs of a list that are over for longer than an age. named says that the list is the one run
// that the user named.
func (a *app) pruneRuns(ctx context.Context, root string, list []*history.Past, named bool, o runsOptions) error {
	age, err := runname.ParseAge(o.prune)
	if err != nil {
		return err
	}
	var old []*history.Past
	var kept []string
	for _, p := range list {
		if a.now().Sub(p.Over()) < age {
			continue
		}
		if why := a.keepText(p, named); why != "" {
			kept = append(kept, p.ID+": "+why)
		} else {
			old = append(old, p)
		}
	}
	for _, line := range kept {
		a.ui.Notef("kept %s", line)
	}
	if named && len(kept) > 0 {
		if a.ui.JSON {
			a.said = map[string]any{"removed": []string{}, "kept": len(kept), "reasons": kept}
		}
		return failure.Quietly(failure.ExitUsage)
	}
	if ok, err := a.mayRemove(ctx, old, o); err != nil || !ok {
		return err
	}
	removed := []string{}
	for _, p := range old {
		// Meanwhile somebody may have gone on with it.
		if history.ReadPast(root, p.Run).State != p.State {
			a.ui.Notef("kept %s: it has changed", p.ID)
			continue
		}
		if err := p.Remove(); err != nil {
			return err
		}
		removed = append(removed, p.ID)
	}
	if a.ui.JSON {
		a.said = map[string]any{"removed": removed, "kept": len(list) - len(removed)}
		return nil
	}
	a.ui.Resultf("removed %s, kept %s", humanize.Count(int64(len(removed)), "run"), humanize.Number(int64(len(list)-len(removed))))
	return nil
}

// keepText says why an old run is not removed, "" if it is.
func (a *app) keepText(p *history.Past, named bool) string {
	r, err := a.registry.Find(p.Resource)
	canLookUp := err == nil && r.Capabilities(false).Find
	return pastruns.KeptRun(p, p.Keep(named, canLookUp, a.now()))
}

// mayRemove asks, unless the flags answer already or there is nothing to remove.
func (a *app) mayRemove(ctx context.Context, old []*history.Past, o runsOptions) (bool, error) {
	if len(old) == 0 || o.yes {
		return true, nil
	}
	if !a.ui.CanAsk() {
		return false, failure.Usage("say --yes to remove them without being asked",
			"%s would be removed, there is no terminal to ask on, and nothing was removed", humanize.Count(int64(len(old)), "run"))
	}
	size, err := sizeOfRuns(old)
	if err != nil {
		return false, err
	}
	for _, p := range old {
		a.ui.Notef("  %s  %s  %s", p.ID, p.State, p.File)
	}
	yes, err := a.ui.Ask(ctx, "Remove "+humanize.Count(int64(len(old)), "run")+" with "+pastruns.Size(size)+"?")
	if err == nil && !yes {
		err = failure.New(failure.ExitUsage, errors.New("nothing was removed"))
	}
	return yes, err
}
