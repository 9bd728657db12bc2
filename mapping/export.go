package mapping

import (
	"fmt"
	"slices"
	"time"

	"crmferry/internal/cell"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/told"
	"crmferry/mapping/schema"
)

// ExportColumn describes a column that contacts can be exported in.
type ExportColumn struct {
	Name  string // of the field: heads the column of a CSV file
	Label string // for people: heads the column of a workbook; no two columns share one
	Kind  cell.Kind
}

// ExportColumns lists what can be exported: every field that can be read back, in the order of the table.
func (t *Table[C]) ExportColumns() []ExportColumn {
	var columns []ExportColumn
	for i := range t.Fields {
		if f := &t.Fields[i]; !f.WriteOnly {
			columns = append(columns, ExportColumn{f.Name, f.Label, f.Kind})
		}
	}
	return columns
}

// Columns finds columns by the names, labels or aliases of their fields, and returns their places in ExportColumns;
// without names, all of them. It returns a *match.Error for a name that is unknown, cannot be exported or comes twice.
func (t *Table[C]) Columns(names []string, words hint.Words) ([]int, error) {
	readable := t.readable()
	if len(names) == 0 {
		all := make([]int, len(readable))
		for i := range all {
			all[i] = i
		}
		return all, nil
	}
	spec, setting := t.spec(words, nil), words.Name(hint.Columns)
	var columns []int
	for _, name := range names {
		if _, custom := resource.CustomOf(name); custom && t.customs != nil {
			return nil, &match.Error{Message: fmt.Sprintf("%s: %s cannot be exported: %s shows no custom fields", setting, name, t.Vendor), Hint: words.Say(hint.Fields, spec.ID())}
		}
		field, err := told.Field(spec, headers.Clean(name), setting)
		if err != nil {
			return nil, err
		}
		column := slices.Index(readable, field)
		switch f := t.Fields[field]; {
		case column < 0:
			return nil, &match.Error{Message: fmt.Sprintf("%s: %s cannot be exported", setting, f.Name), Hint: f.FullNote(words)}
		case slices.Contains(columns, column):
			return nil, &match.Error{Message: fmt.Sprintf("%s names %s twice", setting, f.Name), Hint: "name each column once"}
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
func (t *Table[C]) Cells(c *C, columns []int, dst []cell.Cell) []cell.Cell {
	for _, column := range columns {
		dst = append(dst, t.exported(column).Export(c))
	}
	return dst
}

// exported is the field of a column. Few fields are write-only, so that it is found at or shortly behind its place.
func (t *Table[C]) exported(column int) *schema.Field[C] {
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

// Dates are when the contact was created and when it was last changed; zero where that is not known.
func (t *Table[C]) Dates(c *C) (created, changed time.Time) {
	return t.dates(c)
}

// HasChangeDate reports whether the vendor documents a date of the last change in what it returns.
func (t *Table[C]) HasChangeDate() bool { return t.hasChanged }
