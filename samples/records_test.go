package samples_test

import (
	"fmt"
	"strings"

	"crmferry/internal/sandbox/seed"
)

// records are the samples of what is beside contacts, good and flawed, each as CSV and as a workbook.
func records() []file {
	var files []file
	for _, make := range []func() file{growLeads, growLeadsFlawed, growNotes, growNotesFlawed} {
		f := make()
		workbook := f
		f.name, workbook.name = f.name+".csv", f.name+".xlsx"
		files = append(files, f, workbook)
	}
	return files
}

// fewRecords is the number of rows of a good sample of records.
const fewRecords = 40

func growLeads() file {
	f := file{name: "growcrm-leads", sheet: "Leads", header: []string{"Title", "Status", "Category", "First Name", "Last Name", "E-mail", "Phone", "Company", "Value", "Source", "Last contacted", "City", "Country", "Assigned to", "Tags", "State of the lead"}}
	for i := range fewRecords {
		f.rows = append(f.rows, growLead(i))
	}
	return f
}

// growLead is a lead; the sandbox has leads of the first three statuses.
func growLead(i int) []any {
	p := seed.SamplePerson(i)
	state, assigned := "", ""
	if i%7 == 3 {
		state = "archived"
	}
	if i%3 == 0 {
		assigned = seed.TeamEmail
	}
	return []any{fmt.Sprintf("%s for %s", []string{"Website", "Anvils", "Support"}[i%3], p.Company), []string{"New", "Contacted", "Qualified"}[i%3],
		[]string{"Default", "Inbound"}[i%2], p.First, p.Last, p.Email, label(spaced(p.Phone)), p.Company, money(1000 + 250*i), "Fair", day{2026, 6, 1 + i%28},
		[]string{"Austin", "Houston"}[i%2], "United States", assigned, strings.Join(p.Tags, "; "), state}
}

func growLeadsFlawed() file {
	f := growLeads()
	f.name, f.rows = "growcrm-leads-flawed", nil
	f.add(growLead(0))
	f.add(growLead(1), "Title", "")
	f.add(growLead(2), "Status", "")
	f.add(growLead(4), "Status", "Lost")
	f.add(growLead(5), "Category", "Partners")
	f.add(growLead(6), "Status", label("99"))
	f.add(growLead(7), "Assigned to", "left@example.com")
	f.add(growLead(8), "E-mail", "noor(at)example.com")
	f.add(growLead(9), "Value", "ask")
	f.add(growLead(10), "Last contacted", label("31/02/2026"))
	f.add(growLead(11), "State of the lead", "asleep")
	f.add(growLead(0), "City", "Rotterdam")
	f.add(growLead(12))
	f.add(growLead(13), "City", "#REF!")
	return f
}

func growNotes() file {
	f := file{name: "growcrm-notes", sheet: "Notes", header: []string{"Client", "Title", "Note", "Private", "Tags"}}
	for i := range fewRecords {
		f.rows = append(f.rows, growNote(i))
	}
	return f
}

// growNote is a note on the company of a person. Every fourth has no title.
func growNote(i int) []any {
	p := seed.SamplePerson(i)
	title, private := fmt.Sprintf("Call %d", i+1), "no"
	if i%4 == 3 {
		title = ""
	}
	if i%5 == 0 {
		private = "yes"
	}
	return []any{p.Company, title, fmt.Sprintf("Spoke with %s.\n%s", p.FullName(), p.Note), private, []string{"", "Call", "Call; Spring"}[i%3]}
}

func growNotesFlawed() file {
	f := growNotes()
	f.name, f.rows = "growcrm-notes-flawed", nil
	f.header = append(f.header, "On")
	f.add(growNote(0))
	f.add(growNote(1), "Note", "")
	f.add(growNote(2), "Client", "")
	f.add(growNote(4), "Client", "Acme Incorporated")
	f.add(growNote(5), "Client", seed.TwiceName)
	f.add(growNote(6))
	f.add(growNote(7), "Private", "perhaps")
	f.add(growNote(8), "On", "ticket")
	f.add(growNote(9), "On", "contact", "Client", seed.SamplePerson(seed.FirstSame).Email)
	f.add(growNote(0), "Tags", "Other")
	f.add(growNote(10), "Note", "<p>Wants a <b>quote</b>.</p>", "Title", "")
	f.add(growNote(12), "Title", "#REF!")
	return f
}
