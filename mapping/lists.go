package mapping

import (
	"slices"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// list makes a field of several values. Values that the contact has are kept as they are, and added to.
func list[C, V any](name, label, typ string, main headers.Concept, at func(*C) *[]V,
	parse func(*reading, *source, string, []V) ([]V, bool), show func(V) string, same func(a, b V) bool) Field[C] {
	f := Field[C]{Info: Info{Name: name, Label: label, Type: typ, Writable: true, List: true}, main: main, takes: []headers.Concept{main}}
	f.read = func(r *reading, from []source, c *C) bool {
		var values []V
		good, hard, before := true, false, len(r.problems)
		for i := range from {
			had, known := len(values), len(r.problems)
			if v := r.cell(&from[i]); v != "" {
				if values == nil {
					values = make([]V, 0, len(from))
				}
				more, ok := parse(r, &from[i], v, values)
				values, good = more, good && ok
			}
			hard = hard || len(r.problems) > known && (had == 0 || len(values) > had)
		}
		if len(r.problems) > before && !hard {
			good = r.leaveOut(from, before)
		}
		values = cells.Unique(values, same)
		if n := r.rules.items; n > 0 && len(values) > n {
			r.fail(CodeTooMany, &from[0], "%d values, at most %d are taken", len(values), n)
			good = false
		}
		if good && len(values) > 0 {
			*at(c) = values
		}
		return good && len(values) > 0
	}
	f.text = func(c *C) string { return joinList(*at(c), show) }
	f.equal = func(a, b *C) bool { return sameSet(*at(a), *at(b), same) }
	f.tidy = tidyList(at, parse, show, same)
	f.merge = func(into, want *C, replace bool) { *at(into) = mergeList(*at(into), *at(want), replace, same) }
	return f
}

// leaveOut makes findings of the problems since before: cells of a list that hold no value behind one that does. It returns
// false, and leaves the problems, if one is about something else, or if the CRM's list gives way to this one. What stands
// first is never left out: contacts are found by it.
func (r *reading) leaveOut(from []source, before int) bool {
	bad := r.problems[before:]
	if r.o.Replace.Has(r.name) || slices.ContainsFunc(bad, func(p Problem) bool {
		noRegion := p.Code == cells.CodeBadPhone && r.o.Region == "" // it may be a number for all those who name theirs
		return noRegion || p.Code != cells.CodeBadEmail && p.Code != cells.CodeBadPhone && p.Code != cells.CodeDamaged
	}) {
		return false
	}
	for _, p := range bad {
		i := slices.IndexFunc(from, func(s source) bool { return s.Ref == p.Column })
		r.findings = append(r.findings, Finding{Code: cells.RemarkLeftOut, Field: r.name, Column: p.Column, Before: r.plain(&from[i]),
			Message: p.Message + "; it was left out: mended and imported again, the row adds it"})
	}
	r.problems = r.problems[:before]
	return true
}

// mergeList returns what have becomes: with what want adds, or just what want says (then, or if want is empty, which
// clears). Values known already are kept as they are, because they may carry more than a row can say. It shares no
// memory with have.
func mergeList[V any](have, want []V, replace bool, same func(a, b V) bool) []V {
	if len(want) == 0 {
		return nil
	}
	var merged []V
	if !replace {
		merged = slices.Clone(have)
	}
	for _, w := range want {
		if i := slices.IndexFunc(have, func(h V) bool { return same(h, w) }); i < 0 {
			merged = append(merged, w)
		} else if replace {
			merged = append(merged, have[i])
		}
	}
	return merged
}

func sameSet[V any](a, b []V, same func(a, b V) bool) bool {
	within := func(a, b []V) bool {
		return !slices.ContainsFunc(a, func(v V) bool {
			return !slices.ContainsFunc(b, func(w V) bool { return same(v, w) })
		})
	}
	return within(a, b) && within(b, a)
}

// joinList shows a list as one cell that splitTags reads back, without values that are blank.
func joinList[V any](values []V, show func(V) string) string {
	shown := make([]string, 0, len(values))
	for _, v := range values {
		if s := show(v); headers.Clean(s) != "" {
			shown = append(shown, cells.QuoteTag(s))
		}
	}
	return strings.Join(shown, "; ")
}

// joinEach joins facts about the values of a list, in their order; all "" makes "".
func joinEach(n int, fact func(i int) string) string {
	facts := make([]string, n)
	empty := true
	for i := range facts {
		facts[i] = cells.QuoteTag(fact(i))
		empty = empty && facts[i] == ""
	}
	if empty {
		return ""
	}
	return strings.Join(facts, "; ")
}

// tags is a list of words.
func tags[C any](name, label string, main headers.Concept, at func(*C) *[]string) Field[C] {
	parse := func(r *reading, s *source, v string, values []string) ([]string, bool) {
		good := true
		var few [fewWords]string
		for _, tag := range s.split(few[:0], v) {
			if tag = r.word(s, v, tag); tag == "" {
				continue
			}
			good = r.fits(s, tag) && good
			values = append(values, tag)
		}
		return values, good
	}
	f := list(name, label, "list of text", main, at, parse, itself, sameWord)
	f.rules.nature = cells.Codes
	f.keep = keepList(at, itself)
	return f
}

// word is a word of a cell as --values has it, "" if it is left out, which is reported.
func (r *reading) word(s *source, cell, word string) string {
	to := r.replaced(word)
	switch {
	case to == "":
		r.emptied(s, word)
	case r.isNothing(s, cell, to):
		return ""
	}
	return to
}

// isNothing says whether a word of a cell says that there is nothing, and reports it.
func (r *reading) isNothing(s *source, cell, word string) bool {
	nothing, notes := cells.LeaveOut(cell, word)
	r.note(s, notes)
	return nothing
}

func sameWord(a, b string) bool {
	return strings.EqualFold(a, b) || strings.EqualFold(cells.PlainText(a), cells.PlainText(b))
}

// links is a list of things of a kind.
func links[C any](name, label, kind string, main headers.Concept, at func(*C) *[]crm.Ref, identify func(string) crm.Ref) Field[C] {
	parse := func(r *reading, s *source, v string, values []crm.Ref) ([]crm.Ref, bool) {
		var few [fewWords]string
		for _, tag := range s.split(few[:0], v) {
			if tag = r.word(s, v, tag); tag == "" {
				continue
			}
			ref := identify(tag)
			if !slices.ContainsFunc(values, func(k crm.Ref) bool { return sameRef(k, ref) }) {
				r.link(kind, ref)
				values = append(values, ref)
			}
		}
		return values, true
	}
	show := func(ref crm.Ref) string {
		if ref.ID != "" && identify(ref.Name).ID != "" {
			return ref.ID // a name that looks like an id would be taken for one
		}
		return showRef(ref)
	}
	f := list(name, label, "list of links to "+kind, main, at, parse, show, sameRef)
	f.Link, f.rules.nature = kind, cells.Codes
	f.setLink = func(c *C, name string, ref crm.Ref) {
		refs := slices.Clone(*at(c))
		for i, r := range refs {
			if r.ID == "" && strings.EqualFold(r.Name, name) {
				refs[i] = ref
			}
		}
		*at(c) = cells.Unique(refs, sameRef)
	}
	return f
}

// emails is a list of addresses.
func emails[C any](name, label string, at func(*C) *[]string) Field[C] {
	parse := func(r *reading, s *source, v string, values []string) ([]string, bool) {
		values, notes := cells.ReadEmails(v, values, r.rules.max)
		return values, r.note(s, notes)
	}
	f := list(name, label, "list of emails", headers.Email, at, parse, itself, cells.SameEmail)
	f.keep = keepList(at, itself)
	return f
}

// phoneList is a list of numbers; V is the vendor's type of one.
func phoneList[C, V any](name, label string, at func(*C) *[]V, wrap func(string) V, number func(V) string) Field[C] {
	parse := func(r *reading, s *source, v string, values []V) ([]V, bool) {
		if r.phones.IsPlain(v) {
			return append(values, wrap(v)), true
		}
		numbers, notes := r.phoneReader(s).ReadAll(v)
		for _, n := range numbers {
			values = append(values, wrap(n))
		}
		return values, r.note(s, notes)
	}
	same := func(a, b V) bool { return cells.SamePhone(number(a), number(b)) }
	f := list(name, label, "list of phones", headers.Phone, at, parse, number, same).as(cell.Identifier)
	f.keep = keepList(at, wrap)
	return f
}

// split appends the words of a cell that holds several.
func (s *source) split(words []string, v string) []string {
	switch {
	case s.Part == headers.Company || s.Part == headers.Customer:
		return cells.SplitFirms(words, v)
	case s.Separator == "":
		return cells.SplitTags(words, v)
	}
	for word := range strings.SplitSeq(v, s.Separator) {
		if word = headers.Clean(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// fewWords is how many words of a cell are kept without memory of their own.
const fewWords = 8
