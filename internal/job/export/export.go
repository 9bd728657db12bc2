package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crmferry/exporter"
	"crmferry/internal/account"
	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/leaveby"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// manyRequests is from where on an export that takes a request for each of many things asks before it begins.
const manyRequests = 1000

// memoryStep is after how many contacts more it is told how many are remembered.
const memoryStep = 25_000

// export is one export under way.
type export struct {
	*Request
	runner  *job.Runner
	target  target
	guard   *guard
	conn    *job.Connection
	work    *folder
	changes *changes               // nil without Request.SinceLast
	columns []mapping.ExportColumn // those that are written

	exporter exporter.Session
	table    write.Table
	progress job.Progress
	met      int   // contacts so far
	gone     *Gone // once the file is in its place
}

// Run writes every contact into a file, which appears only if none is missing. Until then an old file stays.
func Run(ctx context.Context, r *job.Runner, q *Request) (*Result, error) {
	j := &export{Request: q, runner: r, target: target{stdout: q.Stdout}}
	ctx = leaveby.Patient(ctx, cmp.Or(q.Wait, r.Patience))
	defer j.close()
	if err := j.open(ctx); err != nil {
		return nil, err
	}
	return j.run(ctx)
}

func (j *export) close() {
	if j.table != nil {
		j.table.Discard()
	}
	j.target.abort()
	j.changes.abort()
	j.work.close()
	j.conn.Close()
}

// open finds out what is asked for and reaches for the account. Nothing is sent.
func (j *export) open(ctx context.Context) (err error) {
	if !j.File.ToStdout() {
		kind := state.ExportOutput
		if j.SinceLast {
			kind = state.ChangesOutput
		}
		if j.target.output, err = j.runner.Output(kind, j.File.Path, j.Overwrite, j.Resource.ExportColumns()...); err != nil {
			return err
		}
	}
	if err := j.chooseColumns(); err != nil {
		return err
	}
	if err := j.checkList(); err != nil {
		return err
	}
	if j.conn, err = j.runner.Connect(j.Resource, j.Connect); err != nil {
		return err
	}
	if j.guard, err = newGuard(j.Request); err != nil {
		return err
	}
	o := exporter.Options{Query: j.Query, Columns: namesOf(j.columns), Words: j.Words, Limit: j.Limit, Since: j.Since, Workers: j.conn.Workers,
		Ahead: j.conn.Transport().ClockOffset, Noun: j.Resource.Name(), AllowUnproven: j.AllowUnproven}
	if j.SinceLast {
		o.Fresh = func(id string, changed time.Time) bool { return j.changes == nil || j.changes.take(id, changed) }
	}
	if j.exporter, err = j.Resource.Exporter(j.conn.Connection, o); err != nil {
		return err
	}
	if j.work, err = newFolder(ctx, j.runner, j.Request, j.conn); err != nil {
		return err
	}
	if j.SinceLast && j.work.run != nil { // nothing is kept of the sandbox within the process
		j.changes, err = openChanges(filepath.Dir(j.work.run.Dir), &j.work.record, j.Started, j.conn.Transport().ClockOffset)
	}
	return err
}

// chooseColumns finds the columns that are written.
func (j *export) chooseColumns() (err error) {
	j.columns, err = j.Resource.Columns(j.Columns, j.Words)
	var m *match.Error
	if errors.As(err, &m) {
		return failure.Usage(m.Hint, "%s", m.Message)
	}
	if len(j.Columns) == 0 && j.File.Format == sheet.XLSX {
		j.columns = peopleFirst(j.columns)
	}
	return err
}

// peopleFirst moves the id behind the first e-mail: people know each other by names, and an id may be 38 characters wide.
func peopleFirst(columns []mapping.ExportColumn) []mapping.ExportColumn {
	email := slices.IndexFunc(columns, func(c mapping.ExportColumn) bool { return strings.HasPrefix(c.Name, "email") })
	if email < 1 || columns[0].Name != "id" {
		return columns
	}
	list := slices.Clone(columns)
	copy(list, list[1:email+1])
	list[email] = columns[0]
	return list
}

func namesOf(columns []mapping.ExportColumn) (names []string) {
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return names
}

// checkList refuses a resource that cannot be listed, and one of which nothing tells what has changed where that is asked.
func (j *export) checkList() error {
	v := j.Resource.Vendor()
	if !j.Resource.Capabilities(j.Connect.Undocumented).List {
		e := &failure.Advised{Code: failure.ExitUsage, Err: fmt.Errorf("%s documents no list of its %s: they cannot be exported", v.Name, j.Resource.Name())}
		if j.Resource.Capabilities(true).List {
			e.Advice = []failure.Advice{UseUndocumented{j.Resource, j.Record.Output}}
		}
		return e
	}
	if (!j.Since.IsZero() || j.SinceLast) && !j.Resource.HasChangeDate() {
		return &failure.Advised{Code: failure.ExitUsage, Err: &NoChangeDateError{j.Resource}, Advice: []failure.Advice{IncludeUnchanged{}}}
	}
	return nil
}

