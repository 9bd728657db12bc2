package schema

import (
	"slices"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/lists"
	"crmferry/mapping/refs"
)

// Tags is a list of words.
func Tags[C any](name, label string, main headers.Concept, at func(*C) *[]string) Field[C] {
	parse := func(r *Reader, s *Source, v string, values []string) ([]string, bool) {
		var few [fewWords]string
		words, good := r.split(s, few[:0], v)
		for _, tag := range words {
			if tag = r.word(s, v, tag); tag == "" {
				continue
			}
			good = r.Fits(s, tag) && good
			values = append(values, tag)
		}
		return values, good
	}
	f := list(name, label, "list of text", main, at, parse, Itself, likeWords())
	f.Rules.nature = cells.Listed
	f.AsIs = asIsList(at, Itself)
	return f
}

// likeWords makes words the same in letters of either case.
func likeWords() lists.Like[string] { return lists.ByKey(cells.SameWord, crm.Fold) }

// likeRefs makes things the same by their ids, or by their names where one of them has no id.
func likeRefs() lists.Like[crm.Ref] { return lists.Like[crm.Ref]{Same: refs.Same, Marks: refs.Marks} }

// LinksTo is a list of things of a kind.
func LinksTo[C any](name, label, kind string, main headers.Concept, at func(*C) *[]crm.Ref, identify func(string) crm.Ref) Field[C] {
	parse := func(r *Reader, s *Source, v string, values []crm.Ref) ([]crm.Ref, bool) {
		var few [fewWords]string
		words, good := r.split(s, few[:0], v)
		var some [fewWords]crm.Ref
		found := some[:0]
		for _, tag := range words {
			if tag = r.word(s, v, tag); tag != "" {
				found = append(found, identify(tag))
			}
		}
		return lists.Add(slices.Grow(values, len(found)), found, likeRefs(), func(ref crm.Ref) { r.Link(s, kind, ref) }), good
	}
	show := func(ref crm.Ref) string {
		if ref.ID != "" && identify(ref.Name).ID != "" {
			return ref.ID // a name that looks like an id would be taken for one
		}
		return refs.Show(ref)
	}
	f := list(name, label, "list of links to "+kind, main, at, parse, show, likeRefs())
	f.Link, f.Rules.nature = kind, cells.Listed
	f.SetLinks = func(c *C, refs map[string]crm.Ref) {
		list := slices.Clone(*at(c))
		for i, r := range list {
			if ref, ok := refs[crm.Fold(r.Name)]; ok && r.ID == "" {
				list[i] = ref
			}
		}
		*at(c) = lists.Unique(list, likeRefs())
	}
	return f
}

// Emails is a list of addresses.
func Emails[C any](name, label string, at func(*C) *[]string) Field[C] {
	parse := func(r *Reader, s *Source, v string, values []string) ([]string, bool) {
		values, notes := cells.ReadEmails(v, values, r.Rules.max)
		return values, r.Note(&s.Source, notes)
	}
	f := list(name, label, "list of emails", headers.Email, at, parse, Itself, likeWords())
	f.AsIs = asIsList(at, Itself)
	return f
}

// PhoneList is a list of numbers; V is the vendor's type of one.
func PhoneList[C, V any](name, label string, at func(*C) *[]V, wrap func(string) V, number func(V) string) Field[C] {
	parse := func(r *Reader, s *Source, v string, values []V) ([]V, bool) {
		var few [fewWords]string
		numbers, notes := r.phoneReader(s).Append(few[:0], v)
		for _, n := range numbers {
			values = append(values, wrap(n))
		}
		return values, r.Note(&s.Source, notes)
	}
	like := lists.ByKey(func(a, b V) bool { return cells.SamePhone(number(a), number(b)) }, func(v V) string { return cells.PhoneKey(number(v)) })
	f := list(name, label, "list of phones", headers.Phone, at, parse, number, like).As(cell.Identifier)
	f.AsIs = asIsList(at, wrap)
	return f
}
