package samples_test

import (
	"fmt"
	"strings"

	"crmferry/internal/sandbox/seed"
)

// companies are the good samples of companies: the same ones for both vendors that have such, the last of them known to the
// sandbox, by their names.
func companies() []file {
	var files []file
	for _, make := range []func() file{growClients, rogerOrganizations} {
		files = append(files, both(make())...)
	}
	return files
}

// flawedCompanies are samples with a row for each error that an import of companies can report.
func flawedCompanies() []file {
	var files []file
	for _, make := range []func() file{growClientsFlawed, rogerOrganizationsFlawed} {
		files = append(files, both(make())...)
	}
	return files
}

// both are a CSV file and a workbook of the same rows.
func both(f file) []file {
	workbook := f
	f.name, workbook.name = f.name+".csv", f.name+".xlsx"
	return []file{f, workbook}
}

// company is an invented company and the person who is asked for there.
type company struct {
	name    string
	contact seed.Person
	email   string // of the contact
}

// sampleCompany is the i-th one: those from firstKnown on have the names of companies that the sandbox knows.
func sampleCompany(i int) company {
	c := company{name: companyName(i), contact: seed.SamplePerson(i)}
	if i >= firstKnown {
		c.name = seed.Companies[i-firstKnown]
	}
	c.email = fmt.Sprintf("%s.%s@%s.example.com", seed.Plain(c.contact.First), seed.Plain(c.contact.Last), seed.Plain(c.name))
	return c
}

const firstKnown = sampleRows - 10

func companyName(i int) string {
	places := []string{"Amber", "Birch", "Coral", "Dune", "Ember", "Flint", "Grove", "Heath", "Ivory", "Jade", "Kestrel", "Larch", "Maple", "Nettle", "Orchard", "Pine", "Quarry", "Reed", "Slate"}
	trades := []string{"Bakery", "Cycles", "Dental Care", "Electric", "Florists", "Garden Design", "Hotels", "Interiors", "Joinery", "Kitchens"}
	return places[i%len(places)] + " " + trades[i/len(places)%len(trades)]
}

func growClientsHeader() []string {
	return []string{"Company Name", "First Name", "Last Name", "E-mail", "Phone", "Website", "VAT number", "Street", "City", "Zip", "Country", "Category", "Tags", "Status", "Notes"}
}

// growClientRow is a company as Grow's samples have it. The sandbox knows some by name: with nothing else in their rows they
// stay as they are.
func growClientRow(i int) []any {
	c := sampleCompany(i)
	if i >= firstKnown {
		row := []any{c.name, "Office", c.name, fmt.Sprintf("office.%s@example.com", seed.Plain(c.name)), "", "", "", "", "", "", "", "", "", "", ""}
		if i%2 == 0 {
			row[4] = label(spaced(c.contact.Phone))
		}
		return row
	}
	at, status, category := c.contact.NL, "", ""
	if i%25 == 0 {
		status = "suspended"
	}
	if i%10 == 0 {
		category = "Partners"
	}
	return []any{c.name, c.contact.First, c.contact.Last, c.email, label(spaced(c.contact.Phone)), "https://" + seed.Plain(c.name) + ".example.com",
		label(fmt.Sprintf("NL%09dB01", 100000000+i)), at.Street, at.City, at.Zip, "Netherlands", category, strings.Join(c.contact.Tags, ", "), status, c.contact.Note}
}

func growClients() file {
	f := file{name: "growcrm-clients", sheet: "Clients", header: growClientsHeader()}
	for i := range sampleRows {
		f.rows = append(f.rows, growClientRow(i))
	}
	return f
}

