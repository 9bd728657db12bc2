package mapping

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// CellKind is what a cell of an export holds.
type CellKind int

// The kinds of cells. The zero value is text.
const (
	KindText       CellKind = iota
	KindNumber              // Cell.Number
	KindDate                // the day of Cell.Time
	KindDateTime            // the instant Cell.Time
	KindBool                // Cell.Number, 1 for yes; Text is "yes" or "no"
	KindLink                // a web address
	KindIdentifier          // text that may look like a number and is none: a phone, a zip, an id
)

// Cell is one value of an export. The zero Cell is empty.
type Cell struct {
	Kind   CellKind
	Text   string    // of text, links, identifiers and yes/no; "" for the other kinds
	Number float64   // of numbers and yes/no
	Time   time.Time // of dates, in UTC
}

// String is the cell as a CSV file holds it, in the form that Convert reads.
func (c Cell) String() string {
	switch {
	case c.Text != "":
		return c.Text
	case c.Kind == KindNumber:
		return showNumber(c.Number)
	case c.Kind == KindDate && !c.Time.IsZero():
		return c.Time.UTC().Format(time.DateOnly)
	case c.Kind == KindDateTime && !c.Time.IsZero():
		return c.Time.UTC().Format(time.RFC3339Nano)
	}
	return ""
}

// ExportColumn describes a column that contacts can be exported in.
type ExportColumn struct {
	Name  string // of the field: heads the column of a CSV file
	Label string // for people: heads the column of a workbook; no two columns share one
	Kind  CellKind
}

// ExportColumns lists what can be exported: every field that can be read back, in the order of the table.
func (t *Table[C]) ExportColumns() []ExportColumn {
	var columns []ExportColumn
	for i := range t.Fields {
		if f := &t.Fields[i]; !f.WriteOnly {
			columns = append(columns, ExportColumn{f.Name, f.Label, f.kind})
		}
	}
	return columns
}

// Columns finds columns by the names, labels or aliases of their fields, and returns their places in ExportColumns;
// without names, all of them. It returns a *MatchError for a name that is unknown, cannot be exported or comes twice.
func (t *Table[C]) Columns(names []string) ([]int, error) {
	readable := t.readable()
	if len(names) == 0 {
		all := make([]int, len(readable))
		for i := range all {
			all[i] = i
		}
		return all, nil
	}
	var columns []int
	for _, name := range names {
		field, err := t.find(clean(name), "--columns")
		if err != nil {
			return nil, err
		}
		column := slices.Index(readable, field)
		switch f := t.Fields[field]; {
		case column < 0:
			return nil, &MatchError{Message: fmt.Sprintf("--columns: %s cannot be exported", f.Name), Hint: f.Note}
		case slices.Contains(columns, column):
			return nil, &MatchError{Message: fmt.Sprintf("--columns names %s twice", f.Name), Hint: "name each column once"}
		}
		columns = append(columns, column)
	}
	return columns, nil
}

// readable lists the fields, by their places in Fields, that have a column in exports.
func (t *Table[C]) readable() []int {
	var fields []int
	for i := range t.Fields {
		if !t.Fields[i].WriteOnly {
			fields = append(fields, i)
		}
	}
	return fields
}

// Cells appends the cells of a contact to dst: one for each of columns, which Columns returned. Text in cells may be
// shared with the contact.
func (t *Table[C]) Cells(c *C, columns []int, dst []Cell) []Cell {
	for _, column := range columns {
		dst = append(dst, t.exported(column).export(c))
	}
	return dst
}

// exported is the field of a column. Few fields are write-only, so that it is found at or shortly behind its place.
func (t *Table[C]) exported(column int) *Field[C] {
	for i := range t.Fields {
		if t.Fields[i].WriteOnly {
			continue
		}
		if column == 0 {
			return &t.Fields[i]
		}
		column--
	}
	panic(fmt.Sprintf("mapping: %s has no such column", t.Vendor))
}

// export is the value as a cell.
func (f *Field[C]) export(c *C) Cell {
	if f.cell != nil {
		return f.cell(c)
	}
	return textCell(f.kind, f.text(c))
}

// textCell is a cell of text, the empty one for no text.
func textCell(k CellKind, v string) Cell {
	if v == "" {
		return Cell{}
	}
	return Cell{Kind: k, Text: v}
}

// timeCell is an instant; empty where it is not known.
func timeCell(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{Kind: KindDateTime, Time: t.UTC()}
}

// yesNoCell is a cell of "yes" or "no"; another text stays text.
func yesNoCell(v string) Cell {
	switch v {
	case "yes":
		return Cell{Kind: KindBool, Text: v, Number: 1}
	case "no":
		return Cell{Kind: KindBool, Text: v}
	}
	return textCell(KindText, v)
}

// numberCell is a number; empty where it is not known.
func numberCell(v *float64) Cell {
	if v == nil {
		return Cell{}
	}
	return Cell{Kind: KindNumber, Number: *v}
}

// webCell is a link if the text is a web address, else text: some people keep a handle where others keep an address.
func webCell(v string) Cell {
	if strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "http://") {
		return Cell{Kind: KindLink, Text: v}
	}
	return textCell(KindText, v)
}

// Dates are when the contact was created and when it was last changed; zero where that is not known.
func (t *Table[C]) Dates(c *C) (created, changed time.Time) {
	return t.dates(c)
}

// HasChangeDate says whether the vendor documents a date of the last change in what it returns.
func (t *Table[C]) HasChangeDate() bool { return t.hasChanged }

func countCell(n *int64) Cell {
	if n == nil {
		return Cell{}
	}
	return Cell{Kind: KindNumber, Number: float64(*n)}
}

func showCount(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}
