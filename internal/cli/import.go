package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/report"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// importOptions are the flags of import.
type importOptions struct {
	sheetOptions
	connectOptions
	lockOptions
	outputOptions
	file          string
	mode          string
	createMissing []string
	accept        []string
	limit         int
	maxFailures   int
	dryRun        bool
	yes           bool
	confirm       int
	noCopy        bool
	resume        string
	restart       bool
	report        string
	rejects       string
	flags         *pflag.FlagSet
	given         text.Given // to repeat the command in a hint
}

func newImportCommand(a *app) *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import VENDOR[/RESOURCE] FILE",
		Short: "create or update every row of FILE in VENDOR",
		Example: `  # try it on a simulated CRM: no key, nothing leaves this machine
  crmferry import growcrm leads.xlsx --sandbox
  # say what would be done, write nothing
  crmferry import growcrm leads.xlsx --dry-run
  # the first five rows, then all of them
  crmferry import growcrm leads.xlsx --limit 5
  crmferry import growcrm leads.xlsx
  # name a column, give every row a value, create tags that do not exist yet
  crmferry import rogerroger leads.csv --map "Relatie=familyName" --set tags=Fair2026 --create-missing tags
  # take an import back: delete the contacts that its report says were created
  crmferry import growcrm leads.report.xlsx --mode delete`,
		Long: `Every row is matched with a contact by its e-mail, else by phone and name together; it is created, updated, or
left alone if it says nothing new. An empty cell leaves the CRM's value alone. The report says what became of each
row; rejected and failed rows are also written to a file of their own, to be mended and imported again. FILE may be a pipe,
or - for stdin: then --yes is needed.

With --mode delete, the contacts whose ids FILE holds are deleted, where the vendor documents that; nothing else of a row
is looked at. Of the report of an earlier run only the rows count that it calls created, and only if the contact still
goes by the key in the report. The number of contacts has to be typed, or given with --confirm. All of them are first
written into a file that can be imported, FILE.before-delete, unless --no-copy is given.`,
		ValidArgsFunction: a.completeVendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := a.resourceAndFile(cmd, args)
			if err != nil {
				return err
			}
			o.file, o.flags, o.given = args[1], cmd.Flags(), givenCommand(r, args[1], cmd)
			return a.importFile(cmd.Context(), r, &o)
		},
	}
	o.sheetOptions.addTo(a, cmd)
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.mode, "mode", "", "`MODE`: upsert, create (an existing contact is skipped), update (a missing one is skipped) or delete (by id) (default: upsert, where the vendor documents an update)")
		fs.StringSliceVar(&o.createMissing, "create-missing", nil, "create what rows name and the CRM does not have: `KIND`,... (tags, segments, organizations, clients)")
		fs.StringSliceVar(&o.accept, "accept", nil, "take rows with such an error as they stand: `CODE`,... (id_mismatch)")
		o.addReplace(fs)
		o.addUndocumented(fs, a.registry)
	})
	addFlags(cmd, groupAmount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "import the first `N` rows only")
		fs.IntVar(&o.maxFailures, "max-failures", 0, "stop when `N` rows failed (default: when the first 20 all failed)")
		o.connectOptions.addTo(fs)
	})
	addFlags(cmd, groupSafety, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&o.dryRun, "dry-run", "n", false, "do everything but write, and report what would be done")
		fs.BoolVarP(&o.yes, "yes", "y", false, "do not ask; needed where there is no terminal")
		fs.IntVar(&o.confirm, "confirm", 0, "with --mode delete, instead of an answer: there are `N` contacts to delete")
		fs.BoolVar(&o.noCopy, "no-copy", false, "with --mode delete: keep no copy of what is deleted, as a request for erasure wants it")
		o.addResume(fs)
		o.lockOptions.addTo(fs)
		o.outputOptions.addTo(fs)
		o.addSandbox(fs)
	})
	addFlags(cmd, groupOutput, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.report, "report", "", "write the report to `FILE` (default: leads.report.xlsx for leads.xlsx)")
		fs.StringVar(&o.rejects, "rejects", "", "write rejected and failed rows to `FILE` (default: leads.rejects.xlsx for leads.xlsx)")
	})
	addFlags(cmd, groupTalk, func(fs *pflag.FlagSet) {
		fs.BoolVarP(&a.ui.Quiet, "quiet", "q", false, "print nothing on success")
		fs.BoolVarP(&o.verbose, "verbose", "v", false, "print each request to stderr")
	})
	a.addJSON(cmd)
	return cmd
}

