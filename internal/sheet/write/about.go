package write

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// writeAbout writes the second sheet and the properties of the document.
func (t *workbookTable) writeAbout() error {
	if err := t.setProperties(); err != nil {
		return err
	}
	if err := t.layOutAbout(); err != nil {
		return err
	}
	row, last := 1, 1
	if t.o.Title != "" {
		if err := t.aboutTitle(); err != nil {
			return err
		}
		row = 3
	}
	styles, err := newAboutStyles(t.file)
	if err != nil {
		return err
	}
	for _, line := range slices.Concat(t.about, t.ownLines()) {
		for i, text := range line {
			if i > 1 {
				return fmt.Errorf("write sheet %q: a line of %d cells", rows.AboutSheet, len(line))
			}
			at := cell.ColumnLetter(i) + strconv.Itoa(row)
			text, _ = cutText(text, cell.MaxUnits, cell.CutMark)
			style := styles.value
			if i == 0 && len(line) == 1 {
				style = styles.heading
			} else if i == 0 {
				style = styles.name
			}
			if err := t.setAbout(at, text, style); err != nil {
				return err
			}
			last = row
		}
		row++
	}
	return t.file.SetSheetDimension(rows.AboutSheet, "A1:B"+strconv.Itoa(last))
}

// ownLines are what only the table knows: that rows go on in further sheets, and that texts were cut.
func (t *workbookTable) ownLines() (lines [][]string) {
	if n := len(t.sheets); n > 1 {
		lines = append(lines, []string{"Sheets", fmt.Sprintf("The rows go on in %d sheets, %q to %q: one holds no more than %d.",
			n, t.sheets[0], t.sheets[n-1], t.rowLimit-1)})
	}
	if n := t.stats.CutCells; n > 0 {
		lines = append(lines, []string{"Cut texts", fmt.Sprintf("%d, each ending with %q: a cell holds no more than %d characters. A CSV export has them whole.",
			n, cell.CutMark[1:], cell.MaxUnits)})
	}
	return lines
}

func (t *workbookTable) setAbout(cell, text string, style int) error {
	if err := t.file.SetCellStr(rows.AboutSheet, cell, text); err != nil {
		return err
	}
	return t.file.SetCellStyle(rows.AboutSheet, cell, cell, style)
}

func (t *workbookTable) aboutTitle() error {
	style, err := t.file.NewStyle(&excelize.Style{Font: font(16, headerFill, true)})
	if err != nil {
		return err
	}
	if err := t.file.SetRowHeight(rows.AboutSheet, 1, 26); err != nil {
		return err
	}
	return t.setAbout("A1", t.o.Title, style)
}

// aboutStyles are the styles of the second sheet.
type aboutStyles struct{ heading, name, value int }

func newAboutStyles(f *excelize.File) (s aboutStyles, err error) {
	if s.heading, err = f.NewStyle(&excelize.Style{Font: font(12, headerFill, true)}); err != nil {
		return s, err
	}
	if s.name, err = f.NewStyle(&excelize.Style{Font: font(11, "595959", false), Alignment: &excelize.Alignment{Vertical: "top"}}); err != nil {
		return s, err
	}
	s.value, err = f.NewStyle(&excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}})
	return s, err
}

func (t *workbookTable) layOutAbout() error {
	f, off := t.file, false
	if err := f.SetColWidth(rows.AboutSheet, "A", "A", 26); err != nil {
		return err
	}
	if err := f.SetColWidth(rows.AboutSheet, "B", "B", 90); err != nil {
		return err
	}
	if err := f.SetSheetView(rows.AboutSheet, 0, &excelize.ViewOptions{ShowGridLines: &off}); err != nil {
		return err
	}
	if err := f.AddIgnoredErrors(rows.AboutSheet, "A1:B1000", excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	return printed(f, rows.AboutSheet, "portrait", 1)
}
