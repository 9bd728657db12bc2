package mapping

import (
	"fmt"
	"slices"
	"strings"
)

// column is what the profile knows of a column, nil if it is known to hold nothing that could be judged.
func (w *matcher[C]) column(i int) *columnProfile {
	if c := w.o.Profile.column(i); c != nil && c.counted > 0 {
		return c
	}
	return nil
}

// resolveTitle tells salutations from job titles by their cells. Where those say nothing, a title is a job title unless
// another column holds those; of two equal columns, as French Outlook has them, the first is the salutation.
func (w *matcher[C]) resolveTitle() {
	job := w.has(aJob)
	for i := len(w.meaning) - 1; i >= 0; i-- {
		m := &w.meaning[i]
		titel := m.concept == aSalutation && has("titel|titulo", w.folded[i]) && m.how == "alias"
		if m.concept != aTitle && !titel {
			continue
		}
		c := w.column(i)
		switch share := c.share(looksSalutation); {
		case c == nil && titel:
		case c == nil && job:
			m.concept = aSalutation
		case share >= 0.5:
			m.concept, m.reason = aSalutation, cellsAre(share, "salutations")
		case c == nil:
			m.concept, job = aJob, true
		case share < 0.1 && !titel && !job:
			m.concept, m.reason, job = aJob, cellsAre(share, "salutations"), true
		default:
			m.concept, m.doubt = aJob, "its header means a salutation or a job title, and "+cellsAre(share, "salutations")
		}
	}
}

// resolveNames tells full names from first and last names by the other columns, and keeps either the full name or its
// parts.
func (w *matcher[C]) resolveNames() {
	w.resolveFirms()
	w.resolveClients()
	hasLast := w.has(aLastName)
	w.replace(aNombre, hasLast, aFirstName, aFullName)
	hasFirst := w.has(aFirstName)
	if hasLast && !hasFirst {
		w.replace(aName, true, aFirstName, none) // "Name, Surname"
	}
	w.replace(aName, (hasFirst || w.besideInfix()) && !hasLast, aLastName, aFullName)
	w.resolveInitials()
	parts := w.has(aFirstName) && w.has(aLastName)
	for i := range w.meaning {
		m := &w.meaning[i]
		switch m.concept {
		case aFullName:
			if parts && w.splits() {
				m.concept = none
			}
		case aFirstName, aLastName, anInfix:
			if w.has(aFullName) && (!parts || !w.splits()) && w.m.Columns[i].State == 0 {
				m.concept = none
				m.field = -1
			}
		case aMiddleName:
			if w.has(aFullName) && !w.splits() {
				m.concept = none
			}
		}
	}
}

// resolveInitials takes initials for the first name where the sheet has no other and the vendor no field for them. A
// vendor with a field for first names may be better off without, so that there they are only proposed.
func (w *matcher[C]) resolveInitials() {
	if w.fieldOf(anInitials) >= 0 || w.hasAny(aFirstName, aFullName) || !w.has(aLastName) {
		return
	}
	for i := range w.meaning {
		if m := &w.meaning[i]; m.concept == anInitials && m.field < 0 {
			m.concept, m.reason = aFirstName, "there are no first names"
			if w.splits() {
				m.doubt = "there are initials, and no first names"
			}
		}
	}
}

// besideInfix says whether a name stands beside the particles of last names, or beside initials and is no whole name by
// its cells: then it is a last name.
func (w *matcher[C]) besideInfix() bool {
	if w.has(anInfix) {
		return true
	}
	whole := slices.IndexFunc(w.meaning, func(m meaning) bool { return m.concept == aName })
	return whole >= 0 && w.has(anInitials) && w.column(whole) != nil && w.column(whole).share(looksFullName) < 0.5
}

