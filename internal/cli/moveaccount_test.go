package cli

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
)

// leg is a part of the move of an account: an export of one resource, which is imported into another.
type leg struct {
	from, to string
	export   []string // flags
	flags    []string // of the import
	key      [2]func(entry) string
	place    func(entry) bool
	fields   []counterpart
	least    int // how many have a place, at least
}

// moved is an account on its way to another vendor.
type moved struct {
	source, target map[string]string
	server         *sandbox.Server // of the target
	ending         string
}

// newMoved returns two accounts of sandboxes, of different people.
func newMoved(t *testing.T, ending string) *moved {
	m := &moved{ending: ending}
	_, m.source = faulty(t, sandbox.Options{}, nil)
	m.server, m.target = faulty(t, sandbox.Options{Seed: 7}, nil)
	return m
}

// on is what a note says together with what it is on.
func on(says, what func(entry) string) func(entry) string {
	return func(r entry) string { return says(r) + "\non " + what(r) }
}

// sum is what a note says, by which it is found again. Where it has no title, it gets the first line of its text.
func sum(title, text string) func(entry) string {
	return func(r entry) string {
		first, _, _ := strings.Cut(r[text], "\n")
		if r[title] != "" {
			first = r[title]
		}
		return first + "\n" + r[text]
	}
}

// lined is a text with line breaks of one kind.
func lined(name string) func(entry) string {
	return func(r entry) string { return strings.ReplaceAll(r[name], "\r\n", "\n") }
}

// toSecond is a time without what is less than a second.
func toSecond(name string) func(entry) string {
	return func(r entry) string {
		whole, _, fraction := strings.Cut(r[name], ".")
		if fraction {
			whole += "Z"
		}
		return whole
	}
}

// word is one of two words, as a field says yes or not.
func word(name, yes, then, otherwise string) func(entry) string {
	return func(r entry) string {
		if r[name] == yes {
			return then
		}
		return otherwise
	}
}

// once reports whether a record has a name, and one that no other has.
func once(name string) func(entry) bool {
	return func(r entry) bool { return r[name] != "" && r[name] != seed.TwiceName }
}

// carry moves the records of a leg: each that has a place is there once, with every field that both have, and a second import of
// the same file writes nothing.
func (m *moved) carry(t *testing.T, l leg) imported {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "from"+m.ending)
	exportFile(t, m.source, l.from, file, l.export...)
	got := importFile(t, m.target, l.to, file, l.flags...)
	if n := got.Counts[outcome.Failed] + got.Counts[outcome.Unknown]; n > 0 {
		t.Fatalf("%s into %s: %v\n%s", l.from, l.to, got.Counts, got.stderr)
	}
	before, after := filepath.Join(dir, "before.csv"), filepath.Join(dir, "after.csv")
	exportFile(t, m.source, l.from, before, l.export...)
	exportFile(t, m.target, l.to, after, "--allow-undocumented")
	there := map[string][]entry{}
	for _, r := range readRecords(t, after) {
		there[l.key[1](r)] = append(there[l.key[1](r)], r)
	}
	n, alikes := 0, map[string][]entry{} // several notes may say the same, of different people
	for _, r := range readRecords(t, before) {
		if key := l.key[0](r); l.place(r) {
			alikes[key] = append(alikes[key], r)
			n++
		}
	}
	for key, list := range alikes {
		if len(there[key]) != len(list) {
			t.Errorf("%s into %s: %q is there %d times\n%s", l.from, l.to, key, len(there[key]), got.stderr)
			continue
		}
		for k, r := range list {
			for _, f := range l.fields {
				if want := f.from(r); !alike(there[key][k][f.to], want) {
					t.Errorf("%s into %s: %q: %s is %q, want %q", l.from, l.to, key, f.to, there[key][k][f.to], want)
				}
			}
		}
	}
	if n < l.least {
		t.Errorf("%s into %s: only %d have a place", l.from, l.to, n)
	}
	vendor, _, _ := strings.Cut(l.to, "/")
	writes := m.server.Writes(vendor)
	again := importFile(t, m.target, l.to, file, l.flags...)
	if n := m.server.Writes(vendor) - writes; n != 0 {
		t.Errorf("%s into %s: a second import writes %d times: %v\n%s", l.from, l.to, n, again.Counts, again.stderr)
	}
	return got
}

