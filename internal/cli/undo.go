package cli

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/runname"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job"
	"crmferry/internal/state"
)

// undoOptions are the flags of undo.
type undoOptions struct {
	connectOptions
	lockOptions
	writeLimits
	flags.Files
	rows   string
	dryRun bool
	yes    bool
	resume bool
	report string
}

func newUndoCommand(a *app) *cobra.Command {
	var o undoOptions
	cmd := &cobra.Command{
		Use:   "undo RUN",
		Short: "take a run back: what it created, changed and deleted",
		Example: `  # which runs there are
  crmferry runs
  # say what would be taken back, write nothing
  crmferry undo 4f1a9c --dry-run
  # take it back; off a terminal, --confirm is the number of contacts to delete
  crmferry undo 4f1a9c
  crmferry undo 4f1a9c --confirm 12
  # two places of it only, by the row numbers of its report
  crmferry undo 4f1a9c --rows 5,9-12`,
		Long: `What the run created is deleted, or archived where that is what the vendor documents; what it changed gets
back the values that it had before, field by field; what it deleted is created again. That goes by the journal of the run,
never by a file. What people have changed since stays as it is, and the report names it (edited_since), as it does
what cannot be taken back (cannot_undo), with what to do by hand. An undo is a run: it can be resumed, and undone.`,
		Args:              func(cmd *cobra.Command, args []string) error { return flags.ArgCount(cmd, args, 1, 1) },
		ValidArgsFunction: a.complete().Run,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.undo(cmd, args[0], &o) },
	}
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.rows, "rows", "", "take back these `ROWS` of its report only: 5,9-12")
		o.addUndocumented(fs, a.registry)
	})
	flags.Add(cmd, flags.Amount, func(fs *pflag.FlagSet) {
		o.addMaxFailures(fs)
		o.connectOptions.addTo(fs)
	})
	flags.Add(cmd, flags.Safety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.dryRun, "dry-run", "n", false, "do everything but write, and report what would be done")
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask; needed where there is no terminal, but for deletes")
		o.addConfirm(fs, "instead of an answer: there are `N` contacts to delete")
		fs.BoolVar(&o.resume, "resume", false, "go on with the unfinished undo of this run")
		o.lockOptions.addTo(fs)
		o.Files.AddTo(fs)
		o.AddPlainTo(fs)
	})
	flags.Add(cmd, flags.Output, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write the report to `FILE` (default: leads.undo.xlsx for leads.xlsx)")
	})
	flags.Add(cmd, flags.Talk, func(fs *pflag.FlagSet) {
		o.addTalk(a, fs)
	})
	flags.AddJSON(cmd, a.ui)
	return cmd
}

// undo takes a run back.
func (a *app) undo(cmd *cobra.Command, name string, o *undoOptions) error {
	q, err := a.undoRequest(cmd, name, o)
	if err != nil {
		return err
	}
	given := text.Given{Undo: name, Flags: givenFlags(cmd.Flags())}
	return a.carryOut(cmd, q.Resource, o.connectOptions, importObserver{given: given}, func(ctx context.Context, run *job.Runner) (*job.ImportResult, error) { return run.Undo(ctx, q) })
}

// undoRequest turns the flags into a request.
func (a *app) undoRequest(cmd *cobra.Command, name string, o *undoOptions) (*job.ImportRequest, error) {
	if err := o.check(cmd.Flags()); err != nil {
		return nil, err
	}
	rows, err := runname.ReadRows(o.rows)
	if err != nil {
		return nil, err
	}
	past, resource, err := a.undoable(name)
	if err != nil {
		return nil, err
	}
	connect, err := o.options(a)
	if err != nil {
		return nil, err
	}
	q := &job.ImportRequest{Resource: resource, Connect: connect, Wait: o.wait, MaxFailures: o.maxFailures, DryRun: o.dryRun, Yes: o.yes,
		Report: o.report, Overwrite: o.Overwrite, PlainCSV: o.PlainCSV, Adviser: text.AdviserOf(resource), Undo: &job.Undoing{Past: past, Rows: o.rows}}
	if rows != nil {
		q.Undo.Takes, q.Undo.Unmet = rows.Take, rows.Unmet
	}
	q.Confirm = o.confirmed(cmd.Flags())
	if o.resume {
		q.Resume = job.NewestRun
	}
	if o.undocumented { // what was to be archived would be deleted
		q.Options = map[string]string{"allow-undocumented": "true"}
	}
	return q, nil
}

// check refuses flags that contradict each other.
func (o *undoOptions) check(given *pflag.FlagSet) error {
	if err := o.lockOptions.check(); err != nil {
		return err
	}
	return o.writeLimits.check(given)
}

// undoable finds the run that is meant, and what it went into.
func (a *app) undoable(name string) (*history.Record, account.Resource, error) {
	root, err := state.RootIn(a.env)
	if err != nil {
		return nil, nil, err
	}
	list, err := history.Runs(root)
	if err != nil {
		return nil, nil, err
	}
	p, err := runname.FindRun(list, name)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case p.Err != nil:
		return nil, nil, failure.Usage("crmferry runs "+p.ID+" says what is left of it", "the run %s cannot be taken back: %v", p.ID, p.Err)
	case p.State == history.Running:
		return nil, nil, failure.New(failure.ExitLocked, failure.Usage("", "the run %s is going on: process %d", p.ID, p.Holder.PID), "wait until it has ended, or stop it")
	case !p.Imported():
		return nil, nil, failure.Usage("crmferry runs lists what was imported", "the run %s is no import that has begun: there is nothing to take back", p.ID)
	}
	r, err := a.registry.Find(account.InAccount(p.Record.Resource, p.Record.Name))
	if err != nil {
		return nil, nil, err
	}
	return p.Record, r, nil
}
