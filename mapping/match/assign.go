package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
)

// assign chooses the columns of every field. It returns the first tie.
func (w *matcher) assign() (first *Error) {
	ids := w.request.MatchID || !w.request.MatchEmail && w.own
	for i := range w.spec.Fields {
		f := &w.spec.Fields[i]
		if !f.Writable && (!f.ID || !ids && !w.maps.Has(i)) {
			continue
		}
		if headers.IsAddressPart(f.Main) && w.addresses != nil {
			feed, err := w.assignAddresses(f, w.candidates(i))
			first = cmp.Or(first, err)
			if feed.From != nil {
				w.plan = append(w.plan, feed)
			}
			continue
		}
		list, spare := w.partSpare(f, w.candidates(i))
		from, err := w.choose(f, list)
		first = cmp.Or(first, err)
		if len(from) > 0 {
			w.plan = append(w.plan, Feed{Field: f, From: from, Spare: w.spare(f, from, spare)})
		}
	}
	return first
}

// choose picks the columns that feed a field: all of a list and of a field that falls from one to the next, in their
// order, the best of each part of a composed value, else the best. Only lists have other columns beside those that the
// user names.
func (w *matcher) choose(f *resource.Field, list []candidate) ([]sources.Source, *Error) {
	var chosen []candidate
	for _, c := range list {
		rival := slices.IndexFunc(chosen, func(o candidate) bool { return !f.Composed || o.part == c.part })
		if f.List || rival < 0 || f.Composed && c.rank < 0 {
			chosen = append(chosen, c)
			continue
		}
		best, said := chosen[rival], c.rank < 0
		switch {
		case f.FirstFilled && said, f.FirstFilled && best.rank >= 0 && best.rank < c.rank:
			chosen = append(chosen, c)
		case best.rank == c.rank:
			return nil, w.tie(f, best, list)
		default:
			w.noteUnused(f, c.column, best.column)
		}
	}
	if f.Composed {
		w.sortParts(f, chosen)
	}
	return w.sources(f, chosen), nil
}

// partSpare parts the candidates of a name: it is read from full names or from their parts, and from the others where those are
// empty.
func (w *matcher) partSpare(f *resource.Field, list []candidate) (read, spare []candidate) {
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	if !f.Composed {
		return w.partCompanies(f, list)
	}
	first := 0 // of those that are as good, the one that the field takes first
	for i, c := range list {
		if c.rank == list[0].rank && slices.Index(f.Takes, c.part) < slices.Index(f.Takes, list[first].part) {
			first = i
		}
	}
	for _, c := range list {
		if (c.part == headers.FullName) == (list[first].part == headers.FullName) {
			read = append(read, c)
		} else if !w.empty(c.column) && !slices.ContainsFunc(spare, func(o candidate) bool { return o.part == c.part }) {
			spare = append(spare, c)
		}
	}
	return read, spare
}

// partCompanies sets the first column of companies aside where another says better what a record is on: an id, or an e-mail address.
func (w *matcher) partCompanies(f *resource.Field, list []candidate) (read, spare []candidate) {
	if f.Link == "" || f.List || !slices.Contains(f.Takes, headers.Email) {
		return list, nil
	}
	isCompany := func(c candidate) bool {
		m := w.meaning[c.column]
		return c.rank >= 0 && (m.field < 0 || !w.spec.Fields[m.field].Writable) && (m.concept == headers.Company || m.concept == headers.Customer)
	}
	i := slices.IndexFunc(list, isCompany)
	if i <= 0 {
		return list, nil
	}
	return slices.DeleteFunc(slices.Clone(list), isCompany), list[i : i+1]
}

// spare makes sources of the columns that are read where a name is empty.
func (w *matcher) spare(f *resource.Field, from []sources.Source, list []candidate) []sources.Source {
	w.sortParts(f, list)
	spare := make([]sources.Source, len(list))
	for i, c := range list {
		spare[i] = w.sourceOf(c.column, c.part)
		w.columns[c.column].How = c.how
		w.fed[c.column] = append(w.fed[c.column], f.Name)
		others := from
		for _, p := range w.plan {
			if slices.ContainsFunc(p.Spare, func(s sources.Source) bool { return s.Index == c.column }) {
				others = slices.Concat(p.From, others)
			}
		}
		w.notes[c.column] = w.fallbackWords(others)
	}
	return spare
}

