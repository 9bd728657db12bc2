package report

import (
	"errors"
	"fmt"
	"io"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/write"
)

// Sheets of a report workbook.
const (
	rowsSheet    = "Rows"
	summarySheet = "Summary"
)

// workbook writes a report as XLSX: a sheet of rows and a sheet that sums them up.
type workbook struct {
	book   *write.Book
	rows   *write.Grid
	advice Adviser
}

// columnsOfReport are the columns of the sheet Rows with their widths in characters.
func columnsOfReport() []write.GridColumn {
	return []write.GridColumn{
		write.Column("row", 8), write.Column("outcome", 12), write.Column("key", 32), write.Column("id", 16),
		write.Column("changed", 28), write.Column("field", 18), write.Column("error", 18), write.Column("message", 60),
		write.Column("action", 9), write.Column("http_status", 11), write.Column("attempts", 9), write.Column("request_id", 20),
		write.Column("line", 7), write.Column("duration_ms", 12), write.Column("finished_at", 22),
	}
}

func newWorkbook(w io.Writer, advice Adviser) (*workbook, error) {
	b, err := newBook(w, rowsSheet)
	if err != nil {
		return nil, err
	}
	grid, err := b.Grid(rowsSheet, columnsOfReport()...)
	return &workbook{b, grid, advice}, err
}

func (b *workbook) write(l Line) error {
	return b.tooMany(b.rows.Write(l.Row, write.Word(l.Outcome), l.Key, l.ID, l.Changed, l.Field, l.Error, l.Message, l.Action,
		l.HTTPStatus, l.Attempts, l.RequestID, l.LineNumber, l.DurationMS, l.FinishedAt))
}

// tooMany says what to do about a sheet that is full.
func (b *workbook) tooMany(err error) error {
	if errors.Is(err, rows.ErrTooBig) {
		return fmt.Errorf("%w: %s", err, b.advice.OnTooManyRows())
	}
	return err
}

func (b *workbook) finish(about About, s *outcome.Summary) error {
	if err := b.rows.Finish(); err != nil {
		b.book.Discard()
		return err
	}
	lines, chart := b.summaryLines(about, s)
	if err := b.book.Summary(summarySheet, lines, chart); err != nil {
		b.book.Discard()
		return err
	}
	return b.book.Close(about.Title, about.File, Creator)
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
		{"Took", s.Elapsed.Round(time.Second).String()},
		{"Run", about.Run},
		{"Rows", s.Rows},
		{},
	}
	if about.DryRun {
		lines = append(lines, []any{write.Heading("What would be done"), "rows"})
		for _, a := range append(s.Planned(), outcome.ActionNone) {
			lines = append(lines, []any{string(a), s.Actions[a]})
		}
		lines = append(lines, []any{string(outcome.Rejected), s.Counts[outcome.Rejected]})
	} else {
		lines = append(lines, []any{write.Heading("Outcome"), "rows"})
		chart = &write.Chart{First: len(lines) + 1, Last: len(lines) + len(s.Outcomes()), Title: "Rows by outcome", Alt: "Bar chart of the numbers above: rows by outcome"}
		for _, o := range s.Outcomes() {
			lines = append(lines, []any{write.Word(o), s.Counts[o]})
		}
	}
	if missed := s.Rows - s.Reached(); missed > 0 {
		lines = append(lines, []any{"not reached", missed, "the run stopped before these rows; they are not in the sheet Rows"})
	}
	return append(lines, b.errorLines(s)...), chart
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
