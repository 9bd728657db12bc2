package mapping

import "crmferry/mapping/headers"

// single makes a field of one value. The functions say how a cell is read, how a value is shown, and when two are the
// same.
func single[C, V any](name, label, typ string, main headers.Concept, at func(*C) *V,
	parse func(*rowReader, *source, string) (V, bool), show func(V) string, same func(a, b V) bool) Field[C] {
	f := Field[C]{Info: Info{Name: name, Label: label, Type: typ, Writable: true}, main: main, takes: []headers.Concept{main}}
	f.read = func(r *rowReader, from []source, c *C) bool {
		for i := range from {
			v, before := r.cell(&from[i]), len(r.problems)
			if v == "" {
				continue
			}
			parsed, ok := parse(r, &from[i], v)
			if ok {
				*at(c) = parsed
			}
			if ok || len(r.problems) > before {
				return ok
			}
		}
		return false
	}
	f.text = func(c *C) string { return show(*at(c)) }
	f.asIs, f.recheck = asIsSingle(at), recheckSingle(at, parse, show)
	f.equal = func(a, b *C) bool { return same(*at(a), *at(b)) }
	f.merge = func(into, want *C, _ bool) {
		if !same(*at(into), *at(want)) {
			*at(into) = *at(want)
		}
	}
	return f
}
