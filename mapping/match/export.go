package match

import (
	"slices"

	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
)

// Exports of other resources are recognised by their headers: what each column holds is known then, and nothing is guessed.

// findExport finds the other resource of which the sheet is an export, nil for none. Names alone, such as id and email, may be
// any program's: then most of the resource has to be there.
func findExport(s *sheet, all []*resource.Spec) *resource.Spec {
	for _, spec := range all {
		if spec.ID() == s.spec.ID() {
			continue
		}
		if s.headedBy(spec, label) || s.headedBy(spec, name) && 2*len(s.columns) >= len(spec.Fields) {
			return spec
		}
	}
	return nil
}

func name(f *resource.Field) string  { return f.Name }
func label(f *resource.Field) string { return f.Label }

// headedBy reports whether every header is what title says of some field, and one of an id.
func (s *sheet) headedBy(spec *resource.Spec, title func(*resource.Field) string) bool {
	hasID := false
	for _, c := range s.columns {
		if c.State == columns.Ignored {
			continue
		}
		f := spec.Titled(headers.Clean(c.Header), title)
		if f == nil {
			return false
		}
		hasID = hasID || f.ID
	}
	return hasID
}

// exported is the field of the other resource that a column holds, nil where the sheet is no export of one.
func (s *sheet) exported(i int) *resource.Field {
	if s.export == nil {
		return nil
	}
	h := headers.Clean(s.columns[i].Header)
	if f := s.export.Titled(h, name); f != nil {
		return f
	}
	return s.export.Titled(h, label)
}

// exportSays is what a column of such an export is, beside what its header says: a field that no word of people means is none
// of this resource, although this one may have a field of that name, such as an owner.
func (u *understanding) exportSays(i int, m meaning) meaning {
	f := u.exported(i)
	switch {
	case f == nil || f.ID || m.concept != headers.None && f.Beside == "":
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