func growClientsFlawed() file {
	f := file{name: "growcrm-clients-flawed", sheet: "Clients", header: append(growClientsHeader(), "Payment terms")}
	f.add(growClientRow(1))
	f.add(growClientRow(2), "First Name", "", "Last Name", "", "E-mail", "")
	f.add(growClientRow(3), "E-mail", "noor(at)example.com")
	f.add(growClientRow(4), "Phone", label("512 555 0125"))
	f.add(growClientRow(5), "Status", "asleep")
	f.add(growClientRow(1), "First Name", "Second", "E-mail", "second@example.com")
	f.add(growClientRow(6), "Category", "Suppliers of Suppliers")
	f.add(growClientRow(7), "Company Name", seed.TwiceName)
	f.add(growClientRow(8), "E-mail", seed.TeamEmail)
	f.add(growClientRow(9), "Category", label("9999"))
	f.add(growClientRow(firstKnown+1), "First Name", "Joe", "Last Name", "Elsewhere")
	f.add(growClientRow(11), "Street", "#REF!")
	f.add(growClientRow(12), "Payment terms", "soon")
	f.add(growClientRow(13))
	return f
}

func rogerOrganizationsHeader() []string {
	return []string{"Bedrijfsnaam", "Website", "E-mailadres", "Telefoon", "Straat", "Huisnummer", "Postcode", "Plaats", "Land", "Klantnummer", "KvK-nummer", "Tags", "Segment", "Opmerkingen"}
}

// rogerOrganizationRow is a company as RogerRoger's samples have it.
func rogerOrganizationRow(i int) []any {
	c := sampleCompany(i)
	if i >= firstKnown {
		row := []any{c.name, "", "", "", "", "", "", "", "", "", "", "", "", ""}
		if i%2 == 0 {
			row[1] = "https://" + seed.Plain(c.name) + ".example.com"
		}
		return row
	}
	street, number, _ := strings.Cut(c.contact.NL.Street, " ")
	if at := strings.LastIndexByte(c.contact.NL.Street, ' '); at > 0 {
		street, number = c.contact.NL.Street[:at], c.contact.NL.Street[at+1:]
	}
	return []any{c.name, "https://" + seed.Plain(c.name) + ".example.com", "info@" + seed.Plain(c.name) + ".example.com", label(spaced(c.contact.Phone)), street, label(number),
		c.contact.NL.Zip, c.contact.NL.City, "Nederland", label(fmt.Sprintf("K-%05d", 20000+i)), label(fmt.Sprintf("%08d", 10000000+i)), strings.Join(c.contact.Tags, ", "),
		c.contact.Segment, c.contact.Note}
}

func rogerOrganizations() file {
	f := file{name: "rogerroger-organizations", sheet: "Bedrijven", delimiter: ';', bom: true, crlf: true, header: rogerOrganizationsHeader()}
	for i := range sampleRows {
		f.rows = append(f.rows, rogerOrganizationRow(i))
	}
	return f
}

func rogerOrganizationsFlawed() file {
	f := file{name: "rogerroger-organizations-flawed", sheet: "Bedrijven", delimiter: ';', bom: true, crlf: true, header: append(rogerOrganizationsHeader(), "Owner", "Archived at")}
	f.add(rogerOrganizationRow(1))
	f.add(rogerOrganizationRow(2), "Bedrijfsnaam", "")
	f.add(rogerOrganizationRow(3), "E-mailadres", "info(at)example.com")
	f.add(rogerOrganizationRow(4), "Telefoon", label("+31 6 1234 5678 9012"))
	f.add(rogerOrganizationRow(5), "Land", "Benelux")
	f.add(rogerOrganizationRow(1), "Plaats", "Elders")
	f.add(rogerOrganizationRow(6), "Tags", "VIP, Fair 2026")
	f.add(rogerOrganizationRow(7), "Bedrijfsnaam", seed.TwiceName, "Klantnummer", "")
	f.add(rogerOrganizationRow(8), "Owner", "/users/somebody-who-left")
	f.add(rogerOrganizationRow(9), "Archived at", label("31/02/2026"))
	f.add(rogerOrganizationRow(10), "Straat", "#REF!")
	f.add(rogerOrganizationRow(11))
	return f
}
