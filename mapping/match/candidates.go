package match

import (
	"slices"

	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/told"
)

// candidate is a column that could feed a field.
type candidate struct {
	column int
	part   headers.Concept
	rank   int // lower is better; negative for what the user said
	how    string
}

// candidates lists the columns that could feed a field.
func (w *matcher) candidates(field int) []candidate {
	f := &w.spec.Fields[field]
	var list []candidate
	for i := range w.columns {
		if targets, ok := w.explicit[i]; ok {
			for _, t := range targets {
				if t.Field == field {
					list = append(list, candidate{i, w.partOf(field, i, t), w.mappedRank(field, i), t.How})
				}
			}
			continue
		}
		m := w.meaning[i]
		switch owner := m.field; {
		case f.Never || w.columns[i].State == columns.Ignored || m.excluded+m.wrong+m.doubt != "":
		case owner == field:
			list = append(list, candidate{i, f.Main, w.rankIn(f, m), m.how})
		case w.own: // what can only be read is left alone there
		case owner >= 0 && w.spec.Fields[owner].Writable: // the header is another field's name
		case m.concept != headers.None:
			if at := slices.Index(f.Takes, m.concept); at >= 0 && !w.rejectsPart(f, i) {
				list = append(list, candidate{i, m.concept, 100_000*(at+1) + m.rank, m.how})
			}
		}
	}
	return w.dropEmpty(f, list)
}

// rankIn is the rank of a column of a field that its header names. The label of a list is a usual header as others are: "Emails"
// has further addresses where another column is the "Email".
func (w *matcher) rankIn(f *resource.Field, m meaning) int {
	if at := slices.Index(f.Takes, m.concept); f.List && m.how == "label" && at >= 0 {
		return 100_000*(at+1) + m.listed
	}
	return m.rank
}

// mappedRank is the rank of a column that the user maps to a field: before all others, and among its like as its header says.
func (w *matcher) mappedRank(field, column int) int {
	const first = -1 << 30
	f, m := &w.spec.Fields[field], w.meaning[column]
	at := slices.Index(f.Takes, m.concept)
	switch {
	case !f.FirstFilled:
	case m.field == field:
		return first + m.rank
	case m.concept != headers.None && at >= 0:
		return first + 100_000*(at+1) + m.rank
	}
	return -1
}

// partOf is the part of a composed field that a column is which the user maps to it: what its header says beside those of
// the other columns of that field, if that is one.
func (w *matcher) partOf(field, column int, t told.Target) headers.Concept {
	f, c := &w.spec.Fields[field], w.headerConcept(column)
	switch c {
	case headers.Initials:
		c = headers.FirstName
	case headers.Name, headers.Nombre:
		c = w.besideMapped(field, column)
	}
	if f.Composed && c != headers.FullName && slices.Contains(f.Takes, c) {
		return c
	}
	return t.Part
}

// besideMapped is the part of a name that a column is which the other columns that the user maps to the same field lack.
func (w *matcher) besideMapped(field, column int) headers.Concept {
	first, last, infix := false, false, false
	for other, targets := range w.explicit {
		if other == column || !slices.ContainsFunc(targets, func(t told.Target) bool { return t.Field == field }) {
			continue
		}
		switch w.headerConcept(other) {
		case headers.LastName:
			last = true
		case headers.FirstName, headers.Initials:
			first = true
		case headers.Infix:
			infix = true
		}
	}
	switch {
	case last && !first:
		return headers.FirstName
	case (first || infix) && !last:
		return headers.LastName
	}
	return headers.None
}

// dropEmpty leaves out the columns without a single value where another could feed the same. Lists take all of them, and
// the parts of an address stay together.
func (w *matcher) dropEmpty(f *resource.Field, list []candidate) []candidate {
	if f.List {
		return list
	}
	return slices.DeleteFunc(list, func(c candidate) bool {
		return c.rank >= 0 && !headers.IsAddressPart(c.part) && w.empty(c.column) && slices.ContainsFunc(list, func(o candidate) bool {
			return !w.empty(o.column) && (!f.Composed || o.part == c.part)
		})
	})
}
