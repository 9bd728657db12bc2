package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// manyRecords is a file of n leads or notes, each with everything that takes a request of its own.
func manyRecords(resource string, n int) string {
	var b strings.Builder
	if resource == "growcrm/leads" {
		b.WriteString("Title,Status,Category,Email,Company,Assigned to,Tags,State of the lead\n")
		for i := range n {
			fmt.Fprintf(&b, "Lead %d,New,Default,lead.%d@example.com,Lead Ltd,Team Member,VIP;Fair,%s\n", i, i, []string{"", "archived"}[i%2])
		}
		return b.String()
	}
	b.WriteString("Client,Title,Note,Tags\n")
	for i := range n {
		fmt.Fprintf(&b, "Acme Inc,Note %d,Said at %d.,VIP;Fair\n", i, i)
	}
	return b.String()
}

// wantRecordsOnce fails unless the ledger has each of n records once, and the export all that belongs to each.
func wantRecordsOnce(t *testing.T, did sandbox.Report, resource string, n int, export string) {
	t.Helper()
	kind := strings.TrimSuffix(strings.TrimPrefix(resource, "growcrm/"), "s")
	made := map[string]int{}
	for _, e := range did.Entries {
		if e.Kind == kind && e.Action == "create" {
			made[e.Name]++
		}
	}
	if len(made) != n {
		t.Errorf("%d %ss were made, want %d", len(made), kind, n)
	}
	for name, times := range made {
		if times > 1 {
			t.Errorf("%s was made %d times", name, times)
		}
	}
	whole := 0
	for _, line := range strings.Split(export, "\n") {
		if strings.Contains(line, "VIP; Fair") && (kind == "note" || strings.Contains(line, "Team Member,VIP; Fair,a")) {
			whole++
		}
	}
	if whole != n {
		t.Errorf("%d of %d %ss have all that belongs to them", whole, n, kind)
	}
	if archived := strings.Count(export, "VIP; Fair,archived"); kind == "lead" && archived != n/2 {
		t.Errorf("%d of %d leads are archived", archived, n/2)
	}
}

// TestCrashRecords kills the program between any two requests of a record, with and without faults, and lets it finish: each
// record is there once, with its tags, its assignees and its state.
func TestCrashRecords(t *testing.T) {
	pick := momentsToKill(t)
	for _, tt := range []struct {
		resource string
		faults   []string
	}{
		{"growcrm/leads", nil},
		{"growcrm/leads", []string{"growcrm:drop-after:from=15:every=9:scatter", "growcrm:500-before:from=15:every=13:scatter"}},
		{"growcrm/notes", []string{"growcrm:drop-after:from=15:every=7:scatter"}},
	} {
		t.Run(tt.resource+strings.Join(tt.faults, "/"), func(t *testing.T) {
			const n = 40
			dir := memoryDir(t)
			env, base := otherSandbox(t, tt.faults, false)
			env[state.RootVariable] = filepath.Join(dir, "state")
			file := filepath.Join(dir, "records.csv")
			if err := os.WriteFile(file, []byte(manyRecords(tt.resource, n)), 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{"import", tt.resource, file, "--yes", "--resume", "--rate", "off", "--workers", "4"}
			k := killing{crashes: 5, pick: pick, least: 100 * time.Millisecond, most: 600 * time.Millisecond, may: []failure.ExitCode{failure.ExitOK}}
			said := k.goOn(t, env, args)
			time.Sleep(300 * time.Millisecond) // look-ups of the sandbox lag by 100 ms
			export := runApp(t, env, "export", tt.resource, "-o", "-", "--rate", "off")
			wantRecordsOnce(t, readLedger(t, base), tt.resource, n, export.stdout)
			if t.Failed() {
				t.Log(said)
			}
			again := importFile(t, env, tt.resource, file)
			again.wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: n})
		})
	}
}

// TestLeadStepRefusedThenResumed: the key is refused at the second request of a lead. The run stops, and when it goes on it does
// what is left of the lead, and not the lead again.
func TestLeadStepRefusedThenResumed(t *testing.T) {
	for _, step := range []string{"/assigned", "/tags", "/archive"} {
		t.Run(step, func(t *testing.T) {
			var refused atomic.Bool
			s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if strings.HasSuffix(r.URL.Path, step) && refused.CompareAndSwap(false, true) {
					refuse(w, http.StatusUnauthorized)
					return true
				}
				return false
			})
			file := putFile(t, "leads.csv", manyRecords("growcrm/leads", 2))
			got := importFile(t, env, "growcrm/leads", file, "--workers", "1")
			if got.code != failure.ExitStopped {
				t.Fatalf("exit code %d\n%s", got.code, got.stderr)
			}
			got = importFile(t, env, "growcrm/leads", file, "--workers", "1", "--resume")
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 2})
			export := runApp(t, env, "export", "growcrm/leads", "-o", "-", "--rate", "off")
			wantRecordsOnce(t, sandbox.Report{Entries: s.Ledger()}, "growcrm/leads", 2, export.stdout)
		})
	}
}

