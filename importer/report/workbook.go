package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/internal/humanize"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/write"
)

// Sheets of a report workbook.
const (
	rowsSheet    = "Rows"
	summarySheet = "Summary"
)

// workbook writes a report as XLSX: a sheet of rows and a sheet that sums them up, and before them those of a plan.
type workbook struct {
	book   *write.Book
	plan   *planfile.Sheets // nil for a report that is no plan's
	rows   *write.Grid
	yours  *yourRows // nil for a report without the user's rows
	advice Adviser
}

// columnsOfReport are the columns of the sheet Rows with their widths in characters.
func columnsOfReport() []write.GridColumn {
	return []write.GridColumn{
		write.Column("row", 8), write.Column("outcome", 12), write.Column("key", 32), write.Column("id", 16),
		write.Column("changed", 28), write.Column("field", 18), write.Column("error", 18), write.Column("message", 60),
		write.GridColumn{Name: "action", Width: 9, Unprinted: true}, write.Column("http_status", 11), write.Column("attempts", 9), write.Column("request_id", 20),
		write.Column("line", 7), write.Column("duration_ms", 12), write.Column("finished_at", 22),
	}
}

// newWorkbook starts the workbook of a report; it opens on the user's rows if own is not nil.
func newWorkbook(w io.Writer, own *ownRows, advice Adviser) (*workbook, error) {
	opens := ""
	if own != nil {
		opens = rows.OwnRowsSheet
	}
	b, err := newBook(w, rowsSheet, opens)
	if err != nil {
		return nil, err
	}
	x := &workbook{book: b, advice: advice}
	if x.rows, err = b.Grid(rowsSheet, columnsOfReport()...); err == nil && own != nil {
		x.yours, err = newYourRows(b, own, advice)
	}
	if err != nil {
		b.Discard()
	}
	return x, err
}

// newPlanWorkbook starts a workbook that opens on the plan of that run.
func newPlanWorkbook(w io.Writer, run string, advice Adviser) (*workbook, error) {
	b, err := newBook(w, planfile.PlanSheet, "")
	if err != nil {
		return nil, err
	}
	plan, err := planfile.NewSheets(b, run)
	if err != nil {
		return nil, err
	}
	grid, err := b.Grid(rowsSheet, columnsOfReport()...)
	return &workbook{book: b, plan: plan, rows: grid, advice: advice}, err
}

func (b *workbook) writePlan(l Line, row *planfile.Row) error {
	if err := b.plan.Write(row); err != nil {
		return err
	}
	return b.writeLine(l)
}

func (b *workbook) fields() []planfile.FieldCount { return b.plan.Fields() }

// discard frees what is held.
func (b *workbook) discard() {
	if b.plan != nil {
		b.plan.Discard()
	}
	b.book.Discard()
}

func (b *workbook) write(l Line, res *outcome.Result) error {
	if b.yours != nil {
		if err := b.yours.write(res); err != nil {
			return b.tooMany(err)
		}
	}
	return b.writeLine(l)
}

func (b *workbook) writeLine(l Line) error {
	return b.tooMany(b.rows.Write(l.Row, write.Word(l.Outcome), l.Key, l.ID, l.Changed, l.Field, l.Error, l.Message, l.Action,
		l.HTTPStatus, l.Attempts, l.RequestID, l.LineNumber, l.DurationMS, l.finishedAt()))
}

// tooMany says what to do about a sheet that is full.
func (b *workbook) tooMany(err error) error {
	if errors.Is(err, rows.ErrTooBig) {
		return fmt.Errorf("%w: %s", err, b.advice.OnTooManyRows())
	}
	return err
}

func (b *workbook) finish(about About, s *outcome.Summary) error {
	if err := b.finishSheets(about, s); err != nil {
		b.discard()
		return err
	}
	return b.book.Close(write.Properties{Title: about.Title, Subject: about.File, Description: cmp.Or(about.Origin, about.Account), Creator: Creator})
}

