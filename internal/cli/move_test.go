package cli

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
)

// entry is a line of an export in CSV, by the headers.
type entry map[string]string

// counterpart is a field that both vendors of a pair have.
type counterpart struct {
	to   string
	from func(entry) string
}

// pair is a move of contacts from one vendor to another: what both have of a contact, which contacts have a place, and the
// decisions that nobody but their owner can take.
type pair struct {
	from, to string
	fields   []counterpart
	place    func(entry) bool
	flags    []string
}

// as is a value that is written as it is read.
func as(name string) func(entry) string { return func(r entry) string { return r[name] } }

// firstOf is the first value of a list.
func firstOf(name string) func(entry) string {
	return func(r entry) string { v, _, _ := strings.Cut(r[name], "; "); return v }
}

// bare is a list without what is known of each value, and without numbers that are bad.
func bare(name string) func(entry) string {
	return func(r entry) string {
		var kept []string
		for _, v := range strings.Split(r[name], "; ") {
			value, facts, _ := strings.Cut(v, " (")
			if !strings.Contains(facts, "bad") {
				kept = append(kept, value)
			}
		}
		return strings.Join(kept, "; ")
	}
}

// joined are values with a space between.
func joined(names ...string) func(entry) string {
	return func(r entry) string {
		var words []string
		for _, name := range names {
			words = append(words, strings.Fields(r[name])...)
		}
		return strings.Join(words, " ")
	}
}

// has reports whether a record has all of some fields.
func has(names ...string) func(entry) bool {
	return func(r entry) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return r[name] == "" || r[name] == seed.TwiceName })
	}
}

// pairs are all ordered pairs of vendors. The fields are those that both document for contacts; what a contact of one vendor has
// beyond them has no place at the other.
func pairs() []pair {
	return []pair{
		{"growcrm", "rogerroger", []counterpart{{"givenName", as("first_name")}, {"familyName", as("last_name")}, {"emailAddresses", as("email")},
			{"phoneNumbers", as("phone")}, {"jobTitle", as("position")}, {"organizations", as("client.company_name")}},
			has("last_name", "client.company_name"), []string{"--create-missing", "organizations"}},
		{"growcrm", "clientcommander", []counterpart{{"firstName", as("first_name")}, {"lastName", as("last_name")}, {"email", as("email")}, {"phone", as("phone")}},
			has("email"), nil},
		{"growcrm", "cloverhound", []counterpart{{"full_name", as("name")}, {"email", as("email")}, {"contact_phones_attributes", as("phone")}}, has("name"), nil},
		{"rogerroger", "growcrm", []counterpart{{"first_name", as("givenName")}, {"last_name", as("familyName")}, {"email", firstOf("emailAddresses")},
			{"phone", firstOf("phoneNumbers")}, {"position", as("jobTitle")}, {"client.company_name", firstOf("organizations")}},
			has("givenName", "familyName", "emailAddresses", "organizations"), []string{"--create-missing", "clients"}},
		{"rogerroger", "clientcommander", []counterpart{{"firstName", as("givenName")}, {"lastName", as("familyName")}, {"email", firstOf("emailAddresses")},
			{"phone", firstOf("phoneNumbers")}, {"tags", as("tags")}}, has("emailAddresses"), nil},
		{"rogerroger", "cloverhound", []counterpart{{"full_name", joined("givenName", "additionalName", "familyName")}, {"email", firstOf("emailAddresses")},
			{"contact_phones_attributes", as("phoneNumbers")}}, has("familyName"), nil},
		{"clientcommander", "growcrm", []counterpart{{"first_name", as("firstName")}, {"last_name", as("lastName")}, {"email", as("email")}, {"phone", as("phone")}},
			has("firstName", "lastName", "email"), []string{"--default", "clientid=clientcommander", "--create-missing", "clients"}},
		{"clientcommander", "rogerroger", []counterpart{{"givenName", as("firstName")}, {"familyName", as("lastName")}, {"emailAddresses", bare("emails")},
			{"phoneNumbers", bare("phones")}, {"tags", as("tags")}}, has("lastName", "email"), nil},
		{"clientcommander", "cloverhound", []counterpart{{"full_name", as("fullName")}, {"email", as("email")}, {"contact_phones_attributes", bare("phones")},
			{"description", as("background")}}, has("fullName"), nil},
		{"cloverhound", "growcrm", []counterpart{{"name", as("full_name")}, {"email", as("email")}, {"phone", firstOf("contact_phones_attributes")}},
			has("full_name", "email"), []string{"--default", "clientid=cloverhound", "--create-missing", "clients"}},
		{"cloverhound", "rogerroger", []counterpart{{"emailAddresses", as("email")}, {"phoneNumbers", as("contact_phones_attributes")}}, has("full_name"), nil},
		{"cloverhound", "clientcommander", []counterpart{{"fullName", as("full_name")}, {"email", as("email")}, {"phone", firstOf("contact_phones_attributes")},
			{"background", as("description")}}, has("email"), nil},
	}
}

