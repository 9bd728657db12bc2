package match

import (
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
)

// header is what a header means by itself: a field's name, a word of the vocabulary, or what the program that wrote the
// sheet means by it.
func (u *understanding) header(i int, fields map[string]resource.Named) meaning {
	m := meaning{field: -1}
	f := u.folded[i]
	if u.columns[i].State == columns.Ignored || f == "" {
		return m
	}
	hit, isField := fields[headers.FoldHeader(u.columns[i].Header)]
	if said, ok := u.programSays(i); ok && !(isField && u.keepsField(i, hit, said)) {
		return said
	}
	if isField {
		m.field, m.how, m.rank = hit.Field, hit.How, hit.Rank
	}
	if hit, ok := u.known(i); ok && !(headers.MayBeNumber(f) && u.column(i).Share(cells.IsDigits) >= 0.5) {
		m.concept, m.scope, m.number, m.listed = hit.Concept, hit.Scope, hit.Number, hit.Rank
		if m.field < 0 || !u.spec.Fields[m.field].Writable {
			m.rank, m.how = hit.Rank, "alias"
		}
	}
	if f := m.field; f >= 0 && m.concept == headers.None && !u.own && !u.spec.Fields[f].Writable && !u.spec.Fields[f].ID {
		m.concept, m.rank, m.how = u.spec.Fields[f].Main, 50_000+i, "alias" // what can only be read gives way to what it means elsewhere
	}
	return u.exportSays(i, m)
}

// keepsField reports whether a header is the vendor's name of a field, or a name of what is imported here and beside contacts
// elsewhere, whatever a program means by it.
func (u *understanding) keepsField(i int, hit resource.Named, said meaning) bool {
	f := &u.spec.Fields[hit.Field]
	return f.Writable && (headers.Clean(u.columns[i].Header) == f.Name || said.excluded == headers.WhyOther || said.excluded == headers.WhyFact) || said.excluded != "" && f.ID && u.request.MatchID
}

// programSays is what the program says of a column; ok is false if it says nothing.
func (u *understanding) programSays(i int) (meaning, bool) {
	if u.program == nil {
		return meaning{}, false
	}
	f := headers.FoldHeader(u.columns[i].Header)
	for _, header := range []string{f, u.folded[i]} {
		if said, ok := u.program.Says(header); ok {
			m := meaning{concept: said.Concept, rank: said.Rank, field: -1, how: u.program.How}
			if m.concept == headers.Salutation && slices.Contains(u.folded[:i], u.folded[i]) {
				m.concept = headers.Job // of the two columns Titre
			}
			return m, true
		}
		if why := u.program.WhyNoField(header); why != "" {
			return meaning{field: -1, excluded: why}, true
		}
	}
	return meaning{}, false
}
