package mapping

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// column is what the profile knows of a column, nil if it is known to hold nothing that could be judged.
func (w *matcher[C]) column(i int) *cells.ColumnProfile {
	if c := w.o.Profile.Column(i); c != nil && c.Counted > 0 {
		return c
	}
	return nil
}

// resolveTitle tells salutations from job titles by their cells. Where those say nothing, a title is a job title unless
// another column holds those; of two equal columns, as French Outlook has them, the first is the salutation.
func (w *matcher[C]) resolveTitle() {
	job := w.has(headers.Job)
	for i := len(w.meaning) - 1; i >= 0; i-- {
		m := &w.meaning[i]
		titel := m.concept == headers.Salutation && headers.IsEitherTitle(w.folded[i]) && m.how == "alias"
		if m.concept != headers.Title && !titel {
			continue
		}
		c := w.column(i)
		switch share := c.Share(cells.LooksSalutation); {
		case c == nil && titel:
		case c == nil && job:
			m.concept = headers.Salutation
		case share >= 0.5:
			m.concept, m.reason = headers.Salutation, cells.CellsAre(share, "salutations")
		case c == nil:
			m.concept, job = headers.Job, true
		case share < 0.1 && !titel && !job:
			m.concept, m.reason, job = headers.Job, cells.CellsAre(share, "salutations"), true
		default:
			m.concept, m.doubt = headers.Job, "its header means a salutation or a job title, and "+cells.CellsAre(share, "salutations")
		}
	}
}

// resolveNames tells full names from first and last names by the other columns, and keeps either the full name or its
// parts.
func (w *matcher[C]) resolveNames() {
	w.resolveFirms()
	w.resolveClients()
	hasLast := w.has(headers.LastName)
	w.replace(headers.Nombre, hasLast, headers.FirstName, headers.FullName)
	hasFirst := w.has(headers.FirstName)
	if hasLast && !hasFirst {
		w.replace(headers.Name, true, headers.FirstName, headers.None) // "Name, Surname"
	}
	w.replace(headers.Name, (hasFirst || w.besideInfix()) && !hasLast, headers.LastName, headers.FullName)
	w.resolveInitials()
	parts := w.has(headers.FirstName) && w.has(headers.LastName)
	for i := range w.meaning {
		m := &w.meaning[i]
		switch m.concept {
		case headers.FullName:
			if parts && w.splits() {
				m.concept = headers.None
			}
		case headers.FirstName, headers.LastName, headers.Infix:
			if w.has(headers.FullName) && (!parts || !w.splits()) && w.m.Columns[i].State == 0 {
				m.concept = headers.None
				m.field = -1
			}
		case headers.MiddleName:
			if w.has(headers.FullName) && !w.splits() {
				m.concept = headers.None
			}
		}
	}
}

// resolveInitials takes initials for the first name where the sheet has no other and the vendor no field for them. A
// vendor with a field for first names may be better off without, so that there they are only proposed.
func (w *matcher[C]) resolveInitials() {
	if w.fieldOf(headers.Initials) >= 0 || w.hasAny(headers.FirstName, headers.FullName) || !w.has(headers.LastName) {
		return
	}
	for i := range w.meaning {
		if m := &w.meaning[i]; m.concept == headers.Initials && m.field < 0 {
			m.concept, m.reason = headers.FirstName, "there are no first names"
			if w.splits() {
				m.doubt = "there are initials, and no first names"
			}
		}
	}
}

// besideInfix says whether a name stands beside the particles of last names, or beside initials and is no whole name by
// its cells: then it is a last name.
func (w *matcher[C]) besideInfix() bool {
	if w.has(headers.Infix) {
		return true
	}
	whole := slices.IndexFunc(w.meaning, func(m meaning) bool { return m.concept == headers.Name })
	return whole >= 0 && w.has(headers.Initials) && w.column(whole) != nil && w.column(whole).Share(cells.LooksFullName) < 0.5
}