// importFile creates or updates every row of a file.
func (a *app) importFile(ctx context.Context, r account.Resource, o *importOptions) error {
	if err := o.check(a.ui); err != nil {
		return err
	}
	a.tuneMemory()
	j := importJob{Resource: r, app: a, o: o}
	defer j.close()
	ctx, release := a.interruptible(ctx)
	defer release()
	if err := j.open(ctx); err != nil {
		return err
	}
	return j.run(ctx)
}

// check refuses flags that contradict each other before anything is read.
func (o *importOptions) check(ui *terminal.UI) error {
	if err := o.lockOptions.check(); err != nil {
		return err
	}
	if err := o.checkAccept(); err != nil {
		return err
	}
	switch modes.Mode(o.mode) {
	case "", modes.Upsert, modes.CreateOnly, modes.UpdateOnly:
	case modes.DeleteOnly:
		if err := o.checkDelete(); err != nil {
			return err
		}
	default:
		return failure.Unknown("mode", o.mode, humanize.Nearest(o.mode, modeNames()), "modes: "+strings.Join(modeNames(), ", "))
	}
	switch {
	case o.noCopy && !o.deletes():
		return failure.Usage("leave --no-copy out, or say --mode delete", "--no-copy is about what is deleted, and nothing is deleted")
	case o.flags.Changed("confirm") && !o.deletes():
		return failure.Usage("leave --confirm out, or say --mode delete", "--confirm is the number of contacts to delete, and nothing is deleted")
	case o.limit < 0 || o.flags.Changed("limit") && o.limit == 0:
		return failure.Usage("give the number of rows: --limit 5", "--limit %d imports nothing", o.limit)
	case o.maxFailures < 0 || o.flags.Changed("max-failures") && o.maxFailures == 0:
		return failure.Usage("give a number above 0", "--max-failures %d stops before the first row", o.maxFailures)
	case job.Input{File: o.file}.Streams() && !o.yes && !o.sandbox && !o.dryRun && !o.deletes():
		return failure.Usage("say --yes to import without being asked, or --dry-run to see what would be done",
			"%s is a pipe, there is nobody to ask, and nothing was sent", job.Input{File: o.file}.Name())
	case !ui.CanAsk() && !o.yes && !o.sandbox && !o.dryRun && !o.deletes():
		return failure.Usage("say --yes to import without being asked, or --dry-run to see what would be done",
			"there is no terminal to ask on, and nothing was sent")
	}
	return nil
}

func modeNames() []string { return []string{"upsert", "create", "update", "delete"} }

// importJob is one import on its way.
type importJob struct {
	account.Resource
	app  *app
	o    *importOptions
	conn *connection
	work *workspace
	mode modes.Mode

	target   importer.Target
	im       importer.Session
	plan     *importer.Plan
	journal  *journal.Journal // nil for a dry run, and where a finished run is only told again
	progress job.Progress

	report  *state.Output
	rejects *state.Output // nil for none
}

func (j *importJob) close() {
	_ = j.journal.Close() // what matters of it was closed before the report
	j.work.close()
	j.conn.Close()
}

// open reaches for the account, copies the file and reads it once. Nothing is sent.
func (j *importJob) open(ctx context.Context) error {
	o := j.o
	if !j.Capabilities(o.undocumented).Create {
		return failure.Usage("crmferry export "+j.ID()+" writes them into a file", "the %s of %s can be exported, not imported", j.Name(), j.Vendor().Name)
	}
	var err error
	if j.conn, err = j.app.connect(j.Resource, o.connectOptions); err != nil {
		return err
	}
	j.target = j.Target(j.conn.Connection.Connection)
	if err := j.chooseMode(); err != nil {
		return err
	}
	if err := errors.Join(j.checkKinds(), checkReplace(j.Resource, o.replace)); err != nil {
		return err
	}
	if j.work, err = j.app.newWorkspace(ctx, j.Resource, o, j.conn); err != nil {
		return err
	}
	if err := j.work.takeLock(ctx, j.conn, o.lockOptions); err != nil {
		return err
	}
	if err := j.takeUp(ctx); err != nil {
		return err
	}
	if err := j.openJournal(); err != nil {
		return err
	}
	match, err := o.matchOptions(j.mode != modes.UpdateOnly)
	if err != nil {
		return err
	}
	j.im, err = j.target.Open(ctx, importer.Options{
		Path: j.work.input, Name: job.Input{File: o.file}.Name(), Sheet: o.sheet(), Match: match, Mode: j.mode, Limit: o.limit,
		Accept: o.accept, MatchesPhones: j.target.Traits().MatchesPhones && j.mode != modes.UpdateOnly, Replace: crm.Fields(o.replace), CreateMissing: o.createMissing, DryRun: o.dryRun,
		MaxFailures: o.maxFailures, Workers: o.workers, Run: j.work.run.ID, Journal: j.journal,
		Offset: j.conn.Transport().ClockOffset, Settle: j.app.settle, Late: j.app.late, Backoff: j.app.backoff, Copies: j.copies(), CopyAnew: j.work.copiesGone(),
	})
	if err != nil {
		j.announceRefused(err)
		return suggest(ctx, j.target, text.ExplainSheet(err))
	}
	if err := j.sameColumns(); err != nil {
		return err
	}
	return j.checkKeyless()
}

