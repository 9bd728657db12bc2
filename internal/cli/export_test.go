package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/export"
	"crmferry/internal/job/files"
	"crmferry/internal/sandbox"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
)

// ids reads the ids of an export in CSV.
func ids(t *testing.T, data []byte) []string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatalf("read export: %d records, %v", len(records), err)
	}
	column := slices.Index(records[0], "id")
	if column < 0 {
		t.Fatalf("no column id in %q", records[0])
	}
	var found []string
	for _, r := range records[1:] {
		found = append(found, r[column])
	}
	return found
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestExportWhileContactsComeAndGo: whoever was there throughout is in the file exactly once. The long form exports a
// hundred thousand contacts into each format and takes minutes: CRMFERRY_TEST_CONTACTS=100000 go test -timeout 60m.
func TestExportWhileContactsComeAndGo(t *testing.T) {
	contacts := 3000
	if testing.Short() {
		contacts = 400
	}
	if n := os.Getenv("CRMFERRY_TEST_CONTACTS"); n != "" {
		if _, err := fmt.Sscan(n, &contacts); err != nil {
			t.Fatal(err)
		}
	}
	for _, vendor := range allVendors() {
		for _, ending := range []string{".csv", ".xlsx"} {
			t.Run(vendor+ending, func(t *testing.T) {
				s, env := faulty(t, sandbox.Options{Contacts: contacts, Churn: 5}, nil)
				before := s.IDs(vendor)
				file := filepath.Join(t.TempDir(), "contacts"+ending)
				out := exportFile(t, env, vendor, file)
				after := map[string]bool{}
				for _, id := range s.IDs(vendor) {
					after[id] = true
				}
				got := map[string]int{}
				for _, row := range readSheet(t, file) {
					got[idOf(row, vendor)]++
				}
				for _, id := range before {
					if after[id] && got[id] != 1 {
						t.Errorf("%s was there throughout and is %d times in the file", id, got[id])
					}
				}
				for id, n := range got {
					if n != 1 {
						t.Errorf("%q is %d times in the file", id, n)
					}
				}
				if int(out.Rows) != len(got) || !out.Complete {
					t.Errorf("the summary says %d rows (complete: %v), the file has %d", out.Rows, out.Complete, len(got))
				}
				wantOnly(t, filepath.Dir(file), "contacts"+ending)
			})
		}
	}
}

// idOf is the id in a row of an export, whose header is the field's name or its label.
func idOf(row map[string]string, vendor string) string {
	for header, cell := range row {
		if header == "id" || strings.HasSuffix(header, " ID") && strings.EqualFold(strings.ReplaceAll(strings.TrimSuffix(header, " ID"), " ", ""), vendor) {
			return cell
		}
	}
	return ""
}

