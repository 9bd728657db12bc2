package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/time/rate"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// announceFile says how the file was understood.
func (j *importJob) announceFile() {
	s, ui := j.im.Survey(), j.app.ui
	ui.Notef("%s", text.Headline(s))
	for _, f := range text.NotableFacts(s.Facts) {
		if f.What == "encoding" || f.What == "header" {
			ui.Notef("  %s", text.Fact(f))
		}
	}
	into := "into"
	if j.o.deletes() {
		into = "deletes from"
		j.announceIDs()
	} else {
		ui.Notef("  %s", text.Columns(s, j.ID()))
	}
	if j.o.sandbox {
		ui.Notef("  %s %s (sandbox: nothing leaves this machine, all is forgotten at the end)", into, j.ID())
	} else {
		ui.Notef("  %s %s at %s, %s", into, j.ID(), j.conn.Base(), text.Pace(j.conn.Pace, j.Vendor()))
	}
	if s.Invalid > 0 {
		ui.Notef("  %s a rule and will not be sent: %s", text.RowsThat(s.Invalid, "breaks", "break"), text.Codes(s.Codes))
	}
	for _, line := range text.FindingCounts(s) {
		ui.Notef("  %s", line)
	}
	if s.Invalid > 0 || len(s.Findings) > 0 {
		ui.Notef("  %s shows them", j.checkLine())
	}
}

// announceRefused says how far a header that cannot be used was understood.
func (j *importJob) announceRefused(err error) {
	var refused *survey.HeaderError
	if !errors.As(err, &refused) {
		return
	}
	j.app.ui.Notef("%s", text.Headline(refused.Survey))
	j.app.ui.Notef("  %s", text.Columns(refused.Survey, j.ID()))
	j.app.ui.Notef("  %s shows each column", j.checkLine())
}

// checkLine is the command that looks at the same file in the same way, without network.
func (j *importJob) checkLine() string {
	known := newCheckCommand(&app{ui: &terminal.UI{}}).Flags() // of another app, whose flags it may reset
	less := []string{"json", "quiet", "verbose", "report"}
	j.o.flags.Visit(func(f *pflag.Flag) {
		if known.Lookup(f.Name) == nil {
			less = append(less, f.Name)
		}
	})
	return j.o.given.Check(less)
}

// announcePlan says what the run will do and how long it will take.
func (j *importJob) announcePlan() {
	ui, s, p := j.app.ui, j.im.Survey(), j.plan
	for _, d := range p.Doubtful {
		ui.Notef("  %s", doubtLine(d))
	}
	if kinds := doubtKinds(p.Doubtful); kinds != "" {
		ui.Notef("  such rows are rejected; --create-missing %s creates what is missing", kinds)
	} else if len(p.Doubtful) > 0 {
		ui.Notef("  such rows are rejected")
	}
	for _, d := range p.Missing {
		ui.Notef("  creates the %s %q first (in %s)", strings.TrimSuffix(d.Kind, "s"), d.Name, humanize.Count(int64(d.Rows), "row"))
	}
	if j.o.deletes() {
		j.announceDelete()
	}
	switch {
	case s.NoKey == 0 || j.mode == modes.UpdateOnly:
	case j.target.Traits().CreateUpserts:
		ui.Warnf("%s neither e-mail nor phone with a name: whether they are new is %s's own decision, now and with every further import", text.RowsThat(s.NoKey, "has", "have"), j.Vendor().Name)
	default:
		ui.Warnf("%s neither e-mail nor phone with a name: created now, and again by every further import", text.RowsThat(s.NoKey, "has", "have"))
	}
	j.announceIdentity()
	if s.Repeats > 0 {
		ui.Notef("  %s the %s of an earlier row", text.RowsThat(s.Repeats, "repeats", "repeat"), map[bool]string{true: "id", false: "key"}[j.o.deletes()])
	}
	for _, f := range j.Fields() {
		if n := s.Announced[f.Name]; n > 0 {
			ui.Warnf("up to "+f.Announce, n)
		}
	}
	j.app.say(text.FlagValues(s)...)
	if d := j.estimate(); d > 0 {
		ui.Notef("  at most %s, about %s", humanize.Count(int64(p.Requests()), "request"), humanize.Duration(d))
	}
}