// sortParts puts the parts of a composed value in their order.
func (w *matcher) sortParts(f *resource.Field, list []candidate) {
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(slices.Index(f.Takes, a.part), slices.Index(f.Takes, b.part)), cmp.Compare(a.column, b.column))
	})
}

// sources makes sources of the columns that feed a field.
func (w *matcher) sources(f *resource.Field, chosen []candidate) []sources.Source {
	from := make([]sources.Source, len(chosen))
	for i, c := range chosen {
		from[i] = w.sourceOf(c.column, c.part)
		w.columns[c.column].How = c.how
		w.fed[c.column] = append(w.fed[c.column], f.Name)
		if f.FirstFilled && i > 0 {
			w.notes[c.column] = w.fallbackWords(from[:i])
		}
	}
	return from
}

// fallbackWords says of a column that it is read where others are empty.
func (w *matcher) fallbackWords(others []sources.Source) string {
	refs := make([]string, len(others))
	for i, s := range others {
		refs[i] = fmt.Sprintf("%q", w.columns[s.Index].Ref(w.columns))
	}
	if len(refs) == 1 {
		return "where " + refs[0] + " is empty"
	}
	return "where " + strings.Join(refs, ", ") + " are empty"
}

// tie refuses columns that could be the same field as well as the best one. list is in the order of their ranks.
func (w *matcher) tie(f *resource.Field, best candidate, list []candidate) *Error {
	var tied []*columns.Column
	facts := []string{f.Name}
	for _, c := range list {
		if c.rank == best.rank && (!f.Composed || c.part == best.part) {
			column := &w.columns[c.column]
			tied, facts = append(tied, column), append(facts, column.Ref(w.columns))
		}
	}
	x, y := tied[0], tied[1]
	for _, c := range tied {
		other := x
		if c == x {
			other = y
		}
		c.State, c.Field, c.Reason = columns.Proposed, f.Name, fmt.Sprintf("column %s could be %s as well as column %s", c.Letter, f.Name, other.Letter)
	}
	choose := hint.ChooseColumn
	if f.FirstFilled {
		choose = hint.ChooseColumns
	}
	return &Error{
		Message: fmt.Sprintf("columns %s (%q) and %s (%q) could both be %s", x.Letter, x.Title(), y.Letter, y.Title(), f.Name),
		Hint:    w.say(choose, facts...),
	}
}

// noteUnused notes why a column is not used for a field that it could have fed.
func (w *matcher) noteUnused(f *resource.Field, column, winner int) {
	c := &w.columns[column]
	if owner := w.meaning[column].field; owner >= 0 && !w.spec.Fields[owner].Writable {
		return // it has a field of its own, which can only be read
	}
	c.State, c.Field = columns.Ignored, f.Name
	c.Reason = fmt.Sprintf("%s is taken from %s", f.Name, columns.ColumnWords(w.columns[winner].Ref(w.columns)))
}

// dropSet drops the columns of single-valued fields of which every row gets a value; a list gets both.
func (w *matcher) dropSet() {
	for _, name := range w.request.Set {
		if f := w.spec.Field(name); !f.List {
			w.drop(f)
		}
	}
}

// drop leaves the columns of a field unread.
func (w *matcher) drop(f *resource.Field) {
	w.plan = slices.DeleteFunc(w.plan, func(p Feed) bool {
		if p.Field != f {
			return false
		}
		for s := range p.each() {
			w.fed[s.Index] = slices.DeleteFunc(w.fed[s.Index], func(name string) bool { return name == f.Name })
			c := &w.columns[s.Index]
			c.State, c.Field, c.Reason = columns.Ignored, f.Name, w.everyRow(f.Name)
		}
		for _, s := range p.Spare {
			w.fed[s.Index] = slices.DeleteFunc(w.fed[s.Index], func(name string) bool { return name == f.Name })
		}
		w.unread = append(w.unread, p)
		return true
	})
}

// everyRow is why a column is not used whose field has one value in all rows.
func (w *matcher) everyRow(field string) string {
	return w.name(hint.Set) + " gives every row the same " + field
}
