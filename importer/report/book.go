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
	Creator      = "crmferry"
	CheckTitle   = "Check of "   // begins the title of a check's report
	RejectsTitle = "Rejects of " // begins that of rejects
)

// outcomeFills are the colours of the outcomes: the contrast with black is above 4.5 to 1.
func outcomeFills() map[string]string {
	return map[string]string{
		string(outcome.Created): "C6EFCE", string(outcome.Updated): "DDEBF7", string(outcome.Deleted): "D9D9D9", string(outcome.Unchanged): "EDEDED",
		string(outcome.Skipped): "FFF2CC", string(outcome.Rejected): "FCE4D6", string(outcome.Failed): "FFC7CE", string(outcome.Unknown): "E4DFEC",
	}
}

// barColours are the colours of the outcomes in a chart: those of their cells, so much darker that bars stand out from white.
func barColours() map[outcome.Outcome]string {
	return map[outcome.Outcome]string{
		outcome.Created: "70AD47", outcome.Updated: "5B9BD5", outcome.Deleted: "7F7F7F", outcome.Unchanged: "A6A6A6",
		outcome.Skipped: "FFC000", outcome.Rejected: "ED7D31", outcome.Failed: "C00000", outcome.Unknown: "8064A2",
	}
}

// newBook starts a workbook that knows the colours of the outcomes, and of plans; opens is its second sheet if it opens there.
func newBook(w io.Writer, first, opens string) (*write.Book, error) {
	fills := planfile.Fills()
	maps.Copy(fills, outcomeFills())
	return write.NewBook(w, write.BookOptions{First: first, Opens: opens, Fills: fills})
}
