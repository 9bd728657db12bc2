package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"crmferry/exporter"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/state"
)

// memoryStep is for how many contacts more memory is granted at a time.
const memoryStep = 25_000

// manyRequests is from where on an export that takes a request for each of many things asks before it begins.
const manyRequests = 1000

// confirm counts the requests where there is one for each of many things, and asks if they are a great many.
func (j *exportJob) confirm(ctx context.Context) error {
	n, err := j.exporter.Sections(ctx)
	if err != nil || n <= 2 {
		return err
	}
	at := ""
	if took := job.AtRate(n, j.conn.Pace.Effective()); took > 0 {
		at = fmt.Sprintf(", %s at %s", humanize.Duration(took), j.conn.Pace.Limit)
	}
	j.app.ui.Notef("  at least %s%s: %s are listed one by one", humanize.Count(int64(n), "request"), at, j.Resource.Name())
	switch {
	case n <= manyRequests || j.Confirmed || j.Connect.sandbox:
		return nil
	case !j.app.ui.CanAsk():
		return failure.Usage("say --yes if that is meant, or narrow it with --filter", "it takes at least %s%s, and there is no terminal to ask on",
			humanize.Count(int64(n), "request"), at)
	}
	ok, err := j.app.ui.Ask(fmt.Sprintf("Export %s with at least %s?", j.Resource.Name(), humanize.Count(int64(n), "request")))
	if err == nil && !ok {
		err = failure.New(failure.ExitStopped, errors.New("not exported: nothing was written"))
	}
	return err
}

// exportMeter shows the progress of an export, and lets memory grow with the ids that are remembered.
type exportMeter struct {
	job    *exportJob
	memory int // contacts that memory has been granted for
}

// Contacts shows the contacts met.
func (m *exportMeter) Contacts(met, total int) {
	m.job.met = met
	if met > m.memory {
		m.memory = met + memoryStep
		m.job.app.allowMemory(m.memory)
	}
	p := m.job.progress
	if total >= 0 {
		p.Total(int64(total))
		size := m.job.exporter.PageSize()
		p.Left(job.AtRate((max(total-met, 0)+size-1)/size, m.job.conn.Transport().Rate()))
	}
	p.Set(int64(met))
}

// Again says why it takes longer.
func (m *exportMeter) Again(list, reason string, try, tries int) {
	m.job.app.ui.Notef("  %s are read again (%d of at most %d): %s", list, try, tries, reason)
}

// explain says what ended an export, and that nothing was lost.
func (j *exportJob) explain(ctx context.Context, err error) error {
	var kept *state.NotReplacedError
	var f *failure.Error
	if errors.As(err, &f) {
		return err
	}
	switch {
	case errors.As(err, &kept):
		return failure.New(failure.ExitFailed, err, "close it in the program that holds it open, then rename the new file or export again")
	case ctx.Err() != nil:
		return failure.New(failure.ExitStopped, fmt.Errorf("interrupted: %s", j.untouched()))
	case errors.Is(err, exporter.ErrIncomplete):
		return j.unwritten(failure.ExitFailed, err, "try again at an hour when fewer people work in "+j.Resource.Vendor().Name)
	case crm.ClassOf(err) == 0:
		return err
	case crm.ClassOf(err) == crm.WrongServer && j.met > 0:
		return j.unwritten(failure.ExitFailed, err, "it answered well before: a proxy or a page about maintenance may stand in between; try again later")
	case len(j.Query.Filters) > 0 && isMissing(err):
		return j.unwritten(failure.ExitFailed, err)
	}
	explained := j.conn.explain(err)
	if !errors.As(explained, &f) {
		return j.unwritten(failure.ExitFailed, explained)
	}
	code := f.Code
	if _, spent := crm.Exhausted(err); code == failure.ExitStopped && !spent && !j.conn.Answered() {
		code = failure.ExitUsage // a wrong key, and nothing was done with it
	}
	return j.unwritten(code, f.Err, f.Hints...)
}

// unwritten ends an export with an error, and says what is in the place of the file that was not written.
func (j *exportJob) unwritten(code failure.ExitCode, err error, hints ...string) error {
	return failure.New(code, fmt.Errorf("%w; %s", err, j.untouched()), hints...)
}

// untouched says what is in the place of the file that was not written.
func (j *exportJob) untouched() string {
	if !j.File.ToStdout() {
		if _, err := os.Stat(j.File.Path); err == nil {
			return "nothing was written, " + j.File.Path + " is still the old one"
		}
	}
	return "nothing was written"
}

// isMissing reports whether the vendor knows nothing of that name.
func isMissing(err error) bool {
	var e *crm.Error
	return errors.As(err, &e) && e.Class == crm.Permanent && e.Code == crm.CodeNotFound
}
