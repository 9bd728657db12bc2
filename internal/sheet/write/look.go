package write

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"crmferry/internal/cell"
)

// startSheet writes what stands before the rows of a sheet, and its header.
func (t *workbookTable) startSheet(name string) error {
	if err := t.layOut(name); err != nil {
		return err
	}
	frame, err := t.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	// From the last to the first: the frame writes them in the opposite order, and Excel takes only ascending ones.
	for i, c := range slices.Backward(t.o.Columns) {
		if err := frame.SetColWidth(i+1, i+1, t.widths[i]); err != nil {
			return err
		}
		// What is typed into an empty cell later is shown as the column's other cells.
		if id := t.styles.kind(c.Kind); id != 0 && c.Kind != cell.Link {
			if err := frame.SetColStyle(i+1, i+1, id); err != nil {
				return err
			}
		}
	}
	err = frame.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}})
	if err != nil {
		return err
	}
	t.sheets = append(t.sheets, name)
	t.sheet, err = t.archive.newSheet(frame, t.headers, excelize.RowOpts{Height: headerHeight})
	return err
}

// layOut sets how a sheet is printed, and that texts of digits get no green triangles.
func (t *workbookTable) layOut(name string) error {
	f, last := t.file, cell.ColumnLetter(len(t.widths)-1)
	// Readers that trust the dimension would see one cell of a streamed sheet.
	if err := f.SetSheetDimension(name, ""); err != nil {
		return err
	}
	if err := f.AddIgnoredErrors(name, "A1:"+last+strconv.Itoa(cell.MaxRows), excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	if err := t.drawLines(name, last); err != nil {
		return err
	}
	total := 0.0
	for _, w := range t.widths {
		total += w
	}
	if err := printed(f, name, "landscape", int(math.Ceil(total/pageWidth))); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: "'" + strings.ReplaceAll(name, "'", "''") + "'!$1:$1"})
}

// printed sets up a sheet's pages: A4, that many beside each other, with a footer.
func printed(f *excelize.File, name, orientation string, across int) error {
	a4, down, fit := 9, 0, true
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &across, FitToHeight: &down}); err != nil {
		return err
	}
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	narrow, edge := 0.4, 0.6
	if err := f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &edge, Bottom: &edge, Header: &narrow, Footer: &narrow}); err != nil {
		return err
	}
	return f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&RPage &P of &N"})
}

// drawLines draws a thin line under each row, for programs that do not know the looks of Excel's tables. A condition
// does that for empty cells too, which are not written.
func (t *workbookTable) drawLines(name, last string) error {
	style, err := t.file.NewConditionalStyle(&excelize.Style{Border: []excelize.Border{{Type: "bottom", Style: 1, Color: lineColor}}})
	if err != nil {
		return err
	}
	return t.file.SetConditionalFormat(name, "A2:"+last+strconv.Itoa(cell.MaxRows),
		[]excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "COUNTA($A2:$" + last + "2)>0", Format: &style}})
}

// headerWidth leaves room for the filter's arrow; bold letters are wider.
func headerWidth(s string) float64 { return clampWidth(textWidth(s)*1.1 + 4) }

// cellWidth is how wide a column has to be for a cell.
func cellWidth(c *cell.Cell) float64 {
	switch {
	case c.Kind == cell.Date && !c.Time.IsZero():
		return dateWidth
	case c.Kind == cell.DateTime && !c.Time.IsZero():
		return momentWidth
	}
	widest := 0.0
	for line := range strings.SplitSeq(c.String(), "\n") {
		widest = max(widest, textWidth(line))
	}
	return clampWidth(widest + 2)
}

func clampWidth(w float64) float64 { return min(max(math.Ceil(w), minWidth), maxWidth) }

// textWidth is the width of a line in characters of usual width, as far as it matters.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case r >= 0x1100 && (width.LookupRune(r).Kind() == width.EastAsianWide || width.LookupRune(r).Kind() == width.EastAsianFullwidth):
			w += 2
		case r >= 'A' && r <= 'Z', r == '@', r == 'm', r == 'w':
			w += 1.25
		case unicode.Is(unicode.Mn, r):
		default:
			w++
		}
		if w > maxWidth {
			break
		}
	}
	return w
}

// setProperties fills in the properties of the document.
func (t *workbookTable) setProperties() error {
	p := &excelize.DocProperties{Title: t.o.Title, Subject: t.o.Subject, Description: t.o.Description, Creator: t.o.Creator, LastModifiedBy: t.o.Creator}
	if !t.o.Created.IsZero() {
		p.Created = t.o.Created.UTC().Format(time.RFC3339)
		p.Modified = p.Created
	}
	if err := t.file.SetAppProps(&excelize.AppProperties{Application: t.o.Creator}); err != nil {
		return err
	}
	return t.file.SetDocProps(p)
}
