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
)

// matchID finds the one column that holds the vendor's own ids, and uses no other. Where the user does not map it or
// vouch for it, its header must be the field's very name or label: many sheets have an "ID" of
// their own, and what is deleted by it would be somebody else.
func matchID(s *sheet) (*matcher, *Error) {
	field := slices.IndexFunc(s.spec.Fields, func(f resource.Field) bool { return f.ID })
	if field < 0 {
		return nil, &Error{Message: s.spec.Vendor + " has no ids that a sheet could hold"}
	}
	f, vouched := &s.spec.Fields[field], s.request.MatchID
	s.request.MatchID = true // so that it may be mapped
	err := s.readMaps()
	w := newMatcher(nothingUnderstood(s))
	from, tie := w.choose(f, w.idColumns(field, vouched))
	for i := range w.columns {
		if c := &w.columns[i]; c.State == 0 {
			c.State, c.Reason = columns.Ignored, "the id alone says what is deleted"
		}
	}
	if err = cmp.Or(err, tie); err != nil {
		return nil, err
	}
	if len(from) == 0 {
		return nil, &Error{Fields: []string{f.Name}, Message: "no column holds the ids of " + w.spec.Vendor,
			Hint: s.say(hint.NameIDHeader, f.Name, f.Label)}
	}
	if w.program != nil && !vouched && len(w.explicit[from[0].Index]) == 0 {
		return nil, &Error{Fields: []string{f.Name},
			Message: fmt.Sprintf("this looks like %s, whose ids are not those of %s", w.program.Name, w.spec.Vendor),
			Hint:    s.say(hint.VouchForIDs, columns.ColumnWords(from[0].Ref), w.spec.Vendor)}
	}
	c := &w.columns[from[0].Index]
	c.State, c.Field, c.Reason = columns.Mapped, f.Name, ""
	w.plan = []Feed{{Field: f, From: from}}
	return w, nil
}

// idColumns are the columns that may hold the ids. One that the user maps is the only one.
func (w *matcher) idColumns(field int, vouched bool) []candidate {
	f, names := &w.spec.Fields[field], w.spec.NameIndex()
	var list, said []candidate
	for i, c := range w.columns {
		targets, isSaid := w.explicit[i]
		for _, t := range targets {
			if t.Field == field {
				said = append(said, candidate{i, headers.None, -1, t.How})
			}
		}
		header := headers.Clean(c.Header)
		hit, ok := names[headers.FoldHeader(header)]
		switch {
		case isSaid || c.State == columns.Ignored || !ok || hit.Field != field:
		case vouched || header == f.Name || strings.EqualFold(header, f.Label):
			list = append(list, candidate{i, headers.None, hit.Rank, hit.How})
		}
	}
	if said != nil {
		return said
	}
	return list
}
