package job

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"crmferry/importer/faults"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/advise"
	"crmferry/mapping/match/columns"
)

// conclude puts the report in place and the end of the run into its record, and decides the exit class.
func (j *importJob) conclude(ctx context.Context, out reporter, s *outcome.Summary, runErr error) (*ImportResult, error) {
	code, end := failure.ExitOK, history.Finished
	if !s.Clean() {
		code = failure.ExitRows
	}
	stopped := j.stopped(ctx, runErr, s)
	if stopped != nil {
		end, code = history.Stopped, failure.ExitFailed
		if isExplained(stopped) {
			code = failure.Advise(stopped).Code
		}
	}
	hasRejects, reportErr := out.Finish(s)
	result := &ImportResult{ImportFacts: j.facts(), Summary: s, Code: code, Report: j.report, Lost: reportErr != nil, Copies: j.work.record.CopyNames(),
		Requests: j.conn.Transport().Requests(), Linked: onlyIDs(j.q.Resource.Fields())}
	if j.plan != nil {
		result.Lacking, result.Unlisted = links.Lacking(j.plan.Doubtful), links.Unlisted(j.plan.Doubtful)
		result.Unmade, result.Misset = j.im.Unmade(), j.im.Misset(j.plan.Doubtful)
	}
	if ids, ok := out.(*report.IDs); ok && ids.Written() && reportErr == nil {
		result.IDs = j.ids
	}
	rejects := ""
	if hasRejects {
		result.Rejects, rejects = j.rejects, j.rejects.Path()
	}
	var recordErr error
	if !j.work.finishedBefore() {
		j.work.record.Journal = j.journal.Size()
		if j.q.plans() {
			j.work.record.Planned = j.planned(s)
		}
		j.work.record.Erased = j.q.NoCopy && end == history.Finished
		recordErr = j.work.record.End(end, int(code), s, j.report.Path(), rejects, j.Now())
		j.work.record.Erased = j.work.record.Erased && recordErr == nil // else the run is unfinished on the disk, and needs its rows
	}
	switch {
	case reportErr != nil:
		return result, j.reportLost(reportErr, recordErr, stopped)
	case recordErr != nil:
		return result, failure.With(stopped, recordErr)
	}
	return result, stopped
}

// reportLost explains a report that cannot be written, which may have stopped the run.
func (j *importJob) reportLost(reportErr, recordErr, stopped error) error {
	advice := append(failure.Advise(reportErr).Advice, advise.WriteReport{Run: j.work.run.ID, InJournal: true})
	if stopped != nil {
		advice = append(advice, j.goOn())
		if stopped.Error() == reportErr.Error() {
			stopped = nil
		}
	}
	return &failure.Advised{Code: failure.ExitFailed, Err: errors.Join(reportErr, recordErr, stopped), Advice: advice}
}

// goOn advises to do the rows that the run did not reach.
func (j *importJob) goOn() failure.Advice { return advise.GoOn{Temporary: j.work.temporary} }

// stopped explains why a run ended early, and how to go on with it; nil if it did not.
func (j *importJob) stopped(ctx context.Context, err error, s *outcome.Summary) error {
	var stop *faults.Stop
	var unwritten *journal.Error
	end := func(err error, advice ...failure.Advice) error {
		return &failure.Advised{Code: failure.ExitStopped, Err: err, Advice: append(advice, j.goOn())}
	}
	switch {
	case err == nil:
		return nil
	case errors.As(err, &unwritten):
		return j.journalLost(unwritten)
	case !errors.As(err, &stop):
		e := *failure.Advise(err)
		e.Advice = append(e.Advice, j.goOn())
		return &e
	case (errors.Is(err, faults.ErrAllFailed) || errors.Is(err, faults.ErrTooManyFailures)) && s.Count(outcome.CodeLacksCustom) > 0 && j.q.applied == nil && j.q.Undo == nil:
		return &failure.Advised{Code: failure.ExitStopped, Err: err, Advice: []failure.Advice{advise.GiveCustom{Fields: s.Lacking, Columns: columns.Named(j.im.Survey().Columns, s.Lacking), Given: columns.Customs(j.im.Survey().Columns), Updates: s.Actions[outcome.ActionUpdate] > 0}}}
	case errors.Is(err, faults.ErrAllFailed):
		return end(err, advise.IgnoreFailures{})
	case errors.Is(err, faults.ErrTooManyFailures):
		return end(err, failure.Hint("see the report for the vendor's words"))
	case ctx.Err() != nil:
		return end(errors.New("interrupted: the report holds every row that was reached"))
	case errors.Is(err, faults.ErrOutage):
		return end(err, failure.Hint("the network or "+j.q.Resource.Vendor().Name+" has trouble: wait until that is over"))
	}
	if s.Sent() > 0 {
		j.conn.MarkAnswered() // something may have left, even if no answer came
	}
	e := failure.Advise(j.conn.Explain(stop.Reason))
	return end(e.Err, e.Advice...)
}

// journalLost explains a journal that cannot be written any more. If its folder is gone there is nothing to resume.
func (j *importJob) journalLost(err *journal.Error) error {
	e := failure.Advise(err.Err)
	_, gone := os.Stat(j.work.run.Dir)
	switch {
	case !errors.Is(gone, fs.ErrNotExist):
		e.Advice = append(e.Advice, j.goOn())
	case j.canLookUp:
		e.Advice = []failure.Advice{advise.ImportAgain{}}
	default:
		e.Advice = failure.Hints("the run cannot be resumed; take the rows that its report lists out of the file, look the unknown ones up, and import the others")
	}
	return &failure.Advised{Code: failure.ExitFailed, Err: e.Err, Advice: e.Advice}
}
