package resource

import (
	"slices"

	"crmferry/mapping/headers"
)

// Exports are recognised by their headers: what each column holds is known then, and nothing is guessed.

// IsExport reports whether a sheet of these headers is an export of the resource that has ids: every header is a field's name,
// exactly, or every one is a field's label. Labels of ids name the vendor, so that no other program's sheet has them.
func (s *Spec) IsExport(all []string) bool { return s.heads(all, name) || s.heads(all, label) }

// Exported finds the resource of which a sheet of these headers is an export, nil for none. Names alone, such as id and email, may
// be any program's: then most of the resource has to be there.
func Exported(specs []*Spec, all []string) *Spec {
	for _, s := range specs {
		if s.heads(all, label) || s.heads(all, name) && 2*len(all) >= len(s.Fields) {
			return s
		}
	}
	return nil
}

// Exported is the field that heads a column of an export, nil for none; of no resource it is none.
func (s *Spec) Exported(header string) *Field {
	if s == nil {
		return nil
	}
	if f := s.titled(header, name); f != nil {
		return f
	}
	return s.titled(header, label)
}

func name(f *Field) string  { return f.Name }
func label(f *Field) string { return f.Label }

// heads reports whether every one of some headers is what title says of a field, and one of an id.
func (s *Spec) heads(all []string, title func(*Field) string) bool {
	hasID := false
	for _, h := range all {
		f := s.titled(h, title)
		if f == nil {
			return false
		}
		hasID = hasID || f.ID
	}
	return hasID
}

// titled is the field of which title says exactly that, nil for none.
func (s *Spec) titled(exactly string, title func(*Field) string) *Field {
	for i := range s.Fields {
		if title(&s.Fields[i]) == exactly {
			return &s.Fields[i]
		}
	}
	return nil
}

// Naming is the field that has, among its further names, just that one of another vendor's field; -1 for none.
func (s *Spec) Naming(field string) int {
	return slices.IndexFunc(s.Fields, func(f Field) bool { return f.Writable && slices.Contains(f.Extra, field) })
}

// OtherEmail reports whether e-mail addresses of two resources of companies are not of one kind: those of the one are of the people
// who are made with its records, those of the other of the companies themselves.
func (s *Spec) OtherEmail(o *Spec) bool {
	mine, theirs := s.email(), o.email()
	return mine != nil && theirs != nil && mine.Link+theirs.Link == "" && s.namesPeople() != o.namesPeople() && mine.CreateOnly != theirs.CreateOnly
}

// email is the field of a resource's own e-mail addresses, nil for none.
func (s *Spec) email() *Field {
	if i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Writable && f.Main == headers.Email }); i >= 0 {
		return &s.Fields[i]
	}
	return nil
}

func (s *Spec) namesPeople() bool {
	return slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Writable && headers.IsNamePart(f.Main) })
}
