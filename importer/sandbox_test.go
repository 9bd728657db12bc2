package importer_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/importer/faults"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// grow is a Grow CRM in the sandbox and a client of it.
type grow struct {
	sandbox *sandbox.Server
	client  *growcrm.Client
}

func newGrow(t *testing.T) grow {
	t.Helper()
	s := sandbox.New(sandbox.Options{})
	tr := transport.New(transport.Options{Authorize: growcrm.Authorize(s.Variable("", "CRMFERRY_GROWCRM_KEY")), Workers: 8})
	return grow{sandbox: s, client: growcrm.New(growcrm.Config{Base: crmtest.Serve(t, s.Handler(), "/growcrm/api"), HTTP: tr.Client()})}
}

// results keeps what a run reports.
type results []outcome.Result

func (r *results) Write(res *outcome.Result) error {
	*r = append(*r, *res)
	return nil
}

func writeFile(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run imports a file and returns what the report would say.
func (g grow) run(t *testing.T, o importer.Options) (results, *outcome.Summary) {
	t.Helper()
	got := importAny(t, t.Context(), mapping.GrowContacts(), g.client, o)
	if got.err != nil {
		t.Fatal(got.err)
	}
	return got.results, got.summary
}

// short is one line a result: row, outcome, action, codes.
func (r results) short() []string {
	var lines []string
	for _, res := range r {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d %s %s %s", res.Row, res.Outcome, res.Action, res.Codes())))
	}
	return lines
}

const growHead = "First name,Last name,Email,Company,Phone"

func TestModes(t *testing.T) {
	known := seed.SamplePerson(seed.FirstSame)
	lines := []string{growHead,
		"Nora,Nieuw,nora@example.com,Acme Inc,",
		fmt.Sprintf("%s,%s,%s,%s,", known.First, known.Last, strings.ToUpper(known.Email), known.Company),
		fmt.Sprintf("%s,%s,%s,%s,+15125550177", known.First, known.Last, seed.SamplePerson(seed.FirstSame+1).Email, ""),
	}
	tests := map[modes.Mode][]string{
		modes.Upsert:     {"2 created create", "3 unchanged none", "4 rejected  required"},
		modes.CreateOnly: {"2 created create", "3 skipped none exists", "4 rejected  required"},
		modes.UpdateOnly: {"2 skipped none not_found", "3 unchanged none", "4 updated update"},
	}
	for mode, want := range tests {
		t.Run(string(mode), func(t *testing.T) {
			o := importer.Options{Path: writeFile(t, lines...), Mode: mode}
			o.Match.NeedsRequired = mode != modes.UpdateOnly
			got, _ := newGrow(t).run(t, o)
			if diff := cmp.Diff(want, got.short()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRepeatedKeys(t *testing.T) {
	got, summary := newGrow(t).run(t, importer.Options{Path: writeFile(t, growHead,
		"Nora,Nieuw,not an address,Acme Inc,", // not valid: does not count as the first
		"Nora,Nieuw,nora@example.com,Acme Inc,+15125550101",
		"Nora,Nieuw,NORA@example.com ,Acme Inc,+1 512 555 0101",
		"Nora,Nieuw,nora@example.com,Acme Inc,",
		"Nora,Nieuw,nora@example.com,Acme Inc,+15125550102",
		"",
		"Otto,Oud,otto@example.com,Acme Inc,")})
	want := []string{"2 rejected  bad_email", "3 created create", "4 skipped none duplicate_in_file", "5 skipped none duplicate_in_file",
		"6 rejected  duplicate_in_file", "8 created create"}
	if diff := cmp.Diff(want, got.short()); diff != "" {
		t.Error(diff)
	}
	if m := got[4].Message(); !strings.Contains(m, "row 3") || !strings.Contains(m, "phone") {
		t.Errorf("message %q names neither the row nor the field", m)
	}
	if summary.Clean() {
		t.Error("a run with rejected rows counts as clean")
	}
}

func TestNamesOfClients(t *testing.T) {
	lines := []string{growHead,
		"Nora,Nieuw,nora@example.com,acme inc,",
		"Otto,Oud,otto@example.com,Unheard Of Ltd,",
		"Pia,Pas,pia@example.com,Unheard Of Ltd,+15125550103",
	}
	t.Run("unknown", func(t *testing.T) {
		got, _ := newGrow(t).run(t, importer.Options{Path: writeFile(t, lines...)})
		want := []string{"2 created create", "3 rejected  unknown_name", "4 rejected  unknown_name"}
		if diff := cmp.Diff(want, got.short()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("created first", func(t *testing.T) {
		g := newGrow(t)
		got, _ := g.run(t, importer.Options{Path: writeFile(t, lines...), CreateMissing: []string{"clients"}})
		want := []string{"2 created create", "3 created create", "4 created create"}
		if diff := cmp.Diff(want, got.short()); diff != "" {
			t.Error(diff)
		}
		if n := g.committed("otto@example.com"); n != 1 {
			t.Errorf("otto exists %d times", n)
		}
	})
	t.Run("first named by somebody known", func(t *testing.T) {
		g, known := newGrow(t), fmt.Sprintf("X,Y,%s,Unheard Of Ltd,", seed.SamplePerson(190).Email)
		got, _ := g.run(t, importer.Options{Path: writeFile(t, append([]string{growHead, known}, lines[1:]...)...), CreateMissing: []string{"clients"}})
		want := []string{"2 updated update not_updatable", "3 created create", "4 created create", "5 created create"}
		if diff := cmp.Diff(want, got.short()); diff != "" {
			t.Error(diff)
		}
	})
}

// committed counts the contacts with an address that the sandbox took.
func (g grow) committed(email string) int {
	n := 0
	for page, err := range g.client.List(context.Background()) {
		if err != nil {
			return -1
		}
		for _, c := range page.Items {
			if strings.EqualFold(c.Email, email) {
				n++
			}
		}
	}
	return n
}

func TestDryRunWritesNothing(t *testing.T) {
	g := newGrow(t)
	got, summary := g.run(t, importer.Options{DryRun: true, Path: writeFile(t, growHead,
		"Nora,Nieuw,nora@example.com,Acme Inc,",
		fmt.Sprintf("X,Y,%s,Acme Inc,", seed.SamplePerson(190).Email))})
	if w := g.sandbox.Writes("growcrm"); w != 0 {
		t.Errorf("%d writes", w)
	}
	if got[0].Outcome != "" || got[0].Action != outcome.ActionCreate || len(got[0].Changed) == 0 {
		t.Errorf("row 2: %+v", got[0])
	}
	if got[1].Action != outcome.ActionUpdate || summary.Actions[outcome.ActionUpdate] != 1 {
		t.Errorf("row 3: %+v", got[1])
	}
}

func TestFirstRowsAllFail(t *testing.T) {
	lines := []string{growHead}
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("N,N,n%d@example.com,Acme Inc,", i))
	}
	refuse := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, `{"data":[{"id":1,"company_name":"Acme Inc"}],"meta":{"current_page":1,"per_page":100,"total":1,"last_page":1}}`)
			return
		}
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprint(w, `{"message":"The given data was invalid.","errors":{"phone":["The phone field is required."]}}`)
	})
	client := growcrm.New(growcrm.Config{Base: crmtest.Serve(t, refuse, ""), HTTP: transport.New(transport.Options{Workers: 4}).Client()})
	got := importAny(t, t.Context(), mapping.GrowContacts(), client, importer.Options{Path: writeFile(t, lines...), Workers: 4})
	if !errors.Is(got.err, faults.ErrAllFailed) {
		t.Fatalf("error = %v", got.err)
	}
	if n := got.summary.Counts[outcome.Failed]; n < 20 || n > 20+4 {
		t.Errorf("%d rows failed before the run stopped, want 20 and those in flight", n)
	}
	if m := got.results[0].Message(); !strings.Contains(m, "The phone field is required.") {
		t.Errorf("message %q without the vendor's words", m)
	}
}

// TestEveryRowOnce is the promise: whatever the file, every row has exactly one outcome, in order, and no address is
// created twice.
func TestEveryRowOnce(t *testing.T) {
	seed := uint64(20261121)
	rnd := rand.New(rand.NewPCG(seed, 1))
	for round := range 5 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			g := newGrow(t)
			lines, rows := []string{growHead}, []int{}
			for i := range 200 + rnd.IntN(400) {
				if rnd.IntN(20) == 0 {
					lines = append(lines, "")
					continue
				}
				rows = append(rows, i+2)
				lines = append(lines, randomLine(rnd))
			}
			got, summary := g.run(t, importer.Options{Path: writeFile(t, lines...), Workers: 1 + rnd.IntN(16)})
			var order []int
			for _, r := range got {
				order = append(order, r.Row)
				if !slices.Contains(outcome.Outcomes(), r.Outcome) {
					t.Errorf("row %d: outcome %q", r.Row, r.Outcome)
				}
			}
			if diff := cmp.Diff(rows, order); diff != "" {
				t.Errorf("rows of the report: %s", diff)
			}
			if summary.Reached() != len(rows) {
				t.Errorf("summary counts %d of %d rows", summary.Reached(), len(rows))
			}
			g.noneTwice(t)
		})
	}
}

func randomLine(rnd *rand.Rand) string {
	n := rnd.IntN(150) // few enough to meet each other
	email := fmt.Sprintf("p%d@example.com", n)
	switch rnd.IntN(8) {
	case 0:
		email = seed.SamplePerson(170 + n%30).Email
	case 1:
		email = "broken"
	case 2:
		email = strings.ToUpper(email)
	}
	company := []string{"Acme Inc", "Nobody Knows", ""}[max(rnd.IntN(12)-9, 0)]
	return fmt.Sprintf("P,Q%d,%s,%s,%s", n%3, email, company, []string{"", "+15125550188", "12"}[rnd.IntN(3)])
}

func (g grow) noneTwice(t *testing.T) {
	t.Helper()
	seen := map[string]int{}
	for page, err := range g.client.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			seen[strings.ToLower(c.Email)]++
		}
	}
	for email := range maps.Keys(seen) {
		if seen[email] > 1 {
			t.Errorf("%s exists %d times", email, seen[email])
		}
	}
}
