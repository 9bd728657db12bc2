package importer

import (
	"io"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/sheet/write"
)

// Sheets of a report workbook.
const (
	rowsSheet    = "Rows"
	summarySheet = "Summary"
)

// workbook writes a report as XLSX: a sheet of rows and a sheet that sums them up.
type workbook struct {
	out    io.Writer
	file   *excelize.File
	rows   *grid
	styles map[string]int
	text   int
}

// columns of the sheet Rows with their widths in characters.
func reportColumns() []gridColumn {
	return []gridColumn{
		{"row", 8}, {"outcome", 12}, {"key", 32}, {"id", 16}, {"changed", 28}, {"field", 18}, {"error", 18},
		{"message", 60}, {"action", 9}, {"http_status", 11}, {"attempts", 9}, {"request_id", 20}, {"line", 7},
		{"duration_ms", 12}, {"finished_at", 22},
	}
}

// fill colours of the outcomes: the word says it, the colour only helps the eye (contrast with black above 4.5:1).
func outcomeFills() map[Outcome]string {
	return map[Outcome]string{
		Created: "C6EFCE", Updated: "DDEBF7", Deleted: "D9D9D9", Unchanged: "EDEDED", Skipped: "FFF2CC",
		Rejected: "FCE4D6", Failed: "FFC7CE", Unknown: "E4DFEC",
	}
}

func newWorkbook(w io.Writer) (*workbook, error) {
	b, err := newBook(w, rowsSheet)
	if err == nil {
		b.rows, err = b.newGrid(rowsSheet, reportColumns())
	}
	return b, err
}

// newBook starts a workbook that has the styles of all, and a first sheet.
func newBook(w io.Writer, first string) (*workbook, error) {
	b := &workbook{out: w, file: excelize.NewFile(), styles: map[string]int{}}
	if err := b.file.SetSheetName("Sheet1", first); err != nil {
		return nil, err
	}
	return b, b.addStyles()
}

func (b *workbook) addStyles() (err error) {
	top := &excelize.Alignment{Vertical: "top"} // beside cells of several lines
	if b.text, err = b.file.NewStyle(&excelize.Style{NumFmt: 49, Alignment: top}); err != nil {
		return err
	}
	if b.styles["number"], err = b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Horizontal: "right", Indent: 1, Vertical: "top"}}); err != nil {
		return err
	}
	for outcome, colour := range outcomeFills() {
		b.styles[string(outcome)], err = b.file.NewStyle(&excelize.Style{
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}, Alignment: top,
		})
		if err != nil {
			return err
		}
	}
	b.styles["head"], err = b.file.NewStyle(&excelize.Style{
		Font: &excelize.Font{Family: "Calibri", Size: 11, Bold: true, Color: "FFFFFF"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E78"}},
	})
	if err != nil {
		return err
	}
	b.styles["title"], err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "Calibri", Bold: true, Size: 14}})
	if err != nil {
		return err
	}
	b.styles["wrap"], err = b.file.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	return err
}

func (b *workbook) write(l Line) error {
	return b.rows.put(l.Row, excelize.Cell{StyleID: b.styles[l.Outcome], Value: l.Outcome}, l.Key, l.ID, l.Changed,
		l.Field, l.Error, l.Message, l.Action, l.HTTPStatus, l.Attempts, l.RequestID, l.LineNumber, l.DurationMS, l.FinishedAt)
}

// cut keeps a text within what a cell can hold.
func cut(s string) string {
	runes := []rune(s)
	if len(runes) <= excelize.TotalCellChars {
		return s
	}
	return string(runes[:excelize.TotalCellChars-1]) + "…"
}

func (b *workbook) finish(about About, s *Summary) error {
	defer b.file.Close()
	if err := b.rows.finish(); err != nil {
		return err
	}
	if err := b.summarize(about, s); err != nil {
		return err
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: about.Title, Subject: about.File, Creator: "crmferry"}); err != nil {
		return err
	}
	return write.WriteBook(b.file, b.out)
}

func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err) // n is a constant
	}
	return name
}
