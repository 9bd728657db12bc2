package cli

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

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
