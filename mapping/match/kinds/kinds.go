// Package kinds tells columns by what their cells look like.
package kinds

import (
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
)

// Kind is something that cells look like, which a column can be told by.
type Kind int

// The kinds.
const (
	Emails Kind = iota
	Answers
	WebPages
	Dates
	Phones
	Amounts
	Stages
	States
	count
)

// What names the cells of a kind.
func (k Kind) What() string {
	return [count]string{Emails: "e-mail addresses", Answers: "yes or no", WebPages: "addresses of web pages", Dates: "dates",
		Phones: "phone numbers", Amounts: "numbers", Stages: "stages of a sale", States: "states of the USA"}[k]
}

// Looks is what cells of a kind look like.
func (k Kind) Looks() func(string) bool {
	return [count]func(string) bool{Emails: cells.LooksEmail, Answers: cells.LooksYesNo, WebPages: cells.LooksURL, Dates: cells.LooksDate,
		Phones: cells.LooksPhone, Amounts: cells.LooksNumber, Stages: cells.LooksStage, States: cells.LooksUSState}[k]
}

// CannotHold lists the kinds of cells that cannot be under a header of a concept, in the order in which they are tried.
func CannotHold(c headers.Concept) []Kind {
	switch c {
	case headers.FirstName, headers.MiddleName, headers.Infix, headers.LastName, headers.SecondLast, headers.FullName, headers.Salutation, headers.Initials, headers.Job, headers.Street, headers.City:
		return []Kind{Emails, Answers, WebPages, Dates, Phones, Amounts}
	case headers.Email:
		return []Kind{Answers, WebPages, Dates, Phones, Amounts}
	case headers.Phone, headers.Tags, headers.Segments:
		return []Kind{Emails, Answers, WebPages, Dates}
	case headers.Company, headers.Customer:
		return []Kind{Emails, Answers, WebPages, Dates, Phones}
	case headers.State, headers.Country:
		return []Kind{Emails, Answers, WebPages, Dates, Phones, Amounts, Stages}
	case headers.Zip:
		return []Kind{Emails, Answers, WebPages, Dates, Stages}
	case headers.Source:
		return []Kind{Emails, Dates, Phones}
	case headers.Stage:
		return []Kind{Emails, WebPages, Dates, Phones, States}
	case headers.Price, headers.ArchiveDate:
		return []Kind{Emails, Answers, WebPages, States}
	case headers.CustomerNumber, headers.LinkedIn:
		return []Kind{Emails, Answers, Dates}
	}
	return nil
}

// Of is what cells of a concept look like; of one that cells cannot tell, none do.
func Of(c headers.Concept) func(string) bool {
	switch c {
	case headers.Email:
		return cells.LooksEmail
	case headers.Phone:
		return cells.LooksPhone
	case headers.FirstName, headers.MiddleName, headers.LastName, headers.SecondLast, headers.FullName, headers.City:
		return cells.IsWords
	case headers.Salutation:
		return cells.LooksSalutation
	case headers.Infix:
		return names.LooksInfix
	case headers.Zip:
		return cells.LooksZip
	case headers.Country:
		return cells.LooksCountry
	case headers.State:
		return cells.LooksUSState
	case headers.LinkedIn:
		return cells.LooksLinkedIn
	case headers.HouseNumber:
		return cells.LooksHouseNumber
	case headers.Stage:
		return cells.LooksStage
	case headers.Price:
		return cells.LooksNumber
	}
	return func(string) bool { return false }
}

// AreCodes reports whether two letters that could be anything are all that speaks for countries: a language, a state, a department.
func AreCodes(c *cells.ColumnProfile, header string) bool {
	return c.Share(func(v string) bool { return len(v) == 2 }) > 0.5 && (headers.Clean(header) != "" || c.Share(cells.LooksState) >= 0.9)
}

// NoNames lists the columns Given and Family that are no parts of names: families of products and gifts are headed so, too.
// They are parts where both are there, the cells of both may be names, and no column has whole names.
func NoNames(folded []string, column func(int) *cells.ColumnProfile, whole bool) (bare []int) {
	given, family, fit := false, false, !whole
	for i, header := range folded {
		if header != "given" && header != "family" {
			continue
		}
		bare = append(bare, i)
		given, family = given || header == "given", family || header == "family"
		if c := column(i); c != nil {
			unlike := func(k Kind) bool { return c.Share(k.Looks()) >= 0.5 }
			fit = fit && c.Share(cells.IsWords) >= 0.5 && !slices.ContainsFunc(CannotHold(headers.LastName), unlike)
		}
	}
	if given && family && fit {
		return nil
	}
	return bare
}
