package importer

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/sheet"
)

// ReportError is an import of what is no list of contacts, but the report of an earlier run.
type ReportError struct{ Name string }

// Error names the file.
func (e *ReportError) Error() string {
	return e.Name + " is a report of crmferry, not a list of contacts"
}

// outcomes finds the column of outcomes in an earlier run's report, by which an import can be taken back; -1 for any other
// sheet. It returns a *ReportError if contacts are to be read from a report. Where contacts are to be deleted, a sheet
// counts as a report also if people have taken columns out of it: what was only updated must not go.
func (im *Importer[C]) outcomes(header []string) (int, error) {
	at := func(name string) int {
		return slices.IndexFunc(header, func(h string) bool { return strings.TrimSpace(h) == name })
	}
	lacks := func(name string) bool { return at(name) < 0 }
	switch {
	case im.o.Mode == DeleteOnly:
		return at("outcome"), nil
	case slices.ContainsFunc([]string{"row", "outcome", "key", "id", "action"}, lacks):
		return -1, nil
	}
	return -1, &ReportError{im.o.Name}
}

// notCreated says why the contact of a row of a report is not one that the run created, "" if it is, or the file is no
// report.
func (im *Importer[C]) notCreated(row sheet.Row) string {
	if im.came < 0 {
		return ""
	}
	cell := ""
	if im.came < len(row.Cells) {
		cell = strings.TrimSpace(row.Cells[im.came])
	}
	if cell == string(Created) {
		return ""
	}
	return fmt.Sprintf("its outcome in the report is %q: only what is %q is deleted", cell, Created)
}

// TakesBack says whether the file is the report of an earlier run, whose creations are to be deleted.
func (im *Importer[C]) TakesBack() bool { return im.came >= 0 }
