package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/internal/state"
)

// vendorFlags are the vendors, with the flags by which each can look contacts up.
func vendorFlags() map[string][]string {
	return map[string][]string{"growcrm": nil, "rogerroger": nil, "clientcommander": nil, "cloverhound": {"--allow-undocumented"}}
}

// mixed is a newcomer, a contact that is known as it is here, and one that is known with another phone.
func mixed() string {
	same, other := seed.SamplePerson(seed.FirstSame), seed.SamplePerson(seed.FirstSame+1)
	return "First name,Last name,Email,Phone,Company\nNora,Nieuw,nora@example.com,+15125550141,Acme Inc\n" +
		fmt.Sprintf("%s,%s,%s,%s,%s\n", same.First, same.Last, strings.ToUpper(same.Email), same.Phone, same.Company) +
		fmt.Sprintf("%s,%s,%s,+15125550149,%s\n", other.First, other.Last, other.Email, other.Company)
}

// TestModesOfVendors runs each mode against each vendor.
func TestModesOfVendors(t *testing.T) {
	t.Parallel()
	modes := map[string]struct {
		want    map[outcome.Outcome]int
		created int
	}{
		"upsert": {map[outcome.Outcome]int{outcome.Created: 1, outcome.Unchanged: 1, outcome.Updated: 1}, 1},
		"create": {map[outcome.Outcome]int{outcome.Created: 1, outcome.Skipped: 2}, 1},
		"update": {map[outcome.Outcome]int{outcome.Skipped: 1, outcome.Unchanged: 1, outcome.Updated: 1}, 0},
	}
	for vendor, flags := range vendorFlags() {
		for mode, tt := range modes {
			t.Run(vendor+"/"+mode, func(t *testing.T) {
				t.Parallel()
				s, env := runningSandbox(t)
				got := importFile(t, env, vendor, putFile(t, "leads.csv", mixed()), append(flags, "--mode", mode)...)
				want := maps.Clone(tt.want)
				if vendor == "clientcommander" && mode == "upsert" { // its own upsert compares nothing
					want[outcome.Updated] += want[outcome.Unchanged]
					delete(want, outcome.Unchanged)
				}
				got.wantCounts(t, want)
				if got.code != failure.ExitOK {
					t.Errorf("exit code %d", got.code)
				}
				wantNoneTwice(t, s.Server, tt.created)
			})
		}
	}
}

// TestUndocumentedModes: where the vendor documents only create, another mode is refused with the whole command to type.
func TestUndocumentedModes(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "my leads.csv", leads)
	for _, mode := range []string{"upsert", "update"} {
		got := runApp(t, env, "import", "cloverhound", file, "--yes", "--mode", mode, "--limit", "1", "--map", "Company=")
		if got.code != failure.ExitUsage {
			t.Errorf("--mode %s: exit code %d", mode, got.code)
		}
		wantLines(t, "stderr", got.stderr, "error: cloverhound: no --mode "+mode+": the vendor documents no way to look a contact up\n",
			"crmferry import cloverhound '"+file+"' --yes --limit 1 --map Company= --mode create\n",
			"crmferry import cloverhound '"+file+"' --yes --mode "+mode+" --limit 1 --map Company= --allow-undocumented\n")
	}
	if n := s.Requests("cloverhound"); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestDryRuns: everything but writing, for every vendor, and a report of its own name.
func TestDryRuns(t *testing.T) {
	for vendor, flags := range vendorFlags() {
		t.Run(vendor, func(t *testing.T) {
			s, env := runningSandbox(t)
			file := putFile(t, "leads.csv", mixed()+"broken,,no address,,Acme Inc\n")
			before := s.Requests(vendor)
			got := runApp(t, env, append([]string{"import", vendor, file, "-n", "--rate", "off"}, flags...)...)
			if got.code != failure.ExitRows || s.Writes(vendor) != 0 || s.Requests(vendor) == before {
				t.Errorf("exit code %d, %d writes, %d requests:\n%s", got.code, s.Writes(vendor), s.Requests(vendor), got.stderr)
			}
			wantLines(t, "stderr", got.stderr, "would create 1   would update 1   unchanged 1   skipped 0   rejected 1   failed 0")
			wantOnly(t, filepath.Dir(file), "leads.csv", "leads.dry-run.changes.csv", "leads.dry-run.csv")
			text := readText(t, strings.TrimSuffix(file, ".csv")+".dry-run.csv")
			lines := strings.Split(text, "\n")
			if !strings.HasPrefix(lines[1], "2,,nora@example.com,,") || !strings.Contains(lines[1], ",create,") {
				t.Errorf("the newcomer is reported as %q", lines[1])
			}
			if !strings.HasPrefix(lines[2], "3,unchanged,") || !strings.HasPrefix(lines[3], "4,,") || !strings.Contains(lines[3], ",update,") {
				t.Errorf("those known are reported as\n%s\n%s", lines[2], lines[3])
			}
			if runs, _ := history.Runs(env[state.RootVariable]); len(runs) != 1 || !runs[0].Unapplied() {
				t.Errorf("the plan is not kept: %v", runs)
			}
		})
	}
}

