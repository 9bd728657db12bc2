package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"crmferry/exporter"
	"crmferry/internal/account"
	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
	"crmferry/mapping"
)

// memoryStep is for how many contacts more memory is granted at a time.
const memoryStep = 25_000

// manyRequests is from where on an export that takes a request for each of many things asks before it begins.
const manyRequests = 1000

// run says what will be done, does it, and gives the file its name once it is complete.
func (j *exportJob) run(ctx context.Context) error {
	j.announce()
	if err := j.confirm(ctx); err != nil {
		return j.explain(ctx, err)
	}
	out, err := j.target.open()
	if err != nil {
		return err
	}
	if j.table, err = write.NewTable(out, j.target.format, j.tableOptions()); err != nil {
		return err
	}
	if j.target.path == toStdout && j.app.ui.OutTTY {
		j.table = shownTable{j.table}
	}
	if err := j.work.note(history.Running, 0, failure.ExitOK, j.app.now()); err != nil {
		return err
	}
	j.progress = j.app.ui.Progress("contact", 0)
	j.conn.show(j.progress)
	defer j.progress.Done()
	s, err := j.exporter.Run(ctx, j.table, &exportMeter{job: j})
	j.progress.Done()
	var stats write.Stats
	if err == nil {
		stats, err = j.finish(s)
	}
	end, code := history.Finished, failure.ExitOK
	if err != nil {
		end, code = history.Stopped, failure.Explain(j.explain(ctx, err)).Code
	}
	if noteErr := j.work.note(end, stats.Rows, code, j.app.now()); noteErr != nil {
		err = errors.Join(err, noteErr)
	}
	if err != nil {
		return j.explain(ctx, err)
	}
	return j.conclude(s, stats)
}

// finish completes the file and puts it in its place.
func (j *exportJob) finish(s *exporter.Summary) (write.Stats, error) {
	if err := j.guard.check(int64(s.Contacts)); err != nil {
		return write.Stats{}, err
	}
	j.table.About(j.about(s))
	stats, err := j.table.Close()
	if err != nil {
		return stats, fmt.Errorf("write %q: %w", j.target.path, err)
	}
	return stats, j.target.commit(j.app.ui, j.started)
}

// confirm counts the requests where there is one for each of many things, and asks if they are a great many.
func (j *exportJob) confirm(ctx context.Context) error {
	n, err := j.exporter.Sections(ctx)
	if err != nil || n <= 2 {
		return err
	}
	at := ""
	if took := atPace(n, j.conn.Pace.Effective()); took > 0 {
		at = fmt.Sprintf(", %s at %s", humanize.Duration(took), j.conn.Pace.Limit)
	}
	j.app.ui.Notef("  at least %s%s: %s are listed one by one", humanize.Count(int64(n), "request"), at, j.Name())
	switch {
	case n <= manyRequests || j.o.yes || j.o.sandbox:
		return nil
	case !j.app.ui.CanAsk():
		return failure.Usage("say --yes if that is meant, or narrow it with --filter", "it takes at least %s%s, and there is no terminal to ask on",
			humanize.Count(int64(n), "request"), at)
	}
	ok, err := j.app.ui.Ask(fmt.Sprintf("Export %s with at least %s?", j.Name(), humanize.Count(int64(n), "request")))
	if err == nil && !ok {
		err = failure.New(failure.ExitStopped, errors.New("not exported: nothing was written"))
	}
	return err
}

// tableOptions are how the file looks.
func (j *exportJob) tableOptions() write.TableOptions {
	o := tableOptions(j.Resource, j.columns, j.o.excel || j.target.format == sheet.XLSX)
	o.Delimiter, _ = j.o.comma() // checked before
	o.Excel, o.Guard, o.Created = j.o.excel, !j.o.raw, j.started
	return o
}

// tableOptions are how a file of contacts looks: labels for people head its columns, or field names for programs.
func tableOptions(r account.Resource, columns []mapping.ExportColumn, labels bool) write.TableOptions {
	o := write.TableOptions{Guard: true, Sheet: titled(r.Name()), Title: r.Vendor().Name + " " + r.Name(),
		Subject: exportSubject + r.ID() + " by crmferry", Creator: userAgent()}
	for _, c := range columns {
		header := c.Name
		if labels {
			header = c.Label
		}
		o.Columns = append(o.Columns, write.TableColumn{Header: header, Kind: c.Kind})
	}
	return o
}

// shownTable is a table that goes to a terminal, which the cells must not command. Files and pipes get them as they are.
type shownTable struct{ write.Table }

// Write appends a row.
func (t shownTable) Write(cells []cell.Cell) error {
	for i := range cells {
		cells[i].Text = terminal.Line(cells[i].Text)
	}
	return t.Table.Write(cells)
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
		p.Left(atPace((max(total-met, 0)+size-1)/size, m.job.conn.Transport().Rate()))
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
		return failure.New(failure.ExitFailed, fmt.Errorf("%w; %s", err, j.untouched()), j.onIncomplete(err)...)
	case crm.ClassOf(err) == 0:
		return err
	case crm.ClassOf(err) == crm.WrongServer && j.met > 0:
		return failure.New(failure.ExitFailed, fmt.Errorf("%w; %s", err, j.untouched()),
			"it answered well before: a proxy or a page about maintenance may stand in between; try again later")
	case len(j.o.filters) > 0 && isMissing(err):
		return failure.New(failure.ExitFailed, fmt.Errorf("%w; %s", err, j.untouched()), "see whether there is what --filter "+strings.Join(j.o.filters, " and ")+" names")
	}
	explained := j.conn.explain(err)
	if !errors.As(explained, &f) {
		return failure.New(failure.ExitFailed, fmt.Errorf("%w; %s", explained, j.untouched()))
	}
	code := f.Code
	if _, spent := crm.Exhausted(err); code == failure.ExitStopped && !spent && !j.conn.Answered() {
		code = failure.ExitUsage // a wrong key, and nothing was done with it
	}
	return failure.New(code, fmt.Errorf("%w; %s", f.Err, j.untouched()), f.Hints...)
}

// onIncomplete says what to do about a list that could not be shown to be complete.
func (j *exportJob) onIncomplete(err error) []string {
	hints := []string{"try again at an hour when fewer people work in " + j.Vendor().Name}
	var e *exporter.IncompleteError
	if errors.As(err, &e) && e.Unproven {
		hints = append(hints, "or add --allow-unproven: what was found is written, and the summary says that it is not proven to be all")
	}
	return hints
}

// isMissing reports whether the vendor knows nothing of that name.
func isMissing(err error) bool {
	var e *crm.Error
	return errors.As(err, &e) && e.Class == crm.Permanent && e.Code == crm.CodeNotFound
}

// untouched says what is in the place of the file that was not written.
func (j *exportJob) untouched() string {
	if j.target.path != toStdout {
		if _, err := os.Stat(j.target.path); err == nil {
			return "nothing was written, " + j.target.path + " is still the old one"
		}
	}
	return "nothing was written"
}