// TestMove moves the contacts of every vendor to every other: each that has a place is there once, with every field that both
// have, and a second import writes nothing.
func TestMove(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		for i, p := range pairs() {
			if spared(i, 6) {
				continue
			}
			t.Run(p.from+" to "+p.to+ending, func(t *testing.T) { p.move(t, ending) })
		}
	}
}

func (p pair) move(t *testing.T, ending string) {
	dir := t.TempDir()
	_, source := faulty(t, sandbox.Options{Contacts: 40}, nil)
	s, target := faulty(t, sandbox.Options{Seed: 7}, nil)
	file := filepath.Join(dir, p.from+ending)
	exportFile(t, source, p.from, file)
	flags := append(slices.Clone(p.flags), exportFlags(p.to)...)
	if p.to == "clientcommander" {
		flags = append(flags, "--lookup")
	}
	got := importFile(t, target, p.to, file, flags...)
	if n := got.Counts[outcome.Failed] + got.Counts[outcome.Unknown]; n > 0 || got.Counts[outcome.Created] < 40 {
		t.Fatalf("%v\n%s", got.Counts, got.stderr)
	}
	if strings.Contains(got.stderr, "confirm") || strings.Contains(got.stderr, "perhaps") {
		t.Errorf("something is asked that nobody has to decide:\n%s", got.stderr)
	}
	before := filepath.Join(dir, "before.csv")
	exportFile(t, source, p.from, before)
	p.compare(t, readRecords(t, before), p.read(t, target, dir))
	writes := s.Writes(p.to)
	again := importFile(t, target, p.to, file, flags...)
	if n := s.Writes(p.to) - writes; n != 0 {
		t.Errorf("a second import writes %d times: %v\n%s", n, again.Counts, again.stderr)
	}
}

// read exports the vendor that the contacts were moved to.
func (p pair) read(t *testing.T, env map[string]string, dir string) []entry {
	after := filepath.Join(dir, "after.csv")
	exportFile(t, env, p.to, after)
	return readRecords(t, after)
}

// compare fails unless every contact that has a place is there once, as it was.
func (p pair) compare(t *testing.T, source, target []entry) {
	t.Helper()
	address := func(r entry) string {
		return strings.ToLower(firstOf("emailAddresses")(r) + r["email"])
	}
	byAddress := map[string][]entry{}
	for _, r := range target {
		byAddress[address(r)] = append(byAddress[address(r)], r)
	}
	moved := 0
	for _, r := range source {
		if !p.place(r) || address(r) == seed.TwiceEmail || address(r) == seed.ArchivedEmail {
			continue
		}
		moved++
		found := byAddress[address(r)]
		if len(found) != 1 {
			t.Errorf("%s is there %d times", address(r), len(found))
			continue
		}
		for _, f := range p.fields {
			if want := f.from(r); !alike(found[0][f.to], want) {
				t.Errorf("%s: %s is %q, want %q", address(r), f.to, found[0][f.to], want)
			}
		}
	}
	if moved < 60 {
		t.Errorf("only %d contacts have a place", moved)
	}
}

// alike compares cells: tags without their order.
func alike(a, b string) bool {
	set := func(v string) []string {
		items := strings.Split(strings.TrimPrefix(v, "'"), "; ")
		slices.Sort(items)
		return items
	}
	return slices.Equal(set(a), set(b))
}

// readRecords reads an export in CSV.
func readRecords(t *testing.T, path string) []entry {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatal(fmt.Errorf("read %s: %w", path, err))
	}
	rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	var records []entry
	for _, row := range rows[1:] {
		r := entry{}
		for i, name := range rows[0] {
			r[name] = strings.TrimPrefix(row[i], "'")
		}
		records = append(records, r)
	}
	return records
}
