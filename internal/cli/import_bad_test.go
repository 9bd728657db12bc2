package cli

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/verdict"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// leads are two contacts that every vendor takes.
const leads = "First name,Last name,Email,Company,Phone\n" +
	"Nora,Nieuw,nora@example.com,Acme Inc,+15125550141\n" +
	"Otto,Oud,otto@example.com,Acme Inc,+15125550142\n"

// putFile writes a file into a folder of the test's own and returns its path.
func putFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// compound is an OLE file, as Excel writes workbooks of 97-2003 and those with a password, with one stream.
func compound(stream string) string {
	b := make([]byte, 2048)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	b[26], b[28], b[29], b[30], b[32] = 3, 0xfe, 0xff, 9, 6
	b[44], b[48] = 1, 1 // one sector of the allocation table, the directory in sector 1
	for i, r := range stream {
		b[1024+2*i] = byte(r)
	}
	b[1024+64] = byte(2*len(stream) + 2)
	return string(b)
}

func zipped(t *testing.T, name, content string) string {
	t.Helper()
	var b strings.Builder
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wantRefusal fails unless the command said exactly one line on what is wrong and one hint, and nothing else. In both
// texts FILE stands for the path, and a text in slashes is a pattern.
func wantRefusal(t *testing.T, got result, code failure.ExitCode, file, problem, hint string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(got.stderr, "\n"), "\n")
	for len(lines) > 2 && !strings.HasPrefix(lines[0], "error: ") {
		lines = lines[1:] // what was said of the file before the vendor was asked
	}
	if got.code != code || got.stdout != "" || len(lines) != 2 {
		t.Errorf("exit code %d, want %d; stdout %q, stderr:\n%s", got.code, code, got.stdout, got.stderr)
		return
	}
	for i, want := range []string{"error: " + problem, "hint: " + hint} {
		want = "^" + regexp.MustCompile(`\\?\*`).ReplaceAllString(regexp.QuoteMeta(strings.ReplaceAll(want, "FILE", file)), ".*") + "$"
		if !regexp.MustCompile(want).MatchString(lines[i]) {
			t.Errorf("line %d is %q, want %q", i+1, lines[i], want)
		}
	}
}