// plan is what is about to be done.
func (j *export) plan() Plan {
	return Plan{Last: j.last(), Resource: j.Resource, File: j.File, Columns: j.columns, Filters: j.Query.Filters, Since: j.Since, Limit: j.Limit,
		Sandbox: j.Connect.Sandbox, Undocumented: j.Connect.Undocumented,
		Lacks: j.Resource.Capabilities(j.Connect.Undocumented).Traits.Lacks, Base: j.conn.Base(), Account: j.conn.Identity(), Pace: j.conn.Pace}
}

// last is the last export of the series that this one is of.
func (j *export) last() *LastExport {
	switch {
	case !j.SinceLast:
		return nil
	case j.changes == nil:
		return &LastExport{}
	}
	return &LastExport{Began: j.changes.last.here, Why: j.changes.why}
}

// result is what was done so far.
func (j *export) result(s *exporter.Summary, stats write.Stats) *Result {
	return &Result{Plan: j.plan(), Started: j.Started, Run: j.work.id(), Summary: *s, Stats: stats, Output: j.target.output,
		Requests: j.conn.Transport().Requests()}
}

// run tells what will be done, does it, and gives the file its name once it is complete.
func (j *export) run(ctx context.Context) (*Result, error) {
	plan := j.plan()
	j.runner.Event(&plan)
	if err := j.confirm(ctx); err != nil {
		return nil, j.explain(ctx, err)
	}
	if err := j.begin(); err != nil {
		return nil, err
	}
	s, err := j.read(ctx)
	var stats write.Stats
	if err == nil {
		stats, err = j.finish(ctx, s)
	}
	end, code := history.Finished, failure.ExitOK
	if err != nil {
		err = j.explain(ctx, err)
		end, code = history.Stopped, failure.Advise(err).Code
	}
	if err := failure.With(err, j.work.note(end, stats.Rows, code, j.runner.Now())); err != nil {
		return nil, err
	}
	result := j.result(s, stats)
	result.Gone = j.gone
	return result, nil
}

// confirm counts the requests where there is one for each of many things, and asks if they are a great many.
func (j *export) confirm(ctx context.Context) error {
	n, err := j.exporter.Sections(ctx)
	if err != nil || n <= 2 {
		return err
	}
	counted := RequestsCounted{Resource: j.Resource, Requests: n, Pace: j.conn.Pace}
	j.runner.Event(counted)
	if n <= manyRequests || j.Confirmed || j.Connect.Sandbox {
		return nil
	}
	yes, err := j.runner.Ask(ctx, Question{RequestsCounted: counted})
	if err == nil && !yes {
		err = failure.New(failure.ExitUsage, errors.New("not exported: nothing was written"))
	}
	return err
}

// begin starts the file, and notes that the export runs.
func (j *export) begin() error {
	out, err := j.target.open()
	if err != nil {
		return err
	}
	if j.table, err = write.NewTable(out, j.File.Format, j.tableOptions()); err != nil {
		return err
	}
	if j.Clean != nil {
		j.table = cleanTable{j.table, j.Clean}
	}
	return j.work.note(history.Running, 0, failure.ExitOK, j.runner.Now())
}

// tableOptions are how the file looks.
func (j *export) tableOptions() write.TableOptions {
	o := files.TableOptions(j.runner.UserAgent, j.Resource, j.columns, j.Excel || j.File.Format == sheet.XLSX)
	o.Delimiter, o.Excel, o.Guard, o.Created, o.Description = j.Delimiter, j.Excel, !j.Raw, j.Started, account.Origin{Identity: j.conn.Identity(), Run: j.work.id()}.String()
	return o
}

// cleanTable is a table whose texts are cleaned first.
type cleanTable struct {
	write.Table
	clean func(string) string
}

// Write appends a row.
func (t cleanTable) Write(cells []cell.Cell) error {
	for i := range cells {
		cells[i].Text = t.clean(cells[i].Text)
	}
	return t.Table.Write(cells)
}

// read reads the list into the table.
func (j *export) read(ctx context.Context) (*exporter.Summary, error) {
	j.progress = j.runner.Progress(j.Resource.Noun(), 0, j.conn)
	defer j.progress.Done()
	return j.exporter.Run(ctx, j.table, &meter{job: j, speed: account.Speed{Conn: j.conn.Connection}})
}

