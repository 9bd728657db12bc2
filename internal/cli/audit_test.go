package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
)

// cargo is a file of invented people, some of whom the vendor knows already, and how it is imported.
type cargo struct {
	vendor string
	flags  []string
	file   string
	people []int // by row, from row 2 on: numbers of seed.SamplePerson
}

// Modes of an import as the tests try them.
const (
	upsert  = "upsert"
	create  = "create"
	update  = "update"
	special = "undocumented" // an upsert by what the vendor does not document
	remove  = "delete"
)

// modesOf are the modes that a vendor can be tried in.
func modesOf(vendor string) []string {
	if vendor == "cloverhound" {
		return []string{create, special}
	}
	modes := []string{upsert, create, update}
	if vendor != "rogerroger" {
		modes = append(modes, remove)
	}
	return modes
}

// allVendors are the vendors by their names.
func allVendors() []string {
	return []string{"clientcommander", "cloverhound", "growcrm", "rogerroger"}
}

// spared reports whether the n-th of many cases is left out that differ in their data and not in what goes on at a time: -short is for
// the race detector, under which each takes ten times as long. One in every is run.
func spared(n, every int) bool { return testing.Short() && n%every != 0 }

// load writes a file of rows rows of the vendor's sample into dir: two thirds are new to the vendor, of the rest most
// have changed. Some name a company or tag that has to be created.
func load(t *testing.T, dir, vendor, mode string, rows int) *cargo {
	t.Helper()
	c := &cargo{vendor: vendor, file: filepath.Join(dir, "people.csv"), flags: []string{"--mode", mode}}
	switch {
	case mode == remove:
		c.flags = append(c.flags, "--confirm", strconv.Itoa(rows))
	case mode == special:
		c.flags = []string{"--allow-undocumented"}
	case mode == update: // making a client makes a contact too
	case vendor == "growcrm":
		c.flags = append(c.flags, "--create-missing", "clients")
	case vendor == "rogerroger":
		c.flags = append(c.flags, "--create-missing", "tags,organizations")
	}
	old := min(rows/3, seed.SampleEnd-seed.FirstOlder)
	for i := range rows - old {
		c.people = append(c.people, i)
	}
	for i := range old { // evenly out of those who are known
		known := seed.FirstOlder + i*(seed.SampleEnd-seed.FirstOlder)/old
		c.people = slices.Insert(c.people, min(3*i+1, len(c.people)), known)
	}
	if mode == remove {
		c.loadIDs(t)
		return c
	}
	lines := strings.Split(readText(t, filepath.Join(samplesFolder, vendor+"-contacts.csv")), "\n")
	text := lines[0] + "\n"
	for _, person := range c.people {
		if person < seed.FirstSame && slices.Contains(c.flags, "--create-missing") {
			text += strings.NewReplacer("Fjord Shipping", "Fjell Shipping", "Hot Lead", "Warm Lead").Replace(lines[person+1]) + "\n"
			continue
		}
		text += lines[person+1] + "\n"
	}
	if err := os.WriteFile(c.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return c
}

// loadIDs writes a file with the ids of those whom the vendor knows, and for the others ids that it never gave.
func (c *cargo) loadIDs(t *testing.T) {
	t.Helper()
	find := map[string]string{"growcrm": "/growcrm/api/contacts?search=", "clientcommander": "/clientcommander/v1/people/search?email="}[c.vendor]
	s := sandbox.New(sandbox.Options{})
	text := "Phone,id\n"
	for row, person := range c.people {
		id := strconv.Itoa(90000000 + row)
		if person >= seed.FirstOlder {
			req := httptest.NewRequest("GET", find+seed.SamplePerson(person).Email, nil)
			req.Header.Set("Authorization", "Bearer "+s.Variable("", "CRMFERRY_"+strings.ToUpper(c.vendor)+"_KEY"))
			rec := httptest.NewRecorder()
			s.Handler().ServeHTTP(rec, req)
			var found struct {
				Data []struct{ ID json.RawMessage }
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &found); err != nil || len(found.Data) != 1 {
				t.Fatalf("find person %d: %v, %s", person, err, rec.Body)
			}
			id = strings.Trim(string(found.Data[0].ID), `"`)
		}
		text += "none," + id + "\n"
	}
	if err := os.WriteFile(c.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// blind reports whether nothing can be looked up, so that a lost answer stays a question.
func (c *cargo) blind() bool {
	return c.vendor == "cloverhound" && !slices.Contains(c.flags, "--allow-undocumented")
}

// wants are the outcomes that a row may have in the end.
func (c *cargo) wants(person int) []outcome.Outcome {
	known := person >= seed.FirstOlder
	switch {
	case c.blind():
		return []outcome.Outcome{outcome.Created, outcome.Unknown}
	case slices.Contains(c.flags, remove) && known:
		return []outcome.Outcome{outcome.Deleted}
	case slices.Contains(c.flags, remove):
		return []outcome.Outcome{outcome.Unchanged}
	case slices.Contains(c.flags, create) && known, slices.Contains(c.flags, update) && !known:
		return []outcome.Outcome{outcome.Skipped}
	case !known:
		return []outcome.Outcome{outcome.Created}
	case person >= seed.FirstSame && c.vendor != "clientcommander": // whose addresses cannot be read, so are sent again
		return []outcome.Outcome{outcome.Unchanged}
	}
	return []outcome.Outcome{outcome.Updated}
}

// count is what the ledger says of one contact.
type count struct{ created, updated, deleted int }

// audit compares the last report of an import with what the vendor did, and says what is wrong: a row without exactly
// one outcome or with the wrong one, a contact that is not there once, an outcome that the ledger does not bear out,
// something that was created twice under way, a request during an announced pause.
func (c *cargo) audit(lines []reportLine, did sandbox.Report) []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	contacts, others := map[string]count{}, map[string]int{}
	for _, e := range did.Entries {
		if e.Kind != "contact" {
			if e.Action == "create" {
				others[e.Kind+" "+e.Name]++
			}
			continue
		}
		contacts[strings.ToLower(e.Email)] = contacts[strings.ToLower(e.Email)].with(e.Action)
	}
	outcomes, gaveUp := map[int][]reportLine{}, 0
	for _, l := range lines {
		outcomes[l.Row] = append(outcomes[l.Row], l)
	}
	for i, person := range c.people {
		row, email := i+2, seed.SamplePerson(person).Email
		got := outcomes[row]
		delete(outcomes, row)
		if len(got) != 1 {
			say("row %d has %d outcomes", row, len(got))
			continue
		}
		outcome, did := outcome.Outcome(got[0].Outcome), contacts[email]
		delete(contacts, email)
		if givenUp(outcome) && gaveUp < len(c.people)/4 && !c.blind() {
			gaveUp++ // a row whose every try meets a fault: it may be left, if the ledger agrees
		} else if !slices.Contains(c.wants(person), outcome) {
			say("row %d (%s) is %s (%s: %s), want %s", row, email, outcome, got[0].Code, got[0].Message, c.wants(person))
		}
		if !did.bearsOut(outcome, got[0].Code) {
			say("row %d (%s) is %s (%s: %s), the ledger says %+v", row, email, outcome, got[0].Code, got[0].Message, did)
		}
	}
	for _, row := range slices.Sorted(maps.Keys(outcomes)) {
		say("the report has row %d, the file has not", row)
	}
	for email, did := range contacts {
		say("%q is in no row, the ledger says %+v", email, did)
	}
	for what, n := range others {
		if n > 1 {
			say("%s was created %d times", what, n)
		}
	}
	if n := did.Vendors[c.vendor].Violations; n > 0 {
		say("%d requests came during an announced pause", n)
	}
	return wrong
}

func (n count) with(action string) count {
	switch action {
	case "create":
		n.created++
	case "update":
		n.updated++
	case "delete":
		n.deleted++
	}
	return n
}

func givenUp(o outcome.Outcome) bool { return o == outcome.Failed || o == outcome.Unknown }

// bearsOut reports whether an outcome agrees with what was done. An update may be repeated, a create may not.
func (n count) bearsOut(o outcome.Outcome, code string) bool {
	switch o {
	case outcome.Failed:
		if code == outcome.CodeStepFailed {
			return n.created <= 1 && n.deleted == 0 // the contact is there, something of it is not
		}
	case outcome.Created:
		return n.created == 1 && n.deleted == 0
	case outcome.Updated:
		return n.created == 0 && n.updated >= 1 && n.deleted == 0
	case outcome.Deleted:
		return n == count{deleted: 1}
	case outcome.Unknown:
		return n.created+n.deleted <= 1
	}
	return n == count{}
}

func (n count) String() string {
	return strconv.Itoa(n.created) + " created, " + strconv.Itoa(n.updated) + " updated, " + strconv.Itoa(n.deleted) + " deleted"
}

// uncopied complains of contacts that were deleted and stand in no copy beside the file, and of copies that others can read.
func (c *cargo) uncopied(t *testing.T, lines []reportLine) (wrong []string) {
	t.Helper()
	copies, err := filepath.Glob(strings.TrimSuffix(c.file, filepath.Ext(c.file)) + ".before-delete*")
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, path := range copies {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			wrong = append(wrong, fmt.Sprintf("%s: %v, %v", path, info.Mode(), err))
		}
		for _, record := range readCSV(t, path) {
			for _, cell := range record {
				kept[cell] = true
			}
		}
	}
	for _, l := range lines {
		if address := seed.SamplePerson(c.people[l.Row-2]).Email; l.Outcome == string(outcome.Deleted) && !kept[address] {
			wrong = append(wrong, fmt.Sprintf("row %d: %s was deleted and stands in none of %q", l.Row, address, copies))
		}
	}
	return wrong
}
