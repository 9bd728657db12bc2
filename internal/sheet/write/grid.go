package write

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// GridColumn is a column of a grid, with its width in characters.
type GridColumn struct {
	Name      string
	Width     float64
	Wraps     bool // its texts are sentences, and wrapped; one of wideColumn and more is so in any case
	Unprinted bool // it and those behind it are not printed
}

// Column is a column of that name and width.
func Column(name string, width float64) GridColumn { return GridColumn{Name: name, Width: width} }

// Wrapped is a column of that name and width that holds sentences.
func Wrapped(name string, width float64) GridColumn {
	return GridColumn{Name: name, Width: width, Wraps: true}
}

// Grid is a sheet of rows below a frozen header, to be filtered.
type Grid struct {
	book    *Book
	name    string
	out     *excelize.StreamWriter
	columns []GridColumn
	choices []choice
	ours    int // columns before those of the user, of a grid with those; else 0
	remarks []excelize.Comment
	n       int // rows written, the header included
}

// choice is a column whose cells offer words to choose from.
type choice struct {
	column      int
	words       []string
	title, text string
}

// Choose has the cells of a column, from 0, offer words to choose from, with a text that says what they mean. Others may be
// typed.
func (g *Grid) Choose(column int, title, text string, words ...string) {
	g.choices = append(g.choices, choice{column, words, title, text})
}

// Grid starts a sheet and writes its header.
func (b *Book) Grid(name string, columns ...GridColumn) (*Grid, error) {
	return b.grid(name, 0, columns)
}

func (b *Book) grid(name string, ours int, columns []GridColumn) (*Grid, error) {
	if _, err := b.file.NewSheet(name); err != nil {
		return nil, err
	}
	if err := b.file.SetSheetDimension(name, ""); err != nil {
		return nil, err // without it, readers that trust the dimension see one row
	}
	if err := b.printGrid(name, columns); err != nil {
		return nil, err
	}
	out, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	g := &Grid{book: b, name: name, out: out, columns: columns, ours: ours}
	var head []any
	for i, c := range columns {
		style := b.head
		if ours > 0 && i >= ours {
			style = b.theirs
		}
		head = append(head, excelize.Cell{StyleID: style, Value: c.Name})
	}
	if err := b.setWidths(out, ours, columns); err != nil {
		return nil, err
	}
	err = out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return nil, err
	}
	return g, g.Write(head...)
}

// setWidths sets the widths of columns, and that what is typed into an empty cell of the user's stays text. The stream writes
// them in the opposite order, and Excel takes only ascending ones.
func (b *Book) setWidths(out *excelize.StreamWriter, ours int, columns []GridColumn) error {
	if n := len(columns); ours > 0 && n > ours {
		if err := out.SetColStyle(ours+1, n, b.text); err != nil {
			return err
		}
	}
	for last := len(columns); last > 0; {
		first := last
		for first > 1 && columns[first-2].Width == columns[last-1].Width {
			first--
		}
		if err := out.SetColWidth(first, last, columns[last-1].Width); err != nil {
			return err
		}
		last = first - 1
	}
	return nil
}

// gridPageWidth is how many characters across can be read on a printed page of a grid.
const gridPageWidth = 220

// printGrid lets a grid fit on as few pages across as can be read, with its header on each.
func (b *Book) printGrid(name string, columns []GridColumn) error {
	width, printed := 0.0, len(columns)
	for i, c := range columns {
		if c.Unprinted {
			printed = i
			break
		}
		width += c.Width
	}
	errs := []error{b.landscape(name, max(1, int(math.Ceil(width/gridPageWidth))), 0),
		b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&RPage &P of &N"}),
		b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: "'" + name + "'!$A:$A,'" + name + "'!$1:$1"})}
	if printed < len(columns) {
		errs = append(errs, b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: name, RefersTo: "'" + name + "'!$A:$" + cell.ColumnLetter(printed-1)}))
	}
	return errors.Join(errs...)
}