// TestBadFiles imports and checks files that cannot be imported: each gets one line on what is wrong and one hint, and
// nothing is sent.
func TestBadFiles(t *testing.T) {
	workbook, err := os.ReadFile(samplesFolder + "/growcrm-contacts.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	headers := "the first row must hold the headers, each further row one contact"
	save := "export it again as .xlsx or CSV; or open it in a spreadsheet program and save it as one of them"
	tests := []struct {
		title, name, content string
		flags                []string
		problem, hint        string
	}{
		{"empty", "leads.csv", "", nil, `read "FILE": the file is empty`, headers},
		{"empty workbook", "leads.xlsx", "", nil, `read "FILE": the file is empty`, headers},
		{"header without rows", "leads.csv", "First name,Last name,Email,Company\n\n\n", nil, `read "FILE": a header and no rows`, headers},
		{"CSV named as a workbook", "leads.xlsx", leads, nil, `read "FILE": is plain text, not the workbook that its name promises: if it is CSV, rename it to .csv`, save},
		{"workbook named as CSV", "leads.csv", string(workbook), nil, `read "FILE": is a zip archive or a workbook, not the CSV file that its name promises: if it is a workbook, rename it to .xlsx`, save},
		{"web page", "leads.csv", "<!doctype html><html><title>Sign in</title></html>", nil, `read "FILE": is a web page (HTML), not a sheet`, save},
		{"web page named as a workbook", "leads.xlsx", "<!doctype html><html><title>Sign in</title></html>", nil, `read "FILE": is a web page (HTML), not a sheet`, save},
		{"another zip", "leads.xlsx", zipped(t, "readme.txt", "hello"), nil, `read "FILE": *`, "unpack it, and name the file that was in it"},
		{"Excel 97-2003", "leads.xls", compound("Workbook"), nil, `read "FILE": is a workbook of Excel 97-2003 (.xls), which is not read`, "open it in Excel or LibreOffice and save it as .xlsx"},
		{"encrypted", "leads.xlsx", compound("EncryptedPackage"), nil, `read "FILE": *password*`, "open it in Excel, remove the password (File, Info, Protect Workbook) and save it again"},
		{"cut off", "leads.xlsx", string(workbook[:len(workbook)/2]), nil, `read "FILE": *`, "*again*"},
		{"missing sheet", "leads.xlsx", string(workbook), []string{"--sheet", "Leads"}, `read "FILE": there is no sheet "Leads"; there are "Contacts", "Notes"`, "name one of the sheets that there are with --sheet"},
		{"sheet of a CSV file", "leads.csv", leads, []string{"--sheet", "Leads"}, `read "FILE": a CSV file has no sheet "Leads": it is one sheet without a name`, "leave the option out"},
		{"no such encoding", "leads.csv", "First name,Last name,Email,Company\nRen\xe9,Oud,rene@example.com,Acme Inc\n", []string{"--encoding", "utf-8"}, `read "FILE": row 2, line 2, column A: *UTF-8*`, `save it as "CSV UTF-8" in Excel or as .xlsx, or leave --encoding out, and it is found out`},
		{"unknown encoding", "leads.csv", leads, []string{"--encoding", "cp125"}, `*--encoding*"cp125"*`, "*known: utf-8*"},
		{"delimiter", "leads.csv", leads, []string{"--delimiter", ";"}, `read "FILE": row 1, line 1: *','*`, "leave --delimiter out, or name the character that stands between the cells"},
		{"map file", "leads.csv", leads, []string{"--map-file", "nowhere.csv"}, `there is no file "nowhere.csv"`, "check the name; the folder is *"},
	}
	s, env := runningSandbox(t)
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			file := putFile(t, tt.name, tt.content)
			for _, command := range [][]string{{"import", "growcrm", file, "--yes"}, {"check", "growcrm", file}} {
				wantRefusal(t, runApp(t, env, append(command, tt.flags...)...), failure.ExitUsage, file, tt.problem, tt.hint)
			}
			wantOnly(t, filepath.Dir(file), tt.name)
		})
	}
	if n := s.Requests("growcrm"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// TestBadHeaders imports and checks files whose header cannot be used: check shows the columns above what is wrong, which
// is where the mending starts, and import says how it sees them. Nothing is sent.
func TestBadHeaders(t *testing.T) {
	tests := []struct {
		title, content string
		flags          []string
		problem, hint  string
		shown          string // of the table of columns
	}{
		{"required fields without a column", "First name,Last name,Phone\nA,B,+15125550101\n", nil, "no column for Email, Client ID, which growcrm requires",
			`Email: a column named "Email", "Email address"*; Client ID: a column named "Client ID", "Company"*, or --default "clientid=VALUE" for all rows; or name a column yourself with --map "HEADER=email"`,
			"C  Phone       phone          1       +15125550101  name"},
		{"required fields with columns to choose from", "First name,Last name,Mail ad,Wo\nA,B,a@example.com,Delft\nC,D,c@example.com,Gent\n", nil, "no column for Email, Client ID, which growcrm requires",
			`if it is right, confirm what is proposed with --map "Mail ad=email"; Client ID: a column named *; or name a column yourself with --map "HEADER=clientid"; not used yet: "Wo"`,
			`C  Mail ad     -              2       a@example.com  perhaps email: all its cells are e-mail addresses; confirm it with --map "Mail ad=email"`},
		{"two columns for one field", "First name,Last name,Email,email,Company\nA,B,a@example.com,b@example.com,Acme Inc\n", nil,
			`columns C ("Email") and D ("email") could both be email`, `choose one of them with --map "Email=email"; or take of each row the first that is filled, with --map "Email=email" --map "email=email"`,
			"D  email       -              1       b@example.com  column D could be email as well as column C\nE  Company     clientid       1       Acme Inc       usual header"},
		{"no headers", "Jan,Smit,jan@example.com,Acme Inc\nPia,Bos,pia@example.com,Acme Inc\n", nil, "no column for *", "*",
			"about the file:\n  row 1: header_looks_like_data: "},
		{"unknown field", leads, []string{"--map", "Email=mail"}, `--map: growcrm has no field "mail"`, "did you mean email?", "C  Email       email          2       nora@example.com  name"},
		{"unknown column", leads, []string{"--map", "Emai=email"}, `--map: the sheet has no column "Emai"`, `did you mean "Email"?`, "C  Email       email          2       nora@example.com  name"},
		{"unknown value for all", leads, []string{"--set", "foo=1"}, `--set: growcrm has no field "foo"`, "crmferry fields growcrm lists the fields", "C  Email       email          2       nora@example.com  name"},
	}
	s, env := runningSandbox(t)
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			file := putFile(t, "leads.csv", tt.content)
			checked := runApp(t, env, append([]string{"check", "growcrm", file}, tt.flags...)...)
			wantLines(t, "stdout", checked.stdout, tt.shown)
			checked.stdout = ""
			wantRefusal(t, checked, failure.ExitUsage, file, tt.problem, tt.hint)
			wantRefusal(t, runApp(t, env, append([]string{"check", "growcrm", file, "--quiet"}, tt.flags...)...), failure.ExitUsage, file, tt.problem, tt.hint)
			imported := runApp(t, env, append([]string{"import", "growcrm", file, "--yes"}, tt.flags...)...)
			wantRefusal(t, imported, failure.ExitUsage, file, tt.problem, tt.hint)
			wantLines(t, "stderr", imported.stderr, " mapped", "crmferry check growcrm "+file, " shows each column\nerror: ")
			wantOnly(t, filepath.Dir(file), "leads.csv")
		})
	}
	if n := s.Requests("growcrm"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// TestBadHeaderAsJSON: a program gets the columns and what is wrong in one object.
func TestBadHeaderAsJSON(t *testing.T) {
	file := putFile(t, "leads.csv", "Name,Birthday,Email\nJan Smit,03/04/1985,jan@example.com\n")
	got := runApp(t, nil, "check", "rogerroger", file, "--json", "--map", "Birthday=archivedAt")
	var r struct {
		verdict.CheckJSON
		text.FailureJSON
	}
	if err := json.Unmarshal([]byte(got.stdout), &r); err != nil {
		t.Fatalf("%v:\n%s", err, got.stdout)
	}
	want := text.ErrorJSON{Code: "usage", Exit: int(failure.ExitUsage), Message: `column "Birthday", for archivedAt: "03/04/1985" can be read in more than one way, and no cell of the column shows which`,
		Hint: "say how to read its dates: --date-order dmy (the day first) or --date-order mdy (the month first)", Fields: []string{"archivedAt"}}
	if diff := cmp.Diff(want, r.Error); diff != "" || got.code != failure.ExitUsage || r.Exit != int(failure.ExitUsage) {
		t.Errorf("exit code %d, %d in the result; (-want +got):\n%s", got.code, r.Exit, diff)
	}
	if len(r.Columns) != 3 || r.Columns[2].Field != "emailAddresses" || r.Columns[2].Example != "jan@example.com" {
		t.Errorf("columns %+v", r.Columns)
	}
}

// wantOnly fails if a folder holds anything else.
func wantOnly(t *testing.T, folder string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("the folder holds %q, want %q", got, names)
	}
}

