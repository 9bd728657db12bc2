package cli

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/internal/state"
)

// plannedCRM is a simulated vendor that keeps the writes that it is sent.
type plannedCRM struct {
	*sandbox.Server
	env    map[string]string
	mu     sync.Mutex
	writes []string // method, path, body
}

func newPlannedCRM(t *testing.T) *plannedCRM {
	t.Helper()
	c := &plannedCRM{}
	c.Server, c.env = faulty(t, sandbox.Options{}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if isWrite(r) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			c.mu.Lock()
			defer c.mu.Unlock()
			c.writes = append(c.writes, fmt.Sprintf("%s %s %s", r.Method, r.URL, body))
		}
		return false
	})
	return c
}

// sent takes the writes since it was last asked, in an order of its own.
func (c *plannedCRM) sent() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	sent := c.writes
	c.writes = nil
	slices.Sort(sent)
	return sent
}

// do runs a command that is to end with a code.
func (c *plannedCRM) do(t *testing.T, want failure.ExitCode, args ...string) string {
	t.Helper()
	got := runApp(t, c.env, append(args, "--rate", "off", "--workers", "1")...)
	if got.code != want {
		t.Fatalf("crmferry %q: exit code %d, want %d:\n%s", args, got.code, want, got.stderr)
	}
	return got.stderr
}

// contacts are all contacts as an export shows them, by id and field.
func (c *plannedCRM) contacts(t *testing.T, vendor string, flags []string) map[string]map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "all.csv")
	c.do(t, failure.ExitOK, append([]string{"export", vendor, "-o", path}, flags...)...)
	contacts := map[string]map[string]string{}
	for _, line := range readTable(t, path) {
		contacts[line["id"]] = line
	}
	return contacts
}