// TestCreateMissing: each missing thing is created once, before any row, whatever the case it is written in.
func TestCreateMissing(t *testing.T) {
	tests := []struct {
		vendor, kinds, content string
		made                   map[string]int // by kind
		others                 []string       // what is said without the flag
	}{
		{"growcrm", "clients", "First name,Last name,Email,Company\nA,One,a.one@example.com,New Ltd\nB,Two,b.two@example.com,NEW LTD\nC,Three,c.three@example.com,Other Ltd\nD,Four,d.four@example.com,Acme Inc\n",
			map[string]int{"client": 2, "contact": 4}, []string{`no client "New Ltd" (in 2 rows)`, `no client "Other Ltd" (in 1 row)`, "--create-missing clients creates what is missing"}},
		{"rogerroger", "tags,segments,organizations", "First name,Last name,Email,Tags,Segments,Organization\n" +
			"A,One,a.one@example.com,\"Fair, Blue\",Gold,New Ltd\nB,Two,b.two@example.com,\"blue, fair\",gold,New Ltd\nC,Three,c.three@example.com,Fair,Silver,New ltd\n",
			map[string]int{"tag": 2, "segment": 2, "organization": 1, "contact": 3},
			[]string{`no organization "New Ltd" (in 3 rows)`, `no segment "Gold" (in 2 rows)`, `no tag "Fair" (in 3 rows)`, "--create-missing organizations,segments,tags creates what is missing"}},
	}
	for _, tt := range tests {
		t.Run(tt.vendor, func(t *testing.T) {
			s, env := runningSandbox(t)
			file := putFile(t, "leads.csv", tt.content)
			without := importFile(t, env, tt.vendor, file)
			wantLines(t, "stderr", without.stderr, tt.others...)
			if without.code != failure.ExitRows || without.Counts[outcome.Rejected] != 3 {
				t.Errorf("without --create-missing: exit code %d, %v", without.code, without.Counts)
			}
			dry := runApp(t, env, "import", tt.vendor, file, "-n", "--rate", "off", "--create-missing", tt.kinds)
			wantLines(t, "stderr of the dry run", dry.stderr, "needs it (in at most ")
			got := importFile(t, env, tt.vendor, file, "--create-missing", tt.kinds)
			if got.code != failure.ExitOK {
				t.Errorf("exit code %d, %v:\n%s", got.code, got.Counts, got.stderr)
			}
			made := map[string]int{}
			order := []string{}
			for _, e := range s.Ledger() {
				if e.Action == "create" {
					made[e.Kind]++
					order = append(order, e.Kind)
				}
			}
			if diff := cmp.Diff(tt.made, made); diff != "" {
				t.Errorf("made, by kind (-want +got):\n%s\nin the order %v", diff, order)
			}
			again := importFile(t, env, tt.vendor, file, "--create-missing", tt.kinds)
			again.wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: again.Rows})
		})
	}
}

// answer reads a path of a vendor with the vendor's key.
func answer(t *testing.T, env map[string]string, vendor, path string) map[string]any {
	t.Helper()
	v := vendorOf(t, vendor)
	var keys []string
	for _, set := range v.Settings {
		if set.Secret {
			keys = append(keys, env[v.Variable(set.Suffix)])
		}
	}
	req, err := http.NewRequest(http.MethodGet, env[v.Variable(account.SuffixURL)]+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	v.Authorize(keys...)(req)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v", path, resp.Status, err)
	}
	return body
}

// createdID is the id of the first contact in the ledger.
func createdID(t *testing.T, s *sandbox.Server) string {
	t.Helper()
	for _, e := range s.Ledger() {
		if e.Kind == "contact" && e.Action == "create" {
			return e.ID
		}
	}
	t.Fatal("no contact was made")
	return ""
}