// TestBadNames: what stands in place of a file.
func TestBadNames(t *testing.T) {
	folder := t.TempDir()
	for _, command := range []string{"import", "check"} {
		nowhere := filepath.Join(folder, "nowhere.csv")
		wantRefusal(t, runApp(t, growSettings("http://127.0.0.1:1"), refusable(command, "growcrm", nowhere)...), failure.ExitUsage, nowhere, `there is no file "FILE"`, "check the name; the folder is *")
		wantRefusal(t, runApp(t, growSettings("http://127.0.0.1:1"), refusable(command, "growcrm", folder)...), failure.ExitUsage, folder, `"FILE" is a folder`, "name a .csv or .xlsx file in it")
		wantRefusal(t, runApp(t, nil, refusable(command, "growcmr", nowhere)...), failure.ExitUsage, "", `unknown vendor "growcmr"`, `did you mean "growcrm"?`)
		wantRefusal(t, runApp(t, nil, refusable(command, "growcrm/deals", nowhere)...), failure.ExitUsage, "", `growcrm has no resource "deals"`, "known: growcrm, growcrm/clients, growcrm/leads, growcrm/notes")
		wantRefusal(t, runApp(t, nil, command, "growcrm"), failure.ExitUsage, "", "crmferry "+command+" needs 2 arguments, not 1", "usage: crmferry "+command+" VENDOR[/RESOURCE] FILE*")
	}
}

