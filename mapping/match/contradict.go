package match

import (
	"fmt"
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/nations"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/kinds"
	"crmferry/mapping/match/resource"
)

// checkCells sets aside the columns whose cells are not what their headers say.
func (u *understanding) checkCells() {
	for i := range u.meaning {
		m := &u.meaning[i]
		fieldName := u.fieldName(i)
		if u.own || u.explicit[i] != nil || m.excluded != "" || m.doubt != "" || fieldName == "" {
			continue
		}
		if u.hasOwners(i) {
			m.excluded = headers.WhyOwner + ", and " + fieldName + " takes none of its cells"
		} else if why := u.contradiction(i); why != "" {
			m.wrong = "its header says " + fieldName + ", but " + why
		}
	}
}

// hasOwners reports whether a column names people who look after the contacts under the name of a field that takes no names.
func (u *understanding) hasOwners(i int) bool {
	at := u.meaning[i].field
	return at >= 0 && headers.WhyNoField(headers.Tokens(u.columns[i].Header)) == headers.WhyOwner && u.rejectsMost(at, u.column(i)) != ""
}

// contradiction says what the cells of a column are that its header does not allow, "" if they may be what it says.
func (u *understanding) contradiction(i int) string {
	c, m := u.column(i), &u.meaning[i]
	if c == nil {
		return ""
	}
	means := u.means(i)
	if c.Counted < 2 || means == headers.Email && m.field >= 0 && u.spec.Fields[m.field].Link != "" {
		return ""
	}
	for _, k := range kinds.CannotHold(means) {
		link := m.field >= 0 && u.spec.Fields[m.field].Link != ""
		isID := link && k == kinds.Phones // long digits are no kinds.Phones there
		isPerson := link && k == kinds.Emails && slices.Contains(u.spec.Fields[m.field].Takes, headers.Email)
		if isID || isPerson {
			continue
		}
		if share := c.Share(k.Looks()); share >= 0.8 && c.Share(kinds.Of(means)) < 0.2 {
			return cells.DescribeShare(share, k.What())
		}
	}
	if u.sourceRow >= 0 {
		return "" // of a rejects file: its rows are those with cells that no field takes
	}
	if why := c.Lacks(means); why != "" {
		return why
	}
	at := m.field
	if at < 0 || !u.spec.Fields[at].Writable {
		at = u.spec.FieldOf(m.concept)
	}
	return u.rejectsMost(at, c)
}

// rejectsMost says that a field of few values would take hardly a cell of a column, so that nearly every row would be
// rejected; "" otherwise. The user may have other values for the cells.
func (u *understanding) rejectsMost(field int, c *cells.ColumnProfile) string {
	if field < 0 || c == nil {
		return ""
	}
	f, are := &u.spec.Fields[field], "no cell is"
	if f.Accepts == nil || slices.Contains(u.request.Replaced, f.Name) {
		return ""
	}
	taken := u.takesCell(f, c)
	switch share := c.Share(taken); {
	case share >= 0.1:
		return ""
	case share > 0:
		are = "hardly a cell is"
	}
	bad := ""
	for v := range c.Values {
		if !taken(v) && (bad == "" || v < bad) {
			bad = v
		}
	}
	return fmt.Sprintf("%s a %s: %s is none", are, f.Type, cells.Quote(bad))
}

// rejectsPart reports whether a field would take hardly a part of cells that hold several parts of an address.
func (u *understanding) rejectsPart(f *resource.Field, i int) bool {
	c := u.column(i)
	if f.Accepts == nil || c == nil || !headers.IsJoined(u.meaning[i].concept) {
		return false
	}
	taken := u.takesCell(f, c)
	return c.Share(func(v string) bool { part := cells.PartOf(v, f.Main); return part != "" && taken(part) }) < 0.1
}

// takesCell says of a cell of a column whether a field would take it. ZIP codes that may have lost their zeros count: each
// is reported, and the user can mend them.
func (u *understanding) takesCell(f *resource.Field, c *cells.ColumnProfile) func(string) bool {
	accepts := f.Accepts(c.Evidence.Conclude())
	short := f.Main == headers.Zip && !u.isAbroad()
	return func(v string) bool {
		return v == u.request.Clear || accepts(v) || short && (nations.ZipDigits(v) == 3 || nations.ZipDigits(v) == 4)
	}
}

// isAbroad reports whether the countries of a sheet are others than the USA.
func (u *understanding) isAbroad() bool {
	return slices.ContainsFunc(u.columns, func(c columns.Column) bool {
		return u.meaning[c.Index].concept == headers.Country && u.column(c.Index).Share(cells.LooksAbroad) >= 0.9
	})
}

// cellsContradict reports whether the cells of a column are nothing that a concept's can be.
func (u *understanding) cellsContradict(i int, c headers.Concept) bool {
	return slices.ContainsFunc(kinds.CannotHold(c), func(k kinds.Kind) bool { return u.column(i).Share(k.Looks()) >= 0.5 })
}