// fill imports a file that stands in the test.
func fill(t *testing.T, env map[string]string, resource, text string, flags ...string) {
	t.Helper()
	got := importFile(t, env, resource, putFile(t, "fill.csv", text), flags...)
	if n := got.Counts[outcome.Created]; n != strings.Count(text, "\n")-1 {
		t.Fatalf("%s: %v\n%s", resource, got.Counts, got.stderr)
	}
}

// peopleLeg is the leg of contacts, as pairs have it.
func peopleLeg(t *testing.T, from, to string) leg {
	t.Helper()
	i := slices.IndexFunc(pairs(), func(p pair) bool { return p.from == from && p.to == to })
	p := pairs()[i]
	address := func(r entry) string { return strings.ToLower(firstOf("emailAddresses")(r) + r["email"]) }
	place := func(r entry) bool {
		return p.place(r) && address(r) != seed.TwiceEmail && address(r) != seed.ArchivedEmail
	}
	return leg{from, to, nil, append(p.flags, exportFlags(to)...), [2]func(entry) string{address, address}, place, p.fields, 30}
}

// TestMoveAccount moves companies, people, leads and notes from Grow CRM to RogerRoger, and companies, people and notes back.
func TestMoveAccount(t *testing.T) {
	for i, ending := range []string{".csv", ".xlsx"} {
		if spared(i, 2) {
			continue
		}
		t.Run("growcrm to rogerroger"+ending, func(t *testing.T) { t.Parallel(); growToRoger(t, ending) })
		t.Run("rogerroger to growcrm"+ending, func(t *testing.T) { t.Parallel(); rogerToGrow(t, ending) })
	}
}

func growToRoger(t *testing.T, ending string) {
	m := newMoved(t, ending)
	fill(t, m.source, "growcrm/clients", "Company,First name,Last name,Email,Phone,Website,Description,VAT,Billing street,Billing city,Billing zip,Billing country,Tags\n"+
		"Bakery Jansen,Piet,Jansen,piet@bakery.example.com,+31201234567,https://bakery.example.com,Bread and rolls.,NL001,Damrak 1,Amsterdam,1012 LG,Netherlands,VIP; Bakers\n"+
		"Cheese Ltd,Ka,As,ka@cheese.example.com,,,,,,,,,\n")
	fill(t, m.source, "growcrm/notes", "On,Client,Contact email,Title,Note,Visibility,Tags\n"+
		"client,Bakery Jansen,,Called,Wants ten loaves.,private,Bread\n"+
		"client,Cheese Ltd,,,Asked for a price.,public,\n"+
		"client,Acme Inc,,Visited,<p>They <b>liked</b> it.</p>,public,\n"+
		"lead,,anton.amboss@example.com,Lead,Wants anvils.,public,\n")
	m.carry(t, leg{"growcrm/clients", "rogerroger/organizations", nil, []string{"--allow-undocumented", "--create-missing", "tags"},
		[2]func(entry) string{as("client_company_name"), as("title")}, once("client_company_name"), []counterpart{
			{"description", as("client_description")}, {"phoneNumbers", as("client_phone")}, {"website", as("client_website")}, {"address.street", as("client_billing_street")},
			{"address.city", as("client_billing_city")}, {"address.postalCode", as("client_billing_zip")}, {"address.country", word("client_billing_country", "Netherlands", "NL", "")},
			{"tags", as("tags")}, {"emailAddresses", func(entry) string { return "" }}}, 14})
	m.carry(t, peopleLeg(t, "growcrm", "rogerroger"))
	m.carry(t, leg{"growcrm/leads", "rogerroger", nil, []string{"--create-missing", "organizations,tags"}, [2]func(entry) string{as("lead_email"), as("emailAddresses")}, has("lead_lastname", "lead_email"),
		[]counterpart{{"givenName", as("lead_firstname")}, {"familyName", as("lead_lastname")}, {"organizations", as("lead_company_name")}, {"address.city", as("lead_city")}, {"tags", as("tags")}}, 2})
	category := noteCategory(t, m.target)
	notes := m.carry(t, leg{"growcrm/notes", "rogerroger/notes", nil, []string{"--allow-undocumented", "--default", "category=" + category},
		[2]func(entry) string{sum("note_title", "note_description"), sum("title", "description")}, has("noteresource_id"), []counterpart{
			{"title", as("note_title")}, {"description", lined("note_description")}, {"isPrivate", word("note_visibility", "private", "yes", "no")}, {"createdAt", toSecond("dates.created")},
			{"organization.name", as("client.company_name")}, {"person.emailAddresses", as("person.email")}, {"category", func(entry) string { return category }}}, 6})
	notes.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 6, outcome.Rejected: 1}) // the one that is on nothing
	owners := importFile(t, m.target, "rogerroger/notes", exportOf(t, m.source, "growcrm/notes", ".csv"), "--default", "category="+category, "--where", "noteresource_type=client",
		"--map", "client.owner_email=personId", "--map", "client.company_name=")
	if owners.Counts[outcome.Created] != 4 {
		t.Errorf("notes on clients, put on their account owners: %v\n%s", owners.Counts, owners.stderr)
	}
}