func doubtLine(d links.Count) string {
	rows := humanize.Count(int64(d.Rows), "row")
	if d.Matches == 0 {
		return fmt.Sprintf("no %s %q (in %s)", strings.TrimSuffix(d.Kind, "s"), d.Name, rows)
	}
	return fmt.Sprintf("%d %s are called %q (in %s): put the id into the cell", d.Matches, d.Kind, d.Name, rows)
}

// doubtKinds lists the kinds of which something is missing that could be created.
func doubtKinds(list []links.Count) string {
	var kinds []string
	for _, d := range list {
		if d.Matches == 0 && d.Creatable && (len(kinds) == 0 || kinds[len(kinds)-1] != d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	return strings.Join(kinds, ",")
}

// estimate is the time that the requests will take at the account's pace; 0 if nothing limits it.
func (j *importJob) estimate() time.Duration {
	return job.AtRate(j.plan.Requests(), j.conn.Pace.Effective())
}

// confirm asks, unless the flags answer already.
func (j *importJob) confirm(ctx context.Context) (bool, error) {
	if j.o.deletes() {
		return j.confirmDelete(ctx)
	}
	if j.o.yes || j.o.sandbox || j.o.dryRun {
		return true, nil
	}
	err := j.conn.Decide(ctx, job.ImportQuestion{Resource: j.Resource, Rows: j.plan.Rows}, "not imported: nothing was written")
	return err == nil, err
}

// conclude puts the report in place, says what became of the run, and decides the exit code.
func (j *importJob) conclude(ctx context.Context, out *report.Writer, s *outcome.Summary, runErr error) error {
	code, end := failure.ExitOK, history.Finished
	if !s.Clean() {
		code = failure.ExitRows
	}
	stopped := j.stopped(ctx, runErr, s)
	if f := (*failure.Error)(nil); stopped != nil {
		end, code = history.Stopped, failure.ExitFailed
		if errors.As(stopped, &f) {
			code = f.Code
		}
	}
	hasRejects, reportErr := out.Finish(s)
	report, rejects := j.report.Path(), ""
	if hasRejects {
		rejects = j.rejects.Path()
	}
	var recordErr error
	if !j.finishedBefore() {
		j.work.record.Journal = j.journal.Size()
		j.work.record.Erased = j.o.noCopy && end == history.Finished
		recordErr = j.work.record.End(end, int(code), s, report, rejects, j.app.now())
	}
	if reportErr != nil {
		report = "" // the journal holds what it would say
	} else {
		j.app.tellOutput(j.outputs(rejects)...)
	}
	if err := j.tell(s, code, report, rejects); err != nil {
		return err
	}
	switch {
	case reportErr != nil:
		return j.reportLost(reportErr, recordErr, stopped)
	case recordErr != nil:
		return errors.Join(recordErr, stopped)
	case stopped != nil:
		return stopped
	}
	return failure.Quietly(code)
}

// outputs are the report and, if there are any, the rejects.
func (j *importJob) outputs(rejects string) []*state.Output {
	if rejects == "" {
		return []*state.Output{j.report}
	}
	return []*state.Output{j.report, j.rejects}
}

// reportLost explains a report that cannot be written, which may have stopped the run.
func (j *importJob) reportLost(reportErr, recordErr, stopped error) error {
	hints := append(failure.Explain(reportErr).Hints, "every outcome is in the journal: crmferry runs "+j.work.run.ID+" --report FILE writes the report")
	if stopped != nil {
		hints = append(hints, "to go on: "+j.goOn())
		if stopped.Error() == reportErr.Error() {
			stopped = nil
		}
	}
	return failure.New(failure.ExitFailed, errors.Join(reportErr, recordErr, stopped), hints...)
}

// tell prints the summary, for programs or for people.
func (j *importJob) tell(s *outcome.Summary, code failure.ExitCode, report, rejects string) error {
	if j.app.ui.JSON {
		if err := j.app.ui.WriteJSON(j.summaryJSON(s, report, rejects, code)); err != nil {
			return err
		}
	}
	if !j.app.ui.Quiet || code != failure.ExitOK {
		j.say(s, report, rejects)
		if code != failure.ExitStopped && code != failure.ExitFailed { // else the error says it
			j.app.ui.Resultf("next    %s", j.next(s, rejects))
		}
	}
	return nil
}

// verifies reports whether rows in doubt can be looked up, or sent again without harm.
func (j *importJob) verifies() bool {
	return j.target.CanLookUp() || j.target.Traits().Idempotent
}

// say prints the counts and where the files are.
func (j *importJob) say(s *outcome.Summary, report, rejects string) {
	ui := j.app.ui
	ui.Resultf("%s   in %s", countsLine(s, j.o.dryRun), humanize.Duration(s.Elapsed))
	if missed := s.Rows - s.Reached(); missed > 0 {
		ui.Resultf("not reached: %s", humanize.Count(int64(missed), "row"))
	}
	if s.Merged > 0 {
		ui.Resultf("merged: %s by the vendor with the contact of an earlier row", humanize.Count(int64(s.Merged), "row"))
	}
	if s.Partly > 0 {
		ui.Resultf("partly: %s with a field that the vendor cannot change; the report names it", humanize.Count(int64(s.Partly), "row"))
	}
	if s.Open > 0 && j.verifies() {
		ui.Resultf("in doubt: %s, which --resume verifies", humanize.Count(int64(s.Open), "row"))
	}
	if report != "" {
		ui.Resultf("report  %s", report)
	}
	if rejects != "" {
		ui.Resultf("rejects %s", rejects)
	}
	for _, name := range j.work.copyNames() {
		ui.Resultf("copy    %s", name)
	}
}

// countsLine counts the rows by outcome; a dry run counts them by what would be done.
func countsLine(s *outcome.Summary, dry bool) string {
	var parts []string
	if dry {
		for _, a := range s.Planned() {
			parts = append(parts, fmt.Sprintf("would %s %d", a, s.Actions[a]))
		}
		for _, o := range []outcome.Outcome{outcome.Unchanged, outcome.Skipped, outcome.Rejected, outcome.Failed} {
			parts = append(parts, fmt.Sprintf("%s %d", o, s.Counts[o]))
		}
		return strings.Join(parts, "   ")
	}
	for _, o := range s.Outcomes() {
		parts = append(parts, fmt.Sprintf("%s %d", o, s.Counts[o]))
	}
	return strings.Join(parts, "   ")
}

// next is the command that most users want next.
func (j *importJob) next(s *outcome.Summary, rejects string) string {
	ofOneRun := flagsOfOneRun()
	switch {
	case s.Reached() < s.Rows || s.Open > 0:
		return j.goOn()
	case j.aboutIDs(s) != "":
		return j.aboutIDs(s)
	case rejects != "":
		return fmt.Sprintf("mend the rows in %s, then: %s", rejects, j.o.given.For(rejects).Import(append(ofOneRun, "limit")))
	case s.Counts[outcome.Unknown] > 0:
		return "look the unknown rows up in the CRM, see the report"
	case j.o.dryRun && (j.o.sandbox || j.o.deletes()):
		return j.o.given.Import(ofOneRun)
	case j.o.dryRun:
		return j.o.given.Import(append(ofOneRun, "limit"), "--limit", "5")
	case j.o.sandbox:
		return fmt.Sprintf("crmferry check %s YOURFILE", j.ID())
	case j.o.deletes():
		next := "open the report: it names every contact that was deleted"
		if back := j.bringBack(); back != "" {
			next += "; to make them anew: " + back
		}
		return next
	case j.o.limit > 0 && !j.target.CanLookUp():
		return fmt.Sprintf("look at these contacts in %s, then take their rows out of the file and import the others: done twice, they would be created twice", j.Vendor().Name)
	case j.o.limit > 0:
		return fmt.Sprintf("look at these contacts in %s, then: %s", j.Vendor().Name, j.o.given.Import(append(ofOneRun, "limit")))
	}
	return "open the report, or look at the contacts in " + j.Vendor().Name
}

// flagsOfOneRun are flags that the next command does not take over from this one.
func flagsOfOneRun() []string {
	return []string{"dry-run", "resume", "restart", "report", "rejects", "json", "quiet", "verbose", "confirm", "overwrite"}
}

// goOn says how to do the rows that a run did not reach.
func (j *importJob) goOn() string {
	if j.work.temporary {
		return "run it again: nothing is kept of a run with --sandbox or --dry-run"
	}
	return j.o.given.Resume()
}

// importSummary is the summary of an import for programs (--json).
type importSummary struct {
	Run      string                  `json:"run"`
	Resource string                  `json:"resource"`
	File     string                  `json:"file"`
	Sandbox  bool                    `json:"sandbox"`
	DryRun   bool                    `json:"dry_run"`
	Rows     int                     `json:"rows"`
	Counts   map[outcome.Outcome]int `json:"counts"`
	Actions  map[outcome.Action]int  `json:"actions"`
	Errors   map[string]int          `json:"errors"`
	Merged   int                     `json:"merged"`
	Missed   int                     `json:"not_reached"`
	Requests int64                   `json:"requests"`
	Seconds  float64                 `json:"seconds"`
	Report   string                  `json:"report"`
	Rejects  string                  `json:"rejects,omitempty"`
	Copies   []string                `json:"copies,omitempty"` // of what was deleted
	Kept     []string                `json:"kept,omitempty"`   // earlier ones that were changed and stay
	Exit     int                     `json:"exit"`
}

func (j *importJob) summaryJSON(s *outcome.Summary, report, rejects string, code failure.ExitCode) importSummary {
	out := importSummary{Run: j.work.run.ID, Resource: j.ID(), File: j.o.file, Sandbox: j.o.sandbox, DryRun: j.o.dryRun, Rows: s.Rows,
		Counts: map[outcome.Outcome]int{}, Actions: s.Actions, Errors: map[string]int{}, Merged: s.Merged, Missed: s.Rows - s.Reached(),
		Requests: j.conn.Transport().Requests(), Seconds: s.Elapsed.Seconds(), Report: report, Rejects: rejects, Copies: j.work.copyNames(),
		Kept: text.KeptFiles(j.outputs(rejects)...), Exit: int(code)}
	for _, o := range outcome.Outcomes() {
		out.Counts[o] = s.Counts[o]
	}
	for _, e := range s.Errors {
		out.Errors[e.Code] = e.Rows
	}
	return out
}

// stopped explains why a run ended early, and how to go on with it; nil if it did not.
func (j *importJob) stopped(ctx context.Context, err error, s *outcome.Summary) error {
	var stop *importer.Stop
	var unwritten *journal.Error
	goOn := "to go on: " + j.goOn()
	switch {
	case err == nil:
		return nil
	case errors.As(err, &unwritten):
		return j.journalLost(unwritten)
	case !errors.As(err, &stop):
		return err
	case errors.Is(err, importer.ErrAllFailed):
		return failure.New(failure.ExitStopped, err, "see the report for the vendor's words; --max-failures N goes on regardless", goOn)
	case errors.Is(err, importer.ErrTooManyFailures):
		return failure.New(failure.ExitStopped, err, "see the report for the vendor's words", goOn)
	case ctx.Err() != nil:
		return failure.New(failure.ExitStopped, errors.New("interrupted: the report holds every row that was reached"), goOn)
	case errors.Is(err, importer.ErrOutage):
		return failure.New(failure.ExitStopped, err, "the network or "+j.Vendor().Name+" has trouble: wait until that is over", goOn)
	}
	if s.Sent() > 0 {
		j.conn.MarkAnswered() // something may have left, even if no answer came
	}
	f := failure.Explain(j.conn.explain(stop.Reason))
	return failure.New(failure.ExitStopped, f.Err, append(f.Hints, goOn)...)
}

// journalLost explains a journal that cannot be written any more. If its folder is gone there is nothing to resume.
func (j *importJob) journalLost(err *journal.Error) error {
	f := failure.Explain(err.Err)
	_, gone := os.Stat(j.work.run.Dir)
	switch {
	case !errors.Is(gone, fs.ErrNotExist):
		return failure.New(failure.ExitFailed, f.Err, append(f.Hints, "to go on: "+j.goOn())...)
	case j.target.CanLookUp():
		return failure.New(failure.ExitFailed, f.Err, "the run cannot be resumed; what it has written is found when the file is imported again: "+j.o.given.Import([]string{"resume", "restart"}))
	}
	return failure.New(failure.ExitFailed, f.Err, "the run cannot be resumed; take the rows that its report lists out of the file, look the unknown ones up, and import the others")
}

// meter shows the progress of a run.
type meter struct {
	progress job.Progress
	rate     func() rate.Limit // at which requests leave
}

// Rows shows the rows done.
func (m meter) Rows(done, requestsLeft int) {
	m.progress.Set(int64(done))
	m.progress.Left(job.AtRate(requestsLeft, m.rate()))
}
