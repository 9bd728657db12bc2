package schema

import (
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/lists"
	"crmferry/mapping/remarks"
)

// list makes a field of several values. Values that the contact has are kept as they are, and added to.
func list[C, V any](name, label, typ string, main headers.Concept, at func(*C) *[]V,
	parse func(*Reader, *Source, string, []V) ([]V, bool), show func(V) string, like lists.Like[V]) Field[C] {
	f := Field[C]{Info: Info{Name: name, Label: label, Type: typ, Writable: true, List: true}, Main: main, takes: []headers.Concept{main}}
	f.Read = func(r *Reader, from []Source, c *C) bool {
		var values []V
		good, hard, before := true, false, len(r.Problems)
		for i := range from {
			had, faults := len(values), len(r.Problems)
			if v := r.cell(&from[i]); v != "" {
				if values == nil && len(from) > 1 {
					values = make([]V, 0, len(from))
				}
				more, ok := parse(r, &from[i], v, values)
				values, good = more, good && ok
			}
			hard = hard || len(r.Problems) > faults && (had == 0 || len(values) > had)
		}
		if len(r.Problems) > before && !hard {
			good = r.leaveOut(from, before)
		}
		values = lists.Unique(values, like)
		if n := r.Rules.items; n > 0 && len(values) > n {
			r.Fail(cells.CodeTooMany, &from[0].Source, "%d values, at most %d are taken", len(values), n)
			good = false
		}
		if good && len(values) > 0 {
			*at(c) = values
		}
		return good && len(values) > 0
	}
	f.Text = func(c *C) string { return lists.Join(*at(c), show) }
	f.Equal = func(a, b *C) bool { return lists.SameSet(*at(a), *at(b), like) }
	f.Recheck = recheckList(at, parse, show, like)
	f.Merge = func(into, want *C, replace bool) { *at(into) = lists.Merge(*at(into), *at(want), replace, like) }
	return f
}

// leaveOut makes remarks of the problems since before: cells of a list that hold no value behind one that does. It returns
// false, and leaves the problems, if one is about something else, or if the CRM's list gives way to this one. What stands
// first is never left out: contacts are found by it.
func (r *Reader) leaveOut(from []Source, before int) bool {
	bad := r.Problems[before:]
	if r.Options.Replace.Has(r.Field) || slices.ContainsFunc(bad, func(p remarks.Problem) bool {
		noRegion := p.Code == cells.CodeBadPhone && r.Options.Region == "" // it may be a number for all those who name theirs
		return noRegion || p.Code != cells.CodeBadEmail && p.Code != cells.CodeBadPhone && p.Code != cells.CodeDamaged
	}) {
		return false
	}
	for _, p := range bad {
		i := slices.IndexFunc(from, func(s Source) bool { return s.Ref == p.Column })
		r.Remarks = append(r.Remarks, remarks.Remark{Code: cells.RemarkLeftOut, Field: r.Field, Column: p.Column, Before: r.Plain(&from[i]),
			Message: p.Message + "; it was left out: mended and imported again, the row adds it"})
	}
	r.Problems = r.Problems[:before]
	return true
}
