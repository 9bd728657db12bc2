package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"crmferry/importer/outcome"
	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/verdict"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/sheet"
)

// exportFlags are the flags without which a resource cannot be exported.
func exportFlags(vendor string) []string {
	if vendor == "cloverhound" || vendor == "rogerroger" { // of which organizations are not documented
		return []string{"--allow-undocumented"}
	}
	return nil
}

// exported is what an export left behind.
type exported struct {
	result
	text.ExportJSON
}

// exportFile exports with --json and without a rate; it must succeed.
func exportFile(t *testing.T, env map[string]string, id, file string, flags ...string) exported {
	t.Helper()
	args := append(append([]string{"export", id, "--output", file, "--json", "--rate", "off"}, exportFlags(id)...), flags...)
	got := exported{result: runApp(t, env, args...)}
	if got.code != failure.ExitOK {
		t.Fatalf("crmferry %q: exit code %d:\n%s", args, got.code, got.stderr)
	}
	if err := json.Unmarshal([]byte(got.stdout), &got.ExportJSON); err != nil {
		t.Fatalf("crmferry %q: %v: %q", args, err, got.stdout)
	}
	return got
}

// wantUnchanged imports a file and fails unless every row is unchanged and nothing was written.
func wantUnchanged(t *testing.T, s *sandbox.Server, env map[string]string, id, file string, rows int64) {
	t.Helper()
	vendor, _, _ := strings.Cut(id, "/")
	writes := s.Writes(vendor)
	got := importFile(t, env, id, file, exportFlags(vendor)...)
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: int(rows)})
	for _, l := range got.lines {
		if l.Outcome != string(outcome.Unchanged) {
			t.Errorf("row %d: %s %s %s: %s", l.Row, l.Outcome, l.Changed, l.Code, l.Message)
			break
		}
	}
	if n := s.Writes(vendor) - writes; n > 0 {
		t.Errorf("%d write requests", n)
	}
}

// looks are the ways in which a file can be written.
func looks() map[string]struct {
	ending string
	flags  []string
} {
	return map[string]struct {
		ending string
		flags  []string
	}{
		"csv":   {".csv", nil},
		"excel": {".csv", []string{"--excel"}},
		"tab":   {".csv", []string{"--delimiter", "tab"}},
		"raw":   {".csv", []string{"--raw"}},
		"xlsx":  {".xlsx", nil},
	}
}

// TestRoundTrip: what an export writes, an import of the same vendor reads back without a flag and finds unchanged. The
// contacts are those that the sandbox has and those of the samples, which use every field.
func TestRoundTrip(t *testing.T) {
	for _, vendor := range allVendors() {
		s, env := faulty(t, sandbox.Options{}, nil)
		sample := importFile(t, env, vendor, "../../samples/"+vendor+"-contacts.xlsx", exportFlags(vendor)...)
		if sample.Exit != int(failure.ExitOK) {
			t.Fatalf("%s: the sample did not go in:\n%s", vendor, sample.stderr)
		}
		for name, look := range looks() {
			if testing.Short() && name != "xlsx" {
				continue
			}
			t.Run(vendor+"/"+name, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "contacts"+look.ending)
				out := exportFile(t, env, vendor, file, look.flags...)
				if want := len(s.IDs(vendor)); int(out.Rows) != want || !out.Complete {
					t.Errorf("%d contacts exported, complete: %v, want %d", out.Rows, out.Complete, want)
				}
				wantUnchanged(t, s, env, vendor, file, out.Rows)
			})
		}
	}
}

// TestFurtherSheetsGoBack: a workbook that was too big for one sheet is imported sheet by sheet, as the export says.
func TestFurtherSheetsGoBack(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	file := filepath.Join(t.TempDir(), "contacts.xlsx")
	exportFile(t, env, "growcrm", file)
	moveRows(t, file, 30)
	wantRefusal(t, runApp(t, env, "import", "growcrm", file, "--yes"), failure.ExitUsage, "", `*which sheet is meant?*"Contacts 2" goes on from "Contacts": read them one after the other*`, `name it: --sheet "NAME"`)
	writes := s.Writes("growcrm")
	for name, rows := range map[string]int{"Contacts": 29, "Contacts 2": 15} {
		importFile(t, env, "growcrm", file, "--sheet", name).wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: rows})
	}
	if n := s.Writes("growcrm") - writes; n != 0 {
		t.Errorf("%d writes", n)
	}
}

