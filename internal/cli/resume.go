package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/state"
	"crmferry/mapping/match"
)

// newestRun is what --resume without a run stands for.
const newestRun = "newest"

// addResume declares --resume and --restart.
func (o *importOptions) addResume(fs *pflag.FlagSet) {
	fs.StringVar(&o.resume, "resume", "", "go on with the unfinished run of this file, or with --resume=`RUN`; if there is none, start one")
	fs.Lookup("resume").NoOptDefVal = newestRun
	fs.BoolVar(&o.restart, "restart", false, "start anew although an unfinished run of this file exists, or although it was imported before and cannot be looked up")
}

// notAsked are flags that do not decide what becomes of a row: a run may be resumed with others.
func notAsked() []string {
	return []string{"yes", "resume", "restart", "wait", "report", "rejects", "rate", "workers", "quiet", "verbose", "json",
		"max-failures", "overwrite", "dry-run", "sandbox", "mode", "confirm"}
}

// asked are the flags, as given, that decide what becomes of a row; those that name a file hold its content.
func (o *importOptions) asked(mode modes.Mode) map[string]string {
	asked := map[string]string{"mode": string(mode)}
	o.flags.Visit(func(f *pflag.Flag) {
		if slices.Contains(notAsked(), f.Name) {
			return
		}
		asked[f.Name] = f.Value.String()
		if list, ok := f.Value.(pflag.SliceValue); ok {
			asked[f.Name] = strings.Join(list.GetSlice(), ", ")
		}
		if f.Name == "map-file" || f.Name == "values" {
			if content, err := os.ReadFile(f.Value.String()); err == nil { // else it is refused where it is read
				sum := sha256.Sum256(content)
				asked[f.Name] += " " + hex.EncodeToString(sum[:6])
			}
		}
	})
	return asked
}

// takeUp decides whether this import starts a run or goes on with an earlier one of the same file.
func (j *importJob) takeUp(ctx context.Context) error {
	o := j.o
	if j.work.temporary {
		return j.takeUpNone()
	}
	past, err := j.pastRun()
	switch {
	case err != nil:
		return err
	case past == nil:
		if o.resume != "" {
			j.app.ui.Notef("no unfinished run of %s into %s: this one starts", o.file, j.ID())
		}
		return nil
	case past.Unfinished() && !o.restart && o.resume == "":
		return failure.New(failure.ExitUsage, fmt.Errorf("the run %s of %s into %s is unfinished", past.Run.ID, o.file, j.ID()),
			"to go on with it: "+o.given.Resume(), j.anew())
	}
	if err := j.work.lockPast(ctx, j.conn, past, o.lockOptions); err != nil {
		return err
	}
	switch {
	case o.restart:
		return past.Abandon(j.app.now())
	case o.resume != "":
		return j.resume(past)
	}
	return j.refuseAgain(past)
}

// takeUpNone is takeUp where nothing of a run is kept.
func (j *importJob) takeUpNone() error {
	if j.o.resume != "" {
		return failure.Usage("leave --resume out", "nothing is kept of a run with --sandbox or --dry-run that could be resumed")
	}
	if !j.o.sandbox {
		j.conn.TellUnreadable(j.Vendor())
	}
	return nil
}

// anew says how to import the file from its start.
func (j *importJob) anew() string {
	what := "to start anew"
	if !j.target.CanLookUp() {
		what += ", which creates a second time what the run has created"
	}
	return what + ": " + j.o.given.Again("--restart")
}

// pastRun is the run that --resume=RUN names, else that of the same file into the same account. Runs of which that cannot be
// told are heeded.
func (j *importJob) pastRun() (*history.Record, error) {
	runs, unreadable, err := history.Imports(j.work.root)
	if err != nil {
		return nil, err
	}
	var past *history.Record
	if name := j.o.resume; name != "" && name != newestRun {
		past, err = j.namedRun(runs, unreadable, name)
	} else {
		past, err = j.newestOfFile(runs)
	}
	if err != nil {
		return nil, err
	}
	return past, j.checkDamaged(j.damagedRuns(runs, unreadable), past)
}

// newestOfFile is the unfinished run of the same file into the same account, else the newest one, nil if there is none.
func (j *importJob) newestOfFile(runs []*history.Record) (*history.Record, error) {
	past, changed := history.SameFile(runs, &j.work.record)
	if changed && !j.o.restart {
		return nil, failure.New(failure.ExitUsage, fmt.Errorf("%q has changed since the run %s of it began, which is unfinished", j.o.file, past.Run.ID),
			"to go on with the file as it was: "+j.o.given.Again("--resume="+past.Run.ID),
			"as it is now, "+j.anew())
	}
	return past, nil
}

