// Package runs is the command about past runs: it lists them, shows one, writes its report again, searches them, removes old ones.
package runs

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer/modes"
	"crmferry/importer/report"
	"crmferry/internal/account"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/parse"
	"crmferry/internal/cli/runname"
	"crmferry/internal/cli/say"
	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// Command is what the command takes from the program.
type Command struct {
	UI       *terminal.UI
	Env      *job.Env
	Registry *account.Registry
	Complete *complete.Source
	Past     func(p *history.Past, rows *history.Rows) pastruns.Run // with the commands that go on with it
	Said     *any                                                   // what there is to say to programs
}

// options are the flags of runs.
type options struct {
	flags.Files
	report string
	prune  string
	about  string
	vendor string
	state  string
	yes    bool
}

// mostListed is how many runs are listed on a terminal.
const mostListed = 20

// New declares the command.
func New(c *Command) *cobra.Command {
	var o options
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
No key is in them. The copies go 90 days after the end of the run by themselves, or as CRMFERRY_KEEP says (30d, forever);
what the run did stays known. --prune removes finished runs; unfinished ones, the plans that those apply, the runs that they take
back, and records that keep a file from being imported twice where a CRM cannot be asked, are removed only if RUN names them.

--about searches the rows of all runs, or of RUN, in every account: as they were in the file, and as the CRM had them
before a run changed them. An e-mail address matches in letters of either case; a phone by its digits, with or without
the code of its country; a name by all of its words, in any order, without accents; an id exactly. A text that may be
several of these is searched as all of them. It says of each row what became of it, every field before and after, and
what undo would do.`,
		Args:              func(cmd *cobra.Command, args []string) error { return flags.ArgCount(cmd, args, 0, 1) },
		ValidArgsFunction: c.Complete.Run,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.run(cmd.Context(), args, o, cmd.Flags())
		},
	}
	flags.Add(cmd, flags.Amount, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.vendor, "vendor", "", "list those of `VENDOR` or of its account VENDOR@NAME")
		fs.StringVar(&o.state, "state", "", "list those in `STATE`: "+strings.Join(pastruns.States(), ", "))
	})
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.prune, "prune", "", "remove runs that ended longer than `AGE` ago, such as 90d or 12h")
	})
	flags.Add(cmd, flags.Output, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.about, "about", "", "what was done to the contact that `TEXT` means")
		fs.StringVar(&o.report, "report", "", "write the report of RUN to `FILE`, .csv or .xlsx")
		o.Files.AddTo(fs)
		o.AddPlainTo(fs)
	})
	flags.Add(cmd, flags.Safety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask before runs are removed; needed where there is no terminal")
	})
	flags.AddJSON(cmd, c.UI)
	complete.Flags(cmd, map[string]cobra.CompletionFunc{"vendor": c.Complete.Account, "state": complete.Words(pastruns.States()...)})
	return cmd
}

// run does what the flags of the command say.
func (c *Command) run(ctx context.Context, args []string, o options, given *pflag.FlagSet) error {
	root, err := state.RootIn(c.Env.Lookup)
	if err != nil {
		return err
	}
	list, err := history.Runs(root)
	if err != nil {
		return err
	}
	all := list
	if list, err = o.choose(all, args, c.Registry.VendorIDs()); err != nil {
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
		return c.showContact(ctx, list, o.about)
	case report && len(args) == 0:
		return failure.Usage("crmferry runs lists them: crmferry runs RUN --report FILE", "--report needs the run that is meant")
	case report && given.Changed("prune"):
		return failure.Usage("do one after the other", "--report and --prune do not go together")
	case report && !o.yes:
		return c.writeReport(list[0], o.report, o.Files)
	case given.Changed("prune"):
		return c.pruneRuns(ctx, root, list, len(args) == 1, o)
	case o.yes:
		return failure.Usage("say what is to be removed: --prune 90d", "--yes answers a question that nobody asks")
	case len(args) == 1:
		return c.showRun(list[0])
	}
	return c.listRuns(root, all, list)
}

// choose are the runs that --vendor and --state leave.
func (o *options) choose(all []*history.Past, args, known []string) ([]*history.Past, error) {
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
func (c *Command) showRun(p *history.Past) error {
	var rows *history.Rows
	if p.Imported() {
		var err error
		if rows, err = p.Rows(c.traits(p), nil); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if rows != nil {
		p.TakeCounts(rows)
	}
	run := c.Past(p, rows)
	if c.UI.JSON {
		*c.Said = run.JSON()
		return nil
	}
	c.UI.Rows(run.Facts())
	if rows != nil && len(rows.First) > 0 {
		c.UI.Printf("\n")
		c.UI.Rows(pastruns.RowTable(rows.First))
	}
	if rows != nil {
		say.Messages(c.UI, run.Damage()...)
	}
	return nil
}

// listRuns lists runs, and says what there is to do about those that have not finished. For people it is no longer than they
// read.
func (c *Command) listRuns(root string, all, list []*history.Past) error {
	names := map[*history.Past]string{} // short ones are of all runs
	for i, name := range runname.ShortNames(all) {
		names[all[i]] = name
	}
	l := pastruns.Listing{Root: root, Runs: list}
	if c.UI.OutTTY && !c.UI.JSON && len(l.Runs) > mostListed {
		l.Runs, l.Left = l.Runs[:mostListed], len(l.Runs)-mostListed
	}
	for _, p := range l.Runs {
		p.Count(c.traits(p))
		l.Names = append(l.Names, names[p])
	}
	switch {
	case c.UI.JSON:
		out := make([]pastruns.RunJSON, len(l.Runs))
		for i, p := range l.Runs {
			out[i] = pastruns.NewRunJSON(p)
		}
		*c.Said = out
		return nil
	case len(all) == 0:
		c.UI.Notef("there are no runs in %s", root)
		return nil
	case len(l.Runs) == 0:
		c.UI.Notef("none of %s is like that", humanize.Count(int64(len(all)), "run"))
		return nil
	}
	width := 0
	if c.UI.OutTTY {
		width = c.UI.Width
	}
	c.UI.Table(l.Table(c.Env.Now(), width))
	l.Bytes, _ = sizeOfRuns(all)
	l.Prune = c.pruneAge(all)
	say.Messages(c.UI, l.Notes()...)
	return nil
}

// pruneAge is an age by which some runs are old enough to be removed, "" if none can be.
func (c *Command) pruneAge(list []*history.Past) string {
	for _, days := range []int{90, 30, 7, 1} {
		age := time.Duration(days) * 24 * time.Hour
		if slices.ContainsFunc(list, func(p *history.Past) bool { return c.Env.Now().Sub(p.Over()) >= age && c.keepText(p, false) == "" }) {
			return strconv.Itoa(days) + "d"
		}
	}
	return ""
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
func (c *Command) writeReport(p *history.Past, path string, o flags.Files) error {
	if !p.Imported() {
		return failure.Usage("only imports have reports", "the run %s is no import that has begun", p.ID)
	}
	if err := files.CheckOutputs(p.Record.Path, path, ""); err != nil {
		return err
	}
	out, err := c.Env.Output(state.ReportOutput, path, o.Overwrite)
	if err != nil {
		return err
	}
	out.Input = p.Record.Path
	about := report.About{Title: report.Title(p.Resource, p.Record.Mode == string(modes.DeleteOnly)), File: p.File, Run: p.ID, Account: pastruns.RunAccount(p), Time: p.Over(), CSV: job.CSVForm(0, o.PlainCSV)}
	w, err := report.NewWriter(out, files.FormatOf(path), nil, about, nil, c.adviser(p))
	if err != nil {
		return err
	}
	defer w.Abort()
	rows, err := p.Rows(c.traits(p), w)
	if errors.Is(err, fs.ErrNotExist) {
		return failure.Usage("", "the run %s has no journal: nothing is known of its rows", p.ID)
	}
	if err != nil {
		return err
	}
	if _, err := w.Finish(rows.Summary); err != nil {
		return err
	}
	say.Messages(c.UI, text.Outputs(out)...)
	say.Messages(c.UI, c.Past(p, rows).Damage()...)
	if missed := rows.Rows - rows.Reached(); missed > 0 && p.State != history.Finished {
		c.UI.Notef("not reached: %s", humanize.Count(int64(missed), "row"))
	}
	if c.UI.JSON {
		*c.Said = map[string]any{"run": p.ID, "report": out.Path(), "rows": rows.Reached()}
	}
	c.UI.Notef("report  %s: %s", out.Path(), humanize.Count(int64(rows.Reached()), "row"))
	return nil
}

// pruneRuns removes the runs of a list that are over for longer than an age. named says that the list is the one run
// that the user named.
func (c *Command) pruneRuns(ctx context.Context, root string, list []*history.Past, named bool, o options) error {
	age, err := runname.ParseAge("--prune", o.prune)
	if err != nil {
		return err
	}
	var old, stay []*history.Past
	var kept []string
	for _, p := range list {
		if c.Env.Now().Sub(p.Over()) < age {
			continue
		}
		if why := c.keepText(p, named); why != "" {
			kept = append(kept, p.ID+": "+why)
			if p.State != history.Running && p.State != history.NotBegun && !named {
				stay = append(stay, p)
			}
		} else {
			old = append(old, p)
		}
	}
	for _, line := range kept {
		c.UI.Notef("kept %s", line)
	}
	switch len(stay) {
	case 0:
	case 1:
		c.UI.Notef("to remove it all the same: crmferry runs %s --prune 0d", stay[0].ID)
	default:
		c.UI.Notef("to remove one of them all the same: crmferry runs RUN --prune 0d")
	}
	if named && len(kept) > 0 {
		if c.UI.JSON {
			*c.Said = map[string]any{"removed": []string{}, "kept": len(kept), "reasons": kept}
		}
		return failure.Quietly(failure.ExitUsage)
	}
	if ok, err := c.mayRemove(ctx, old, o); err != nil || !ok {
		return err
	}
	now, err := history.Runs(root) // meanwhile somebody may have gone on with one of them
	if err != nil {
		return err
	}
	removed := []string{}
	for _, p := range old {
		if !slices.ContainsFunc(now, func(is *history.Past) bool {
			return is.ID == p.ID && is.State == p.State && c.keepText(is, named) == ""
		}) {
			c.UI.Notef("kept %s: it has changed", p.ID)
			continue
		}
		if err := p.Remove(); err != nil {
			return err
		}
		removed = append(removed, p.ID)
	}
	if c.UI.JSON {
		*c.Said = map[string]any{"removed": removed, "kept": len(list) - len(removed)}
		return nil
	}
	c.UI.Resultf("removed %s, kept %s", humanize.Count(int64(len(removed)), "run"), humanize.Number(int64(len(list)-len(removed))))
	return nil
}

// keepText says why an old run is not removed, "" if it is.
func (c *Command) keepText(p *history.Past, named bool) string {
	r, err := c.Registry.Find(p.Resource)
	canLookUp := err == nil && r.Capabilities(false).Find
	return pastruns.KeptRun(p, p.Keep(named, canLookUp, c.Env.Now()))
}

// mayRemove asks, unless the flags answer already or there is nothing to remove.
func (c *Command) mayRemove(ctx context.Context, old []*history.Past, o options) (bool, error) {
	if len(old) == 0 || o.yes {
		return true, nil
	}
	if !c.UI.CanAsk() {
		return false, failure.Usage("say --yes to remove them without being asked",
			"%s would be removed, there is no terminal to ask on, and nothing was removed", humanize.Count(int64(len(old)), "run"))
	}
	size, err := sizeOfRuns(old)
	if err != nil {
		return false, err
	}
	for _, p := range old {
		c.UI.Notef("  %s  %s  %s", p.ID, p.State, p.File)
	}
	yes, err := c.UI.Ask(ctx, "Remove "+humanize.Count(int64(len(old)), "run")+" with "+pastruns.Size(size)+"?")
	if err == nil && !yes {
		err = failure.New(failure.ExitUsage, errors.New("nothing was removed"))
	}
	return yes, err
}

// traits are those of the client of a run's resource. Of one that only a later version knows, merged rows are called
// otherwise.
func (c *Command) traits(p *history.Past) crm.Traits {
	r, err := c.Registry.Find(p.Resource)
	if err != nil {
		return crm.Traits{}
	}
	return r.Capabilities(false).Traits
}

// adviser is that of what a run was about, with general words if this version does not know its resource.
func (c *Command) adviser(p *history.Past) text.Adviser {
	r, err := c.Registry.Find(p.Resource)
	if err != nil {
		return text.Adviser{}
	}
	return text.AdviserOf(r)
}
