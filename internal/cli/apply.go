package cli

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/advice"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job"
	"crmferry/internal/job/plans"
)

// applyOptions are the flags of apply.
type applyOptions struct {
	connectOptions
	lockOptions
	writeLimits
	flags.Files
	yes     bool
	noCopy  bool
	resume  bool
	restart bool
	report  string
	rejects string
	flags   *pflag.FlagSet
}

func newApplyCommand(a *app) *cobra.Command {
	var o applyOptions
	cmd := &cobra.Command{
		Use:   "apply PLAN",
		Short: "do what a dry run has planned, exactly that",
		Example: `  # plan it, look at leads.dry-run.xlsx, mark what is not to be done, apply the rest
  crmferry import growcrm leads.xlsx --dry-run
  crmferry apply leads.dry-run.xlsx
  # all of a plan, by its run
  crmferry apply 4f1a9c`,
		Long: `PLAN is the file that import --dry-run wrote, or its run. Rows whose cell "approve" is empty or says yes are done; those that
say no, n, x or FALSE, and those that were deleted, are not. The rest of the file must be as it was; rows may be sorted
and columns added. Nothing else than the plan is written: a row whose contact has changed since is left, and the report says
what was and what is.`,
		Args:              func(cmd *cobra.Command, args []string) error { return flags.ArgCount(cmd, args, 1, 1) },
		ValidArgsFunction: a.complete().Plan,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.flags = cmd.Flags()
			return a.apply(cmd, args[0], &o)
		},
	}
	o.addTo(a, cmd)
	return cmd
}

// addTo declares the flags.
func (o *applyOptions) addTo(a *app, cmd *cobra.Command) {
	flags.Add(cmd, flags.Amount, func(fs *pflag.FlagSet) {
		o.addMaxFailures(fs)
		o.connectOptions.addTo(fs)
	})
	flags.Add(cmd, flags.Safety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask; needed where there is no terminal")
		o.addConfirm(fs, "instead of an answer: the plan deletes `N` contacts")
		fs.BoolVar(&o.noCopy, "no-copy", false, "keep no copy of what is deleted, as a request for erasure wants it")
		fs.BoolVar(&o.resume, "resume", false, "go on with the unfinished run of this plan; if there is none, start one")
		fs.BoolVar(&o.restart, "restart", false, "apply the plan although a run has begun to, or has; what is done already shows as changed since the plan")
		o.lockOptions.addTo(fs)
		o.Files.AddTo(fs)
		o.AddPlainTo(fs)
	})
	flags.Add(cmd, flags.Output, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write the report to `FILE` (default: leads.report.xlsx for leads.dry-run.xlsx)")
		fs.StringVar(&o.rejects, "rejects", "", "write rejected and failed rows to `FILE` (default: leads.rejects.xlsx for leads.dry-run.xlsx)")
	})
	flags.Add(cmd, flags.Talk, func(fs *pflag.FlagSet) {
		o.addTalk(a, fs)
	})
	flags.AddJSON(cmd, a.ui)
}

// check refuses flags that contradict each other before anything is read.
func (o *applyOptions) check() error {
	if o.resume && o.restart {
		return failure.Usage("leave one of them out", "--resume and --restart do not go together")
	}
	if err := o.writeLimits.check(o.flags); err != nil {
		return err
	}
	return o.lockOptions.check()
}

// apply does what a plan says.
func (a *app) apply(cmd *cobra.Command, name string, o *applyOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	plan, err := plans.Find(a.env, name)
	if err != nil {
		return err
	}
	past := &history.Past{Run: plan.Record.Run, Kind: history.Plan, Resource: plan.Record.Resource, File: plan.Record.File, Record: plan.Record}
	r, err := a.registry.Find(pastruns.RunResource(past))
	if err != nil {
		return err
	}
	planned := a.givenFor(past, pastruns.RunFile(past))
	given := text.Given{Resource: r.Ref(), File: name, Plan: &planned, Flags: givenFlags(cmd.Flags())}
	return a.applyPlan(cmd, plan, r, o, given)
}

// applyPlan does what a plan says that was found.
func (a *app) applyPlan(cmd *cobra.Command, plan *plans.Plan, r account.Resource, o *applyOptions, given text.Given) error {
	q, err := o.request(a, plan, r)
	if err != nil {
		return a.explainGiven(err, given)
	}
	return a.carryOut(cmd, r, o.connectOptions, importObserver{given: given}, func(ctx context.Context, run *job.Runner) (*job.ImportResult, error) { return run.Apply(ctx, q) })
}

// request turns the flags into a request.
func (o *applyOptions) request(a *app, plan *plans.Plan, r account.Resource) (*job.ApplyRequest, error) {
	deletes := plan.Deletes()
	switch {
	case o.flags.Changed("confirm") && !deletes:
		return nil, failure.Usage("leave --confirm out", "--confirm is the number of contacts to delete, and the plan deletes none")
	case o.noCopy && !deletes:
		return nil, failure.Usage("leave --no-copy out", "--no-copy is about what is deleted, and the plan deletes nothing")
	case !a.ui.CanAsk() && !o.yes && !deletes:
		return nil, failure.Usage("say --yes to apply the plan without being asked", "there is no terminal to ask on, and nothing was sent")
	}
	connect, err := o.options(a)
	if err != nil {
		return nil, err
	}
	q := &job.ApplyRequest{Plan: plan, Resource: r, Connect: connect, Wait: o.wait, MaxFailures: o.maxFailures, Yes: o.yes, NoCopy: o.noCopy, Resume: o.resume, Restart: o.restart,
		Report: o.report, Rejects: o.rejects, Overwrite: o.Overwrite, PlainCSV: o.PlainCSV, Words: advice.Hint, Adviser: text.AdviserOf(r)}
	q.Confirm = o.confirmed(o.flags)
	return q, nil
}