func TestExportToStdout(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	got := runApp(t, env, "export", "growcrm", "-o", "-", "--rate", "off")
	if got.code != failure.ExitOK || !slices.Equal(ids(t, []byte(got.stdout)), s.IDs("growcrm")) {
		t.Errorf("exit code %d, stdout:\n%s\nstderr:\n%s", got.code, got.stdout, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "all contacts of Grow CRM into stdout: ", "exported 44 contacts, complete", "\npages 1   repeats dropped 0 ")
	_, env = faulty(t, sandbox.Options{Contacts: 500, Faults: []sandbox.Fault{{Kind: "401", From: 3}}}, nil)
	if got := runApp(t, env, "export", "growcrm", "-o", "-", "--rate", "off"); got.stdout != "" || got.code != failure.ExitStopped {
		t.Errorf("exit code %d, stdout of an incomplete export:\n%s", got.code, got.stdout)
	}
}

// TestExportForCron: nothing is printed on success, and a run leaves its record.
func TestExportForCron(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	dir := t.TempDir()
	got := runApp(t, env, "export", "growcrm", "-o", filepath.Join(dir, "contacts.csv"), "--quiet", "--rate", "off", "--wait", "1s")
	if got.code != failure.ExitOK || got.stdout+got.stderr != "" {
		t.Errorf("exit code %d, stdout %q, stderr %q", got.code, got.stdout, got.stderr)
	}
	runs, err := state.Runs(env[state.RootVariable])
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	var record history.Record
	if err := state.ReadRecord(runs[0].Dir, &record); err != nil {
		t.Fatal(err)
	}
	if record.Kind != "export" || record.State != history.Finished || record.Rows != 44 || record.Finished.IsZero() {
		t.Errorf("record %+v", record)
	}
}

func TestExportColumnsLimitsAndFilters(t *testing.T) {
	_, env := faulty(t, sandbox.Options{Contacts: 300}, nil)
	export := func(flags ...string) [][]string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "contacts.csv")
		exportFile(t, env, flags[0], file, flags[1:]...)
		records, err := csv.NewReader(bytes.NewReader(readFile(t, file))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return records
	}
	if got := export("growcrm", "--columns", "email,id", "--columns", "client.company_name", "--limit", "7"); len(got) != 8 ||
		!slices.Equal(got[0], []string{"email", "id", "client.company_name"}) {
		t.Errorf("columns and limit: %d records, header %q", len(got), got[0])
	}
	owners := export("growcrm", "--filter", "account_owner=yes", "--columns", "account_owner")
	if len(owners) < 2 || slices.ContainsFunc(owners[1:], func(r []string) bool { return r[0] != "yes" }) {
		t.Errorf("owners: %q", owners)
	}
	sorted := export("growcrm", "--filter", "sort=email", "--filter", "order=desc", "--columns", "email")
	if len(sorted) != 345 || !slices.IsSortedFunc(sorted[1:], func(a, b []string) int { return strings.Compare(b[0], a[0]) }) {
		t.Errorf("sorted: %d records", len(sorted))
	}
	some := export("rogerroger", "--filter", "emailAddresses.email[]=rosa.davis.181@example.org", "--filter", "emailAddresses.email=henry.nelson.196@example.org")
	if len(some) != 3 {
		t.Errorf("a filter given twice: %d records", len(some))
	}
	archived := export("rogerroger", "--filter", "exists[archivedAt]=true", "--columns", "archivedAt")
	if slices.ContainsFunc(archived[1:], func(r []string) bool { return r[0] == "" }) {
		t.Errorf("archived: %q", archived)
	}
}

func TestExportSince(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	importFile(t, env, "growcrm", putFile(t, "leads.csv", newcomers(3)))
	dir := t.TempDir()
	out := exportFile(t, env, "growcrm", filepath.Join(dir, "changes-{date}-{time}.csv"), "--since", "1h")
	if out.Rows != 3 || s.Requests("growcrm") == 0 {
		t.Errorf("%d rows, want the newcomers", out.Rows)
	}
	if name := filepath.Base(out.File); len(name) != len("changes-2026-01-02-150405.csv") || !strings.HasPrefix(name, "changes-20") {
		t.Errorf("file %q", name)
	}
	wantOnly(t, dir, filepath.Base(out.File))
}

// TestExportGuards: a suspiciously small file does not take the old one's place.
func TestExportGuards(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "contacts.csv")
	_, many := faulty(t, sandbox.Options{Contacts: 100}, nil)
	exportFile(t, many, "growcrm", file, "--max-shrink", "20%", "--min-rows", "144") // no old file yet
	old := readFile(t, file)
	_, few := faulty(t, sandbox.Options{}, nil)
	for _, tt := range []struct{ flag, value, error string }{
		{"--max-shrink", "20%", "only 44 contacts, and " + file + " has 144: that is more than --max-shrink 20% less; nothing was written"},
		{"--min-rows", "45", "only 44 contacts, and --min-rows asks for 45: nothing was written"},
	} {
		got := runApp(t, few, "export", "growcrm", "-o", file, "--rate", "off", "--quiet", tt.flag, tt.value)
		if got.code != failure.ExitFailed || !strings.HasPrefix(got.stderr, "error: "+tt.error+"\nhint: ") {
			t.Errorf("%s: exit code %d, stderr:\n%s", tt.flag, got.code, got.stderr)
		}
		if !bytes.Equal(readFile(t, file), old) {
			t.Errorf("%s: the old file is gone", tt.flag)
		}
		wantOnly(t, dir, "contacts.csv")
	}
	exportFile(t, few, "growcrm", file, "--max-shrink", "70%")
	// Where each file has a name of its own, the newest counts.
	dated := filepath.Join(dir, "c-{time}.csv")
	exportFile(t, many, "growcrm", dated)
	got := runApp(t, few, "export", "growcrm", "-o", dated, "--rate", "off", "--max-shrink", "20%")
	if got.code != failure.ExitFailed {
		t.Errorf("exit code %d, stderr:\n%s", got.code, got.stderr)
	}
}