// TestMatchByID updates a person of Client Commander by id: what the row does not say stays as it was, although the
// vendor's PUT replaces everything.
func TestMatchByID(t *testing.T) {
	s, env := runningSandbox(t)
	importFile(t, env, "clientcommander", putFile(t, "leads.csv",
		"First name,Last name,Email,Phone,Source,Timeframe,Price,Background,Tags\nNora,Nieuw,nora@example.com,+15125550141,Fair,3-6 months,450000,met at the fair,\"VIP,Fair\"\n"))
	id := createdID(t, s.Server)
	before := answer(t, env, "clientcommander", "/v1/people/"+id)["data"].(map[string]any)
	file := putFile(t, "ids.csv", "ID,Last name\n"+id+",Nieuwenhuis\nnoSuchPerson99,Nobody\n")
	got := importFile(t, env, "clientcommander", file, "--match", "id")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Updated: 1, outcome.Rejected: 1})
	if got.lines[1].Code != outcome.CodeNotFound {
		t.Errorf("row 3: %+v", got.lines[1])
	}
	after := answer(t, env, "clientcommander", "/v1/people/"+id)["data"].(map[string]any)
	var differ []string
	for name, value := range before {
		if !cmp.Equal(value, after[name]) {
			differ = append(differ, name)
		}
	}
	slices.Sort(differ)
	differ = slices.DeleteFunc(differ, func(name string) bool { return strings.Contains(strings.ToLower(name), "updated") })
	if diff := cmp.Diff([]string{"fullName", "lastName"}, differ); diff != "" {
		t.Errorf("fields changed (-want +got):\n%s\nbefore %v\nafter %v", diff, before, after)
	}
	again := importFile(t, env, "clientcommander", file, "--match", "id")
	again.wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: 1, outcome.Rejected: 1})
	if without := importFile(t, env, "clientcommander", putFile(t, "foreign.csv", "ID,First name,Email\n"+id+",Other,other@example.com\n")); without.Counts[outcome.Created] != 1 {
		t.Errorf("without --match id, an ID is not this vendor's: %v", without.Counts)
	}
}

// TestListsAreAddedTo: tags of a known contact are added to, and replaced only by --replace.
func TestListsAreAddedTo(t *testing.T) {
	tags := func(t *testing.T, env map[string]string, vendor, id string) []string {
		var names []string
		if vendor == "clientcommander" {
			read := answer(t, env, vendor, "/v1/people/"+id)["data"].(map[string]any)["tags"].(string)
			names = strings.Split(strings.ReplaceAll(strings.ToLower(read), ", ", ","), ",")
		} else {
			for _, v := range answer(t, env, vendor, "/people/"+id)["emailAddresses"].([]any) {
				names = append(names, v.(map[string]any)["email"].(string))
			}
		}
		slices.Sort(names)
		return names
	}
	tests := []struct {
		vendor, column, first, second, replace string
		added                                  []string
		replaced                               []string
	}{
		{"clientcommander", "Tags", "One", "Two", "", []string{"one", "two"}, nil},
		{"rogerroger", "Email 2", "second@example.com", "third@example.com", "emailAddresses",
			[]string{"nora@example.com", "second@example.com", "third@example.com"}, []string{"nora@example.com", "third@example.com"}},
	}
	for _, tt := range tests {
		t.Run(tt.vendor, func(t *testing.T) {
			s, env := runningSandbox(t)
			line := func(v string) string {
				return putFile(t, "leads.csv", "First name,Last name,Email,"+tt.column+"\nNora,Nieuw,nora@example.com,"+v+"\n")
			}
			importFile(t, env, tt.vendor, line(tt.first))
			id := createdID(t, s.Server)
			id = id[strings.LastIndexByte(id, '/')+1:]
			importFile(t, env, tt.vendor, line(tt.second))
			if diff := cmp.Diff(tt.added, tags(t, env, tt.vendor, id)); diff != "" {
				t.Errorf("added to (-want +got):\n%s", diff)
			}
			if tt.replace == "" {
				return
			}
			importFile(t, env, tt.vendor, line(tt.second), "--replace", tt.replace)
			if diff := cmp.Diff(tt.replaced, tags(t, env, tt.vendor, id)); diff != "" {
				t.Errorf("replaced (-want +got):\n%s", diff)
			}
			if again := importFile(t, env, tt.vendor, line(tt.second), "--replace", tt.replace); again.Counts[outcome.Unchanged] != 1 {
				t.Errorf("replaced twice: %v", again.Counts)
			}
		})
	}
}

// TestColumnsByFlag: --map, --map-file and --set, also against what the header says.
func TestColumnsByFlag(t *testing.T) {
	pairs := putFile(t, "map.csv", "column,field\nWho,last_name\nMail,email\n")
	s, env := runningSandbox(t)
	file := putFile(t, "leads.csv", "Who,Mail,First name,Mystery\nNieuw,nora@example.com,Nora,Boss\n")
	got := importFile(t, env, "growcrm", file, "--map-file", pairs, "--map", "#D=position", "--set", "clientid=Acme Inc")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 1})
	contact := answer(t, env, "growcrm", "/contacts/"+createdID(t, s.Server))["data"].(map[string]any)
	for name, want := range map[string]any{"email": "nora@example.com", "job_position": "Boss", "last_name": "Nieuw"} {
		if contact[name] != want && fmt.Sprint(contact["name"]) != want && !strings.Contains(fmt.Sprint(contact), fmt.Sprint(want)) {
			t.Errorf("%s is %v, want %v: %v", name, contact[name], want, contact)
		}
	}
	ignored := importFile(t, env, "growcrm", file, "--map-file", pairs, "--map", "Mystery=", "--set", "clientid=Acme Inc")
	ignored.wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: 1})
	wantLines(t, "stderr", ignored.stderr, "1 ignored (Mystery: ")
}