func (b *workbook) finishSheets(about About, s *outcome.Summary) error {
	if b.plan != nil {
		if err := b.plan.Finish(); err != nil {
			return b.tooMany(err)
		}
	}
	if err := b.rows.Finish(); err != nil {
		return err
	}
	if b.yours != nil {
		if err := b.yours.grid.Finish(); err != nil {
			return err
		}
	}
	lines, chart := b.summaryLines(about, s)
	return b.book.Summary(summarySheet, lines, chart)
}

// mostErrors is the number of kinds of errors that the sheet Summary lists.
const mostErrors = 10

// summaryLines are the lines of the sheet Summary: what, when, the outcomes with a chart, the most frequent errors with
// what to do.
func (b *workbook) summaryLines(about About, s *outcome.Summary) (lines [][]any, chart *write.Chart) {
	lines = [][]any{
		{about.Title},
		{"File", about.File},
		{"Sheet", about.Sheet},
		{"When", about.Time.UTC().Format("2006-01-02 15:04:05") + " UTC"},
		{"Took", humanize.Duration(s.Elapsed)},
		{"Run", about.Run},
		{"Account", about.Account},
		{"Rows", s.Rows},
	}
	if about.rejects != "" {
		lines = append(lines, []any{"Rejects", filepath.Base(about.rejects)})
	}
	lines = append(lines, []any{})
	if about.DryRun {
		lines = append(lines, []any{write.Heading("What would be done"), "rows"})
		for _, a := range append(s.Planned(), outcome.ActionNone) {
			lines = append(lines, []any{string(a), s.Actions[a]})
		}
		lines = append(lines, []any{string(outcome.Rejected), s.Counts[outcome.Rejected]})
	} else {
		lines = append(lines, []any{write.Heading("Outcome"), "rows"})
		chart = &write.Chart{Title: "Rows by outcome", Alt: "Bar chart of the numbers above: rows by outcome"}
		for _, o := range s.Outcomes() {
			lines = append(lines, []any{write.Word(o), s.Counts[o]})
			if s.Counts[o] > 0 {
				chart.Bars = append(chart.Bars, write.Bar{Line: len(lines), Colour: barColours()[o]})
			}
		}
	}
	if about.Blind {
		lines = append(lines, []any{"updates", nil, "they cannot be taken back: what the contacts held before was not read"})
	}
	if missed := s.Rows - s.Reached(); missed > 0 {
		lines = append(lines, []any{"not reached", missed, "the run stopped before these rows; they are not in the sheet Rows"})
	}
	if b.plan != nil {
		lines = append(lines, fieldLines(b.fields())...)
	}
	return append(lines, b.errorLines(s)...), chart
}

// mostFields is the number of fields that the sheet Summary lists.
const mostFields = 40

// fieldLines say which fields would change, those that contacts would lose first.
func fieldLines(fields []planfile.FieldCount) [][]any {
	if len(fields) == 0 {
		return nil
	}
	lines := [][]any{{}, {write.Heading("Fields that would change"), "rows", "what becomes of them"}}
	for _, f := range fields[:min(len(fields), mostFields)] {
		lines = append(lines, []any{f.Field, f.Rows(), f.String()})
	}
	if n := len(fields) - mostFields; n > 0 {
		lines = append(lines, []any{fmt.Sprintf("and %d more", n)})
	}
	return lines
}

func (b *workbook) errorLines(s *outcome.Summary) [][]any {
	lines := [][]any{{}, {write.Heading("Most frequent errors"), "rows", "what to do"}}
	for _, e := range s.Errors[:min(len(s.Errors), mostErrors)] {
		lines = append(lines, []any{e.Code, e.Rows, b.advice.OnCode(e.Code)})
	}
	if len(s.Errors) == 0 {
		lines = append(lines, []any{"none"})
	}
	return lines
}