// TestExportSaysWhatIsNext: the way back where there is one, sheet by sheet where the workbook has several.
func TestExportSaysWhatIsNext(t *testing.T) {
	r, err := account.All().Find("growcrm")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		path  string
		since time.Time
		stats write.Stats
		want  string
	}{
		{"c.csv", time.Time{}, write.Stats{Rows: 1, Sheets: 1}, "what is changed in it goes back with: crmferry import growcrm c.csv --dry-run"},
		{"c.xlsx", time.Time{}, write.Stats{Rows: 2_000_000, Sheets: 2},
			"open it; what is changed in it goes back with: crmferry import growcrm c.xlsx --dry-run --sheet Contacts, then the same for each further sheet: --sheet 'Contacts 2'"},
		{"c.csv", time.Time{}, write.Stats{}, "if there should be some, see what the key may do: crmferry vendors growcrm --check"},
		{"c.csv", time.Date(2026, 3, 15, 6, 0, 0, 0, time.UTC), write.Stats{},
			"nothing fits; if something should, leave out what narrows it: created or changed since 2026-03-15T06:00:00Z"},
	} {
		result := export.Result{Plan: export.Plan{Resource: r, File: files.NewOutputFile(tt.path, time.Now()), Since: tt.since}, Stats: tt.stats}
		if got := text.NextAfterExport(&result); got != tt.want {
			t.Errorf("%s, %+v: %s", tt.path, tt.stats, got)
		}
	}
}

