package write

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// Own is a cell of the user's own, as it was.
type Own struct {
	Text  string
	Saved *rows.Saved // of a number that is to be one again, else nil
	Wrong string      // what is wrong with it, "" for nothing
}

// OwnGrid starts a sheet in which people go on with rows of their own: in front of each stands what crmferry says of it, and
// their columns follow as they were, with their widths (0: a usual one) and names, which need not differ.
func (b *Book) OwnGrid(name string, ours, theirs []GridColumn) (*Grid, error) {
	columns := append([]GridColumn(nil), ours...)
	for _, c := range theirs {
		if len(theirs) > mostWidths {
			c.Width = minWidth // each width of its own takes excelize a time that grows with their number
		} else if c.Width == 0 {
			c.Width = headerWidth(c.Name)
		}
		columns = append(columns, c)
	}
	if len(columns) > cell.MaxColumns {
		return nil, rows.Errorf(rows.ErrTooBig, "a worksheet holds no more than %d columns", cell.MaxColumns)
	}
	return b.grid(name, len(ours), columns)
}

// mostWidths is how many columns have widths of their own.
const mostWidths = 1000

// mostRemarks bounds the cells with a remark to open: they are kept until the end, and Excel grows slow with more. All have
// their colour.
const mostRemarks = 1000

// own is the cell as it is written. A text that a worksheet cannot hold is cut, ends with CutMark, by which an import refuses it,
// and has a remark.
func (g *Grid) own(column int, c Own) (any, error) {
	at := fmt.Sprintf("%s%d", cell.ColumnLetter(column), g.n+1)
	if len(c.Text) > cell.MaxUnits {
		var cut bool
		if c.Text, cut = cutText(c.Text, cell.MaxUnits, cell.CutMark); cut {
			c.Wrong = strings.TrimPrefix(c.Wrong+"\nThe text is cut: a worksheet's cell holds no more. A CSV file (.csv) has it whole.", "\n")
		}
	}
	if c.Wrong != "" {
		if len(g.remarks) < mostRemarks {
			g.remarks = append(g.remarks, excelize.Comment{Cell: at, Author: "crmferry", Width: 320, Height: uint(40 + 16*(len(c.Wrong)/45+1)), Paragraph: []excelize.RichTextRun{{Text: c.Wrong}}})
		}
		return excelize.Cell{StyleID: g.book.wrong, Value: c.Text}, nil
	}
	if c.Saved != nil {
		if style, ok := g.book.saved(c.Saved); ok {
			return excelize.Cell{StyleID: style, Value: c.Saved.Number}, nil
		}
	}
	if c.Text == "" {
		return nil, nil
	}
	return excelize.Cell{StyleID: g.book.text, Value: c.Text}, nil
}

// mostFormats bounds the formats that a book takes over.
const mostFormats = 1000

// saved is the style for a number with that format; ok is false where there is none for it.
func (b *Book) saved(s *rows.Saved) (style int, ok bool) {
	key := rows.Saved{Format: s.Format, FormatID: s.FormatID}
	if style, ok = b.formats[key]; ok {
		return style, style > 0
	}
	if len(b.formats) >= mostFormats {
		return 0, false
	}
	look := excelize.Style{NumFmt: s.FormatID, Alignment: &excelize.Alignment{Vertical: "top"}}
	if s.Format != "" {
		look.CustomNumFmt = &s.Format
	}
	style, err := b.file.NewStyle(&look)
	if err != nil {
		style = 0
	}
	b.formats[key] = style
	return style, style > 0
}

// remark adds the remarks on cells.
func (g *Grid) remark() error {
	for _, r := range g.remarks {
		if err := g.book.file.AddComment(g.name, r); err != nil {
			return err
		}
	}
	return nil
}
