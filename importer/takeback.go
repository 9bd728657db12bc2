package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/mapping"
)

// ReportError is an import of what is no list of contacts, but the report of an earlier run.
type ReportError struct{ Name string }

// Error names the file.
func (e *ReportError) Error() string {
	return e.Name + " is a report of crmferry, not a list of contacts"
}

// reportAt are the columns of an earlier run's report by which an import is taken back; -1 for none.
type reportAt struct{ outcome, key int }

// findReport finds the columns of a report, by which an import can be taken back; none in any other sheet. It returns a
// *ReportError if contacts are to be read from a report. Where contacts are to be deleted, a sheet counts as a report also if
// people have taken columns out of it: what was only updated must not go.
func (im *Importer[C]) findReport(header []string) (reportAt, error) {
	none := reportAt{-1, -1}
	switch {
	case im.o.Mode == DeleteOnly && columnCalled(header, "outcome") < 0:
		return none, nil
	case im.o.Mode == DeleteOnly:
		return reportAt{columnCalled(header, "outcome"), columnCalled(header, "key")}, nil
	case !IsReport(header):
		return none, nil
	}
	return none, &ReportError{im.o.Name}
}

// cell is what a row has in a column, "" without one.
func (reportAt) cell(row sheet.Row, column int) string {
	if column < 0 || column >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[column])
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

// notCreated says why the contact of a row of a report is not one that the run created, "" if it is, or the file is no
// report.
func (im *Importer[C]) notCreated(row sheet.Row) string {
	cell := im.report.cell(row, im.report.outcome)
	if !im.TakesBack() || cell == string(outcome.Created) {
		return ""
	}
	return fmt.Sprintf("its outcome in the report is %q: only what is %q is deleted", cell, outcome.Created)
}

// TakesBack says whether the file is the report of an earlier run, whose creations are to be deleted.
func (im *Importer[C]) TakesBack() bool { return im.report.outcome >= 0 }

// isReported reports whether the contact found is the one that the report tells of; else the row is rejected, unless such rows
// are accepted. The id may be one of another account, where it is somebody else's.
func (r *run[C]) isReported(it *item[C]) bool {
	stranger := r.isStranger(it)
	if stranger == "" {
		return true
	}
	it.uncertain = false // it is there: nothing was deleted
	return r.mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Message: stranger})
}

// isStranger says why the contact found is not the one that the report tells of, "" if it is, or nothing can be said.
func (r *run[C]) isStranger(it *item[C]) string {
	if it.reported == "" || it.asCopied || r.table.KnownBy(&it.found[0], it.reported) {
		return ""
	}
	return fmt.Sprintf("the id %q is that of %s, and the key in the report is %q", it.keys[0].ID,
		cmp.Or(r.table.Describe(&it.found[0]), "a contact without e-mail, phone and name"), it.reported)
}
