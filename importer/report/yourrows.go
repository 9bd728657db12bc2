package report

import (
	"fmt"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/write"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// yourRows is the sheet of a report's workbook with the user's rows as they were, and what became of each in front: people look
// for Jan Bakker, not for a row's number.
type yourRows struct {
	own    *ownRows
	grid   *write.Grid
	advice Adviser
}

// newYourRows starts the sheet.
func newYourRows(b *write.Book, own *ownRows, advice Adviser) (*yourRows, error) {
	if err := own.start(); err != nil {
		return nil, err
	}
	ours := []write.GridColumn{write.Column(columns.ColumnRow, 14), write.Column(columns.ColumnOutcome, 18), write.Wrapped(columns.ColumnAdvice, 44), write.Column(columns.ColumnID, 20)}
	grid, err := b.OwnGrid(rows.OwnRowsSheet, ours, own.columns())
	if err != nil {
		return nil, err
	}
	return &yourRows{own, grid, advice}, nil
}

func (y *yourRows) write(res *outcome.Result) error {
	row, err := y.own.at(res.Row)
	if err != nil {
		return fmt.Errorf("write sheet %q: %w", rows.OwnRowsSheet, err)
	}
	var wrong []mapping.Problem
	if res.Outcome == outcome.Rejected || res.Outcome == outcome.Failed {
		wrong = res.Problems
	}
	ours := []any{res.Number(), write.Word(res.Outcome), strings.TrimSpace(res.Words() + "\n" + adviceOn(y.advice, res)), res.ID}
	return y.grid.Write(append(ours, y.own.cells(row, wrong)...)...)
}