// resolveFirms finds the names that are those of companies: because they look so, or because another column has those of
// people.
func (w *matcher[C]) resolveFirms() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept != aName && m.concept != aFullName || w.empty(i) || w.explicit[i] != nil {
			continue
		}
		share := w.column(i).share(looksCompany)
		beside := m.concept == aName && w.has(aFullName)
		people := beside || w.has(aFirstName) || w.has(aLastName)
		switch {
		case share < 0.5 && !beside:
		case w.has(aCompany) && !people:
			m.concept, m.doubt = aFullName, cellsAre(share, "names of companies")
		case w.has(aCompany):
			m.concept, m.aside = none, "the names of the person and of the company are taken from other columns"
		case people && share >= 0.3:
			m.concept, m.reason = aCompany, cellsAre(share, "names of companies")
		default:
			m.concept, m.doubt = aCompany, cellsAre(share, "names of companies")
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
		if m.concept != aCustomer || w.explicit[i] != nil || w.hasAny(aFirstName, aLastName, aFullName, aName, aNombre) {
			continue
		}
		if share := w.column(i).share(looksFullName); share >= 0.8 {
			m.concept, m.doubt = aFullName, cellsAre(share, "names of people")
		}
	}
}

// resolveAddress keeps the columns of one address where a sheet has several, of those that hold something: mailing before
// work, work before home.
func (w *matcher[C]) resolveAddress() {
	kept := ""
	for _, part := range []concept{aStreet, aCity, aZip} {
		if found := w.scopes(part); kept == "" && len(found) > 0 {
			if slices.Contains(found, "") {
				kept = "none"
				break
			}
			order := "mwhbo"
			kept = slices.MinFunc(found, func(a, b string) int { return strings.Index(order, a) - strings.Index(order, b) })
		}
	}
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept == aStreet && m.doubt == "" && w.explicit[i] == nil && !w.m.own && w.column(i).share(looksWholeAddress) >= 0.8 {
			m.doubt = asWholeOne
		}
		if isAddressPart(m.concept) && m.scope != "" && kept != "" && m.scope != kept {
			m.concept = none
		}
	}
}

// resolveSecondLines keeps second lines of a street beside its first, unless the sheet has second addresses.
func (w *matcher[C]) resolveSecondLines() {
	second := slices.ContainsFunc(w.folded, func(f string) bool {
		hit, _ := w.alias(strings.TrimSuffix(f, "2"))
		return strings.HasSuffix(f, "2") && (hit.concept == aCity || hit.concept == aZip)
	})
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept == aSecondLine && (second || !slices.ContainsFunc(w.meaning, func(o meaning) bool { return o.concept == aStreet && o.scope == m.scope })) {
			m.concept = none
		}
	}
}

// scopes are the kinds of addresses that a part of an address has columns for.
func (w *matcher[C]) scopes(part concept) []string {
	var found []string
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
		if i == 0 || w.meaning[i-1].concept != aStreet || !has("nr|no|nummer|number|numero|n|num", w.folded[i]) || w.meaning[i].concept != none {
			continue
		}
		if share := w.column(i).share(looksHouseNumber); share >= 0.9 {
			w.meaning[i] = meaning{concept: aHouseNumber, rank: 50, scope: w.meaning[i-1].scope, field: -1, how: "alias",
				reason: fmt.Sprintf("it follows %q, and %s", w.m.Columns[i-1].Header, cellsAre(share, "numbers of houses"))}
		}
	}
}

func (w *matcher[C]) replace(c concept, when bool, then, otherwise concept) {
	for i := range w.meaning {
		if w.meaning[i].concept == c {
			w.meaning[i].concept = otherwise
			if when {
				w.meaning[i].concept = then
			}
		}
	}
}

// cellsAre says how many of the cells are something.
func cellsAre(share float64, what string) string {
	switch {
	case share == 1:
		return "all its cells are " + what
	case share == 0:
		return "its cells are no " + what
	}
	return fmt.Sprintf("%.0f %% of its cells are %s", share*100, what)
}