// refusable is a command that would not ask.
func refusable(command, vendor, file string) []string {
	args := []string{command, vendor, file}
	if command == "import" {
		args = append(args, "--yes")
	}
	return args
}

// growSettings are the variables of Grow CRM, with another base URL.
func growSettings(base string) map[string]string {
	r, err := account.All().Find("growcrm")
	if err != nil {
		panic(err)
	}
	return canarySettings(r.Vendor(), base)
}

// TestUpdateNeedsOnlyTheKey: rows that are not created need no required field.
func TestUpdateNeedsOnlyTheKey(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "leads.csv", "Email,Job title\nnora@example.com,Boss\n")
	refused := runApp(t, env, "import", "growcrm", file, "--yes")
	if way := "to change what is there already, and create nothing: crmferry import growcrm " + file + " --yes --mode update"; refused.code != failure.ExitUsage || !strings.Contains(refused.stderr, way) {
		t.Errorf("exit code %d, want 2 and %q:\n%s", refused.code, way, refused.stderr)
	}
	got := runApp(t, env, "import", "growcrm", file, "--yes", "--mode", "update")
	if got.code != failure.ExitOK || s.Writes("growcrm") != 0 {
		t.Errorf("exit code %d, %d writes:\n%s", got.code, s.Writes("growcrm"), got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "skipped 1")
	if got := runApp(t, nil, "check", "growcrm", file, "--mode", "update"); got.code != failure.ExitOK {
		t.Errorf("check: exit code %d:\n%s", got.code, got.stderr)
	}
}

// TestBadFlags: values that no import can have are refused before anything is read or sent.
func TestBadFlags(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "leads.csv", leads)
	tests := []struct {
		flags         []string
		problem, hint string
	}{
		{[]string{"--mode", "updat"}, `unknown mode "updat"`, `did you mean "update"?`},
		{[]string{"--limit", "0"}, "--limit 0 imports nothing", "give the number of rows: --limit 5"},
		{[]string{"--limit=-3"}, "--limit -3 imports nothing", "give the number of rows: --limit 5"},
		{[]string{"--max-failures", "0"}, "--max-failures 0 stops before the first row", "give a number above 0"},
		{[]string{"--workers", "0"}, "--workers 0 is too few", "give at least 1"},
		{[]string{"--rate", "fast"}, `--rate "fast" is not a rate`, "give a number of requests per second*"},
		{[]string{"--wait", "10"}, `--wait "10" has no unit*`, "say of what: --wait 10s (seconds), --wait 10m (minutes)*"},
		{[]string{"--region", "XX"}, `--region "XX" is not a country*`, "give a country by its name*"},
		{[]string{"--create-missing", "tags"}, `unknown kind for --create-missing "tags"`, "kinds that growcrm lets be created: clients"},
		{[]string{"--replace", "tags"}, `unknown list for --replace "tags"`, "growcrm has no lists"},
		{[]string{"--match", "phone"}, `unknown value for --match "phone"`, "known: email, id"},
		{[]string{"--report", filepath.Dir(file)}, `cannot write "*": it is a folder`, "name a file in a folder that exists: --report FILE"},
		{[]string{"--report", "nowhere/report.csv"}, `cannot write "nowhere/report.csv": there is no folder "nowhere"`, "name a file in a folder that exists: --report FILE"},
		{[]string{"--rejects", "nowhere/rejects.csv"}, `cannot write "nowhere/rejects.csv": there is no folder "nowhere"`, "name a file in a folder that exists: --rejects FILE"},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.flags, " "), func(t *testing.T) {
			got := runApp(t, env, append([]string{"import", "growcrm", file, "--yes", "--rate", "off"}, tt.flags...)...)
			wantRefusal(t, got, failure.ExitUsage, "FILE", tt.problem, tt.hint)
		})
	}
	if n := s.Writes("growcrm"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	wantRefusal(t, runApp(t, env, "import", "growcrm", file), failure.ExitUsage, "", "there is no terminal to ask on, and nothing was sent",
		"say --yes to import without being asked, or --dry-run to see what would be done")
}