// namedRun is the one run whose id ends in name or is name.
func (j *importJob) namedRun(runs []*history.Record, unreadable []*history.Damaged, name string) (*history.Record, error) {
	for _, o := range unreadable {
		if strings.HasSuffix(o.Run.ID, name) {
			return nil, j.refuseDamaged(o, "the run %s cannot be resumed: %w", o.Run.ID, o.Why)
		}
	}
	found := history.Named(runs, name)
	mine := &j.work.record
	switch {
	case len(found) == 0:
		return nil, failure.Usage("see crmferry runs", "no import has the run %q", name)
	case len(found) > 1:
		return nil, failure.Usage("give the whole id: see crmferry runs", "%d runs end in %q", len(found), name)
	case found[0].Salt != mine.Salt:
		return nil, failure.New(failure.ExitUsage, history.SaltLost(found[0]), j.anew())
	case found[0].Resource != mine.Resource || found[0].Place != mine.Place:
		return nil, failure.Usage("see crmferry runs "+name, "the run %s is an import into %s at %s", found[0].Run.ID, found[0].Resource, found[0].BaseURL)
	case found[0].State == history.Abandoned:
		return nil, failure.Usage("see crmferry runs: a later run has taken its place", "the run %s was abandoned: its file was imported anew", found[0].Run.ID)
	case found[0].SHA256 != mine.SHA256 && found[0].Path != mine.Path:
		return nil, failure.Usage("see crmferry runs "+name, "the run %s is of another file, %q", found[0].Run.ID, found[0].File)
	}
	if found[0].SHA256 != mine.SHA256 {
		j.app.ui.Warnf("%s has changed since the run began, which goes on with the file as it was", j.o.file)
	}
	return found[0], nil
}

// resume takes the place of a new run by an earlier one, unless it was asked for something else. A finished run that was
// is none to go on with: the new one starts.
func (j *importJob) resume(past *history.Record) error {
	differ := differences(past.Asked, j.o.asked(j.mode))
	switch {
	case differ == "":
		return j.adopt(past)
	case past.Unfinished() || j.o.resume != newestRun:
		return failure.New(failure.ExitUsage, fmt.Errorf("the run %s was started with other options: %s", past.Run.ID, differ),
			"to go on with it: "+j.app.resumeOf(history.ReadPast(j.work.root, past.Run)), j.anew())
	}
	if err := j.refuseAgain(past); err != nil {
		return err
	}
	j.app.ui.Notef("the finished run %s of %s had other options (%s): this one starts", past.Run.ID, j.o.file, differ)
	return nil
}

// adopt goes on with an earlier run, if its copy of the input is as it was.
func (j *importJob) adopt(past *history.Record) error {
	if past.Erased {
		if err := j.work.lend(past); err != nil {
			return err
		}
	}
	input := past.Run.Input(past.File)
	err := state.CheckInput(input, past.Size, past.SHA256)
	if err == nil {
		return j.work.adopt(past, input)
	}
	hint := j.anew()
	if past.SHA256 == j.work.record.SHA256 {
		hint = fmt.Sprintf("%s is as it was; to go on with that: cp %s %s && %s", j.o.file, text.Quote(text.FileArg(j.o.given.File)), text.Quote(input), j.o.given.Again("--resume="+past.Run.ID))
	}
	return failure.New(failure.ExitUsage, fmt.Errorf("the run %s cannot be resumed: %w", past.Run.ID, err), hint)
}

// checkJournal refuses to go on without a journal: which rows were sent is not known then.
func (j *importJob) checkJournal() error {
	path := j.work.record.JournalPath()
	blank, err := journal.IsBlank(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("%q is gone", path)
	case err != nil:
		return err
	case !blank:
		return nil
	default:
		err = fmt.Errorf("%q holds no record", path)
	}
	return failure.New(failure.ExitUsage, fmt.Errorf("%w: the run %s has lost its journal: which rows were sent is not known", err, j.work.run.ID),
		"compare the file with the CRM; "+j.anew())
}

// differences says which options differ.
func differences(was, is map[string]string) string {
	var list []string
	for _, d := range history.Differences(was, is) {
		switch {
		case d.Is == nil:
			list = append(list, fmt.Sprintf("--%s was %q, now it is not given", d.Option, *d.Was))
		case d.Was == nil:
			list = append(list, fmt.Sprintf("--%s was not given, now it is %q", d.Option, *d.Is))
		default:
			list = append(list, fmt.Sprintf("--%s was %q, now it is %q", d.Option, *d.Was, *d.Is))
		}
	}
	return strings.Join(list, "; ")
}