// openJournal begins the journal of the run, or goes on with it.
func (j *importJob) openJournal() (err error) {
	if j.o.dryRun || j.finishedBefore() {
		return nil
	}
	if j.work.resumed {
		if err := j.checkJournal(); err != nil {
			return err
		}
	}
	if j.journal, err = journal.Open(j.work.record.JournalPath()); err != nil || !j.work.resumed {
		return err
	}
	return j.journal.Expect(j.work.record.Journal)
}

// finishedBefore reports whether the run that is resumed is finished.
func (j *importJob) finishedBefore() bool { return j.work.resumed && !j.work.record.Unfinished() }

// chooseMode takes the mode that was asked for, or the vendor's default.
func (j *importJob) chooseMode() error {
	j.mode = modes.Mode(j.o.mode)
	if j.mode == "" {
		j.mode = j.target.DefaultMode()
	}
	err := text.ModeError(j.target.CheckMode(j.mode))
	if err == nil {
		return nil
	}
	if j.o.deletes() {
		return failure.New(failure.ExitUsage, fmt.Errorf("%s: %w", j.ID(), err), "delete them in "+j.Vendor().Name+" itself; crmferry vendors lists who documents it")
	}
	hints := []string{"to create every row: " + j.o.given.Again("--mode", "create")}
	if j.Vendor().Undocumented != "" {
		hints = append(hints, "by what the vendor does not document ("+j.Vendor().Undocumented+"): "+j.o.given.Again("--allow-undocumented"))
	}
	return failure.New(failure.ExitUsage, fmt.Errorf("%s: %w", j.ID(), err), hints...)
}

// checkKinds refuses --create-missing of what the vendor does not let be created.
func (j *importJob) checkKinds() error {
	err := j.target.CheckKinds(j.o.createMissing)
	var kind *links.KindError
	if !errors.As(err, &kind) {
		return err
	}
	hint := j.ID() + " documents nothing that could be created by its name"
	if len(kind.Known) > 0 {
		hint = fmt.Sprintf("kinds that %s lets be created: %s", j.ID(), strings.Join(kind.Known, ", "))
	}
	return failure.Unknown("kind for --create-missing", kind.Kind, humanize.Nearest(kind.Kind, kind.Known), hint)
}

// run says what will happen, asks, does it, and says what happened.
func (j *importJob) run(ctx context.Context) error {
	reportPath, rejectsPath := j.paths()
	if err := errors.Join(job.CheckOutputs(j.o.file, reportPath, rejectsPath), j.checkCopy(reportPath, rejectsPath)); err != nil {
		return err
	}
	if err := j.place(reportPath, rejectsPath); err != nil {
		return err
	}
	if !j.finishedBefore() {
		j.announceFile()
	}
	if err := j.checkConfirm(); err != nil {
		return err
	}
	if err := j.sameAccount(ctx); err != nil {
		return err
	}
	if j.finishedBefore() {
		return j.repeat(reportPath, rejectsPath)
	}
	if err := j.connectImporter(ctx); err != nil {
		return err
	}
	j.announceResume()
	j.announcePlan()
	if ok, err := j.confirm(ctx); err != nil || !ok {
		return err
	}
	out, err := report.NewWriter(j.report, job.FormatOf(reportPath), j.rejects, j.about(), j.im.Open, text.Adviser{})
	if err != nil {
		return err
	}
	defer out.Abort()
	j.work.record.Asked = j.o.asked(j.mode)
	if err := j.work.record.Begin(j.report.Path(), j.im.Survey().Rows, j.journal.Size()); err != nil {
		return err
	}
	return j.send(ctx, out)
}

// connectImporter reads what the plan needs.
func (j *importJob) connectImporter(ctx context.Context) error {
	if kinds := j.im.LinkKinds(); len(kinds) > 0 && !j.o.sandbox {
		j.app.ui.Notef("  asking %s for its %s", j.ID(), humanize.List(kinds))
	}
	var err error
	if j.plan, err = j.im.Connect(ctx); err == nil {
		return nil
	}
	var mode *modes.Error
	if errors.As(err, &mode) {
		return failure.New(failure.ExitUsage, text.ModeError(mode))
	}
	if strangers := j.strangers(err); strangers != nil {
		return strangers
	}
	return j.early(ctx, err)
}

