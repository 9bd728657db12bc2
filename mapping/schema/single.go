package schema

import (
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/remarks"
)

// Single makes a field of one value. The functions say how a cell is read, how a value is shown, and when two are the
// same.
func Single[C, V any](name, label, typ string, main headers.Concept, at func(*C) *V,
	parse func(*Reader, *Source, string) (V, bool), show func(V) string, same func(a, b V) bool) Field[C] {
	f := Field[C]{Info: Info{Name: name, Label: label, Type: typ, Writable: true}, Main: main, takes: takesOf(main)}
	f.Read = func(r *Reader, from []Source, c *C) bool {
		for i := range from {
			v, before := r.cell(&from[i]), len(r.Problems)
			if v == "" {
				continue
			}
			parsed, ok := parse(r, &from[i], v)
			if ok {
				*at(c) = parsed
			}
			if ok && i+1 < len(from) {
				r.leaveOthers(&from[i], from[i+1:], func(apart *Reader, other *Source, cell string) (nothing, equal bool) {
					value, ok := parse(apart, other, cell)
					return !ok && len(apart.Problems) == 0, ok && same(parsed, value)
				})
			}
			if ok || len(r.Problems) > before {
				return ok
			}
		}
		return false
	}
	f.Rules.part = main
	f.Text = func(c *C) string { return show(*at(c)) }
	f.AsIs, f.Recheck = asIsSingle(at), recheckSingle(at, parse, show)
	f.Equal = func(a, b *C) bool { return same(*at(a), *at(b)) }
	f.Merge = func(into, want *C, replace bool) {
		if replace || !same(*at(into), *at(want)) { // what is the same in another form stays, unless it is to be just so
			*at(into) = *at(want)
		}
	}
	return f
}

// leaveOthers reports the columns whose value gives way to that of one before them. compare reads a cell of theirs apart, and says
// whether it holds nothing, or the value that was taken and no other.
func (r *Reader) leaveOthers(taken *Source, others []Source, compare func(apart *Reader, other *Source, cell string) (nothing, equal bool)) {
	for i := range others {
		s := &others[i]
		if v := r.Plain(s); v == "" || !r.answers(s, v) {
			continue
		}
		apart := r.readApart()
		v := apart.cell(s)
		if v == "" {
			continue
		}
		nothing, equal := compare(apart, s, v)
		several := slices.ContainsFunc(apart.Remarks, func(m remarks.Remark) bool { return m.Code == cells.RemarkSeveral })
		if !nothing && (!equal || several) {
			r.Repair(cells.RemarkSeveral, &s.Source, r.Plain(s), "", "%s was left out: %s takes one, and %s has it", cells.Quote(r.Plain(s)), r.Field, taken.InWords())
		}
	}
}

// readApart reads a cell of the row apart from the others, until it is called again.
func (r *Reader) readApart() *Reader {
	if r.apart == nil {
		r.apart = new(Reader)
	}
	*r.apart = Reader{Book: remarks.Book{Field: r.Field, Words: r.Words}, Options: r.Options, Plans: r.Plans, Cells: r.Cells, Points: r.Points, Rules: r.Rules, Values: r.Values, apart: r.apart.apart}
	return r.apart
}

// Renewed is the reader of another row, which may use the memory of this one.
func (r *Reader) Renewed(next Reader) Reader {
	next.apart = r.apart
	return next
}

// takesOf are the concepts that a field of one takes.
func takesOf(main headers.Concept) []headers.Concept {
	switch main {
	case headers.Zip:
		return []headers.Concept{main, headers.ZipCity, headers.CityStateZip}
	case headers.City:
		return []headers.Concept{main, headers.ZipCity, headers.CityState, headers.CityStateZip}
	case headers.State:
		return []headers.Concept{main, headers.CityState, headers.CityStateZip}
	}
	return []headers.Concept{main}
}
