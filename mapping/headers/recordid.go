package headers

import (
	"slices"
	"strings"
)

// RecordID is how sure a header is that of the ids of records in another program, 1 being the surest; 0 for any other header.
func RecordID(header string) int {
	known := strings.Fields("recordid contactid personid leadid companyid accountid externalid relatienummer klantnummer contactnummer debiteurnummer kundennummer customerid id")
	return slices.Index(known, Fold(header)) + 1
}

// NamesRecord reports whether people know a row by what means that: the parts of a name, else the whole of it; where the rows are no
// people, the company.
func NamesRecord(part Concept, people, hasLastName bool) bool {
	switch part {
	case FullName:
		return !hasLastName
	case Company:
		return !people
	}
	return IsNamePart(part)
}
