package match

import (
	"slices"

	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
)

// headers are those of the user's own columns.
func (s *sheet) headers() (list []string) {
	for _, c := range s.columns {
		if c.State != columns.Ignored {
			list = append(list, headers.Clean(c.Header))
		}
	}
	return list
}

// exported is the field of the other resource that a column holds, nil where the sheet is no export of one.
func (s *sheet) exported(i int) *resource.Field {
	return s.export.Exported(headers.Clean(s.columns[i].Header))
}

// exportSays is what a column of such an export is, beside what its header says: a field that no word of people means is none
// of this resource, although this one may have a field of that name, such as an owner.
func (u *understanding) exportSays(i int, m meaning) meaning {
	f := u.exported(i)
	switch {
	case f == nil || f.ID:
	case u.spec.Naming(f.Name) >= 0:
		m.field, m.rank, m.how = u.spec.Naming(f.Name), 2, "export"
	case (m.concept == headers.Email || headers.IsNamePart(m.concept)) && u.export.OtherEmail(u.spec):
		m = meaning{field: -1, excluded: headers.WhyOfPerson}
	case m.concept != headers.None && f.Beside == "":
	case f.Beside != "": // ids of what another column names
		m = meaning{field: -1, excluded: headers.WhyElse}
	case f.Main != headers.None:
		m.concept, m.rank, m.how = f.Main, 40_000+i, "export"
	case m.field < 0 || u.spec.Fields[m.field].Writable:
		m = meaning{field: -1, excluded: headers.WhyElse}
	}
	return m
}

// idOfExport is the column that holds the ids of the export's own resource, -1 without.
func (s *sheet) idOfExport() int {
	return slices.IndexFunc(s.columns, func(c columns.Column) bool {
		f := s.exported(c.Index)
		return f != nil && f.ID
	})
}
