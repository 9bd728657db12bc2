package mapping

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// inOrder is the cell of a part of a name; "Vries, de" in a column of last names is de Vries.
func (r *reading) inOrder(s *source) string {
	last := r.cell(s)
	if s.part != headers.LastName {
		return last
	}
	before, after, comma := strings.Cut(last, ",")
	words := strings.Fields(after)
	if !comma || len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return !cells.IsParticle(w) || !cells.IsLower(w) }) {
		return last
	}
	return strings.Join(words, " ") + " " + strings.TrimSpace(before)
}

// checkSplit reports a name that may be a last name only, or may well have two and was split as if it had one.
func (r *reading) checkSplit(s *source, v, first, last string) {
	if cells.IsOpenParticle(first) && strings.IndexByte(v, ',') < 0 {
		r.suspect(FoundSplit, s, v, "%s was split into %s and %s; if all of it is the last name, that is wrong", cells.Quote(v), cells.Quote(first), cells.Quote(last))
		return
	}
	if s.spanish || strings.IndexByte(first, ' ') < 0 || strings.IndexByte(last, ' ') >= 0 || strings.IndexByte(v, ',') >= 0 || !cells.LooksSpanish(v) {
		return
	}
	r.suspect(FoundSplit, s, v, "%s was split into %s and %s; if it has two last names, that is wrong", cells.Quote(v), cells.Quote(first), cells.Quote(last))
}

// title is what was taken off a full name. The zero value is none.
type title struct {
	from                    *source
	field, name, word, rest string
}

// addTitle gives the title of a full name to the field of salutations, if the vendor has one and the row has nothing else
// for it, and reports what became of it.
func (m *Matching[C]) addTitle(r *reading, c *C) {
	t := r.title
	said := ""
	if f := m.salutes; f != nil && !r.fields.Has(f.Name) && !m.constants.fields.Has(f.Name) {
		r.name, r.rules, r.values = f.Name, &f.rules, nil
		if f.read(r, []source{{index: -1, part: f.main, constant: t.word}}, c) {
			r.fields = append(r.fields, f.Name)
			said = ", which " + f.Name + " takes"
		}
	}
	r.name = t.field
	r.repair(FoundTitle, t.from, t.name, t.rest, "%s was read without its title %s%s", cells.Quote(t.name), cells.Quote(t.word), said)
}

// checkName reports a name that does not look like one of a person.
func (r *reading) checkName(s *source, v string) {
	if len(v) < 4 {
		return
	}
	if cells.IsCapitals(v) {
		r.suspect(FoundCapitals, s, v, "%s is in capitals; it was taken as it stands", cells.Quote(v))
	}
	if strings.IndexByte(v, ' ') < 0 {
		return
	}
	switch {
	case cells.IsCompany(v):
		r.suspect(FoundCompany, s, v, "%s looks like the name of a company", cells.Quote(v))
	case cells.IsCouple(v):
		r.suspect(FoundPeople, s, v, "%s looks like the name of several people", cells.Quote(v))
	}
}