// TestExportRefusals: wrong use is refused with one line and a hint, and nothing is asked of the vendor.
func TestExportRefusals(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	dir := t.TempDir()
	csvFile, folder := filepath.Join(dir, "contacts.csv"), filepath.Join(dir, "folder.csv")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	device := filepath.Join(t.TempDir(), "device.csv")
	if err := os.Symlink(os.DevNull, device); err != nil {
		t.Skip(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		err  string
		hint string
	}{
		{"no output", []string{"growcrm"}, "there is no --output", "name the file: crmferry export growcrm --output contacts.xlsx"},
		{"a folder", []string{"growcrm", "-o", folder}, "cannot write *folder.csv\": it is a folder", "name a .csv or .xlsx file*"},
		{"a device", []string{"growcrm", "-o", device}, "cannot write *device.csv\": it is not a plain file", "name another file: --output *"},
		{"no folder", []string{"growcrm", "-o", filepath.Join(dir, "no", "x.csv")}, "cannot write *there is no folder*", "*"},
		{"another ending", []string{"growcrm", "-o", "contacts.txt"}, `--output "contacts.txt" is neither a CSV file nor a workbook`, "*"},
		{"column", []string{"growcrm", "-o", csvFile, "--columns", "emial"}, "*emial*", "did you mean email?"},
		{"filter", []string{"growcrm", "-o", csvFile, "--filter", "acount_owner=yes"}, `unknown filter "acount_owner"`, `did you mean "account_owner"?`},
		{"last part of a filter", []string{"rogerroger", "-o", csvFile, "--filter", "uuid=yes"}, `unknown filter "uuid"`, `did you mean "segments.uuid"?`},
		{"no such filter", []string{"growcrm", "-o", csvFile, "--filter", "shoe=44"}, `unknown filter "shoe"`, "filters of growcrm: status, client_id, *"},
		{"filter without value", []string{"growcrm", "-o", csvFile, "--filter", "status"}, `--filter "status" is not a filter`, "*name=value*"},
		{"value of a filter", []string{"growcrm", "-o", csvFile, "--filter", "order=down"}, `unknown value for --filter order "down"`, "*"},
		{"filter twice", []string{"growcrm", "-o", csvFile, "--filter", "search=a", "--filter", "search=b"}, "--filter search is given twice*", "*"},
		{"page", []string{"growcrm", "-o", csvFile, "--filter", "page=2"}, "--filter page: paging belongs to the export*", "*"},
		{"itemsPerPage", []string{"rogerroger", "-o", csvFile, "--filter", "itemsPerPage=2"}, "--filter itemsPerPage: paging belongs to the export*", "*"},
		{"no filters", []string{"clientcommander", "-o", csvFile, "--filter", "q=x"}, `unknown filter "q"`, "*"},
		{"since into the full file", []string{"growcrm", "-o", csvFile, "--since", "36h"}, "--since exports changes only, *", "*{date}*"},
		{"no time", []string{"growcrm", "-o", "-", "--since", "soon"}, `--since "soon" is not a time`, "*"},
		{"future", []string{"growcrm", "-o", "-", "--since", "2999-01-01"}, `--since 2999-01-01 lies in the future`, "*"},
		{"limit", []string{"growcrm", "-o", csvFile, "--limit", "0"}, "--limit 0 exports nothing", "*"},
		{"delimiter", []string{"growcrm", "-o", csvFile, "--delimiter", "::"}, "--delimiter *", "*"},
		{"shrink", []string{"growcrm", "-o", csvFile, "--max-shrink", "some"}, "--max-shrink *", "*20%*"},
		{"shrink by no number", []string{"growcrm", "-o", csvFile, "--max-shrink", "NaN%"}, `--max-shrink "NaN%" is not a percentage`, "*20%*"},
		{"excel workbook", []string{"growcrm", "-o", filepath.Join(dir, "c.xlsx"), "--excel"}, "--excel is for CSV files, *", "*"},
		{"no list", []string{"cloverhound", "-o", csvFile}, "Cloverhound documents no list of its contacts: they cannot be exported", "*--allow-undocumented"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantRefusal(t, runApp(t, env, append([]string{"export"}, tt.args...)...), failure.ExitUsage, "", tt.err, tt.hint)
		})
	}
	if n := s.Requests("growcrm") + s.Requests("rogerroger"); n > 0 {
		t.Errorf("%d requests", n)
	}
	wantOnly(t, dir, "folder.csv")
}

// TestExportKeepsMode: the new file has the old one's mode.
func TestExportKeepsMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes on Windows")
	}
	_, env := faulty(t, sandbox.Options{}, nil)
	file := putFile(t, "contacts.csv", "old")
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	exportFile(t, env, "growcrm", file, "--overwrite")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestNotesAskBeforeManyRequests: an export that takes a request per person says so first.
func TestNotesAskBeforeManyRequests(t *testing.T) {
	s, env := faulty(t, sandbox.Options{Contacts: 1100}, nil)
	file := filepath.Join(t.TempDir(), "notes.csv")
	got := runApp(t, env, "export", "rogerroger/notes", "-o", file, "--rate", "100000/m")
	if got.code != failure.ExitUsage || !strings.Contains(got.stderr, "it takes at least 1,133 requests, 1 s at 100000 requests a minute, and there is no terminal") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	if n := s.Requests("rogerroger"); n > 60 {
		t.Errorf("%d requests before the question", n)
	}
	wantOnly(t, filepath.Dir(file))
	if got := exportFile(t, env, "rogerroger/notes", file, "--yes"); !got.Complete {
		t.Errorf("summary %+v", got.ExportJSON)
	}
}

// TestExportOfWhatIsNotThere: a filter that names nothing is not taken for a wrong address.
func TestExportOfWhatIsNotThere(t *testing.T) {
	_, env := faulty(t, sandbox.Options{}, nil)
	file := filepath.Join(t.TempDir(), "notes.csv")
	got := runApp(t, env, "export", "rogerroger/notes", "-o", file, "--rate", "off", "--quiet", "--filter", "person=1")
	wantRefusal(t, got, failure.ExitFailed, "", "*404 Not Found*; nothing was written", "see whether there is what --filter person=1 names")
	wantOnly(t, filepath.Dir(file))
}
