package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// fault stands between the tool and the sandbox. It answers by itself and returns true, or leaves the request alone.
type fault func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool

// faulty serves a sandbox with a fault in front of it.
func faulty(t *testing.T, o sandbox.Options, f fault) (*sandbox.Server, map[string]string) {
	t.Helper()
	s := sandbox.New(o)
	vendor := s.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f == nil || !f(w, r, vendor) {
			vendor.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	env := map[string]string{state.RootVariable: t.TempDir()}
	for _, set := range s.Environment(server.URL) {
		env[set.Name] = set.Value
	}
	return s, env
}

// refuse answers as careful vendors do.
func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"message":"refused by a test with %d","detail":"refused by a test with %d"}`, status, status)
}

// lose lets the vendor do what is asked and breaks the connection instead of answering.
func lose(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
	vendor.ServeHTTP(httptest.NewRecorder(), r)
	abort(w)
}

func abort(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// newcomers are n contacts that no vendor knows.
func newcomers(n int) string {
	var b strings.Builder
	b.WriteString("First name,Last name,Email,Company\n")
	for i := range n {
		fmt.Fprintf(&b, "Nina%d,Newcomer,nina.%d@example.com,Acme Inc\n", i, i)
	}
	return b.String()
}

// imported is what an import of a file left behind.
type imported struct {
	result
	text.ImportJSON
	lines []reportLine
}

// importFile imports a file with --yes --json and without a rate, and reads the report.
func importFile(t *testing.T, env map[string]string, vendor, file string, flags ...string) imported {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.csv")
	args := append([]string{"import", vendor, file, "--yes", "--json", "--rate", "off", "--report", report}, flags...)
	got := imported{result: runApp(t, env, args...)}
	if err := json.Unmarshal([]byte(got.stdout), &got.ImportJSON); err != nil {
		t.Fatalf("crmferry %q: %v, exit code %d, stdout %q, stderr:\n%s", args, err, got.code, got.stdout, got.stderr)
	}
	if int(got.code) != got.Exit {
		t.Errorf("exit code %d, the summary says %d", got.code, got.Exit)
	}
	got.lines = readReport(t, report)
	return got
}

// wantCounts fails unless the rows have these outcomes and no others.
func (i imported) wantCounts(t *testing.T, want map[outcome.Outcome]int) {
	t.Helper()
	got := maps.Clone(i.Counts)
	maps.DeleteFunc(got, func(_ outcome.Outcome, n int) bool { return n == 0 })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows by outcome (-want +got):\n%s\n%s", diff, i.stderr)
	}
}

// contactsCreated counts what the ledger says of each address.
func contactsCreated(s *sandbox.Server) map[string]int {
	made := map[string]int{}
	for _, e := range s.Ledger() {
		if e.Action == "create" && e.Kind == "contact" {
			made[strings.ToLower(e.Email)]++
		}
	}
	return made
}

func wantNoneTwice(t *testing.T, s *sandbox.Server, total int) {
	t.Helper()
	made := contactsCreated(s)
	if len(made) != total {
		t.Errorf("%d contacts were made, want %d", len(made), total)
	}
	for email, n := range made {
		if n > 1 {
			t.Errorf("%s was made %d times", email, n)
		}
	}
}

// isWrite reports whether a request changes something.
func isWrite(r *http.Request) bool { return r.Method != http.MethodGet }

// TestKeyRevokedMidway: from the sixth write on the key is refused. The run stops, and says what was done.
func TestKeyRevokedMidway(t *testing.T) {
	var writes atomic.Int64
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) || writes.Add(1) <= 5 {
			return false
		}
		refuse(w, http.StatusUnauthorized)
		return true
	})
	got := importFile(t, env, "growcrm", putFile(t, "leads.csv", newcomers(40)), "--workers", "2")
	if got.code != failure.ExitStopped || got.Missed != 35 {
		t.Errorf("exit code %d, %d rows not reached, want %d and 35", got.code, got.Missed, failure.ExitStopped)
	}
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 5})
	wantLines(t, "stderr", got.stderr, "error: Grow CRM refuses the key: ", "\nhint: check CRMFERRY_GROWCRM_KEY", "hint: to go on: crmferry import growcrm ", " --resume\n", "not reached: 35 rows")
	if n := writes.Load(); n > 5+2 {
		t.Errorf("%d writes left with a refused key, want one for each worker at most", n-5)
	}
	if len(got.lines) != 5 {
		t.Errorf("the report has %d rows, want those that were reached", len(got.lines))
	}
	wantNoneTwice(t, s, 5)
}

// TestForbidden: 403 before anything succeeded is the key's, later it is the row's.
func TestForbidden(t *testing.T) {
	for _, allowed := range []int64{0, 4} {
		for _, vendor := range allVendors() {
			t.Run(fmt.Sprint(vendor, allowed), func(t *testing.T) {
				var writes atomic.Int64
				s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
					if n := writes.Load(); !isWrite(r) || n < allowed && writes.Add(1) <= allowed {
						return false
					}
					refuse(w, http.StatusForbidden)
					return true
				})
				file := putFile(t, "leads.csv", newcomers(8))
				if allowed == 0 {
					got := runApp(t, env, "import", vendor, file, "--yes", "--rate", "off", "--workers", "1")
					v := vendorOf(t, vendor)
					wantRefusal(t, got, failure.ExitUsage, file, v.Name+" does not let this key do that: *403*", "check what the key of "+(account.Account{Vendor: v}).KeyNames()+" may do, or use another one")
					if n := len(s.Ledger()); n != 0 {
						t.Errorf("%d changes", n)
					}
					return
				}
				got := importFile(t, env, vendor, file, "--workers", "1")
				got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 4, outcome.Failed: 4})
				if got.code != failure.ExitRows || got.lines[7].Code != "forbidden" {
					t.Errorf("exit code %d, last row %+v", got.code, got.lines[7])
				}
			})
		}
	}
}

func vendorOf(t *testing.T, id string) *account.Vendor {
	t.Helper()
	r, err := account.All().Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return r.Vendor()
}

// TestFailures: without --max-failures a run stops when the first 20 rows all failed; with it, at that number.
func TestFailures(t *testing.T) {
	tests := []struct {
		title  string
		good   int64 // rows that the vendor takes first
		flags  []string
		code   failure.ExitCode
		failed int
		says   string
	}{
		{"first 20", 0, nil, failure.ExitStopped, 20, "error: all of the first rows failed (20)\nhint: see the report"},
		{"one succeeded", 1, nil, failure.ExitRows, 39, ""},
		{"given number", 5, []string{"--max-failures", "3"}, failure.ExitStopped, 3, "error: too many rows failed: 3\nhint: see the report"},
		{"number above the rule", 0, []string{"--max-failures", "30"}, failure.ExitStopped, 30, "error: too many rows failed: 30"},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			var writes atomic.Int64
			_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if !isWrite(r) || writes.Add(1) <= tt.good {
					return false
				}
				refuse(w, http.StatusUnprocessableEntity)
				return true
			})
			got := importFile(t, env, "growcrm", putFile(t, "leads.csv", newcomers(40)), append(tt.flags, "--workers", "1")...)
			if got.code != tt.code || got.Counts[outcome.Failed] < tt.failed || got.Counts[outcome.Failed] > tt.failed+1 {
				t.Errorf("exit code %d, %v; want %d and %d failed", got.code, got.Counts, tt.code, tt.failed)
			}
			wantLines(t, "stderr", got.stderr, tt.says)
			if got.Rejects == "" {
				t.Error("failed rows are not among the rejects")
			}
		})
	}
}

// TestRefusedByLimit: rows that the vendor refuses with 429 are sent again after the pause that it asks for, and none
// is lost or sent twice.
func TestRefusedByLimit(t *testing.T) {
	t.Parallel()
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			var writes, early atomic.Int64
			var until atomic.Pointer[time.Time]
			s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if !isWrite(r) {
					return false
				}
				if end := until.Load(); end != nil && time.Now().Before(end.Add(-50*time.Millisecond)) {
					early.Add(1)
				}
				if writes.Add(1)%7 != 5 {
					return false
				}
				end := time.Now().Add(time.Second)
				until.Store(&end)
				w.Header().Set("Retry-After", "1")
				refuse(w, http.StatusTooManyRequests)
				return true
			})
			got := importFile(t, env, vendor, putFile(t, "leads.csv", newcomers(15)), "--workers", "1")
			got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 15})
			if got.code != failure.ExitOK || early.Load() != 0 {
				t.Errorf("exit code %d, %d requests left during a pause", got.code, early.Load())
			}
			wantNoneTwice(t, s, 15)
		})
	}
}

// TestSandboxLimit imports past RogerRoger's documented limit into a sandbox that keeps it: the run waits and loses
// no row. The sandbox's clock runs fast, and so do its pauses.
func TestSandboxLimit(t *testing.T) {
	t.Parallel()
	start := time.Now()
	fast := func() time.Time { return start.Add(30 * time.Since(start)) }
	refused := atomic.Int64{}
	s, env := faulty(t, sandbox.Options{Limits: true, Now: fast}, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool {
		rec := httptest.NewRecorder()
		vendor.ServeHTTP(rec, r)
		maps.Copy(w.Header(), rec.Header())
		if rec.Code == http.StatusTooManyRequests {
			refused.Add(1)
			if rec.Header().Get("Retry-After") == "" {
				t.Error("a refusal without Retry-After")
			}
			w.Header().Set("Retry-After", "1") // 30 s of the sandbox
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(rec.Body.Bytes())
		return true
	})
	got := importFile(t, env, "rogerroger", putFile(t, "leads.csv", newcomers(45)))
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 45})
	if refused.Load() == 0 {
		t.Error("the limit was never met: the test tries nothing")
	}
	wantNoneTwice(t, s, 45)
}

// TestLostAnswers: the answer to every third create is lost after the vendor made the contact. A look-up finds it; where
// there is none the row is unknown, never repeated, and not among the rejects.
func TestLostAnswers(t *testing.T) {
	for _, vendor := range []string{"growcrm", "cloverhound", "rogerroger"} {
		t.Run(vendor, func(t *testing.T) {
			var writes atomic.Int64
			s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool {
				if !isWrite(r) || writes.Add(1)%3 != 0 {
					return false
				}
				lose(w, r, vendor)
				return true
			})
			got := importFile(t, env, vendor, putFile(t, "leads.csv", newcomers(9)), "--workers", "1")
			want, code := map[outcome.Outcome]int{outcome.Created: 9}, failure.ExitOK
			if vendor == "cloverhound" {
				want, code = map[outcome.Outcome]int{outcome.Created: 6, outcome.Unknown: 3}, failure.ExitRows
			}
			got.wantCounts(t, want)
			if got.code != code || got.Rejects != "" || writes.Load() != 9 {
				t.Errorf("exit code %d, rejects %q, %d writes, want 9", got.code, got.Rejects, writes.Load())
			}
			for _, l := range got.lines {
				if l.Outcome == string(outcome.Unknown) && (l.Code != "unverified" || !strings.Contains(l.Message, "look in the CRM")) {
					t.Errorf("row %d: %s: %s", l.Row, l.Code, l.Message)
				}
			}
			wantNoneTwice(t, s, 9)
		})
	}
}

// TestRepeatedWithTheSameKey: Client Commander takes a repetition with the same Idempotency-Key and the very same
// bytes for the first try.
func TestRepeatedWithTheSameKey(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	bodies := map[string][][]byte{}
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool {
		if !isWrite(r) {
			return false
		}
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		key := r.Header.Get("Idempotency-Key")
		mu.Lock()
		bodies[key] = append(bodies[key], body)
		tries, rows := len(bodies[key]), len(bodies)
		mu.Unlock()
		switch {
		case len(key) < 16 || len(key) > 64:
			t.Errorf("key %q has %d characters", key, len(key))
		case tries == 1 && rows%2 == 0:
			lose(w, r, vendor)
			return true
		case tries == 1 && rows%3 == 0:
			refuse(w, http.StatusBadGateway)
			return true
		}
		return false
	})
	got := importFile(t, env, "clientcommander", putFile(t, "leads.csv", newcomers(6)))
	got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 6})
	wantNoneTwice(t, s, 6)
	if len(bodies) != 6 {
		t.Errorf("%d keys for 6 rows", len(bodies))
	}
	again := 0
	for key, tries := range bodies {
		for _, b := range tries[1:] {
			again++
			if !bytes.Equal(b, tries[0]) {
				t.Errorf("key %s came with %q, then with %q", key, tries[0], b)
			}
		}
	}
	if again == 0 {
		t.Error("nothing was sent twice: the test tries nothing")
	}
}

// TestRejectsFedBack: the rejects of a run are mended and imported; the columns that the tool added are understood,
// and the rows keep the number that they had.
func TestRejectsFedBack(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		t.Run(ending, func(t *testing.T) {
			s, env := runningSandbox(t)
			file := putFile(t, "leads.csv", "Remarks;First name;Last name;Email;Company\n"+
				"\"one; two\";Nora;Nieuw;nora@example.com;Acme Inc\n"+
				"keep;Otto;Oud;otto at example.com;Acme Inc\n"+
				"\n"+
				";Pia;Pas;pia@example.com;Acme Inc\n"+
				";Quin;Quist;quin@example;Acme Inc\n")
			rejects := filepath.Join(t.TempDir(), "mend"+ending)
			first := importFile(t, env, "growcrm", file, "--rejects", rejects)
			first.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 2, outcome.Rejected: 2})
			if first.code != failure.ExitRows || first.Rejects != rejects {
				t.Fatalf("exit code %d, rejects %q", first.code, first.Rejects)
			}
			wantLines(t, "stderr", first.stderr, "next    mend the rows in "+rejects+", then: crmferry import growcrm "+rejects)
			if ending == ".csv" {
				mend(t, rejects, "otto at example.com", "otto@example.com")
				second := importFile(t, env, "growcrm", rejects)
				second.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 1, outcome.Rejected: 1})
				if second.lines[0].Row != 3 || second.lines[1].Row != 6 {
					t.Errorf("the rows are %d and %d, want 3 and 6", second.lines[0].Row, second.lines[1].Row)
				}
				wantLines(t, "message", second.lines[0].Message, "row 2 of the rejects file")
				if second.Rejects == rejects || second.Rejects == "" {
					t.Errorf("the rejects of the rejects are %q", second.Rejects)
				}
				if n := contactsCreated(s.Server)["otto@example.com"]; n != 1 {
					t.Errorf("otto was made %d times", n)
				}
				head, _, _ := strings.Cut(readText(t, second.Rejects), "\n")
				if want := "\uFEFFRemarks;First name;Last name;Email;Company;crmferry_row;crmferry_error;crmferry_message"; strings.TrimSpace(head) != want {
					t.Errorf("header of the second rejects is %q, want %q", head, want)
				}
			}
		})
	}
}

func readText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// mend changes a text in a file, as a person does.
func mend(t *testing.T, path, wrong, right string) {
	t.Helper()
	text := readText(t, path)
	if !strings.Contains(text, wrong) {
		t.Fatalf("%s lacks %q:\n%s", path, wrong, text)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, wrong, right)), 0o600); err != nil {
		t.Fatal(err)
	}
}