// TestUnreachableVendors imports into addresses that cannot be right, for every vendor: one line, one hint, nothing
// created, and no report of nothing.
func TestUnreachableVendors(t *testing.T) {
	t.Parallel()
	page := httptest.NewServer(answering(http.StatusOK, "text/html", "<!doctype html><title>Welcome</title>"))
	missing := httptest.NewServer(answering(http.StatusNotFound, "application/json", `{"message":"no such page"}`))
	missingPage := httptest.NewServer(answering(http.StatusNotFound, "text/html", "<!doctype html><title>Not found</title>"))
	moved := httptest.NewServer(http.RedirectHandler("https://elsewhere.example.com/", http.StatusMovedPermanently))
	for _, s := range []*httptest.Server{page, missing, missingPage, moved} {
		t.Cleanup(s.Close)
	}
	for _, v := range account.All().Vendors() {
		variable, wrong := v.Variable(account.SuffixURL), `"*" may not be the address of `+v.Name+`'s API: set `+v.Variable(account.SuffixURL)+` (*)`
		tests := []struct {
			title, base   string
			code          failure.ExitCode
			problem, hint string
		}{
			{"no scheme", "crm.example.com/api", failure.ExitUsage, variable + `="crm.example.com/api" has no scheme`, `did you mean "https://crm.example.com/api"?`},
			{"in clear", "http://crm.example.com", failure.ExitUsage, variable + `="http://crm.example.com" would send the key in clear to another machine`, `use "https://crm.example.com"`},
			{"nobody listens", "http://127.0.0.1:1", failure.ExitFailed, `reach "127.0.0.1:1": *refused`, "check the network and " + variable + "; nothing was sent"},
			{"no such host", "https://crm.invalid", failure.ExitFailed, `reach "crm.invalid": *`, "check the network and " + variable + "; nothing was sent"},
			{"web page", page.URL, failure.ExitFailed, "*web page*", wrong},
			{"404", missing.URL, failure.ExitFailed, "*404 no such page", wrong},
			{"404 page", missingPage.URL, failure.ExitFailed, "*", wrong},
			{"redirect", moved.URL, failure.ExitFailed, "*", wrong},
		}
		for _, tt := range tests {
			t.Run(v.ID+"/"+tt.title, func(t *testing.T) {
				t.Parallel()
				file := putFile(t, "leads.csv", leads)
				got := runApp(t, withState(t, canarySettings(v, tt.base)), "import", v.ID, file, "--yes")
				if v.ID == "cloverhound" && tt.hint == wrong && tt.title != "404" {
					wantDoubt(t, got, file, "may not be the address of Cloverhound's API")
					return
				}
				wantRefusal(t, got, tt.code, file, tt.problem, tt.hint)
				wantOnly(t, filepath.Dir(file), "leads.csv")
			})
		}
	}
}

// wantDoubt fails unless an import stopped at its first row, which may have been created: nothing was asked before by
// which the address could show to be wrong, and no answer came that a vendor gives.
func wantDoubt(t *testing.T, got result, file, hint string) {
	t.Helper()
	if got.code != failure.ExitStopped {
		t.Errorf("exit code %d", got.code)
	}
	wantLines(t, "stderr", got.stderr, "unknown 1 ", "\nnot reached: 1 row\n", hint, "hint: to go on: crmferry import cloverhound "+file+" --yes --resume\n")
	lines := readReport(t, strings.TrimSuffix(file, ".csv")+".report.csv")
	if len(lines) != 1 || lines[0].Outcome != string(outcome.Unknown) || lines[0].Code != crm.CodeUnverified {
		t.Errorf("report %+v", lines)
	}
}

// withState gives the environment a folder for runs of its own.
func withState(t *testing.T, env map[string]string) map[string]string {
	t.Helper()
	own := maps.Clone(env)
	own[state.RootVariable] = t.TempDir()
	return own
}

