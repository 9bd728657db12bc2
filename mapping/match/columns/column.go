// Package columns is about the columns of a sheet as people are told of them: how each is called, what became of it and why, and the
// map file that says so.
package columns

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// State is what became of a column.
type State int

// The states of a column.
const (
	Mapped  State = iota + 1
	Ignored       // with a reason: no such field, another column is used, the user says so
	ReadOnlyColumn
	Proposed // not used until the user confirms it
)

// String is the state in one word.
func (s State) String() string {
	switch s {
	case Mapped:
		return "mapped"
	case Proposed:
		return "proposed"
	case ReadOnlyColumn:
		return "read-only"
	}
	return "ignored"
}

// Column says how one column of the sheet was understood.
type Column struct {
	Index  int    // from 0
	Letter string // as Excel shows it, or would without crmferry's own columns in front; "" for those
	Header string // as the file has it
	State  State
	Field  string // the field mapped to; the one proposed; for Ignored, the field it would have been, if any
	How    string // "name", "label", "alias", "words", what the user calls a map, "map file", or the program that wrote the sheet
	Reason string // why it is not used: "growcrm has no such field"; of a mapped column, what else decided, if anything

	Wrong  bool `json:",omitzero"` // it is not used because its cells are not what its header says
	OldID  bool `json:",omitzero"` // it has the ids of the program that the sheet comes from
	Naming bool `json:",omitzero"` // people know the rows by it
	Kept   bool `json:",omitzero"` // new records keep its ids, as Reason says

	Filled  int    // cells that hold something; 0 without a profile
	Example string // the first of them
}

// KeepIn says that new records keep the column's ids in a field that the column is not mapped to.
func (c *Column) KeepIn(field string) {
	if c.State != Mapped {
		c.Kept, c.Reason = true, "new records keep it in "+field
	}
}

// MatchedBy says for people how the field of a column was found.
func (c Column) MatchedBy() string {
	if c.How == "alias" {
		return "usual header"
	}
	return c.How
}

// Title is the header in one line, without outer space.
func (c Column) Title() string {
	h := headers.Clean(c.Header)
	if strings.ContainsAny(h, "\n\r\t") {
		return strings.Join(strings.Fields(h), " ")
	}
	return h
}

// Ref names the column in maps: its header, or its letter after a # where the header is empty or not
// the only one of its name among columns.
func (c Column) Ref(columns []Column) string {
	h := c.Title()
	alike := func(o Column) bool { return o.Index != c.Index && o.Title() == h }
	if h == "" || strings.HasPrefix(h, "#") || slices.ContainsFunc(columns, alike) {
		return "#" + c.Letter
	}
	return h
}

// Refs are the names of all columns, as Ref gives them, in a time that grows with their number.
func Refs(columns []Column) []string {
	count := make(map[string]int, len(columns))
	for _, c := range columns {
		count[c.Title()]++
	}
	refs := make([]string, len(columns))
	for i, c := range columns {
		refs[i] = c.Title()
		if refs[i] == "" || strings.HasPrefix(refs[i], "#") || count[refs[i]] > 1 {
			refs[i] = "#" + c.Letter
		}
	}
	return refs
}

// ColumnWords names a column, given by its Ref, for people: column "Phone", or column C.
func ColumnWords(ref string) string { return cells.ColumnRef(ref).String() }

// The columns that crmferry's files have beside those of the input.
const (
	ColumnRow     = "crmferry_row"
	ColumnError   = "crmferry_error"
	ColumnMessage = "crmferry_message"
	ColumnAdvice  = "crmferry_what_to_do"
	ColumnOutcome = "crmferry_outcome"
	ColumnID      = "crmferry_id"
)

// Leading is how many of these stand in front, as in a rejects workbook. Letters count from behind them: what was said by
// letters for the file that it comes from goes for it as well.
func Leading(header []string) int {
	return max(0, slices.IndexFunc(header, func(h string) bool { return !IsOwnColumn(headers.Clean(h)) }))
}

// IsOwnColumn reports whether a header is one of those that crmferry's files add.
func IsOwnColumn(header string) bool {
	switch header {
	case ColumnRow, ColumnError, ColumnMessage, ColumnAdvice, ColumnOutcome, ColumnID:
		return true
	}
	return false
}