// sameColumns refuses to go on where columns are put into other fields than before.
func (j *importJob) sameColumns() error {
	now := columnsOf(j.im.Survey().Columns)
	if was := j.work.record.Columns; j.work.resumed && !slices.Equal(was, now) {
		var differ []string
		for i := range max(len(was), len(now)) {
			a, b := columnAt(was, i), columnAt(now, i)
			if a != b {
				differ = append(differ, fmt.Sprintf("%q is now %q", a, b))
			}
		}
		return failure.New(failure.ExitUsage, fmt.Errorf("the run %s put columns into other fields: %s", j.work.run.ID, strings.Join(differ, "; ")),
			"say with --map what a column is", j.anew())
	}
	j.work.record.Columns = now
	return nil
}

func columnAt(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// columnsOf says which field each column is put into: "Email=email".
func columnsOf(columns []match.Column) []string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.Header + "="
		if c.State == match.Mapped {
			list[i] += c.Field
		}
	}
	return list
}

// sameAccount makes sure, where the key is another one than the run's, that it opens the same account: a contact of the
// run must be there.
func (j *importJob) sameAccount(ctx context.Context) error {
	rec := &j.work.record
	if !j.work.resumed || rec.Account == j.work.account {
		return nil
	}
	if j.o.deletes() {
		return failure.New(failure.ExitUsage, fmt.Errorf("the key is not the one of the run %s, and its contacts are deleted: nothing shows whether it opens the same account", j.work.run.ID),
			"use the run's key", j.anew())
	}
	id, err := journal.SomeID(j.work.record.JournalPath())
	if err != nil || id == "" {
		return err
	}
	found, err := j.target.Exists(ctx, id)
	switch {
	case errors.Is(err, importer.ErrCannotRead) && j.finishedBefore(): // the organization is the same one
	case errors.Is(err, importer.ErrCannotRead):
		return failure.New(failure.ExitUsage, fmt.Errorf("the key is not the one of the run %s, and %s documents no way to see whether it opens the same account", j.work.run.ID, j.Vendor().Name),
			"use the run's key", j.anew())
	case err != nil:
		return j.early(ctx, err)
	case !found:
		return failure.New(failure.ExitUsage, fmt.Errorf("the key is not the one of the run %s, and the contact %s of that run is not there: is it another account?", j.work.run.ID, id),
			"use the run's key", j.anew())
	}
	rec.Account = j.work.account
	return nil
}

// repeat says again what became of a run that is finished.
func (j *importJob) repeat(reportPath, rejects string) error {
	j.app.ui.Notef("the run %s is finished: nothing is sent", j.work.run.ID)
	out, err := report.NewWriter(j.report, job.FormatOf(reportPath), j.rejects, j.about(), j.im.Open, text.Adviser{})
	if err != nil {
		return err
	}
	defer out.Abort()
	summary, damage, err := journal.Replay(j.work.record.JournalPath(), j.target.Traits(), out)
	if errors.Is(err, fs.ErrNotExist) {
		damage, summary, err = state.Damage{Reason: "it is gone"}, new(outcome.Summary), nil
	}
	if err != nil {
		return err
	}
	if lost := j.work.record.Lost(summary); lost > 0 || damage != (state.Damage{}) {
		return j.refuseRepeat(damage, lost)
	}
	rec := &j.work.record
	summary.Elapsed = rec.Finished.Sub(rec.Started)
	return j.conclude(context.Background(), out, summary, nil)
}

// refuseRepeat says what is left to know of a finished run whose journal has lost rows.
func (j *importJob) refuseRepeat(damage state.Damage, lost int) error {
	rec := &j.work.record
	hint := j.anew()
	if state.Exists(rec.Report) {
		hint = "they are in the report of that time: " + history.Relative(rec.Report)
	}
	return failure.New(failure.ExitUsage, fmt.Errorf("the run %s is finished, and its journal %q does not say any more what became of %s", rec.Run.ID, j.work.record.JournalPath(), job.LostRows(damage, lost)), hint)
}

// announceResume says what of a resumed run is done.
func (j *importJob) announceResume() {
	if !j.work.resumed {
		return
	}
	done := humanize.Count(int64(j.plan.Settled), "row") + " done"
	if n := j.journal.Counts().InDoubt; n > 0 {
		done += fmt.Sprintf(", %d in doubt", n)
		if j.target.CanLookUp() {
			done += " and verified first"
		}
		if j.target.CanLookUp() && !j.target.Traits().Idempotent {
			done += "; what is not there is sent 2 min from now, behind the others"
		}
	}
	j.app.ui.Notef("  goes on with the run %s of %s: %s", j.work.run.ID, j.work.record.Started.Local().Format("2006-01-02 15:04"), done)
	if d := j.journal.Damage(); d != (state.Damage{}) {
		j.app.ui.Warnf("its journal is damaged (%s): every row without an outcome before that is verified first; the whole file is kept beside it", d)
	}
}
