package match

import (
	"slices"

	"crmferry/mapping/cells/names"
	"crmferry/mapping/cells/words"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/sources"
)

// sourceOf is a column as the rows are read from it.
func (u *understanding) sourceOf(column int, part headers.Concept) sources.Source {
	s := sources.Source{Index: column, Ref: u.columns[column].Ref(u.columns), Part: part}
	if f := u.exported(column); f != nil {
		s.Facts = !f.Writable && (part == headers.Email || part == headers.Phone)
	}
	if u.program != nil {
		s.Separator = u.program.Sep
	}
	switch part {
	case headers.State, headers.Zip, headers.ZipCity, headers.CityState, headers.CityStateZip:
		if part == headers.Zip {
			s.State = u.stateOf(column)
		}
		s.Countries, s.Stateless = u.countries(func(m *meaning) bool { return m.isWith(&u.meaning[column]) }), u.spec.FieldOf(headers.State) < 0
	case headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine, headers.City:
		s.Countries = u.countries(func(m *meaning) bool { return m.isWith(&u.meaning[column]) })
	case headers.Phone:
		s.Kind = u.kindsOf(column)
		s.Calling, s.Area, s.Countries = u.callingOf(column), u.areas[column], u.phoneCountries(column)
	case headers.Tags, headers.Segments, headers.Company, headers.Customer:
		s.Words = words.StyleOf(u.column(column), part == headers.Company || part == headers.Customer)
		s.NoIDs = u.hasNames(column)
	case headers.FullName:
		s.Names = names.StyleOf(u.columns[column].Header, u.folded, u.column(column))
	}
	return s
}

// hasNames reports whether a column holds the names of things, be they digits: nobody says that it has ids, and neither does its
// header.
func (u *understanding) hasNames(column int) bool {
	if u.own || len(u.explicit[column]) > 0 || u.meaning[column].field >= 0 && u.spec.Fields[u.meaning[column].field].Link != "" {
		return false
	}
	words := headers.Tokens(u.columns[column].Header)
	return len(headers.WithoutIDs(words)) == len(words)
}

// kindsOf is the column that says what kind each phone of a column is, nil without one.
func (u *understanding) kindsOf(column int) *sources.Source {
	for i := range u.columns {
		lone := i == column+1 && headers.IsKind(headers.Tokens(u.columns[i].Header)) && u.column(i).Share(headers.IsPhoneKind) >= 0.8
		if i != column && !u.empty(i) && (lone || headers.SaysKindOf(u.columns[i].Header, u.columns[column].Header)) {
			return &sources.Source{Index: i, Ref: u.columns[i].Ref(u.columns)}
		}
	}
	return nil
}

// stateOf is the column that has the state of the address that a postal code is part of, nil without one.
func (u *understanding) stateOf(column int) *sources.Source {
	for i := range u.meaning {
		if u.means(i) == headers.State && u.meaning[i].isWith(&u.meaning[column]) && !u.empty(i) {
			return &sources.Source{Index: i, Ref: u.columns[i].Ref(u.columns), Part: headers.State}
		}
	}
	return nil
}

// countries are the columns that have the countries of certain addresses.
func (u *understanding) countries(of func(*meaning) bool) (found []sources.Source) {
	for i := range u.meaning {
		if u.isCountry(i) && of(&u.meaning[i]) && !u.empty(i) {
			found = append(found, sources.Source{Index: i, Ref: u.columns[i].Ref(u.columns), Part: headers.Country})
		}
	}
	return found
}

// phoneCountries are the columns that a phone's country is taken from: those that are about phones, else those of no address in
// particular and of the one that the phone belongs to, else any.
func (u *understanding) phoneCountries(column int) []sources.Source {
	if found := u.countriesBeside(column); found != nil {
		return found
	}
	own := u.meaning[column].scope
	if found := u.countries(func(m *meaning) bool { return m.scope == headers.AnyScope || m.scope == own }); found != nil {
		return found
	}
	return u.countries(func(*meaning) bool { return true })
}

// isCountry reports whether a column has countries, be it one that feeds no field.
func (u *understanding) isCountry(i int) bool {
	m := &u.meaning[i]
	switch {
	case len(u.explicit[i]) > 0:
		return u.means(i) == headers.Country
	case m.field >= 0 && u.spec.Fields[m.field].Main == headers.Country, m.concept == headers.Country:
		return true
	}
	return m.scope != headers.AnyScope && u.headerConcept(i) == headers.Country || slices.Contains(u.nations, i)
}

// consents are the columns that say whether a person may be mailed or called, even if the user maps them to nothing.
func (u *understanding) consents() (found []Consent) {
	for i, c := range u.columns {
		if u.meaning[i].excluded == headers.WhyConsent && len(u.explicit[i]) == 0 {
			found = append(found, Consent{sources.Source{Index: i, Ref: c.Ref(u.columns)}, headers.IsRefusal(headers.Tokens(c.Header))})
		}
	}
	return found
}

// records are the columns that only the first row of each record fills: those that the program says, or all that are of no
// list beneath a record.
func (u *understanding) records() (found []int) {
	lists := u.hasLists()
	for i, c := range u.columns {
		said := u.program != nil && u.program.StartsRecord(headers.FoldHeader(c.Header))
		if said || lists && headers.ListOf(c.Header) == "" && !u.empty(i) && !columns.IsOwnColumn(headers.Clean(c.Header)) {
			found = append(found, i)
		}
	}
	return found
}

// hasLists reports whether the sheet has lists beneath its records, whose further values stand in rows of their own: the
// records have ids or names, and the lines of a list have ids, too, or several columns.
func (u *understanding) hasLists() bool {
	named, lists, several := false, map[string]bool{}, false
	for i, c := range u.columns {
		list := headers.ListOf(c.Header)
		if list == "" {
			named = named || !u.empty(i) && (u.folded[i] == "id" || headers.IsNamePart(u.means(i)))
			continue
		}
		several = several || lists[list] || headers.FoldHeader(c.Header) == "id"+list
		lists[list] = true
	}
	return named && several
}
