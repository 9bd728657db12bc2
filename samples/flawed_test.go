package samples_test

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/sandbox/seed"
)

// flawed are the samples with one row for each error that an import can report for a vendor, among good ones. The CSV
// and the workbook of a vendor hold the same rows.
func flawed() []file {
	var files []file
	for _, make := range []func() file{growFlawed, commanderFlawed, rogerFlawed, cloverFlawed} {
		f := make()
		workbook := f
		f.name, workbook.name = f.name+".csv", f.name+".xlsx"
		files = append(files, f, workbook)
	}
	return files
}

// add appends a row; changes are pairs of a header and the cell that stands there instead.
func (f *file) add(row []any, changes ...any) {
	row = slices.Clone(row)
	for len(row) < len(f.header) {
		row = append(row, "")
	}
	for i := 0; i < len(changes); i += 2 {
		row[slices.Index(f.header, changes[i].(string))] = changes[i+1]
	}
	f.rows = append(f.rows, row)
}

// growFlawed: people below 12 would be account owners, so that others are taken.
func growFlawed() file {
	f := file{name: "growcrm-flawed", sheet: "Contacts",
		header: []string{"First Name", "Last Name", "E-mail", "Phone", "Job Title", "Company", "Account Owner"}}
	person := func(i int) []any {
		p := seed.SamplePerson(i)
		return []any{p.First, p.Last, p.Email, label(spaced(p.Phone)), p.JobTitle, p.Company, ""}
	}
	f.add(person(20))
	f.add(person(21), "Account Owner", "yes")
	f.add(person(22))
	f.add(person(23), "Last Name", "")
	f.add(person(24), "E-mail", "olivia(at)example.com")
	f.add(person(25), "Phone", label("512 555 0125"))
	f.add(person(26), "Account Owner", "perhaps")
	f.add(person(20), "Phone", label("+1 512 555 0199"), "Job Title", "Director")
	f.add(person(28), "Company", "Acme Incorporated")
	f.add(person(29), "Company", seed.TwiceName)
	f.add(person(30), "Company", seed.SamplePerson(21).Company, "Account Owner", "yes")
	f.add(person(31), "E-mail", seed.TeamEmail)
	f.add(person(32))
	f.add(person(seed.FirstSame), "Company", seed.SamplePerson(seed.FirstSame+1).Company)
	f.add(person(33))
	f.add(person(34), "Job Title", "#REF!")
	return f
}

func commanderFlawed() file {
	f := file{name: "clientcommander-flawed", sheet: "Leads", header: commanderHeader()}
	person := func(i int) []any { return commanderRow(i, seed.SamplePerson(i)) }
	known := seed.SamplePerson(seed.FirstSame)
	f.add(person(20))
	f.add(person(seed.FirstSame))
	f.add(nil, "Source", "Website", "Price", money(250000))
	f.add(person(21), "Timeframe", "As soon as the house that they live in now is sold, which may take until the summer or, if things go slowly, longer")
	f.add(person(22), "Tags", manyTags(21))
	f.add(person(23), "Email", "noor(at)example.com")
	f.add(person(24), "Phone", label("1.51256E+10"))
	f.add(person(25), "Price", "ask")
	f.add(person(26), "State", "Ontario")
	f.add(person(27), "Zip", "1012 LG")
	f.add(person(20), "Phone", label("+1 512 555 0199"), "Timeframe", "this year")
	f.add(person(29), "Stage", "Negotiating")
	f.add(person(30), "Stage", seed.TwiceName)
	f.add(person(31), "Stage", "stage_gone_99")
	for i := 32; i < 42; i++ { // enough for the second row to be answered before the last one leaves
		f.add(person(i))
	}
	f.add(nil, "First Name", known.First[:1]+".", "Last Name", known.Last, "Phone", label(spaced(known.Phone)))
	f.add(person(42), "City", "#VALUE!")
	return f
}

func manyTags(n int) string {
	tags := make([]string, n)
	for i := range tags {
		tags[i] = fmt.Sprintf("Street %d", i+1)
	}
	return strings.Join(tags, ", ")
}

func rogerFlawed() file {
	f := file{name: "rogerroger-flawed", sheet: "People", delimiter: ';', bom: true, crlf: true,
		header: []string{"First Name", "Last Name", "Email", "Phone", "Company", "Tags", "Country", "Owner", "Archived at"}}
	person := func(i int) []any {
		p := seed.SamplePerson(i)
		return []any{p.First, p.Last, p.Email, label(spaced(p.Phone)), p.Company, strings.Join(p.Tags, ", "), "Nederland", "", ""}
	}
	f.add(person(20))
	f.add(person(21), "Archived at", day{2026, 6, 30})
	f.add(person(22), "Last Name", "")
	f.add(person(23), "Email", "noor@example")
	f.add(person(24), "Phone", label("+31 6 1234 5678 9012"))
	f.add(person(25), "Country", "Benelux")
	f.add(person(26), "Archived at", label("31/02/2026"))
	f.add(person(20), "Phone", label("+1 512 555 0199"))
	f.add(person(28), "Email", seed.TwiceEmail)
	f.add(person(29), "Tags", "VIP, Fair 2026")
	f.add(person(30), "Company", seed.TwiceName)
	f.add(person(31), "Owner", "/users/somebody-who-left")
	f.add(person(32))
	f.add(person(33), "First Name", "#NAME?")
	return f
}

func cloverFlawed() file {
	f := file{name: "cloverhound-flawed", sheet: "Contacts", header: []string{"Full Name", "Phone", "Phone 2", "E-mail", "Notes"}}
	person := func(i int) []any {
		p := seed.SamplePerson(i)
		return []any{p.FullName(), label(spaced(p.Phone)), label(secondPhone(i)), p.Email, p.Note}
	}
	f.add(person(20))
	f.add(person(21))
	f.add(person(22), "Full Name", "")
	f.add(person(23), "E-mail", "noor.at.example.com")
	f.add(person(24), "Phone", label("+1 512 555 01"))
	f.add(person(20), "Notes", "Moved to Zwolle.")
	f.add(person(26))
	f.add(person(27), "Notes", "#N/A")
	return f
}
