package match

import (
	"crmferry/mapping/headers"
	"crmferry/mapping/match/kinds"
)

// understand finds what each header means: first by itself, then in steps by the other columns and by the cells. The order
// of the steps matters: each goes by what the columns mean after those before it.
func understand(s *sheet) *understanding {
	u := &understanding{sheet: s, meaning: make([]meaning, len(s.columns))}
	fields := s.spec.NamesIn(s.request.Header, s.request.Profile, s.request.Set, s.request.Default)
	for i := range s.columns {
		u.meaning[i] = u.header(i, fields)
	}
	for _, i := range kinds.NoNames(u.folded, u.column, u.hasAny(headers.Name, headers.Nombre, headers.FullName)) {
		u.meaning[i].concept = headers.None
	}
	u.findCalling()       // calling codes and countries of phones
	u.findPerson()        // the seller, the member, where no column has a name by itself
	u.exclude()           // columns without a meaning that are known to be something else
	u.doubtForeignWords() // headers of another language than the others
	u.findHouseNumbers()  // "number" behind a street
	u.decideTitles()      // a job title or a salutation
	u.decideNames()       // a full name, or its parts; a person's or a company's
	u.decideAddress()     // of several addresses, one
	u.decideSecondLines() // of a street
	u.readWords()         // headers without a meaning yet that have a known word
	u.recall()            // the only addresses, whatever their header
	u.checkCells()        // cells that are not what their headers say
	u.findAddresses()     // of several numbered addresses, which comes before which
	return u
}

// nothingUnderstood is a sheet of which no header means anything.
func nothingUnderstood(s *sheet) *understanding {
	u := &understanding{sheet: s, meaning: make([]meaning, len(s.columns))}
	for i := range u.meaning {
		u.meaning[i].field = -1
	}
	return u
}