// finish completes the file and puts it in its place.
func (j *export) finish(ctx context.Context, s *exporter.Summary) (write.Stats, error) {
	if err := j.guard.check(int64(s.Contacts)); err != nil {
		return write.Stats{}, err
	}
	j.table.About(j.About(j.result(s, write.Stats{})))
	stats, err := j.table.Close()
	if err != nil {
		return stats, fmt.Errorf("write %q: %w", j.File.Path, err)
	}
	if err := j.target.commit(j.Started); err != nil {
		return stats, err
	}
	if j.target.output != nil {
		j.File.Path = j.target.output.Path()
	}
	if j.changes != nil && !s.Limited && len(s.Unproven) == 0 {
		if j.gone, err = j.endChanges(context.WithoutCancel(ctx)); err != nil {
			err = fmt.Errorf("%s is complete, and the next export of changes repeats it: %w", j.File.Path, err)
		}
	}
	return stats, err
}

// meter tells how far an export is.
type meter struct {
	job        *export
	remembered int // contacts that were told of
	speed      account.Speed
}

// Contacts tells how many contacts were met.
func (m *meter) Contacts(met, total int) {
	j := m.job
	j.met = met
	if met > m.remembered {
		m.remembered = met + memoryStep
		j.runner.Event(ContactsRemembered{Contacts: m.remembered})
	}
	if total >= 0 {
		j.progress.Total(int64(total))
		size := j.exporter.PageSize()
		j.progress.Left(m.speed.Left((max(total-met, 0) + size - 1) / size))
	}
	j.progress.Set(int64(met))
}

// Again tells why it takes longer.
func (m *meter) Again(list, reason string, try, tries int) {
	m.job.runner.Event(ListReread{List: list, Reason: reason, Try: try, Tries: tries})
}

// explain says what ended an export, and that nothing was lost.
func (j *export) explain(ctx context.Context, err error) error {
	var kept *state.NotReplacedError
	var e *failure.Advised
	var f *failure.Error
	if errors.As(err, &e) || errors.As(err, &f) {
		return err
	}
	switch {
	case errors.As(err, &kept):
		return failure.New(failure.ExitFailed, err, "close it in the program that holds it open, then rename the new file or export again")
	case ctx.Err() != nil:
		return failure.New(failure.ExitStopped, fmt.Errorf("interrupted: %s", j.untouched()))
	case errors.Is(err, exporter.ErrIncomplete):
		return j.unwritten(failure.ExitFailed, err, j.adviceOnIncomplete(err)...)
	case crm.ClassOf(err) == 0:
		return err
	case crm.ClassOf(err) == crm.WrongServer && j.met > 0:
		return j.unwritten(failure.ExitFailed, err, failure.Hint("it answered well before: a proxy or a page about maintenance may stand in between; try again later"))
	case len(j.Query.Filters) > 0 && crm.IsNotFound(err):
		return j.unwritten(failure.ExitFailed, err, CheckFilters{j.Record.Filters})
	}
	explained := j.conn.Explain(err)
	if !errors.As(explained, &e) && !errors.As(explained, &f) {
		return j.unwritten(failure.ExitFailed, explained)
	}
	e = failure.Advise(explained)
	code := e.Code
	if _, spent := crm.Exhausted(err); code == failure.ExitStopped && !spent && !j.conn.Answered() {
		code = failure.ExitUsage // a wrong key, and nothing was done with it
	}
	return j.unwritten(code, e.Err, e.Advice...)
}

// adviceOnIncomplete says what to do about a list that could not be shown to be complete.
func (j *export) adviceOnIncomplete(err error) []failure.Advice {
	advice := []failure.Advice{failure.Hint("try again at an hour when fewer people work in " + j.Resource.Vendor().Name)}
	var e *exporter.IncompleteError
	if errors.As(err, &e) && e.Unproven {
		advice = append(advice, AllowUnproven{})
	}
	return advice
}

// unwritten ends an export with an error, and says what is in the place of the file that was not written.
func (j *export) unwritten(code failure.ExitCode, err error, advice ...failure.Advice) error {
	return &failure.Advised{Code: code, Err: fmt.Errorf("%w; %s", err, j.untouched()), Advice: advice}
}

// untouched says what is in the place of the file that was not written.
func (j *export) untouched() string {
	if !j.File.ToStdout() && !j.SinceLast {
		if _, err := os.Stat(j.File.Path); err == nil {
			return "nothing was written, " + j.File.Path + " is still the old one"
		}
	}
	return "nothing was written"
}
