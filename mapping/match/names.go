package match

import (
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
)

// decideTitles tells salutations from job titles by their cells. Where those say nothing, a title is a job title unless
// another column holds those; of two equal columns, as French Outlook has them, the first is the salutation.
func (u *understanding) decideTitles() {
	job := u.has(headers.Job)
	for i := len(u.meaning) - 1; i >= 0; i-- {
		m := &u.meaning[i]
		titel := m.concept == headers.Salutation && headers.IsEitherTitle(u.folded[i]) && m.how == "alias"
		if m.concept != headers.Title && !titel {
			continue
		}
		c := u.column(i)
		switch share := c.Share(cells.LooksSalutation); {
		case c == nil && titel:
		case c == nil && job:
			m.concept = headers.Salutation
		case share >= 0.5:
			m.concept, m.reason = headers.Salutation, cells.DescribeShare(share, "salutations")
		case c == nil:
			m.concept, job = headers.Job, true
		case share < 0.1 && !titel && !job:
			m.concept, m.reason, job = headers.Job, cells.DescribeShare(share, "salutations"), true
		default:
			m.concept, m.doubt = headers.Job, "its header means a salutation or a job title, and "+cells.DescribeShare(share, "salutations")
		}
	}
}

// dropLastNames sets aside what cannot hold last names, beside a column of names: LN, where lines are numbered.
func (u *understanding) dropLastNames() {
	for i := range u.meaning {
		if m := &u.meaning[i]; m.concept == headers.LastName && u.explicit[i] == nil && u.has(headers.Name) {
			if why := u.contradiction(i); why != "" {
				m.concept, m.excluded = headers.None, "its header says last name, but "+why
			}
		}
	}
}

// decideNames tells full names from first and last names by the other columns, and keeps either the full name or its
// parts.
func (u *understanding) decideNames() {
	u.decideCompanies()
	u.decideClients()
	u.dropLastNames()
	hasLast := u.has(headers.LastName)
	u.replace(headers.Nombre, hasLast, headers.FirstName, headers.FullName)
	hasFirst := u.has(headers.FirstName)
	if hasLast && !hasFirst {
		u.replace(headers.Name, true, headers.FirstName, headers.None) // "Name, Surname"
	}
	u.replace(headers.Name, (hasFirst || u.besideInfix()) && !hasLast, headers.LastName, headers.FullName)
	u.decideInitials()
	parts := u.has(headers.FirstName) && u.has(headers.LastName)
	for i := range u.meaning {
		switch m := &u.meaning[i]; m.concept {
		case headers.FullName:
			if parts && u.isOther(i) {
				m.concept, m.excluded = headers.None, "its cells are other names than those of the first and last names"
			}
		case headers.FirstName, headers.LastName, headers.Infix:
			if u.has(headers.FullName) && !parts && u.columns[i].State == 0 {
				m.concept, m.field = headers.None, -1
			}
		}
	}
}

// isOther reports whether a column of full names mostly holds others than those that the first and last names beside it are.
func (u *understanding) isOther(column int) bool {
	if f := u.meaning[column].field; u.request.Profile == nil || u.own || u.explicit[column] != nil || f >= 0 && u.spec.Fields[f].Writable {
		return false
	}
	first := slices.IndexFunc(u.meaning, func(m meaning) bool { return m.concept == headers.FirstName })
	last := slices.IndexFunc(u.meaning, func(m meaning) bool { return m.concept == headers.LastName })
	return names.Differ(u.request.Profile.Head, column, first, last)
}

// decideInitials takes initials for the first name where the sheet has no other and the vendor no field for them. A
// vendor with a field for first names may be better off without, so that there they are only proposed.
func (u *understanding) decideInitials() {
	if u.spec.FieldOf(headers.Initials) >= 0 || u.hasAny(headers.FirstName, headers.FullName) || !u.has(headers.LastName) {
		return
	}
	for i := range u.meaning {
		if m := &u.meaning[i]; m.concept == headers.Initials && m.field < 0 {
			m.concept, m.reason = headers.FirstName, "there are no first names"
			if u.spec.HasNameParts() {
				m.doubt = "there are initials, and no first names"
			}
		}
	}
}

// besideInfix reports whether a name stands beside the particles of last names, or beside initials and is no whole name by
// its cells: then it is a last name.
func (u *understanding) besideInfix() bool {
	whole := slices.IndexFunc(u.meaning, func(m meaning) bool { return m.concept == headers.Name })
	return u.has(headers.Infix) || whole >= 0 && u.has(headers.Initials) && u.column(whole) != nil && u.column(whole).Share(names.LooksFullName) < 0.5
}

// decideCompanies finds the names that are those of companies: because they look so, or because another column has those of
// people.
func (u *understanding) decideCompanies() {
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept != headers.Name && m.concept != headers.FullName || u.empty(i) || u.explicit[i] != nil {
			continue
		}
		share := u.column(i).Share(names.LooksCompany)
		beside := m.concept == headers.Name && u.has(headers.FullName)
		if beside && share < 0.5 && u.isRepeated(i) {
			m.concept = headers.FullName
			continue
		}
		people := beside || u.has(headers.FirstName) || u.has(headers.LastName)
		switch {
		case share < 0.5 && !beside:
		case (u.has(headers.Company) || u.spec.FieldOf(headers.Company) < 0) && !people:
			m.concept, m.doubt = headers.FullName, cells.DescribeShare(share, "names of companies, and no other column has people")
		case u.has(headers.Company):
			m.concept, m.excluded = headers.None, "the names of the person and of the company are taken from other columns"
		case people && share >= 0.3:
			m.concept, m.reason = headers.Company, cells.DescribeShare(share, "names of companies")
		default:
			m.concept, m.doubt = headers.Company, cells.DescribeShare(share, "names of companies")
			if share < 0.5 {
				m.doubt = "another column has the name of the person"
			}
		}
	}
}

// isRepeated reports whether columns of full names are nothing but the name in another column, behind a company: display_name
// of Odoo. They are set aside.
func (u *understanding) isRepeated(name int) (all bool) {
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept != headers.FullName || u.explicit[i] != nil {
			continue
		}
		if u.request.Profile == nil || !names.Repeats(u.request.Profile.Head, i, name) {
			return false
		}
		m.concept, m.excluded, all = headers.None, "it repeats "+columns.ColumnWords(u.columns[name].Title()), true
	}
	return all
}

// hasPeople reports whether the resource takes names of people.
func (u *understanding) hasPeople() bool {
	return u.spec.FieldOf(headers.FullName) >= 0 || u.spec.HasNameParts()
}

// decideClients doubts that clients are companies, and titles those of jobs, where their cells look like people and no other column names
// any. A resource without people has no other use for them, and the headers of an export are names of fields.
func (u *understanding) decideClients() {
	for i := range u.meaning {
		m := &u.meaning[i]
		if u.export != nil || !u.hasPeople() || m.concept != headers.Customer && (m.concept != headers.Job || m.field >= 0 || !names.ArePeople(u.column(i))) || u.explicit[i] != nil || u.hasAny(headers.FirstName, headers.LastName, headers.FullName, headers.Name, headers.Nombre) {
			continue
		}
		if share := u.column(i).Share(names.LooksFullName); share >= 0.8 {
			m.concept, m.doubt = headers.FullName, cells.DescribeShare(share, "names of people")
		}
	}
}