// resolveFirms finds the names that are those of companies: because they look so, or because another column has those of
// people.
func (w *matcher[C]) resolveFirms() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept != headers.Name && m.concept != headers.FullName || w.empty(i) || w.explicit[i] != nil {
			continue
		}
		share := w.column(i).Share(cells.LooksCompany)
		beside := m.concept == headers.Name && w.has(headers.FullName)
		people := beside || w.has(headers.FirstName) || w.has(headers.LastName)
		switch {
		case share < 0.5 && !beside:
		case w.has(headers.Company) && !people:
			m.concept, m.doubt = headers.FullName, cells.CellsAre(share, "names of companies")
		case w.has(headers.Company):
			m.concept, m.aside = headers.None, "the names of the person and of the company are taken from other columns"
		case people && share >= 0.3:
			m.concept, m.reason = headers.Company, cells.CellsAre(share, "names of companies")
		default:
			m.concept, m.doubt = headers.Company, cells.CellsAre(share, "names of companies")
			if share < 0.5 {
				m.doubt = "another column has the name of the person"
			}
		}
	}
}

// resolveClients doubts that clients are companies where their cells look like people and no other column names any.
func (w *matcher[C]) resolveClients() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept != headers.Customer || w.explicit[i] != nil || w.hasAny(headers.FirstName, headers.LastName, headers.FullName, headers.Name, headers.Nombre) {
			continue
		}
		if share := w.column(i).Share(cells.LooksFullName); share >= 0.8 {
			m.concept, m.doubt = headers.FullName, cells.CellsAre(share, "names of people")
		}
	}
}

// resolveAddress keeps the columns of one address where a sheet has several, of those that hold something: mailing before
// work, work before home.
func (w *matcher[C]) resolveAddress() {
	kept, chosen := headers.AnyScope, false
	for _, part := range []headers.Concept{headers.Street, headers.City, headers.Zip} {
		if found := w.scopes(part); !chosen && len(found) > 0 {
			kept, chosen = slices.Min(found), true
		}
	}
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept == headers.Street && m.doubt == "" && w.explicit[i] == nil && !w.m.own && w.column(i).Share(cells.LooksWholeAddress) >= 0.8 {
			m.doubt = headers.AsWholeOne
		}
		if headers.IsAddressPart(m.concept) && m.scope != headers.AnyScope && chosen && m.scope != kept {
			m.concept = headers.None
		}
	}
}

// resolveSecondLines keeps second lines of a street beside its first, unless the sheet has second addresses.
func (w *matcher[C]) resolveSecondLines() {
	second := slices.ContainsFunc(w.folded, func(f string) bool {
		hit, _ := headers.Find(strings.TrimSuffix(f, "2"))
		return strings.HasSuffix(f, "2") && (hit.Concept == headers.City || hit.Concept == headers.Zip)
	})
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept == headers.SecondLine && (second || !slices.ContainsFunc(w.meaning, func(o meaning) bool { return o.concept == headers.Street && o.scope == m.scope })) {
			m.concept = headers.None
		}
	}
}

// scopes are the kinds of addresses that a part of an address has columns for.
func (w *matcher[C]) scopes(part headers.Concept) []headers.Scope {
	var found []headers.Scope
	for i, m := range w.meaning {
		if m.concept == part && w.m.Columns[i].State == 0 && !w.empty(i) {
			found = append(found, m.scope)
		}
	}
	return found
}

// resolveNumbers takes a "number" behind a street for that of the house.
func (w *matcher[C]) resolveNumbers() {
	for i := range w.meaning {
		if i == 0 || w.meaning[i-1].concept != headers.Street || !headers.IsNumber(w.folded[i]) || w.meaning[i].concept != headers.None {
			continue
		}
		if share := w.column(i).Share(cells.LooksHouseNumber); share >= 0.9 {
			w.meaning[i] = meaning{concept: headers.HouseNumber, rank: 50, scope: w.meaning[i-1].scope, field: -1, how: "alias",
				reason: fmt.Sprintf("it follows %q, and %s", w.m.Columns[i-1].Header, cells.CellsAre(share, "numbers of houses"))}
		}
	}
}

func (w *matcher[C]) replace(c headers.Concept, when bool, then, otherwise headers.Concept) {
	for i := range w.meaning {
		if w.meaning[i].concept == c {
			w.meaning[i].concept = otherwise
			if when {
				w.meaning[i].concept = then
			}
		}
	}
}
