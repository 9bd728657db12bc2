package match

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
)

// CodeUnconfirmed is the refusal of a sheet whose records would lack what a column that is only proposed may hold.
const CodeUnconfirmed = "unconfirmed_column"

// neglected refuses a sheet whose records would have no name, no e-mail, or be for all to see, while a column that perhaps says
// otherwise is not used.
func (w *matcher) neglected() *Error {
	lost, perhaps := w.lost()
	if lost == nil || w.request.Unconfirmed {
		return nil
	}
	first := perhaps[0].Ref(w.columns)
	return &Error{
		Message: fmt.Sprintf("%s: the %s would have no %s, and %s may have it", CodeUnconfirmed, w.spec.Resource, strings.Join(lost, " and no "), columns.ColumnWords(first)),
		Hint:    columns.Headless(w.columns, w.confirmAll(perhaps)+w.say(hint.OrIgnore, first, CodeUnconfirmed)),
	}
}

// lost says which of these no column feeds, and by which columns that are proposed they could have it.
func (w *matcher) lost() (lost []string, which []*columns.Column) {
	for _, of := range []struct {
		what string
		is   func(*resource.Field) bool
	}{
		{"name", func(f *resource.Field) bool {
			return f.Main == headers.FirstName || f.Main == headers.LastName || f.Main == headers.FullName
		}},
		{"e-mail", func(f *resource.Field) bool { return f.Main == headers.Email }},
		{"visibility", (*resource.Field).Hides},
	} {
		fields := w.spec.FieldsThat(of.is)
		if slices.ContainsFunc(fields, w.hasValues) {
			continue
		}
		if perhaps := w.proposedFor(fields); len(perhaps) > 0 {
			lost, which = append(lost, of.what), append(which, perhaps...)
		}
	}
	return lost, which
}

// hasValues reports whether a field has a column, or a value for all rows; nil has none.
func (w *matcher) hasValues(f *resource.Field) bool {
	return f != nil && (slices.ContainsFunc(w.plan, func(p Feed) bool { return p.Field == f }) || slices.Contains(w.request.Set, f.Name) || slices.Contains(w.request.Default, f.Name))
}

// proposedFor are the columns with cells that are proposed for any of several fields.
func (w *matcher) proposedFor(fields []*resource.Field) (found []*columns.Column) {
	for i := range w.columns {
		c := &w.columns[i]
		if c.State == columns.Proposed && !w.empty(i) && slices.ContainsFunc(fields, func(f *resource.Field) bool { return slices.Contains(strings.Split(c.Field, ","), f.Name) }) {
			found = append(found, c)
		}
	}
	return found
}
