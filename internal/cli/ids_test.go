package cli

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/sandbox"
)

// TestIDs: an import whose file has the ids of another program leaves a list of which id each row has got; also when it was
// interrupted between any two rows and resumed.
func TestIDs(t *testing.T) {
	var b strings.Builder
	b.WriteString("Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage\n")
	for i := range 30 {
		fmt.Fprintf(&b, "%d,Ann,Sample%d,ann.%d@example.com,Bo,Lead\n", 4400+i, i, i)
	}
	b.WriteString("4500,Again,Sample0,ann.0@example.com,Bo,Lead\n") // a second row of one contact is rejected
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var writes atomic.Int32
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		stop := r.Method == http.MethodPost && writes.Add(1) == 10
		if stop {
			refuse(w, http.StatusUnauthorized)
		}
		return stop
	})
	runApp(t, env, "import", "rogerroger", file, "--yes", "--rate", "off", "--workers", "1")
	if n := len(listOfIDs(t, file)); n > 10 {
		t.Fatalf("the run was not interrupted: %d ids", n)
	}
	got := runApp(t, env, "import", "rogerroger", file, "--yes", "--rate", "off", "--resume")
	ids := listOfIDs(t, file)
	if len(ids) != 30 || !strings.Contains(got.stderr, "people.ids.csv") {
		t.Fatalf("%d ids\n%s", len(ids), got.stderr)
	}
	known := map[string]bool{}
	for _, id := range s.IDs("rogerroger") {
		known[id] = true
	}
	for i, id := range ids {
		if id["old_id"] != fmt.Sprint(4400+i) || !known[id["new_id"]] || id["name"] != fmt.Sprintf("Ann Sample%d", i) || id["resource"] != "rogerroger" {
			t.Errorf("line %d: %v", i, id)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "said.csv")
	runApp(t, env, "import", "rogerroger", file, "--yes", "--rate", "off", "--restart", "--report", elsewhere)
	if n := len(listOfIDs(t, elsewhere)); n != 30 {
		t.Errorf("%d ids beside the report that was named", n)
	}
	if info, err := os.Stat(strings.TrimSuffix(file, ".csv") + ".ids.csv"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// listOfIDs reads the list of ids beside a file, none if there is none.
func listOfIDs(t *testing.T, file string) []entry {
	path := strings.TrimSuffix(file, ".csv") + ".ids.csv"
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	return readRecords(t, path)
}

// TestNoIDs: an import of a file without such ids leaves no list, and neither does one of the vendor's own export.
func TestNoIDs(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	dir := t.TempDir()
	own, plain := filepath.Join(dir, "own.csv"), filepath.Join(dir, "plain.csv")
	exportFile(t, env, "growcrm", own)
	if err := os.WriteFile(plain, []byte("First name,Last name,Email,Company\nAnn,Sample,ann.s@example.com,Acme Inc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{own, plain} {
		importFile(t, env, "growcrm", file)
		if ids := listOfIDs(t, file); ids != nil {
			t.Errorf("%s: %d ids", filepath.Base(file), len(ids))
		}
	}
}

// TestIDsOfApply: a plan that is applied leaves the list that the import would have left.
func TestIDsOfApply(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	file := putFile(t, "people.csv", "Record ID,First Name,Last Name,Email\n71,Ann,Sample,ann.s@example.com\n72,Bo,Sample,bo.s@example.com\n")
	plan := strings.TrimSuffix(file, ".csv") + ".dry-run.csv"
	runApp(t, env, "import", "rogerroger", file, "--dry-run", "--rate", "off")
	if ids := listOfIDs(t, file); ids != nil {
		t.Fatalf("the plan leaves %v", ids)
	}
	got := runApp(t, env, "apply", plan, "--yes", "--rate", "off")
	if ids := listOfIDs(t, file); len(ids) != 2 || ids[1]["old_id"] != "72" || ids[1]["new_id"] == "" || !strings.Contains(got.stderr, "people.ids.csv") {
		t.Errorf("%v\n%s", ids, got.stderr)
	}
}

// TestKeepSourceID: new people and organizations keep the ids that they have where they come from; those that are there do not get
// one, and a second import writes nothing.
func TestKeepSourceID(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		flags    []string
		read     []string
	}{
		{"growcrm", "rogerroger", []string{"--create-missing", "organizations"}, nil},
		{"growcrm/clients", "rogerroger/organizations", []string{"--allow-undocumented"}, []string{"--allow-undocumented"}},
	} {
		t.Run(tt.to, func(t *testing.T) {
			s, env := faulty(t, sandbox.Options{Contacts: 60}, nil)
			dir := t.TempDir()
			file, before, after := filepath.Join(dir, "from.csv"), filepath.Join(dir, "before.csv"), filepath.Join(dir, "after.csv")
			importFile(t, env, "growcrm/clients", filepath.Join(samplesFolder, "growcrm-clients.csv"))
			exportFile(t, env, tt.from, file)
			exportFile(t, env, tt.to, before, tt.read...)
			flags := append([]string{"--keep-source-id"}, tt.flags...)
			importFile(t, env, tt.to, file, flags...)
			exportFile(t, env, tt.to, after, tt.read...)
			was, ids, kept := map[string]entry{}, map[string]bool{}, 0
			for _, r := range readRecords(t, before) {
				was[r["id"]] = r
			}
			for _, id := range listOfIDs(t, importReport(t, env, tt.to, file, flags...)) {
				ids[id["new_id"]+" "+id["old_id"]] = true
			}
			for _, r := range readRecords(t, after) {
				old, there := was[r["id"]]
				switch {
				case there && (r["customerId"] != old["customerId"] || r["externalSource"] != old["externalSource"]):
					t.Errorf("%s was there and has got %q, %q", r["id"], r["customerId"], r["externalSource"])
				case !there && r["externalSource"] == "growcrm":
					if kept++; !ids[r["id"]+" "+r["customerId"]] {
						t.Errorf("%s has %q, which is not its id", r["id"], r["customerId"])
					}
				case !there && tt.to != "rogerroger/organizations" && r["externalSource"] == "":
					t.Errorf("%s has none", r["id"])
				}
			}
			if kept == 0 {
				t.Error("nothing new keeps an id")
			}
			writes := s.Writes("rogerroger")
			importFile(t, env, tt.to, file, flags...)
			if n := s.Writes("rogerroger") - writes; n != 0 {
				t.Errorf("a second import writes %d times", n)
			}
			writes = s.Writes("rogerroger")
			if importFile(t, env, tt.to, after, tt.read...); s.Writes("rogerroger") != writes {
				t.Error("the round trip writes")
			}
		})
	}
}

// importReport imports a file once more, and returns a name beside which the list of its ids is.
func importReport(t *testing.T, env map[string]string, to, file string, flags ...string) string {
	t.Helper()
	report := filepath.Join(t.TempDir(), "again.csv")
	runApp(t, env, append([]string{"import", to, file, "--yes", "--rate", "off", "--report", report}, flags...)...)
	return report
}

// TestKeepSourceIDRefused: it is refused where nothing can be kept, and where nothing says what.
func TestKeepSourceIDRefused(t *testing.T) {
	with := putFile(t, "with.csv", "Record ID,First Name,Last Name,Email\n71,Ann,Sample,ann.s@example.com\n")
	without := putFile(t, "without.csv", "First Name,Last Name,Email\nAnn,Sample,ann.s@example.com\n")
	for _, tt := range []struct{ vendor, file, flag, says string }{
		{"growcrm", with, "--keep-source-id", "error: growcrm: no --keep-source-id: a contact has no place for the id of another program\n"},
		{"rogerroger", without, "--keep-source-id", "error: --keep-source-id: no column holds the ids of another program\n"},
		{"rogerroger", with, "--keep-source-id", "error: --keep-source-id: the file does not say which program it is from\n"},
		{"rogerroger", with, "--keep-source-id=hubspot", "created 1 "},
	} {
		got := runApp(t, nil, "import", tt.vendor, tt.file, "--sandbox", tt.flag)
		wantLines(t, "stderr", got.stderr, tt.says)
	}
	same := putFile(t, "same.csv", "Record ID,First Name,Last Name,Email\n71,Ann,Sample,ann.s@example.com\n71,Bo,Sample,bo.s@example.com\n")
	wantLines(t, "stderr", runApp(t, nil, "import", "rogerroger", same, "--sandbox", "--keep-source-id=hubspot").stderr, "is called Record ID, or as the program calls it, and tells most rows apart\n")
	got := runApp(t, nil, "import", "rogerroger", with, "--sandbox", "--dry-run", "--keep-source-id=hubspot")
	wantLines(t, "what is printed", got.stderr, " --keep-source-id=hubspot")
}

// TestKeepSourceIDOfNone: a cell that holds no id, or a damaged one, gives its row no origin, and one id is kept once.
func TestKeepSourceIDOfNone(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	file := putFile(t, "ids.csv", "Record ID,First Name,Last Name,Email\n71,Ann,Sample,ann.s@example.com\nn/a,Bo,Sample,bo.s@example.com\n1.23E+11,Cy,Sample,cy.s@example.com\n"+
		"#REF!,Di,Sample,di.s@example.com\n0,Ed,Sample,ed.s@example.com\n0,Flo,Sample,flo.s@example.com\n0,Gus,Sample,gus.s@example.com\n71,Hal,Sample,hal.s@example.com\n")
	got := importFile(t, env, "rogerroger", file, "--keep-source-id=hubspot")
	wantLines(t, "what is said", got.stderr, ", 1 kept (Record ID: new records keep it in customerId)")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 7, outcome.Rejected: 1})
	after := filepath.Join(t.TempDir(), "after.csv")
	exportFile(t, env, "rogerroger", after)
	kept := map[string]string{}
	for _, r := range readRecords(t, after) {
		if r["familyName"] == "Sample" {
			kept[r["givenName"]] = r["customerId"] + " " + r["externalSource"]
		}
	}
	if want := map[string]string{"Ann": "71 hubspot", "Bo": " ", "Cy": " ", "Di": " ", "Ed": " ", "Flo": " ", "Gus": " "}; !maps.Equal(kept, want) {
		t.Errorf("kept %v, want %v", kept, want)
	}
}
