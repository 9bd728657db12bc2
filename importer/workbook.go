package importer

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
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
	rows   *excelize.StreamWriter
	n      int // rows written, the header included
	styles map[string]int
	text   int
}

// columns of the sheet Rows with their widths in characters.
func reportColumns() []struct {
	name  string
	width float64
} {
	return []struct {
		name  string
		width float64
	}{
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
	b := &workbook{out: w, file: excelize.NewFile(), styles: map[string]int{}}
	if err := b.file.SetSheetName("Sheet1", rowsSheet); err != nil {
		return nil, err
	}
	if err := b.addStyles(); err != nil {
		return nil, err
	}
	return b, b.start()
}

func (b *workbook) addStyles() (err error) {
	if b.text, err = b.file.NewStyle(&excelize.Style{NumFmt: 49}); err != nil {
		return err
	}
	for outcome, colour := range outcomeFills() {
		b.styles[string(outcome)], err = b.file.NewStyle(&excelize.Style{
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		})
		if err != nil {
			return err
		}
	}
	b.styles["head"], err = b.file.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E78"}},
	})
	if err != nil {
		return err
	}
	b.styles["title"], err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	if err != nil {
		return err
	}
	b.styles["wrap"], err = b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	return err
}

// start writes the header of the sheet Rows.
func (b *workbook) start() (err error) {
	if err := b.file.SetSheetDimension(rowsSheet, ""); err != nil {
		return err // without it, readers that trust the dimension see one row
	}
	if b.rows, err = b.file.NewStreamWriter(rowsSheet); err != nil {
		return err
	}
	var head []any
	for i, c := range reportColumns() {
		if err := b.rows.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		head = append(head, excelize.Cell{StyleID: b.styles["head"], Value: c.name})
	}
	err = b.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	return b.put(head)
}

func (b *workbook) put(cells []any) error {
	b.n++
	return b.rows.SetRow(fmt.Sprintf("A%d", b.n), cells)
}

// maxSheetRows is the number of rows that Excel can show.
const maxSheetRows = 1_048_576

func (b *workbook) write(l Line) error {
	if b.n >= maxSheetRows {
		return fmt.Errorf("a sheet has at most %d rows: name a .csv file with --report", maxSheetRows)
	}
	text := func(s string) any { return excelize.Cell{StyleID: b.text, Value: cut(s)} }
	return b.put([]any{
		l.Row, excelize.Cell{StyleID: b.styles[l.Outcome], Value: l.Outcome}, text(l.Key), text(l.ID), text(l.Changed),
		text(l.Field), text(l.Error), text(l.Message), text(l.Action), text(l.HTTPStatus), l.Attempts, text(l.RequestID),
		text(l.LineNumber), l.DurationMS, text(l.FinishedAt),
	})
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
	if b.n > 1 {
		last := fmt.Sprintf("A1:%s%d", columnName(len(reportColumns())), b.n)
		err := b.rows.AddTable(&excelize.Table{Range: last, Name: "Rows", StyleName: "TableStyleLight1"})
		if err != nil {
			return err
		}
	}
	if err := b.ignoreNumbersAsText(); err != nil {
		return err
	}
	if err := b.rows.Flush(); err != nil {
		return err
	}
	if err := b.summarize(about, s); err != nil {
		return err
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: about.Title, Subject: about.File, Creator: "crmferry"}); err != nil {
		return err
	}
	return b.file.Write(b.out)
}

// ignoreNumbersAsText keeps Excel from marking ids and keys with green triangles.
func (b *workbook) ignoreNumbersAsText() error {
	return b.file.AddIgnoredErrors(rowsSheet, fmt.Sprintf("C1:O%d", b.n), excelize.IgnoredErrorsNumberStoredAsText)
}

func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err) // n is a constant
	}
	return name
}