// exportOf is an export in a file of its own.
func exportOf(t *testing.T, env map[string]string, resource, ending string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "export"+ending)
	exportFile(t, env, resource, file)
	return file
}

// noteCategory is a category that notes of an account have.
func noteCategory(t *testing.T, env map[string]string) string {
	t.Helper()
	for _, r := range readRecords(t, exportOf(t, env, "rogerroger/notes", ".csv")) {
		if r["category"] != "" {
			return r["category"]
		}
	}
	t.Fatal("no note has a category")
	return ""
}

func rogerToGrow(t *testing.T, ending string) {
	m := newMoved(t, ending)
	fill(t, m.source, "rogerroger/organizations", "Company,E-mail,Phone,Website,Description,Street,City,Postal code,Country,Tags\n"+
		"Bakery Jansen,info@bakery.example.com,+31201234567,https://bakery.example.com,Bread and rolls.,Damrak 1,Amsterdam,1012 LG,NL,VIP\n"+
		"Nobody Ltd,info@nobody.example.com,,,,,,,,\n", "--allow-undocumented")
	fill(t, m.source, "rogerroger", "First name,Last name,Email,Company\nPiet,Jansen,piet@bakery.example.com,Bakery Jansen\nJan,Jansen,jan@bakery.example.com,Bakery Jansen\n")
	category := noteCategory(t, m.source)
	fill(t, m.source, "rogerroger/notes", "personId,organizationId,title,description,isPrivate\n"+
		",Bakery Jansen,Called,Wants ten loaves.,yes\npiet@bakery.example.com,,,Asked for a price.,no\n", "--allow-undocumented", "--set", "category="+category)
	m.carry(t, peopleLeg(t, "rogerroger", "growcrm"))
	companies := m.carry(t, leg{"rogerroger/organizations", "growcrm/clients", []string{"--allow-undocumented"}, []string{"--mode", "update"},
		[2]func(entry) string{as("title"), as("client_company_name")}, func(r entry) bool { return once("title")(r) && r["title"] != "Nobody Ltd" }, []counterpart{
			{"client_description", as("description")}, {"client_website", as("website")}, {"client_phone", firstOf("phoneNumbers")}, {"client_billing_street", as("address.street")},
			{"client_billing_city", as("address.city")}, {"client_billing_zip", as("address.postalCode")}, {"client_billing_country", as("address.country")}, {"tags", as("tags")}}, 13})
	if !slices.ContainsFunc(companies.lines, func(l reportLine) bool { return l.Outcome == string(outcome.Skipped) && l.Code == outcome.CodeNotFound }) {
		t.Errorf("a company without a person: %+v", companies.lines)
	}
	companyOf := map[string]string{} // by the e-mail address of a contact
	for _, r := range readRecords(t, exportOf(t, m.target, "growcrm", ".csv")) {
		companyOf[strings.ToLower(r["email"])] = r["client.company_name"]
	}
	ofPerson := func(r entry) string {
		return cmp.Or(r["organization.name"], companyOf[strings.ToLower(firstOf("person.emailAddresses")(r))])
	}
	m.carry(t, leg{"rogerroger/notes", "growcrm/notes", []string{"--allow-undocumented"}, nil,
		[2]func(entry) string{on(sum("title", "description"), ofPerson), on(sum("note_title", "note_description"), as("client.company_name"))}, func(r entry) bool { return !strings.HasSuffix(r["person.emailAddresses"], seed.ArchivedEmail) }, []counterpart{
			{"note_description", lined("description")}, {"note_visibility", word("isPrivate", "yes", "private", "public")}, {"noteresource_type", func(entry) string { return "client" }}}, 12})
}
