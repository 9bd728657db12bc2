package match

import (
	"cmp"
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
)

// Match finds the field of every column of a header. It returns an *Error for a header, or something that the user says of
// it, that cannot be used.
func Match(spec *resource.Spec, r Request) (*Assignment, error) {
	s := newSheet(spec, &r)
	match := matchFields
	if r.OnlyID {
		match = matchID
	}
	where, badWhere := s.reader().Where(r.Where)
	w, err := match(s)
	if err = cmp.Or(badWhere, err); err != nil {
		err.Columns, err.Program = s.columns, s.programName()
		return nil, err
	}
	a := w.assignment()
	a.Where = where
	return a, nil
}

// matchFields goes through the steps of a Match. What a step that fails leaves undone is explained all the same, so that a
// map file can be made of it.
func matchFields(s *sheet) (*matcher, *Error) {
	badMap := s.readMaps()
	turned := s.turned()
	w := newMatcher(understand(s))
	tie := w.assign()
	w.dropSet()
	doubt := w.readEvidence()
	w.explain()
	w.markOldIDs()
	if err := cmp.Or(badMap, turned, tie, s.request.Refused, doubt); err != nil {
		return nil, err
	}
	return w, w.missing()
}

// assignment is what a Match has found.
func (w *matcher) assignment() *Assignment {
	a := &Assignment{Columns: w.columns, SourceRow: w.sourceRow, Program: w.programName(), Own: w.own, Plan: w.plan, Unread: w.unread}
	if w.request.OnlyID {
		return a
	}
	a.Names, a.Consents, a.Records, a.Addresses = w.names(), w.consents(), w.records(), w.addressList()
	if w.program != nil {
		a.Fillers = w.program.EmptyCells()
	}
	if i := w.spec.FieldOf(headers.Salutation); i >= 0 {
		a.Titles = &w.spec.Fields[i]
	}
	return a
}

// names finds the columns that name the things whose ids stand in others. What the user maps or sets is believed.
func (w *matcher) names() (list []Feed) {
	for _, p := range w.plan {
		if p.Field.Beside == "" || slices.Contains(w.request.Set, p.Field.Name) {
			continue
		}
		for i := range w.columns {
			if _, said := w.explicit[i]; !said && w.fed[i] == nil && w.isNameOf(i, p.Field) {
				list = append(list, Feed{Field: p.Field, From: []sources.Source{w.sourceOf(i, headers.None)}})
			}
		}
	}
	return list
}

// isNameOf reports whether a column names the things whose ids the field is read from: Client beside Client ID, or a company that
// is none of numbers.
func (w *matcher) isNameOf(i int, f *resource.Field) bool {
	m := w.meaning[i]
	return m.field >= 0 && w.spec.Fields[m.field].Name == f.Beside || m.field < 0 && m.concept != headers.None && m.concept == f.Main && w.column(i).Share(cells.IsDigits) < 0.5
}