// TestLimit imports the first rows only and counts those that are not valid among them.
func TestLimit(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "leads.csv", "First name,Last name,Email,Company\nA,A,broken,Acme Inc\n"+strings.SplitN(newcomers(30), "\n", 2)[1])
	got := importFile(t, env, "growcrm", file, "--limit", "5")
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Rejected: 1, outcome.Created: 4})
	wantNoneTwice(t, s.Server, 4)
	all := importFile(t, env, "growcrm", file)
	all.wantCounts(t, map[outcome.Outcome]int{outcome.Rejected: 1, outcome.Created: 26, outcome.Unchanged: 4})
	wantNoneTwice(t, s.Server, 30)
}

// TestSameFileAgain: without a look-up, a file that was imported is refused, naming the run, unless --restart. Other
// bytes are another file; a run that could create nothing does not count.
func TestSameFileAgain(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "leads.csv", leads)
	away := maps.Clone(env)
	away["CRMFERRY_CLOVERHOUND_URL"] = "http://127.0.0.1:1"
	if got := runApp(t, away, "import", "cloverhound", file, "--yes"); got.code != failure.ExitFailed {
		t.Errorf("nobody listens: exit code %d", got.code)
	}
	first := importFile(t, env, "cloverhound", file)
	first.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 2})
	copied := putFile(t, "another name.csv", leads)
	for _, again := range []string{file, copied} {
		got := runApp(t, env, "import", "cloverhound", again, "--yes", "--rate", "off")
		if got.code != failure.ExitUsage || s.Writes("cloverhound") != 2 {
			t.Errorf("exit code %d, %d writes:\n%s", got.code, s.Writes("cloverhound"), got.stderr)
		}
		wantLines(t, "stderr", got.stderr, "error: "+again+" was imported into cloverhound before, by the run "+first.Run+" of ",
			"\nhint: its report: "+first.Report+"\n", "crmferry import cloverhound "+text.Quote(again)+" --yes --rate off --restart\n")
	}
	if dry := runApp(t, env, "import", "cloverhound", file, "-n"); dry.code != failure.ExitOK {
		t.Errorf("dry run: exit code %d", dry.code)
	}
	if got := runApp(t, env, "import", "cloverhound", file, "--yes", "--rate", "off", "--allow-undocumented"); got.code != failure.ExitOK || s.Writes("cloverhound") != 2 {
		t.Errorf("with look-ups: exit code %d, %d writes", got.code, s.Writes("cloverhound"))
	}
	other := importFile(t, env, "cloverhound", putFile(t, "other.csv", leads+"\n")) // the same rows
	other.wantCounts(t, map[outcome.Outcome]int{outcome.Skipped: 2})
	if got := s.Writes("cloverhound"); got != 2 {
		t.Errorf("the same rows in another file: %d writes", got)
	}
	restarted := importFile(t, env, "cloverhound", file, "--restart")
	restarted.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 2})
}

// TestManyRowsTwice imports 10,000 rows twice: the second time makes no contact.
func TestManyRowsTwice(t *testing.T) {
	t.Parallel()
	rows := 2_000
	switch {
	case *long:
		rows = 10_000
	case testing.Short():
		rows = 500
	}
	file := filepath.Join(t.TempDir(), "leads.csv")
	if err := os.WriteFile(file, []byte(newcomers(rows)), 0o600); err != nil {
		t.Fatal(err)
	}
	for vendor, second := range map[string]outcome.Outcome{"growcrm": outcome.Unchanged, "rogerroger": outcome.Unchanged, "clientcommander": outcome.Updated} {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			s, env := runningSandbox(t)
			first := importFile(t, env, vendor, file)
			first.wantCounts(t, map[outcome.Outcome]int{outcome.Created: rows})
			again := importFile(t, env, vendor, file)
			again.wantCounts(t, map[outcome.Outcome]int{second: rows})
			if len(first.lines) != rows || len(again.lines) != rows {
				t.Errorf("reports of %d and %d rows, want %d", len(first.lines), len(again.lines), rows)
			}
			for i, l := range again.lines {
				if l.Row != i+2 {
					t.Fatalf("line %d of the report is row %d", i+2, l.Row)
				}
			}
			wantNoneTwice(t, s.Server, rows)
		})
	}
}
