package importer

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// gridColumn is a column of a grid, with its width in characters.
type gridColumn struct {
	name  string
	width float64
}

// grid is a sheet of rows below a frozen header, to be filtered.
type grid struct {
	book    *workbook
	name    string
	out     *excelize.StreamWriter
	columns []gridColumn
	n       int // rows written, the header included
}

// newGrid starts a sheet and writes its header.
func (b *workbook) newGrid(name string, columns []gridColumn) (*grid, error) {
	if _, err := b.file.NewSheet(name); err != nil {
		return nil, err
	}
	if err := b.file.SetSheetDimension(name, ""); err != nil {
		return nil, err // without it, readers that trust the dimension see one row
	}
	if err := b.printed(name, columns); err != nil {
		return nil, err
	}
	out, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	g := &grid{book: b, name: name, out: out, columns: columns}
	var head []any
	for i, c := range columns {
		if err := out.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
		head = append(head, excelize.Cell{StyleID: b.styles["head"], Value: c.name})
	}
	err = out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return nil, err
	}
	return g, g.put(head...)
}

// pageWidth is how many characters across can be read on a printed page.
const pageWidth = 220

// printed lets a grid fit on as few pages across as can be read, with its header on each.
func (b *workbook) printed(name string, columns []gridColumn) error {
	width := 0.0
	for _, c := range columns {
		width += c.width
	}
	return errors.Join(b.landscape(name, int(math.Ceil(width/pageWidth)), 0),
		b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: "'" + name + "'!$1:$1"}))
}

// landscape prints a sheet on so many pages across and down, 0 for as many as it takes.
func (b *workbook) landscape(name string, across, down int) error {
	orientation, fit := "landscape", true
	return errors.Join(
		b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &orientation, FitToWidth: &across, FitToHeight: &down}),
		b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
	)
}

// wideColumn is the width from which a column holds sentences, which are wrapped.
const wideColumn = 60

// wideLetters are the letters of a sentence that surely fit on a line of it: most are narrower than digits, which widths
// count.
const wideLetters = 68

// maxSheetRows is the number of rows that Excel can show.
const maxSheetRows = 1_048_576

// lineHeight is the height of a line of text, in points.
const lineHeight = 15

// mostLines keeps a row within what programs can show.
const mostLines = 25

// put writes a row. Texts are cells of text, so that nothing is taken for a number or a formula. A row of several lines
// has its height: not every program finds that out.
func (g *grid) put(cells ...any) error {
	if g.n >= maxSheetRows {
		return fmt.Errorf("a sheet has at most %d rows: name a .csv file with --report", maxSheetRows)
	}
	lines := 1
	for i, c := range cells {
		switch c := c.(type) {
		case string:
			cells[i] = excelize.Cell{StyleID: g.book.text, Value: cut(c)}
			if g.columns[i].width >= wideColumn {
				cells[i] = excelize.Cell{StyleID: g.book.styles["wrap"], Value: cut(c)}
				lines = max(lines, (utf8.RuneCountInString(c)+wideLetters-1)/wideLetters)
			}
		case int:
			cells[i] = excelize.Cell{StyleID: g.book.styles["number"], Value: c}
		}
	}
	g.n++
	var height []excelize.RowOpts
	if lines > 1 {
		height = append(height, excelize.RowOpts{Height: float64(min(lines, mostLines) * lineHeight)})
	}
	return g.out.SetRow(fmt.Sprintf("A%d", g.n), cells, height...)
}

// finish makes a table of the rows.
func (g *grid) finish() error {
	last := columnName(len(g.columns))
	if g.n > 1 {
		err := g.out.AddTable(&excelize.Table{Range: fmt.Sprintf("A1:%s%d", last, g.n), Name: strings.ReplaceAll(g.name, " ", ""), StyleName: "TableStyleLight1"})
		if err != nil {
			return err
		}
	}
	// Excel would mark ids and keys with green triangles.
	if err := g.book.file.AddIgnoredErrors(g.name, fmt.Sprintf("A1:%s%d", last, g.n), excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	return g.out.Flush()
}
