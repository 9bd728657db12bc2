package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// strangers are n rows of people whom only one account has.
func strangers(account string, n int) string {
	var b strings.Builder
	b.WriteString("First name,Last name,Email,Phone,Company\n")
	for i := range n {
		code := map[string]int{"a": 10, "b": 20}[account]
		fmt.Fprintf(&b, "%s%d,Person%s%d,p%d@%s.example.com,+316%d00%04d,Acme Inc\n", account, i, account, i, i, account, code, i)
	}
	return b.String()
}

// accounts are two accounts of a vendor in which the same ids are those of different people, n of them, and a file: what
// an export of the first says of its people.
func accounts(t *testing.T, vendor string, n int) (other *sandbox.Server, env map[string]string, file string) {
	t.Helper()
	fill := func(account string) (*sandbox.Server, map[string]string) {
		s, env := faulty(t, sandbox.Options{}, nil)
		importFile(t, env, vendor, putFile(t, "people.csv", strangers(account, n)), append(exportFlags(vendor), "--workers", "1")...).
			wantCounts(t, map[outcome.Outcome]int{outcome.Created: n})
		return s, env
	}
	_, first := fill("a")
	other, env = fill("b")
	return other, env, putFile(t, "export.csv", peopleOf(t, first, vendor, "a"))
}

// peopleOf is the header of an export and its lines about the people of one account.
func peopleOf(t *testing.T, env map[string]string, vendor, account string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "contacts.csv")
	exportFile(t, env, vendor, file)
	lines := strings.SplitAfter(string(readFile(t, file)), "\n")
	kept := slices.DeleteFunc(lines[1:], func(l string) bool { return !strings.Contains(l, "@"+account+".example.com") })
	return lines[0] + strings.Join(kept, "")
}

// TestWrongAccount: the export of one account is imported into another one, in which its ids are those of others. Nobody
// is changed, whether ids are used without a flag or asked for, and what is printed says so.
func TestWrongAccount(t *testing.T) {
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			const n = 30
			s, env, file := accounts(t, vendor, n)
			before, writes := peopleOf(t, env, vendor, "b"), s.Writes(vendor)
			got := importFile(t, env, vendor, file, exportFlags(vendor)...)
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Rejected: n})
			if got.Errors[outcome.CodeMismatch] != n || got.code != failure.ExitRows {
				t.Errorf("%v, exit code %d, want %d rows with %s and exit code %d", got.Errors, got.code, n, outcome.CodeMismatch, failure.ExitRows)
			}
			wantLines(t, "stderr", got.stderr, "next    30 rows are not about the contacts that their ids are of: if "+file+
				" is from another account, match by e-mail: crmferry import "+vendor+" "+file, " --match email\n")
			wantLines(t, "the report", got.lines[0].Message, "p0@a.example.com", "@b.example.com")

			asked := runApp(t, env, append([]string{"import", vendor, file, "--yes", "--rate", "off", "--match", "id"}, exportFlags(vendor)...)...)
			if asked.code != failure.ExitUsage {
				t.Errorf("--match id: exit code %d, want %d:\n%s", asked.code, failure.ExitUsage, asked.stderr)
			}
			wantLines(t, "stderr", asked.stderr, "error: id_mismatch: of 15 contacts that were looked up by their ids, 15 have nothing in common with",
				"; row 4: ", "; row 6: ", "; nothing was sent\n", " --match email\n", " --accept id_mismatch\n")
			if after := peopleOf(t, env, vendor, "b"); after != before || s.Writes(vendor) != writes {
				t.Errorf("%d writes; the people of the other account were\n%s\nand are\n%s", s.Writes(vendor)-writes, before, after)
			}

			accepted := importFile(t, env, vendor, file, append(exportFlags(vendor), "--accept", outcome.CodeMismatch)...)
			accepted.wantCounts(t, map[outcome.Outcome]int{outcome.Updated: n})
			wantLines(t, "the report", accepted.lines[0].Message, "accepted: the id ")
		})
	}
}

// TestCorrections: a row with an id and one of e-mail, phone and name changes its contact, and how many such rows there
// are is said before the start.
func TestCorrections(t *testing.T) {
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			_, env, _ := accounts(t, vendor, 3)
			file := filepath.Join(t.TempDir(), "some.csv")
			emails := map[string]string{"rogerroger": "emailAddresses"}[vendor]
			if emails == "" {
				emails = "email"
			}
			exportFile(t, env, vendor, file, "--columns", "id,"+emails)
			lines := strings.Split(strings.ReplaceAll(string(readFile(t, file)), "@b.example.com", "@c.example.com"), "\n")
			changed := slices.DeleteFunc(lines[1:], func(l string) bool { return !strings.Contains(l, "@c.example.com") })
			got := importFile(t, env, vendor, putFile(t, "new.csv", lines[0]+"\n"+strings.Join(changed, "\n")+"\n"), exportFlags(vendor)...)
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Updated: 3})
			wantLines(t, "stderr", got.stderr, "warning: 3 rows hold an id and at most one of e-mail, phone and name: up to as many contacts are changed")
		})
	}
}

