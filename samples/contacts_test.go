package samples_test

import (
	"fmt"
	"strings"

	"crmferry/internal/sandbox/seed"
)

// contacts are the good samples: the same people for every vendor, each file in the manner of a real one.
func contacts() []file {
	return []file{
		growContactsCSV(), growContactsXLSX(),
		commanderContactsCSV(), commanderContactsXLSX(),
		rogerContactsCSV(), rogerContactsXLSX(),
		cloverContactsCSV(), cloverContactsXLSX(),
	}
}

// everybody is a row for each person.
func everybody(row func(i int, p seed.Person) []any) [][]any {
	var rows [][]any
	for i := range sampleRows {
		rows = append(rows, row(i, seed.SamplePerson(i)))
	}
	return rows
}

// spaced is a number of North America as people write it: +1 512 555 0100.
func spaced(e164 string) string {
	return e164[:2] + " " + e164[2:5] + " " + e164[5:8] + " " + e164[8:]
}

// bracketed is a number of North America in another way that people write it: +1 (512) 555-0100.
func bracketed(e164 string) string {
	return fmt.Sprintf("%s (%s) %s-%s", e164[:2], e164[2:5], e164[5:8], e164[8:])
}

// owner says yes for one person of every company.
func owner(i int) string {
	if i < 12 { // the number of companies that the sandbox knows
		return "yes"
	}
	return ""
}

func growContactsCSV() file {
	return file{
		name:   "growcrm-contacts.csv",
		header: []string{"First Name", "Last Name", "E-mail", "Phone", "Job Title", "Company", "Account Owner", "Fax"},
		rows: everybody(func(i int, p seed.Person) []any {
			return []any{p.First, p.Last, p.Email, spaced(p.Phone), p.JobTitle, p.Company, owner(i), fax(i)}
		}),
	}
}

func growContactsXLSX() file {
	return file{
		name: "growcrm-contacts.xlsx", sheet: "Contacts",
		notes:  []string{"These people are invented.", "Phones and ids are text, so that Excel leaves them as they are."},
		header: []string{"First Name", "Last Name", "E-mail", "Phone", "Job Title", "Company", "Account Owner", "Fax"},
		rows: everybody(func(i int, p seed.Person) []any {
			return []any{p.First, p.Last, p.Email, label(bracketed(p.Phone)), p.JobTitle, p.Company, owner(i), label(fax(i))}
		}),
	}
}

// fax is a number that some have.
func fax(i int) string {
	if i%4 != 0 {
		return ""
	}
	return fmt.Sprintf("+1 303 555 01%02d", i%100)
}

// stateName is a state as some people write it.
func stateName(code string) string {
	switch code {
	case "TX":
		return "Texas"
	case "OR":
		return "Oregon"
	case "NJ":
		return "New Jersey"
	}
	return code
}

func commanderHeader() []string {
	return []string{"First Name", "Last Name", "Email", "Phone", "Source", "Stage", "Price", "Timeframe", "Tags", "Notes",
		"Street", "City", "State", "Zip", "Last Contact"}
}

// commanderRow is a person as Client Commander's samples have it; even ones name their state.
func commanderRow(i int, p seed.Person) []any {
	state := p.US.State
	if i%2 == 0 {
		state = stateName(state)
	}
	return []any{p.First, p.Last, p.Email, label(bracketed(p.Phone)), p.Source, p.StageName, money(p.Price), p.Timeframe,
		strings.Join(p.Tags, ", "), p.Note, p.US.Street, p.US.City, state, zipCell(p.US.Zip), contactedOn(i)}
}

// zipCell is a ZIP code the way Excel keeps it: five digits are a number, nine are text.
func zipCell(code string) any {
	var n int
	if len(code) == 5 {
		if _, err := fmt.Sscanf(code, "%d", &n); err == nil {
			return zip(n)
		}
	}
	return label(code)
}

