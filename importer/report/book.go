package report

import (
	"io"
	"maps"

	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/internal/sheet/write"
)

// Properties by which workbooks are known to be crmferry's.
const (
	Creator    = "crmferry"
	CheckTitle = "Check of " // begins the title of a check's report
)

// outcomeFills are the colours of the outcomes: the contrast with black is above 4.5 to 1.
func outcomeFills() map[string]string {
	return map[string]string{
		string(outcome.Created): "C6EFCE", string(outcome.Updated): "DDEBF7", string(outcome.Deleted): "D9D9D9", string(outcome.Unchanged): "EDEDED",
		string(outcome.Skipped): "FFF2CC", string(outcome.Rejected): "FCE4D6", string(outcome.Failed): "FFC7CE", string(outcome.Unknown): "E4DFEC",
	}
}

// newBook starts a workbook that knows the colours of the outcomes, and of plans.
func newBook(w io.Writer, first string) (*write.Book, error) {
	fills := planfile.Fills()
	maps.Copy(fills, outcomeFills())
	return write.NewBook(w, write.BookOptions{First: first, Fills: fills})
}