// TestStepsOfUpdateResumed: the key is refused at the tags of a lead that has some already. The run that goes on adds to them, and
// an undo gives back what there was.
func TestStepsOfUpdateResumed(t *testing.T) {
	for _, replace := range []bool{false, true} {
		t.Run(fmt.Sprint("replace=", replace), func(t *testing.T) {
			var refused atomic.Bool
			_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if strings.HasSuffix(r.URL.Path, "/tags") && refused.CompareAndSwap(false, true) {
					refuse(w, http.StatusUnauthorized)
					return true
				}
				return false
			})
			file := putFile(t, "leads.csv", "Title,Status,Category,Email,Phone,Tags\nAnvils for a year,2,3,anton.amboss@example.com,+49 212 555 0100,Z\n")
			args, want := []string{"--workers", "1"}, "Anvils; Z"
			if replace {
				args, want = append(args, "--replace", "tags"), "Z"
			}
			if got := importFile(t, env, "growcrm/leads", file, args...); got.code != failure.ExitStopped {
				t.Fatalf("exit code %d\n%s", got.code, got.stderr)
			}
			got := importFile(t, env, "growcrm/leads", file, append(args, "--resume")...)
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Updated: 1})
			tags := func() string {
				return runApp(t, env, "export", "growcrm/leads", "-o", "-", "--rate", "off", "--columns", "lead_title,tags").stdout
			}
			if all := tags(); !strings.Contains(all, "Anvils for a year,"+want+"\n") {
				t.Errorf("want tags %s:\n%s", want, all)
			}
			if got := runApp(t, env, "undo", "import-growcrm", "--yes", "--rate", "off"); got.code != failure.ExitOK {
				t.Fatalf("exit code %d\n%s", got.code, got.stderr)
			}
			if all := tags(); !strings.Contains(all, "Anvils for a year,Anvils\n") {
				t.Errorf("the undo leaves:\n%s", all)
			}
		})
	}
}

// TestDefaultOfStepResumed: the key is refused at a step that only a default asks for. The run that goes on does it: that the
// vendor has filled the field of what it made says nothing.
func TestDefaultOfStepResumed(t *testing.T) {
	for _, tt := range []struct{ resource, rows, set, path, column, want string }{
		{"growcrm/leads", "Title,Status,Category,Email\nNew roof,New,Default,roof@example.com\n", "active_state=archived", "/archive", "lead_title,active_state", "New roof,archived"},
		{"growcrm/clients", "Company,First name,Last name,Email\nDakwerk BV,Dora,Dijk,dora@dakwerk.example\n", "status=suspended", "/status", "client_company_name,status", "Dakwerk BV,suspended"},
	} {
		t.Run(tt.resource, func(t *testing.T) {
			var refused atomic.Bool
			_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if strings.HasSuffix(r.URL.Path, tt.path) && refused.CompareAndSwap(false, true) {
					refuse(w, http.StatusUnauthorized)
					return true
				}
				return false
			})
			file := putFile(t, "rows.csv", tt.rows)
			if got := importFile(t, env, tt.resource, file, "--default", tt.set); got.code != failure.ExitStopped {
				t.Fatalf("exit code %d\n%s", got.code, got.stderr)
			}
			got := importFile(t, env, tt.resource, file, "--default", tt.set, "--resume")
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 1})
			if all := runApp(t, env, "export", tt.resource, "-o", "-", "--rate", "off", "--columns", tt.column).stdout; !strings.Contains(all, tt.want) {
				t.Errorf("want %s:\n%s", tt.want, all)
			}
		})
	}
}

// TestClientGoneBetweenPlanAndRun: a note whose client was deleted since its plan was made is rejected, and the others are made.
func TestClientGoneBetweenPlanAndRun(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	file := putFile(t, "notes.csv", "Client ID,Title,Note\n1,One,On Acme.\n2,Two,On another.\n")
	if got := runApp(t, env, "import", "growcrm/notes", file, "--dry-run", "--rate", "off"); got.code != failure.ExitOK {
		t.Fatalf("exit code %d\n%s", got.code, got.stderr)
	}
	req := httptest.NewRequest(http.MethodDelete, "/growcrm/api/clients/1", nil)
	req.Header.Set("Authorization", "Bearer "+s.Variable("", "CRMFERRY_GROWCRM_KEY"))
	s.Handler().ServeHTTP(httptest.NewRecorder(), req)
	report := filepath.Join(t.TempDir(), "report.csv")
	got := runApp(t, env, "apply", strings.TrimSuffix(file, ".csv")+".dry-run.csv", "--yes", "--rate", "off", "--report", report)
	if got.code != failure.ExitRows {
		t.Errorf("exit code %d\n%s", got.code, got.stderr)
	}
	lines := readReport(t, report)
	if len(lines) != 2 || lines[0].Outcome != "rejected" || !strings.Contains(lines[0].Message, `no client has the id "1"`) || lines[1].Outcome != "created" {
		t.Errorf("%+v", lines)
	}
}