// landscape prints a sheet on so many pages across and down, 0 for as many as it takes.
func (b *Book) landscape(name string, across, down int) error {
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

// lineHeight is the height of a line of text, in points.
const lineHeight = 15

// mostLines keeps a row within what programs can show.
const mostLines = 25

// Write writes a row of texts, whole numbers, Words and Tinted texts; nil is an empty cell. Texts are cells of text, so that nothing is
// taken for a number or a formula. A row of several lines has its height: not every program finds that out. It is a
// rows.ErrTooBig if the sheet is full.
func (g *Grid) Write(cells ...any) error {
	if g.n >= cell.MaxRows {
		return rows.Errorf(rows.ErrTooBig, "a sheet has at most %d rows", cell.MaxRows)
	}
	lines := 1
	for i, c := range cells {
		switch c := c.(type) {
		case string:
			style := g.book.text
			if g.isWide(i) {
				style = g.book.wrapped
			}
			cells[i] = excelize.Cell{StyleID: style, Value: shorten(c)}
			lines = max(lines, g.linesOf(i, c))
		case Tinted:
			cells[i] = excelize.Cell{StyleID: g.book.tinted[c.Word], Value: shorten(c.Text)}
			lines = max(lines, g.linesOf(i, c.Text))
		case Word:
			cells[i] = excelize.Cell{StyleID: g.book.words[string(c)], Value: string(c)}
		case Own:
			var err error
			if cells[i], err = g.own(i, c); err != nil {
				return err
			}
		case time.Time:
			cells[i] = excelize.Cell{StyleID: g.book.moment, Value: c}
		case int:
			cells[i] = excelize.Cell{StyleID: g.book.number, Value: c}
		}
	}
	g.n++
	var height []excelize.RowOpts
	if lines > 1 {
		height = append(height, excelize.RowOpts{Height: float64(min(lines, mostLines) * lineHeight)})
	}
	return g.out.SetRow(fmt.Sprintf("A%d", g.n), cells, height...)
}

// isWide reports whether a column holds sentences.
func (g *Grid) isWide(column int) bool {
	return g.columns[column].Wraps || g.ours == 0 && g.columns[column].Width >= wideColumn
}

// linesOf is how many lines a text takes in a column.
func (g *Grid) linesOf(column int, text string) int {
	if !g.isWide(column) {
		return 1
	}
	lines, letters := 0, int(g.columns[column].Width*wideLetters/wideColumn)
	for line := range strings.SplitSeq(text, "\n") {
		lines += max(1, (utf8.RuneCountInString(line)+letters-1)/letters)
	}
	return lines
}

// shorten keeps a text within what a cell can hold.
func shorten(s string) string {
	s, _ = cutText(s, cell.MaxUnits, "…")
	return s
}

// Finish makes a table of the rows.
func (g *Grid) Finish() error {
	last := cell.ColumnLetter(len(g.columns) - 1)
	if err := g.remark(); err != nil {
		return err
	}
	switch {
	case g.ours > 0: // the names of a table's columns must differ, and theirs may not
		if err := g.book.file.AutoFilter(g.name, fmt.Sprintf("A1:%s%d", last, g.n), nil); err != nil {
			return err
		}
	case g.n > 1:
		err := g.out.AddTable(&excelize.Table{Range: fmt.Sprintf("A1:%s%d", last, g.n), Name: strings.ReplaceAll(g.name, " ", ""), StyleName: "TableStyleLight1"})
		if err != nil {
			return err
		}
		if err := g.offer(); err != nil {
			return err
		}
	}
	// Excel would mark ids and keys with green triangles.
	if err := g.book.file.AddIgnoredErrors(g.name, fmt.Sprintf("A1:%s%d", last, g.n), excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	return g.out.Flush()
}

// offer adds the choices to the cells of the rows.
func (g *Grid) offer() error {
	for _, c := range g.choices {
		letter := cell.ColumnLetter(c.column)
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", letter, letter, g.n))
		v.SetInput(c.title, c.text)
		if err := v.SetDropList(c.words); err != nil {
			return err
		}
		if err := g.book.file.AddDataValidation(g.name, v); err != nil {
			return err
		}
	}
	return nil
}
