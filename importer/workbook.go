package importer

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
	book *write.Book
	rows *write.Grid
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

// outcomeFills are the colours of the outcomes: the contrast with black is above 4.5 to 1.
func outcomeFills() map[string]string {
	return map[string]string{
		string(outcome.Created): "C6EFCE", string(outcome.Updated): "DDEBF7", string(outcome.Deleted): "D9D9D9", string(outcome.Unchanged): "EDEDED",
		string(outcome.Skipped): "FFF2CC", string(outcome.Rejected): "FCE4D6", string(outcome.Failed): "FFC7CE", string(outcome.Unknown): "E4DFEC",
	}
}

// newBook starts a workbook that knows the colours of the outcomes.
func newBook(w io.Writer, first string) (*write.Book, error) {
	return write.NewBook(w, write.BookOptions{First: first, Fills: outcomeFills()})
}

func newWorkbook(w io.Writer) (*workbook, error) {
	b, err := newBook(w, rowsSheet)
	if err != nil {
		return nil, err
	}
	grid, err := b.Grid(rowsSheet, columnsOfReport()...)
	return &workbook{b, grid}, err
}

func (b *workbook) write(l Line) error {
	return inGrid(b.rows.Write(l.Row, write.Word(l.Outcome), l.Key, l.ID, l.Changed, l.Field, l.Error, l.Message, l.Action,
		l.HTTPStatus, l.Attempts, l.RequestID, l.LineNumber, l.DurationMS, l.FinishedAt))
}

// inGrid says what to do about a grid that is full.
func inGrid(err error) error {
	if errors.Is(err, rows.ErrTooBig) {
		return fmt.Errorf("%w: name a .csv file with --report", err)
	}
	return err
}

func (b *workbook) finish(about About, s *outcome.Summary) error {
	if err := b.rows.Finish(); err != nil {
		b.book.Discard()
		return err
	}
	lines, chart := summaryLines(about, s)
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
func summaryLines(about About, s *outcome.Summary) (lines [][]any, chart *write.Chart) {
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
	return append(lines, errorLines(s)...), chart
}

func errorLines(s *outcome.Summary) [][]any {
	lines := [][]any{{}, {write.Heading("Most frequent errors"), "rows", "what to do"}}
	for _, e := range s.Errors[:min(len(s.Errors), mostErrors)] {
		lines = append(lines, []any{e.Code, e.Rows, Advice(e.Code)})
	}
	if len(s.Errors) == 0 {
		lines = append(lines, []any{"none"})
	}
	return lines
}