// TestKeys imports without a key and with a wrong one, for every vendor.
func TestKeys(t *testing.T) {
	for _, v := range account.All().Vendors() {
		s, env := runningSandbox(t)
		file := putFile(t, "leads.csv", leads)
		for _, set := range v.Settings {
			if !set.Secret {
				continue
			}
			name := v.Variable(set.Suffix)
			without, wrong := maps.Clone(env), maps.Clone(env)
			delete(without, name)
			wrong[name] = canary
			wantRefusal(t, runApp(t, without, "import", v.ID, file, "--yes"), failure.ExitUsage, file, name+" is not set", "*"+v.KeyMadeAt+"*=PATH reads one from a file*")
			wantRefusal(t, runApp(t, wrong, "import", v.ID, file, "--yes"), failure.ExitUsage, file, v.Name+" refuses the key: * 401 *", "check "+(account.Account{Vendor: v}).KeyNames()+"; keys are made in "+v.Name+" under *")
			wantOnly(t, filepath.Dir(file), "leads.csv")
		}
		if n := len(s.Ledger()); n != 0 {
			t.Errorf("%s: %d changes without a key", v.ID, n)
		}
	}
}

// TestFirstRequests: an address that is wrong shows at the first request, whichever the file and the flags make it.
func TestFirstRequests(t *testing.T) {
	two := "First name,Last name,Email\nNora,Nieuw,nora@example.com\nOtto,Oud,otto@example.com\n"
	update := "Email,Phone\nnora@example.com,+15125550141\notto@example.com,+15125550142\n"
	tests := []struct {
		vendor, content string
		flags           []string
	}{
		{"growcrm", update, []string{"--mode", "update"}},
		{"rogerroger", two, nil},
		{"rogerroger", update, []string{"--mode", "update"}},
		{"clientcommander", two, nil},
		{"clientcommander", two, []string{"--mode", "create"}},
		{"clientcommander", two, []string{"--dry-run"}},
		{"cloverhound", two, nil},
		{"cloverhound", two, []string{"--allow-undocumented"}},
	}
	answers := map[int]string{http.StatusNotFound: `{"message":"no such page"}`, http.StatusForbidden: `{"message":"not for you"}`, http.StatusUnauthorized: `{"message":"who is it"}`}
	for status, body := range answers {
		s := httptest.NewServer(answering(status, "application/json", body))
		t.Cleanup(s.Close)
		for _, tt := range tests {
			t.Run(fmt.Sprint(status, tt.vendor, tt.flags), func(t *testing.T) {
				v, file := vendorOf(t, tt.vendor), putFile(t, "leads.csv", tt.content)
				got := runApp(t, canarySettings(v, s.URL), append([]string{"import", tt.vendor, file, "--yes"}, tt.flags...)...)
				switch status {
				case http.StatusNotFound:
					wantRefusal(t, got, failure.ExitFailed, file, "*404*", `"*" may not be the address of *`)
				case http.StatusForbidden:
					wantRefusal(t, got, failure.ExitUsage, file, v.Name+" does not let this key do that: *403*", "check what the key of *")
				default:
					wantRefusal(t, got, failure.ExitUsage, file, v.Name+" refuses the key: *401*", "check "+(account.Account{Vendor: v}).KeyNames()+"*")
				}
				wantOnly(t, filepath.Dir(file), "leads.csv")
			})
		}
	}
}

// TestAnswersOfSomebodyElse: JSON that is not the vendor's list is not taken for an empty one, by which everybody would
// be a newcomer.
func TestAnswersOfSomebodyElse(t *testing.T) {
	s := httptest.NewServer(answering(http.StatusOK, "application/json", `{"ok":true}`))
	t.Cleanup(s.Close)
	file := putFile(t, "leads.csv", leads)
	for vendor, flags := range map[string][]string{"growcrm": nil, "rogerroger": nil, "clientcommander": {"--mode", "create"}, "cloverhound": {"--allow-undocumented"}} {
		t.Run(vendor, func(t *testing.T) {
			got := runApp(t, canarySettings(vendorOf(t, vendor), s.URL), append([]string{"import", vendor, file, "--yes"}, flags...)...)
			wantRefusal(t, got, failure.ExitFailed, file, "*the answer is not *", `"*" may not be the address of *`)
		})
	}
}