// readTable reads a CSV file: each line by the names of its columns.
func readTable(t *testing.T, path string) []map[string]string {
	t.Helper()
	records := readCSV(t, path)
	var lines []map[string]string
	for _, record := range records[1:] {
		line := map[string]string{}
		for i, name := range records[0] {
			line[name] = record[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// announcement is what the files of a plan say that would be done.
type announcement struct {
	actions map[string]int
	rows    map[string]map[string]string    // by row: its line
	changes map[string]map[string][2]string // by row and field: now, will be
}

func readPlan(t *testing.T, file string) *announcement {
	t.Helper()
	a := &announcement{map[string]int{}, map[string]map[string]string{}, map[string]map[string][2]string{}}
	base := strings.TrimSuffix(file, ".csv")
	for _, line := range readTable(t, base+".dry-run.csv") {
		a.rows[line["row"]] = line
		if line["outcome"] == "" {
			a.actions[line["action"]]++
		}
	}
	for _, line := range readTable(t, base+".dry-run.changes.csv") {
		if a.changes[line["row"]] == nil {
			a.changes[line["row"]] = map[string][2]string{}
		}
		a.changes[line["row"]][line["field"]] = [2]string{line["now"], line["will be"]}
	}
	return a
}

// sends is how many rows the plan would send.
func (a *announcement) sends() int {
	return a.actions["create"] + a.actions["update"] + a.actions["delete"]
}

// readable are the fields of a vendor that can be written and read back.
func readable(t *testing.T, vendor string) crm.Fields {
	t.Helper()
	r, err := account.All().Find(vendor)
	if err != nil {
		t.Fatal(err)
	}
	var fields crm.Fields
	for _, f := range r.Fields() {
		if f.Writable && !f.WriteOnly {
			fields = append(fields, f.Name)
		}
	}
	return fields
}

// TestPlanIsWhatIsSent: where nothing changes in between, applying a plan sends the requests of the import that was planned,
// one for each row that the plan says is sent, and afterwards each contact has the values that the plan says, and no others.
func TestPlanIsWhatIsSent(t *testing.T) {
	t.Parallel()
	const rows = 18
	for _, vendor := range allVendors() {
		for n, mode := range modesOf(vendor) {
			if spared(n, 4) {
				continue
			}
			t.Run(vendor+"/"+mode, func(t *testing.T) {
				t.Parallel()
				c := load(t, t.TempDir(), vendor, mode, rows)
				p := c.plan(t)
				before := p.contacts(t)
				stderr := p.do(t, failure.ExitOK, p.command("apply")...)
				got := p.sent()
				p.wantAnnounced(t, stderr)
				p.wantChanges(t, before, p.contacts(t))

				twin := newPlannedCRM(t)
				args := append(append([]string{"import", vendor, c.file}, p.flags...), "--yes")
				if vendor == "clientcommander" && mode != remove {
					args = append(args, "--lookup") // as plans do
				}
				twin.do(t, failure.ExitOK, args...)
				if diff := cmp.Diff(twin.sent(), got); diff != "" {
					t.Errorf("an import sends (-), apply sends (+):\n%s", diff)
				}
			})
		}
	}
}

// plannedCargo is a plan and the vendor that it is for.
type plannedCargo struct {
	*cargo
	*plannedCRM
	*announcement
}

// plan makes a plan of the file.
func (c *cargo) plan(t *testing.T) *plannedCargo {
	t.Helper()
	p := &plannedCargo{cargo: c, plannedCRM: newPlannedCRM(t)}
	args := append([]string{"import", c.vendor, c.file, "--dry-run"}, c.flags...)
	if i := slices.Index(args, "--confirm"); i > 0 {
		args = slices.Delete(args, i, i+2)
	}
	p.do(t, failure.ExitOK, args...)
	if sent := p.sent(); len(sent) > 0 {
		t.Fatalf("the dry run writes: %q", sent)
	}
	p.announcement = readPlan(t, c.file)
	return p
}

// command is the one that applies the plan.
func (p *plannedCargo) command(more ...string) []string {
	args := append(more, strings.TrimSuffix(p.file, ".csv")+".dry-run.csv")
	if n := p.actions["delete"]; n > 0 {
		return append(args, "--confirm", strconv.Itoa(n))
	}
	return append(args, "--yes")
}

// contacts are all contacts that the vendor has.
func (p *plannedCargo) contacts(t *testing.T) map[string]map[string]string {
	t.Helper()
	var flags []string
	if p.vendor == "cloverhound" {
		flags = []string{"--allow-undocumented"}
	}
	return p.plannedCRM.contacts(t, p.vendor, flags)
}

// wantAnnounced checks that each row that the plan would send was sent once, and that no more was sent than was said.
func (p *plannedCargo) wantAnnounced(t *testing.T, stderr string) {
	t.Helper()
	did, seen := map[string]int{}, map[string]bool{}
	for _, e := range p.Ledger() {
		if e.Kind == "contact" && !seen[e.ID] { // a row may need several steps
			did[e.Action]++
			seen[e.ID] = true
		}
	}
	delete(p.actions, "none")
	if diff := cmp.Diff(p.actions, did); diff != "" {
		t.Errorf("the plan announces (-), the ledger has (+):\n%s", diff)
	}
}

// wantChanges checks that contacts changed as the plan says, field by field.
func (p *plannedCargo) wantChanges(t *testing.T, before, after map[string]map[string]string) {
	t.Helper()
	fields := readable(t, p.vendor)
	want, got := map[string]map[string][2]string{}, map[string]map[string][2]string{}
	known := map[string]string{}
	for row, line := range p.rows {
		if line["outcome"] != "" || line["action"] == "delete" {
			continue
		}
		name := line["key"]
		known[line["id"]] = name
		want[name] = maps.Clone(p.changes[row])
		maps.DeleteFunc(want[name], func(field string, _ [2]string) bool { return !fields.Has(field) })
		if len(want[name]) == 0 {
			delete(want, name)
		}
	}
	for id, now := range after {
		changes := map[string][2]string{}
		for _, f := range fields {
			if was := before[id][f]; was != now[f] {
				changes[f] = [2]string{was, now[f]}
			}
		}
		for link, name := range map[string]string{"clientid": "client.company_name", "stage": "stageName"} { // by which a plan calls them
			if changes[link] != [2]string{} {
				changes[link] = [2]string{before[id][name], now[name]}
			}
		}
		if changes["account_owner"] == [2]string{"yes", "no"} {
			delete(changes, "account_owner") // another one of the client became it
		}
		if len(changes) > 0 {
			name := known[id]
			if before[id] == nil {
				name = p.whoIs(now)
			}
			got[name] = changes
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the plan says (-), the contacts have (+):\n%s", diff)
	}
	for id := range before {
		if gone := after[id] == nil; gone != slices.ContainsFunc(slices.Collect(maps.Values(p.rows)), func(l map[string]string) bool { return l["id"] == id && l["action"] == "delete" }) {
			t.Errorf("contact %s: gone is %v", id, gone)
		}
	}
}

// whoIs is the key of the row by which a contact is created.
func (p *plannedCargo) whoIs(contact map[string]string) string {
	for _, line := range p.rows {
		for _, value := range contact {
			if line["action"] == "create" && value == line["key"] {
				return value
			}
		}
	}
	return "nobody's"
}

// TestChangedSincePlan: of a plan, the row whose contact somebody has changed since is left, and no other.
func TestChangedSincePlan(t *testing.T) {
	t.Parallel()
	const rows = 18
	for _, vendor := range allVendors() {
		for n, mode := range modesOf(vendor) {
			if mode == create && vendor == "cloverhound" || spared(n, 4) {
				continue // nobody can be asked who is there
			}
			t.Run(vendor+"/"+mode, func(t *testing.T) {
				t.Parallel()
				p := load(t, t.TempDir(), vendor, mode, rows).plan(t)
				victim, field := p.victim(t)
				meddled := p.meddle(t, victim, field)
				before := len(p.Ledger())
				report := filepath.Join(filepath.Dir(p.file), "report.csv")
				p.do(t, failure.ExitRows, append(p.command("apply"), "--report", report)...)
				for _, l := range readTable(t, report) {
					want := map[string]string{"create": "created", "update": "updated", "delete": "deleted"}[p.rows[l["row"]]["action"]]
					switch {
					case l["row"] == victim:
						if l["outcome"] != "skipped" || l["error"] != outcome.CodeChangedSincePlan || !strings.Contains(l["message"], meddled) {
							t.Errorf("the row whose contact was changed: %v, want %s and %q", l, outcome.CodeChangedSincePlan, meddled)
						}
					case p.rows[l["row"]]["outcome"] == "" && l["outcome"] != want:
						t.Errorf("another row: %v, want %s", l, want)
					}
				}
				done := map[string]bool{}
				for _, e := range p.Ledger()[before:] {
					if e.Kind == "contact" {
						done[e.ID] = true
					}
				}
				if len(done) != p.sends()-1 {
					t.Errorf("%d contacts were written, want %d", len(done), p.sends()-1)
				}
			})
		}
	}
}

// victim is a row of the plan whose contact can be changed by an import, and the field that is changed: a row by which a
// contact is updated or deleted, or else created.
func (p *plannedCargo) victim(t *testing.T) (row, field string) {
	t.Helper()
	created := ""
	for row, line := range p.rows {
		switch line["action"] {
		case "update":
			for _, field := range []string{"jobTitle", "position", "background", "description"} {
				if _, ok := p.changes[row][field]; ok {
					return row, field
				}
			}
		case "delete":
			return row, map[string]string{"growcrm": "first_name", "clientcommander": "firstName"}[p.vendor]
		case "create":
			created = row
		}
	}
	if created == "" {
		t.Fatal("nobody can be changed")
	}
	return created, ""
}

// meddle changes the contact of a row, or creates the one that is to be created, and returns what tells of it.
func (p *plannedCargo) meddle(t *testing.T, row, field string) string {
	t.Helper()
	const meddled = "Meddled"
	args, tells := []string{"--match", "id", "--mode", "update"}, meddled
	content := fmt.Sprintf("id,%s\n%s,%s\n", field, p.rows[row]["id"], meddled)
	if field == "" {
		n, err := strconv.Atoi(row)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(readText(t, p.file), "\n")
		args, content, tells = p.flags, lines[0]+"\n"+lines[n-1]+"\n", p.rows[row]["key"]
	}
	if p.vendor == "cloverhound" {
		args = append(slices.Clone(args), "--allow-undocumented")
	}
	others := maps.Clone(p.env)
	others[state.RootVariable] = t.TempDir()
	got := runApp(t, others, append([]string{"import", p.vendor, putFile(t, "meddling.csv", content), "--yes", "--rate", "off"}, args...)...)
	if got.code != failure.ExitOK || !strings.Contains(got.stderr, "created 1 ") && !strings.Contains(got.stderr, "updated 1 ") {
		t.Fatalf("nothing was changed: exit code %d:\n%s", got.code, got.stderr)
	}
	return tells
}

// TestPlannedTwice: two rows that change one field of one contact are told of in the plan, and by the one that is left.
func TestPlannedTwice(t *testing.T) {
	t.Parallel()
	p := seed.SamplePerson(seed.FirstSame)
	c := newPlannedCRM(t)
	file := putFile(t, "leads.csv", fmt.Sprintf("First name,Last name,Email,Phone,Job title\n%s,%s,%s,,Owner\n%s,%s,,%s,Director\n",
		p.First, p.Last, p.Email, p.First, p.Last, p.Phone))
	c.do(t, failure.ExitOK, "import", "growcrm", file, "--dry-run", "--mode", "update")
	told := 0
	for _, line := range readPlan(t, file).rows {
		if strings.Contains(line["message"], "another row of the plan changes this contact, too") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d rows of the plan tell of the other, want 1", told)
	}
	c.do(t, failure.ExitRows, "apply", strings.TrimSuffix(file, ".csv")+".dry-run.csv", "--yes")
	got := readText(t, strings.TrimSuffix(file, ".csv")+".report.csv")
	wantLines(t, "report", got, ",updated,", outcome.CodeChangedSincePlan, "; another row of the plan has written the contact")
	if n := len(c.sent()); n != 1 {
		t.Errorf("%d writes, want 1", n)
	}
}
