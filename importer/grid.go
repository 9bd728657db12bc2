package importer

import (
	"errors"
	"fmt"
	"math"
	"strings"

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

// printed lets a sheet fit on as few pages across as can be read, with its header on each.
func (b *workbook) printed(name string, columns []gridColumn) error {
	width := 0.0
	for _, c := range columns {
		width += c.width
	}
	landscape, across, down, fit := "landscape", int(math.Ceil(width/pageWidth)), 0, true
	return errors.Join(
		b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &across, FitToHeight: &down}),
		b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: "'" + name + "'!$1:$1"}),
	)
}

// wideColumn is the width from which a column holds sentences, which are wrapped.
const wideColumn = 60

// maxSheetRows is the number of rows that Excel can show.
const maxSheetRows = 1_048_576

// put writes a row. Texts are cells of text, so that nothing is taken for a number or a formula.
func (g *grid) put(cells ...any) error {
	if g.n >= maxSheetRows {
		return fmt.Errorf("a sheet has at most %d rows: name a .csv file with --report", maxSheetRows)
	}
	for i, c := range cells {
		switch c := c.(type) {
		case string:
			cells[i] = excelize.Cell{StyleID: g.book.text, Value: cut(c)}
			if g.columns[i].width >= wideColumn {
				cells[i] = excelize.Cell{StyleID: g.book.styles["wrap"], Value: cut(c)}
			}
		case int:
			cells[i] = excelize.Cell{StyleID: g.book.styles["number"], Value: c}
		}
	}
	g.n++
	return g.out.SetRow(fmt.Sprintf("A%d", g.n), cells)
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