// moveRows makes a second sheet of the rows of an export from that one on, as if the first were full.
func moveRows(t *testing.T, file string, from int) {
	t.Helper()
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Contacts")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet("Contacts 2"); err != nil {
		t.Fatal(err)
	}
	for i, row := range append(rows[:1:1], rows[from:]...) {
		if err := book.SetSheetRow("Contacts 2", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for i := len(rows); i > from; i-- {
		if err := book.RemoveRow("Contacts", i); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
}

// TestRoundTripOfWhatSpreadsheetsSpoil: values that a spreadsheet would compute, cut or split come back as they were.
func TestRoundTripOfWhatSpreadsheetsSpoil(t *testing.T) {
	file := putFile(t, "leads.csv", "First name,Last name,Email,Phone,Company\n"+
		"Piet,'t Hart,piet@example.com,+31612345670,Acme Inc\n"+
		"Apo,''=x,apo@example.com,+31612345671,Acme Inc\n"+
		"=1+1,=cmd|' /C calc'!A0,formula@example.com,+31612345672,Acme Inc\n"+
		"-5,@home,minus@example.com,+31612345673,Acme Inc\n"+
		"+49,1E5,plus@example.com,+31612345674,Acme Inc\n"+
		"\"Ann, \"\"Annie\"\"\",\"Se;mi\",quote@example.com,+31612345675,Acme Inc\n"+
		"Zoë,Ğ漢字🙂,unicode@example.com,+31612345676,Acme Inc\n"+
		"007,TRUE,zeros@example.com,+31612345677,Acme Inc\n")
	for _, vendor := range allVendors() {
		s, env := faulty(t, sandbox.Options{}, nil)
		importFile(t, env, vendor, file, exportFlags(vendor)...).wantCounts(t, map[outcome.Outcome]int{outcome.Created: 8})
		for name, look := range looks() {
			if testing.Short() && name != "xlsx" {
				continue
			}
			t.Run(vendor+"/"+name, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "contacts"+look.ending)
				out := exportFile(t, env, vendor, file, look.flags...)
				if name != "raw" { // where a leading ' is part of the value, only the guard tells
					wantUnchanged(t, s, env, vendor, file, out.Rows)
				}
			})
		}
	}
}

// TestFromVendorToVendor exports each vendor and imports the file into each other: every column that the other vendor
// has a field for arrives there.
func TestFromVendorToVendor(t *testing.T) {
	vendors := allVendors()
	for i, from := range vendors {
		for j, to := range vendors {
			if from == to || testing.Short() && j != (i+1)%len(vendors) {
				continue
			}
			for n, ending := range []string{".csv", ".xlsx"} {
				if spared(n, 2) {
					continue
				}
				t.Run(from+" to "+to+ending, func(t *testing.T) {
					t.Parallel()
					_, source := faulty(t, sandbox.Options{Contacts: 20}, nil)
					_, target := faulty(t, sandbox.Options{}, nil)
					file := filepath.Join(t.TempDir(), "contacts"+ending)
					out := exportFile(t, source, from, file)
					got := importFile(t, target, to, file, append(exportFlags(to), crossFlags(from, to, ending)...)...)
					for _, l := range got.lines {
						// The sandbox holds two people of one address, and two companies of one name, on purpose.
						twins := slices.Contains([]string{"duplicate_in_file", "ambiguous_match", "ambiguous_name"}, l.Code)
						o := outcome.Outcome(l.Outcome)
						if o != outcome.Created && o != outcome.Updated && o != outcome.Unchanged && !twins {
							t.Errorf("row %d: %s %s: %s", l.Row, l.Outcome, l.Code, l.Message)
						}
					}
					if got.Rows != int(out.Rows) {
						t.Errorf("%d rows imported of %d exported", got.Rows, out.Rows)
					}
					wantArrived(t, target, from, to, file, append(exportFlags(to), crossFlags(from, to, ending)...))
				})
			}
		}
	}
}

