package mapping

import (
	"slices"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
)

// What a vendor holds need not obey the rules for what is sent to it: phones as people once typed them, too many tags,
// half an address. An export of it must read back as unchanged all the same. So in a sheet that is an export of this very
// resource, the cells of a row with an id are kept as they stand, and read by the rules only where the contact found says
// something else.

// asIs takes a cell of an own export as it stands; false if it is to be read like any other.
func (m *Matching[C]) asIs(r *schema.Reader, p *feed[C], c *C) bool {
	if !m.own || p.field.AsIs == nil {
		return false
	}
	if r.HasID = r.HasID || m.table.id(c) != ""; !r.HasID {
		return false
	}
	v := r.JoinedAs(p.from, r.Plain)
	return v != "" && p.field.AsIs(v, c)
}

// isCut reports whether a cell that is about to be written holds only the beginning of a text, and refuses it.
func (m *Matching[C]) isCut(r *schema.Reader, p *feed[C]) bool {
	from := p.at(r)
	for i := range from {
		if s := &from[i]; strings.HasSuffix(r.Plain(s), cell.CutMark) {
			r.Fail(cells.CodeDamaged, &s.Source, "the text was cut when it was exported, as a worksheet's cell holds no more: a CSV export has it whole")
			r.Advise("Export to CSV, which has it whole, and import that.")
			return true
		}
	}
	return false
}

// refuseForeign refuses the ids by which an export of another account says what its records are on, where no name stands beside
// them: here they may be anything's.
func (m *Matching[C]) refuseForeign(r *schema.Reader, c *C) {
	for i := range m.plan {
		f := m.plan[i].field
		if !m.foreign || !f.CreateOnly || f.Beside != "" || f.Ref == nil || !r.Fields.Has(f.Name) || f.Ref(c).ID == "" {
			continue
		}
		r.Field = f.Name
		r.Fail(cells.CodeBadID, &m.plan[i].from[0].Source, "%s is an id of the account that was exported, and may be that of another record here: write a name in its place", cells.Quote(f.Ref(c).ID))
		r.Advise("Write the name into the cell in place of the id, as this account has it.")
	}
}

// Merge overlays found with what a row of this sheet wants, as Table.Merge does. In an own export, what differs from found
// is held against the rules first.
func (m *Matching[C]) Merge(found, want C, set, replace crm.Fields) Merged[C] {
	if !m.own || m.table.id(&want) == "" {
		return m.table.Merge(found, want, set, replace)
	}
	r := schema.Reader{Book: remarks.Book{Words: m.options.Words}, Options: &m.options, Plans: &m.plans}
	var cut crm.Fields
	for i := range m.plan {
		f, s := m.plan[i].field, &m.plan[i].from[0]
		if f.AsIs == nil || !f.Writable || !set.Has(f.Name) || f.Equal(&found, &want) || f.Text(&want) == "" {
			continue
		}
		r.Field, r.Rules = f.Name, &f.Rules
		if begin, ok := strings.CutSuffix(f.Text(&want), cell.CutMark); !ok {
			f.Recheck(&r, s, &found, &want)
		} else if cut = append(cut, f.Name); !strings.HasPrefix(cells.PlainText(f.Text(&found)), cells.PlainText(begin)) {
			r.Fail(cells.CodeBadValue, &s.Source, "the text was cut when it was exported, and the CRM's is another now; a CSV export has it whole")
		}
	}
	if len(r.Problems) > 0 {
		return Merged[C]{Contact: found, Bad: r.Problems}
	}
	if len(cut) > 0 { // the CRM's are whole
		set = slices.DeleteFunc(slices.Clone(set), cut.Has)
	}
	return m.table.Merge(found, want, set, replace)
}
