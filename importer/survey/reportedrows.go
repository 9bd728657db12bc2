package survey

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/mapping/match/columns"
)

// ReportError is an import of what is no list of contacts, but what crmferry says of one.
type ReportError struct{ Name string }

// Error names the file.
func (e *ReportError) Error() string {
	return e.Name + " is a report of crmferry, not a list of contacts"
}

// takeBackColumns are the columns of an earlier run's report by which an import is taken back; -1 for none.
type takeBackColumns struct{ outcome, key int }

// findReport finds the columns of a report, by which an import can be taken back; none in any other sheet. It returns a
// *ReportError if contacts are to be read from a report. Where contacts are to be deleted, a sheet counts as a report also if
// people have taken columns out of it: what was only updated must not go.
func findReport(header []string, o *Options) (takeBackColumns, error) {
	none := takeBackColumns{-1, -1}
	switch {
	case o.Deletes && columnCalled(header, "outcome") < 0:
		return none, nil
	case o.Deletes:
		return takeBackColumns{columnCalled(header, "outcome"), columnCalled(header, "key")}, nil
	case !IsReport(header) && !columns.IsOwnTable(header):
		return none, nil
	}
	return none, &ReportError{o.Name}
}

// IsReport reports whether a sheet with that header is the report of an import.
func IsReport(header []string) bool {
	lacks := func(name string) bool { return columnCalled(header, name) < 0 }
	return !slices.ContainsFunc([]string{"row", "outcome", "key", "id", "action"}, lacks)
}

// columnCalled is the column with that header, -1 for none.
func columnCalled(header []string, name string) int {
	return slices.IndexFunc(header, func(h string) bool { return strings.TrimSpace(h) == name })
}

// cellAt is what a row has in a column, "" without one.
func cellAt(row *sheet.Row, column int) string {
	if column < 0 || column >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[column])
}

// notCreated says why the contact of a row of a report is not one that the run created, "" if it is, or the file is no
// report.
func (c takeBackColumns) notCreated(row *sheet.Row) string {
	cell := cellAt(row, c.outcome)
	if c.outcome < 0 || cell == string(outcome.Created) {
		return ""
	}
	return fmt.Sprintf("its outcome in the report is %q: only what is %q is deleted", cell, outcome.Created)
}