// crossFlags are the flags without which contacts of another vendor cannot be imported.
func crossFlags(from, to, ending string) []string {
	switch {
	case to == "growcrm":
		return []string{"--set", "clientid=1"}
	case to == "rogerroger":
		return []string{"--create-missing", "tags,segments,organizations"}
	case to == "clientcommander" && from == "rogerroger":
		// Dutch postal codes, where the vendor takes none but those of the USA.
		return []string{"--map", map[string]string{".csv": "address.postalCode=", ".xlsx": "Postal code="}[ending]}
	}
	return nil
}

// wantArrived compares the file with what the vendor has, by e-mail address, in every column that was mapped.
func wantArrived(t *testing.T, env map[string]string, from, to, file string, flags []string) {
	t.Helper()
	var check verdict.CheckJSON
	got := runApp(t, env, append([]string{"check", to, file, "--json"}, checkFlags(flags)...)...)
	if err := json.Unmarshal([]byte(got.stdout), &check); err != nil {
		t.Fatalf("check: %v:\n%s", err, got.stderr)
	}
	after := filepath.Join(t.TempDir(), "after.csv")
	exportFile(t, env, to, after)
	want, have := readSheet(t, file), readSheet(t, after)
	byEmail := map[string]map[string]string{}
	for _, row := range have {
		for _, address := range addresses(row) {
			byEmail[address] = row
		}
	}
	compared := map[string]int{}
	for _, row := range want {
		all := addresses(row)
		if len(all) == 0 || strings.HasSuffix(all[0], "@twice.example.com") {
			continue
		}
		found := byEmail[all[0]]
		if found == nil {
			t.Errorf("%s did not arrive", all[0])
			continue
		}
		for _, c := range check.Columns {
			if _, readable := found[c.Field]; !readable || row[c.Header] == "" {
				continue
			}
			compared[c.Field]++
			if !holds(found[c.Field], row[c.Header]) {
				t.Errorf("%s: %s: %q arrived as %s %q", all[0], c.Header, row[c.Header], c.Field, found[c.Field])
			}
		}
	}
	t.Logf("%s to %s: %v", from, to, compared)
	if len(compared) < 2 { // a name that is split or joined is no column of its own
		t.Errorf("only %v were compared", compared)
	}
}

// checkFlags are the flags that check takes, too.
func checkFlags(flags []string) []string {
	var taken []string
	for i, f := range flags {
		if f == "--set" || f == "--map" {
			taken = append(taken, f, flags[i+1])
		}
	}
	return taken
}

// readSheet reads a file as rows by header.
func readSheet(t *testing.T, path string) []map[string]string {
	t.Helper()
	r, err := sheet.Open(path, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var rows []map[string]string
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		named := map[string]string{}
		for i, h := range r.Header() {
			named[h] = row.Cells[i]
		}
		rows = append(rows, named)
	}
}

// addresses are the e-mail addresses of a row, wherever they stand.
func addresses(row map[string]string) []string {
	var found []string
	for _, header := range []string{"email", "Email", "emails", "Emails", "emailAddresses", "Email addresses"} {
		found = append(found, emailPattern.FindAllString(strings.ToLower(row[header]), -1)...)
	}
	return found
}

var emailPattern = regexp.MustCompile(`[^\s;"()@]+@[^\s;"()]+`)

// holds reports whether all words of want are in have: lists are added to. What stands in brackets behind a value is
// what one vendor alone says of it.
func holds(have, want string) bool {
	want = regexp.MustCompile(`\([^)]*\)`).ReplaceAllString(want, "")
	word := regexp.MustCompile(`[\pL\pN]+`)
	known := word.FindAllString(strings.ToLower(have), -1)
	for _, w := range word.FindAllString(strings.ToLower(want), -1) {
		if !slices.Contains(known, w) {
			return false
		}
	}
	return true
}
