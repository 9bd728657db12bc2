package schema

import (
	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/refs"
)

// LinkTo is a field that refers to one thing of a kind. identify turns a cell that is an id into a ref and leaves ID
// empty for a name.
func LinkTo[C any](name, label, kind string, main headers.Concept, at func(*C) *crm.Ref, identify func(string) crm.Ref) Field[C] {
	parse := func(r *Reader, s *Source, v string) (crm.Ref, bool) {
		if s.NoIDs && cells.IsDigits(cells.TrimFraction(v)) {
			ref := crm.Ref{Name: v}
			r.Link(s, kind, ref)
			return ref, r.Fits(s, v)
		}
		if whole := cells.TrimFraction(v); whole != v && identify(whole).ID != "" {
			var notes cells.Notes
			v, notes = cells.ReadWhole(v)
			r.Note(&s.Source, notes)
		}
		ref := identify(v)
		r.Link(s, kind, ref)
		return ref, r.Fits(s, v)
	}
	f := Single(name, label, "link to "+kind, main, at, parse, refs.Show, refs.Same)
	f.Link, f.Rules.nature = kind, cells.Codes
	f.AsIs = nil // names have to be resolved
	f.SetLinks = func(c *C, refs map[string]crm.Ref) {
		if ref, ok := refs[crm.Fold(at(c).Name)]; ok && at(c).ID == "" {
			*at(c) = ref
		}
	}
	f.Ref = func(c *C) crm.Ref { return *at(c) }
	f.Cell = func(c *C) cell.Cell {
		if ref := *at(c); ref.ID != "" && identify(ref.ID).ID != "" {
			return cell.NewText(cell.Identifier, ref.ID)
		}
		return cell.NewText(cell.Text, refs.Show(*at(c)))
	}
	return f.As(cell.Identifier)
}
