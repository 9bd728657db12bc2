package importer

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping/match"
)

// Line is one line of the report; its columns are a contract with those who read reports by program.
type Line struct {
	Row        int    `csv:"row"`
	Outcome    string `csv:"outcome"`
	Key        string `csv:"key"`
	ID         string `csv:"id"`
	Changed    string `csv:"changed"`
	Field      string `csv:"field"`
	Error      string `csv:"error"`
	Message    string `csv:"message"`
	Action     string `csv:"action"`
	HTTPStatus string `csv:"http_status"`
	Attempts   int    `csv:"attempts"`
	RequestID  string `csv:"request_id"`
	LineNumber string `csv:"line"`
	DurationMS int64  `csv:"duration_ms"`
	FinishedAt string `csv:"finished_at"`
}

// lineOf is a result as the report shows it.
func lineOf(r *outcome.Result) Line {
	l := Line{
		Row: r.Number(), Outcome: string(r.Outcome), Key: r.Key, ID: r.ID, Changed: strings.Join(r.Changed, ","),
		Field: r.FieldNames(), Error: r.Codes(), Message: r.Message(), Action: string(r.Action),
		HTTPStatus: number(r.Status), Attempts: r.Attempts, RequestID: r.RequestID, LineNumber: number(r.Line),
		DurationMS: r.Duration.Milliseconds(),
	}
	if !r.Finished.IsZero() {
		l.FinishedAt = r.Finished.UTC().Format(time.RFC3339)
	}
	return l
}

// number leaves out what is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// lineWriter writes the lines of a report.
type lineWriter interface {
	write(l Line) error
	// finish writes what is left, and the summary where the format has room for one.
	finish(about About, s *outcome.Summary) error
}

// About is what a report says of its run.
type About struct {
	Title  string // "Import into growcrm (sandbox)"
	File   string
	Sheet  string
	Run    string
	DryRun bool
	Time   time.Time
}

// Report is the Sink that writes the report, and the rejects if there are any. Both files appear when Finish is
// called, whole or not at all.
type Report struct {
	file    *state.File
	lines   lineWriter
	rejects *rejects
	about   About
}

// NewReport starts a report in the format of f. Rejects are taken from the input, which is opened for another reading if
// there are any; without rejectsTo there are none.
func NewReport(to *state.Output, f sheet.Format, rejectsTo *state.Output, about About, input func() (*sheet.Reader, error)) (*Report, error) {
	file, err := to.Create(0o600)
	if err != nil {
		return nil, err
	}
	r := &Report{file: file, about: about}
	if r.lines, err = newLineWriter(file, f); err != nil {
		file.Abort()
		return nil, err
	}
	if rejectsTo != nil {
		state.RemoveLeftovers(rejectsTo.Path()) // a run that was resumed may have no rejects to write
		r.rejects = &rejects{to: rejectsTo, open: input}
	}
	return r, nil
}

func newLineWriter(w io.Writer, f sheet.Format) (lineWriter, error) {
	if f == sheet.XLSX {
		return newWorkbook(w)
	}
	return newCSVLines(w)
}

// Write adds the line of one row.
func (r *Report) Write(res *outcome.Result) error {
	if err := r.lines.write(lineOf(res)); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if r.rejects == nil || res.Outcome != outcome.Rejected && res.Outcome != outcome.Failed {
		return nil
	}
	return r.rejects.write(res)
}

// Finish puts the files in place. It returns whether rejects were written.
func (r *Report) Finish(s *outcome.Summary) (bool, error) {
	if err := r.lines.finish(r.about, s); err != nil {
		r.Abort()
		return false, fmt.Errorf("write report: %w", err)
	}
	if err := r.file.Commit(); err != nil {
		return false, err
	}
	return r.rejects.finish()
}

// Abort leaves neither file.
func (r *Report) Abort() {
	r.file.Abort()
	r.rejects.abort()
}

// csvLines writes a report as CSV.
type csvLines struct{ *lineFile[Line] }

func newCSVLines(w io.Writer) (csvLines, error) {
	f, err := newLineFile[Line](w)
	return csvLines{f}, err
}

func (c csvLines) write(l Line) error { return c.lineFile.write(l) }

func (c csvLines) finish(About, *outcome.Summary) error { return c.close() }

// rejects writes the rows to be mended, in the file's own columns, as they were. It reads the input a second time,
// only as far as there are rejects, instead of keeping the cells of all rows in memory.
type rejects struct {
	to   *state.Output
	in   *sheet.Reader
	open func() (*sheet.Reader, error) // the input, for another reading
	file *state.File
	out  write.Writer
	own  []int // columns of an earlier rejects file, replaced by this one's
}

func (r *rejects) start() (err error) {
	if r.in, err = r.open(); err != nil {
		return err
	}
	if r.file, err = r.to.Create(0o600); err != nil {
		return err
	}
	format := sheet.CSV
	if strings.HasSuffix(strings.ToLower(r.to.Path()), ".xlsx") {
		format = sheet.XLSX
	}
	delimiter := r.in.Delimiter()
	if delimiter == 0 {
		delimiter = ','
	}
	if r.out, err = write.NewWriter(r.file, format, delimiter, "Rejects"); err != nil {
		return err
	}
	var head []string
	for i, h := range r.in.Header() {
		if match.IsOwnColumn(h) {
			r.own = append(r.own, i)
		} else {
			head = append(head, h)
		}
	}
	return r.out.Write(append(head, match.ColumnRow, match.ColumnError, match.ColumnMessage))
}

func (r *rejects) write(res *outcome.Result) error {
	if r.out == nil {
		if err := r.start(); err != nil {
			return fmt.Errorf("write rejects: %w", err)
		}
	}
	for {
		row, err := r.in.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("write rejects: row %d is not in the file any more", res.Row)
		}
		if err != nil {
			return fmt.Errorf("write rejects: %w", err)
		}
		if row.Number != res.Row {
			continue
		}
		return r.out.Write(append(r.cells(row), number(res.Number()), res.Codes(), res.Message()))
	}
}

// cells are the row's own cells, without the three columns of an earlier rejects file.
func (r *rejects) cells(row sheet.Row) []string {
	cells := make([]string, 0, len(row.Cells)+3)
	width := len(r.in.Header())
	for i, c := range row.Cells[:min(width, len(row.Cells))] {
		mine := false
		for _, n := range r.own {
			mine = mine || n == i
		}
		if !mine {
			cells = append(cells, c)
		}
	}
	return cells
}

// finish puts the file in place, if there were rejects.
func (r *rejects) finish() (bool, error) {
	if r == nil || r.out == nil {
		return false, nil
	}
	defer r.abort()
	if err := r.out.Close(); err != nil {
		return false, fmt.Errorf("write rejects: %w", err)
	}
	return true, r.file.Commit()
}

func (r *rejects) abort() {
	if r == nil {
		return
	}
	if r.in != nil {
		_ = r.in.Close() // read only
	}
	if r.file != nil {
		r.file.Abort()
	}
}