// TestForeignIDs: where none of the ids is there, the way on is to match by e-mail, and it is one: the people are created.
func TestForeignIDs(t *testing.T) {
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			_, _, file := accounts(t, vendor, 3)
			_, env := faulty(t, sandbox.Options{}, nil)
			got := importFile(t, env, vendor, file, exportFlags(vendor)...)
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Rejected: 3})
			wantLines(t, "stderr", got.stderr, "next    none of the ids is there: if "+file+" is from another account, match by e-mail: ", " --match email\n")
			got = importFile(t, env, vendor, file, append(exportFlags(vendor), "--match", "email")...)
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 3})
		})
	}
}

// TestForeignClients: the id of a client goes with its name. In another account it is another client's, and the contact
// is not made there.
func TestForeignClients(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	head := "first_name,last_name,email,clientid,client.company_name\n"
	file := putFile(t, "leads.csv", head+"Ann,Bee,ann.bee@example.com,1,Acme Inc\nCor,Dee,cor.dee@example.com,1,Nobody's Ltd\nEva,Fox,eva.fox@example.com,2,ACME INC\n")
	got := importFile(t, env, "growcrm", file)
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 1, outcome.Rejected: 2})
	wantLines(t, "stderr", got.stderr, "next    mend the rows in ")
	wantLines(t, "row 3", got.lines[1].Message, `clientid: the client "1" is to be "Nobody's Ltd", and nothing is called that`)
	wantLines(t, "row 4", got.lines[2].Message, `clientid: the client "2" is to be "ACME INC", and that is the id 1`)
	got = importFile(t, env, "growcrm", file, "--map", "client.company_name=")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 2, outcome.Unchanged: 1})
	named := putFile(t, "named.csv", head+"Gus,Hay,gus.hay@example.com,9,Acme Inc\nIda,Joy,ida.joy@example.com,9,New Ltd\n")
	got = importFile(t, env, "growcrm", named, "--map", "client.company_name=clientid", "--create-missing", "clients")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 2})
}

// TestForeignStages: a stage that a row moves a contact to must be of the name beside it; what is not moved is not asked.
func TestForeignStages(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	importFile(t, env, "clientcommander", putFile(t, "people.csv", "First name,Email,Stage\nAnn,ann@b.example.com,Lead\nCor,cor@b.example.com,Lead\n"))
	lines := strings.Split(peopleOf(t, env, "clientcommander", "b"), "\n")
	moved := slices.Clone(lines)
	stage := func(line, id, name string) string {
		return strings.NewReplacer("stage_lead_01", id, ",Lead,", ","+name+",").Replace(line)
	}
	moved[1], moved[2] = stage(lines[1], "stage_done_04", "Lead"), stage(lines[2], "stage_done_04", "Closed")
	before := s.Writes("clientcommander")
	got := importFile(t, env, "clientcommander", putFile(t, "moved.csv", strings.Join(moved, "\n")))
	if got.Counts[outcome.Rejected] != 1 || got.Counts[outcome.Updated] != 1 || s.Writes("clientcommander")-before != 1 {
		t.Errorf("%v:\n%s\n%v", got.Counts, strings.Join(moved, "\n"), got.lines)
	}
}

// TestMerged: several rows that a vendor answers with one id are merged, all but the first, whatever the vendor.
func TestMerged(t *testing.T) {
	for _, vendor := range allVendors() {
		for _, flags := range [][]string{nil, exportFlags(vendor)} {
			t.Run(vendor+strings.Join(flags, ""), func(t *testing.T) {
				t.Parallel()
				var first *httptest.ResponseRecorder
				_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool {
					if r.Method != http.MethodPost {
						return false
					}
					if first == nil {
						first = httptest.NewRecorder()
						vendor.ServeHTTP(first, r)
					}
					for name, values := range first.Header() {
						w.Header()[name] = values
					}
					w.WriteHeader(first.Code)
					_, _ = w.Write(first.Body.Bytes())
					return true
				})
				got := importFile(t, env, vendor, putFile(t, "leads.csv", newcomers(3)), append(flags, "--workers", "1")...)
				if got.code != failure.ExitRows || got.Merged != 2 || got.lines[0].Code != "" || got.lines[2].Code != outcome.CodeMerged {
					t.Errorf("exit code %d, %d merged, %v:\n%s", got.code, got.Merged, got.lines, got.stderr)
				}
			})
		}
	}
}

// TestSharedPhones: where the vendor may go by phones, rows of one phone and several people are named before the start.
func TestSharedPhones(t *testing.T) {
	file := putFile(t, "leads.csv", "First name,Last name,Email,Phone,Company\n"+
		"Ann,Bee,ann@example.com,+31612345678,Acme Inc\n"+
		"Cor,Dee,cor@example.com,+31612345679,Acme Inc\n"+
		"Ann,Bee,ann@example.com,+31612345678,Acme Inc\n"+
		"Eva,Fox,,+31612345678,Acme Inc\n"+
		"Gus,Hay,gus@example.com,+31612345679,Acme Inc\n")
	for _, vendor := range allVendors() {
		_, env := faulty(t, sandbox.Options{}, nil)
		got := runApp(t, env, "import", vendor, file, "--yes", "--dry-run", "--rate", "off")
		const said = "warning: rows 2 and 5; 3 and 6: they share a phone and not an e-mail, so that Client Commander may take them for one contact"
		if is, want := strings.Contains(got.stderr, said), vendor == "clientcommander"; is != want {
			t.Errorf("%s: said: %v, want %v:\n%s", vendor, is, want, got.stderr)
		}
	}
}