// send sends the rows and says what became of them.
func (j *importJob) send(ctx context.Context, out *report.Writer) error {
	j.progress = j.conn.Progress("row", int64(j.im.Survey().Rows), j.conn.Connection)
	j.progress.Set(int64(j.plan.Settled))
	defer j.progress.Done()
	summary, runErr := j.im.Run(ctx, out, meter{j.progress, j.conn.Transport().Rate})
	j.progress.Done()
	if stop := (*importer.Stop)(nil); errors.As(runErr, &stop) && ctx.Err() == nil && !stop.Sent && summary.Sent() == 0 && !j.work.resumed {
		j.work.neverBegan()
		return j.early(ctx, stop.Reason)
	}
	if err := j.journal.Close(); err != nil && runErr == nil {
		runErr = &journal.Error{Err: err}
	}
	return j.conclude(ctx, out, summary, runErr)
}

// early explains an error before anything was written: a wrong key is wrong use then.
func (j *importJob) early(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return failure.New(failure.ExitStopped, errors.New("interrupted; nothing was written"))
	}
	explained := j.conn.explain(err)
	var f *failure.Error
	if !errors.As(explained, &f) {
		return explained
	}
	if c := crm.ClassOf(err); c == crm.Unauthorized || c == crm.Forbidden {
		f.Code = failure.ExitUsage
	}
	if j.work.resumed {
		if f.Code == failure.ExitFailed {
			f.Code = failure.ExitStopped // it worked before: a loop may try it again
		}
		f.Hints = append(f.Hints, "the run stays as it was; to go on: "+j.goOn())
	}
	return f
}

// paths are where the report and the rejects go: beside the file, in its format, unless flags say otherwise.
func (j *importJob) paths() (report, rejects string) {
	stem, ext := j.stem()
	report = cmp.Or(j.o.report, stem+j.reportSuffix()+ext)
	if j.o.dryRun {
		return report, ""
	}
	return report, cmp.Or(j.o.rejects, stem+".rejects"+ext)
}

// stem is the name of the file without its ending, and the ending of files about it.
func (j *importJob) stem() (stem, ext string) {
	file := job.Input{File: j.o.file}.Stem()
	ext = filepath.Ext(file)
	if !strings.EqualFold(ext, ".csv") && !strings.EqualFold(ext, ".xlsx") {
		return file, "." + string(j.im.Survey().Format)
	}
	return strings.TrimSuffix(file, ext), ext
}

// place finds out where report and rejects may go; rejects is "" for none.
func (j *importJob) place(report, rejects string) (err error) {
	if j.report, err = j.app.jobEnv().Output(state.ReportOutput, report, j.o.overwrite); err != nil || rejects == "" {
		return err
	}
	j.report.Input = j.o.file
	if j.rejects, err = j.app.jobEnv().Output(state.RejectsOutput, rejects, j.o.overwrite); err == nil {
		j.rejects.Input = j.o.file
	}
	return err
}

// reportSuffix tells reports apart: that of a delete never takes the place of one by which an import can be taken back.
func (j *importJob) reportSuffix() string {
	switch {
	case j.o.dryRun:
		return ".dry-run"
	case j.o.deletes():
		return ".deleted"
	}
	return ".report"
}

func (j *importJob) about() report.About {
	title := job.ImportTitle(j.ID(), j.o.deletes())
	if j.o.dryRun {
		title = "Dry run: " + title
	}
	if j.o.sandbox {
		title += " (sandbox)"
	}
	return report.About{Title: title, File: job.Input{File: j.o.file}.Name(), Sheet: j.im.Survey().SheetName, Run: j.work.run.ID, DryRun: j.o.dryRun, Time: j.app.now()}
}

// refuseAgain refuses a file that was imported before, where no look-up would find the contacts.
func (j *importJob) refuseAgain(past *history.Record) error {
	if j.target.CanLookUp() || !past.MayHaveCreated() {
		return nil
	}
	what, hints := j.o.file, []string{"its report: " + past.Report}
	if past.Limit > 0 {
		what = fmt.Sprintf("%s (its first %s)", j.o.file, humanize.Count(int64(past.Limit), "row"))
		hints[0] += "; take the rows that it lists out of the file, and import the others"
	}
	hints = append(hints, "to import it all the same: "+j.o.given.Again("--restart"))
	return failure.New(failure.ExitUsage, fmt.Errorf("%s was imported into %s before, by the run %s of %s: importing it again would create every contact a second time",
		what, j.ID(), past.Run.ID, past.Started.Format("2006-01-02 15:04")), hints...)
}