// contactedOn is a day within a year.
func contactedOn(i int) day { return day{2026, 1 + i%12, 1 + i%28} }

func commanderContactsCSV() file {
	return file{name: "clientcommander-contacts.csv", header: commanderHeader(), rows: everybody(commanderRow)}
}

func commanderContactsXLSX() file {
	return file{name: "clientcommander-contacts.xlsx", sheet: "Leads", header: commanderHeader(), rows: everybody(commanderRow)}
}

func rogerDutchHeader() []string {
	return []string{"Aanhef", "Voornaam", "Tussenvoegsel", "Achternaam", "E-mailadres", "Telefoon", "Functie", "Bedrijf", "Tags", "Segment",
		"Straat", "Huisnummer", "Postcode", "Plaats", "Land", "Klantnummer"}
}

// rogerDutchRow has the particles of a name and the house number in columns of their own; some countries are named.
func rogerDutchRow(i int, p seed.Person) []any {
	country := "NL"
	if i%3 == 0 {
		country = "Nederland"
	}
	infix, last := splitLast(p.Last)
	at := strings.LastIndexByte(p.NL.Street, ' ')
	return []any{p.Prefix, p.First, infix, last, p.Email, "00" + strings.TrimPrefix(spaced(p.Phone), "+"), p.JobTitle, p.Company,
		strings.Join(p.Tags, ", "), p.Segment, p.NL.Street[:at], p.NL.Street[at+1:], p.NL.Zip, p.NL.City, country, p.CustomerID}
}

// splitLast takes the particles off a last name: those words in front that start with a small letter.
func splitLast(name string) (infix, last string) {
	for {
		word, rest, more := strings.Cut(name, " ")
		if !more || word != strings.ToLower(word) {
			return infix, name
		}
		infix, name = strings.TrimSpace(infix+" "+word), rest
	}
}

func rogerContactsCSV() file {
	return file{name: "rogerroger-contacts.csv", delimiter: ';', bom: true, crlf: true, header: rogerDutchHeader(), rows: everybody(rogerDutchRow)}
}

func rogerHeader() []string {
	return []string{"Salutation", "First Name", "Last Name", "Email", "Phone", "Job Title", "Company", "Tags", "Segments",
		"Street", "Postal Code", "City", "Country", "Customer Number", "Last Contact"}
}

func rogerRow(i int, p seed.Person) []any {
	return []any{p.Prefix, p.First, p.Last, p.Email, label(spaced(p.Phone)), p.JobTitle, p.Company, strings.Join(p.Tags, "; "), p.Segment,
		p.NL.Street, p.NL.Zip, p.NL.City, "NL", label(p.CustomerID), contactedOn(i)}
}

func rogerContactsXLSX() file {
	return file{name: "rogerroger-contacts.xlsx", sheet: "People", header: rogerHeader(), rows: everybody(rogerRow)}
}

func cloverContactsCSV() file {
	return file{
		name:   "cloverhound-contacts.csv",
		header: []string{"First name", "Last name", "Phone", "Phone 2", "E-mail", "Notes"},
		rows: everybody(func(i int, p seed.Person) []any {
			return []any{p.First, p.Last, p.Phone, secondPhone(i), p.Email, p.Note}
		}),
	}
}

func cloverContactsXLSX() file {
	return file{
		name: "cloverhound-contacts.xlsx", sheet: "Contacts",
		header: []string{"Full Name", "Phone", "Phone 2", "E-mail", "Notes"},
		rows: everybody(func(i int, p seed.Person) []any {
			return []any{p.FullName(), label(spaced(p.Phone)), label(secondPhone(i)), p.Email, p.Note}
		}),
	}
}

// secondPhone is the number that some of those have whom no vendor knows.
func secondPhone(i int) string {
	if i%7 != 3 || i >= seed.FirstOlder {
		return ""
	}
	return fmt.Sprintf("+1 720 555 01%02d", i%100)
}
