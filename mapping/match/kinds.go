package match

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
)

// kind is something that cells look like, which a column can be told by.
type kind int

const (
	emailCells kind = iota
	answerCells
	webCells
	dateCells
	phoneCells
	amountCells
	stageCells
	stateCells
	kindCount
)

// what names the cells of a kind.
func (k kind) what() string {
	return [kindCount]string{emailCells: "e-mail addresses", answerCells: "yes or no", webCells: "addresses of web pages", dateCells: "dates",
		phoneCells: "phone numbers", amountCells: "numbers", stageCells: "stages of a sale", stateCells: "states of the USA"}[k]
}

// looks is what cells of a kind look like.
func (k kind) looks() func(string) bool {
	return [kindCount]func(string) bool{emailCells: cells.LooksEmail, answerCells: cells.LooksYesNo, webCells: cells.LooksURL, dateCells: cells.LooksDate,
		phoneCells: cells.LooksPhone, amountCells: cells.LooksNumber, stageCells: cells.LooksStage, stateCells: cells.LooksUSState}[k]
}

// cannotHold lists the kinds of cells that cannot be under a header of a concept, in the order in which they are tried.
func cannotHold(c headers.Concept) []kind {
	switch c {
	case headers.FirstName, headers.MiddleName, headers.Infix, headers.LastName, headers.FullName, headers.Salutation, headers.Initials, headers.Job, headers.Street, headers.City:
		return []kind{emailCells, answerCells, webCells, dateCells, phoneCells, amountCells}
	case headers.Email:
		return []kind{answerCells, webCells, dateCells, phoneCells, amountCells}
	case headers.Phone, headers.Tags, headers.Segments:
		return []kind{emailCells, answerCells, webCells, dateCells}
	case headers.Company, headers.Customer:
		return []kind{emailCells, answerCells, webCells, dateCells, phoneCells}
	case headers.State, headers.Country:
		return []kind{emailCells, answerCells, webCells, dateCells, phoneCells, amountCells, stageCells}
	case headers.Zip:
		return []kind{emailCells, answerCells, webCells, dateCells, stageCells}
	case headers.Source:
		return []kind{emailCells, dateCells, phoneCells}
	case headers.Stage:
		return []kind{emailCells, webCells, dateCells, phoneCells, stateCells}
	case headers.Price, headers.ArchiveDate:
		return []kind{emailCells, answerCells, webCells, stateCells}
	case headers.CustomerNumber, headers.LinkedIn:
		return []kind{emailCells, answerCells, dateCells}
	}
	return nil
}

// looks is what cells of a concept look like; of one that cells cannot tell, none do.
func looks(c headers.Concept) func(string) bool {
	switch c {
	case headers.Email:
		return cells.LooksEmail
	case headers.Phone:
		return cells.LooksPhone
	case headers.FirstName, headers.MiddleName, headers.LastName, headers.FullName, headers.City:
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
