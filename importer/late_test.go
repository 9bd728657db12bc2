package importer_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// killed runs a session that is killed when create n arrives, and returns the journal as it is then. What is in flight
// is carried out after late, if at all.
func (f *fake) killed(t *testing.T, path string, n, workers int, late time.Duration) (journalPath string) {
	t.Helper()
	dead, last := false, 0
	f.fail = func(op string, calls int) error {
		if op == "create" && calls == n {
			f.mu.Lock()
			last = f.calls["create"]
			f.mu.Unlock()
			dead, journalPath = true, filepath.Join(t.TempDir(), "journal.jsonl")
			raw, err := os.ReadFile(filepath.Join(filepath.Dir(path), "killed.jsonl"))
			if err == nil {
				err = os.WriteFile(journalPath, raw, 0o600)
			}
			if err != nil {
				t.Error(err)
			}
		}
		switch {
		case dead && op == "create" && calls > last:
			return errors.Join(errNeverLeft, context.Canceled)
		case dead:
			return context.Canceled
		}
		return nil
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	session(t, ctx, lateCreates{finds: finds{creates: creates{f: f}}, late: late}, path, filepath.Join(filepath.Dir(path), "killed.jsonl"), importer.Options{Workers: workers})
	f.fail = nil
	return journalPath
}

// errNeverLeft is the error of a request of a program that was killed before.
var errNeverLeft = errors.New("the program was killed")

// lateCreates carries out what was given up, late.
type lateCreates struct {
	finds
	late time.Duration
}

func (c lateCreates) Create(ctx context.Context, want cloverhound.Contact, fields crm.Fields, token string) (crm.Answer[cloverhound.Contact], error) {
	ans, err := c.finds.Create(ctx, want, fields, token)
	if err != nil && !errors.Is(err, errNeverLeft) && c.late > 0 {
		time.AfterFunc(c.late, func() { _, _ = c.f.Create(context.Background(), want, fields, token) })
	}
	return ans, err
}

// TestLateCommit: what a vendor carries out long after the program was killed is not sent again. The rows that were not
// in flight do not wait for those that were, also where rows are looked up just before their turn, at a slow pace.
func TestLateCommit(t *testing.T) {
	for _, tt := range []struct {
		late  time.Duration
		batch int
		pace  float64
	}{{0, 1, 0}, {20 * time.Second, 1, 0}, {110 * time.Second, 1, 0}, {20 * time.Second, 5, 0.2}} {
		t.Run(fmt.Sprint(tt.late, tt.pace), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.traits.FindBatch = tt.batch
				f.delay = func() time.Duration { return time.Second }
				path := writeFile(t, people(0, 40)...)
				journalPath := f.killed(t, path, 9, 8, tt.late)
				start := time.Now()
				got := session(t, t.Context(), finds{creates: creates{f: f}}, path, journalPath, importer.Options{Workers: 2, Pace: tt.pace})
				if got.err != nil || got.summary.Counts[outcome.Created] != 40 || len(f.contacts) != 40 {
					t.Fatalf("%d contacts, %v, %v", len(f.contacts), got.summary.Counts, got.err)
				}
				f.noneTwice(t)
				var soon int
				for _, r := range got.results {
					if r.Finished.Sub(start) < 2*time.Minute {
						soon++
					}
				}
				if waited := 40 - soon; waited < 1 || waited > 8 {
					t.Errorf("%d rows waited for the requests of the session before", waited)
				}
			})
		})
	}
}

// TestLateCommitStopped: a run that waits for what an earlier session has sent ends at once when it is told to, and says
// that those rows are in doubt still.
func TestLateCommitStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.delay = func() time.Duration { return time.Second }
		path := writeFile(t, people(0, 10)...)
		journalPath := f.killed(t, path, 4, 1, 0)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Minute, cancel)
		start := time.Now()
		got := session(t, ctx, finds{creates: creates{f: f}}, path, journalPath, importer.Options{Workers: 1})
		if took := time.Since(start); got.err == nil || took > time.Minute+time.Second {
			t.Errorf("ended after %v: %v", took, got.err)
		}
		if got.summary.Open != 1 || got.summary.Counts[outcome.Unknown] != 1 || got.summary.Counts[outcome.Created] != 9 {
			t.Errorf("%d open, %v", got.summary.Open, got.summary.Counts)
		}
	})
}

// TestLateUpdate: an update of an earlier session that would add something twice is waited for before the contact is read.
func TestLateUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.traits.UpdateRepeatable = false
		f.seed(3)
		f.delay = func() time.Duration { return time.Second }
		path := writeFile(t, known(3, func(int) bool { return true })...)
		journalPath := filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		f.fail = func(op string, n int) error {
			if op == "update" && n == 2 {
				time.AfterFunc(100*time.Second, func() {
					f.mu.Lock()
					defer f.mu.Unlock()
					f.contacts[1].FullName = "Changed 1"
				})
				cancel()
				return failing(crm.Ambiguous, 0, "connection reset")
			}
			return nil
		}
		session(t, ctx, finds{creates: creates{f: f}}, path, journalPath, importer.Options{Workers: 1})
		got := session(t, t.Context(), finds{creates: creates{f: f}}, path, journalPath, importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Updated] != 3 || f.calls["update"] != 3 {
			t.Errorf("%v, %v, %v", got.summary.Counts, got.err, f.calls)
		}
	})
}

// TestLateLink: a client that the vendor makes after the session that asked for it has ended is not made again.
func TestLateLink(t *testing.T) {
	fault := sandbox.Fault{Kind: "drop-late", Vendor: "growcrm", On: "writes", Times: 1, For: time.Second}
	s := sandbox.New(sandbox.Options{Faults: []sandbox.Fault{fault}})
	ctx, cancel := context.WithCancel(t.Context())
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			cancel()
		}
		s.Handler().ServeHTTP(w, r)
	})
	tr := transport.New(transport.Options{Authorize: growcrm.Authorize(s.Variable("", "CRMFERRY_GROWCRM_KEY")), Workers: 8})
	client := growcrm.New(growcrm.Config{Base: crmtest.Serve(t, h, "/growcrm/api"), HTTP: tr.Client()})
	path, journalPath := writeFile(t, "First name,Last name,Email,Company", "Nina,New,nina@example.com,Late Ltd", "Otto,New,otto@example.com,Late Ltd"), filepath.Join(t.TempDir(), "journal.jsonl")
	o := importer.Options{Path: path, Settle: 50 * time.Millisecond, Late: 3 * time.Second, CreateMissing: []string{"clients"}, Workers: 1}
	for _, ctx := range []context.Context{ctx, t.Context()} {
		j, err := journal.Open(journalPath)
		if err != nil {
			t.Fatal(err)
		}
		o.Journal = j
		got := importAny(t, ctx, mapping.GrowContacts(), client, o)
		if err := j.Close(); err != nil || (got.err == nil) != (ctx.Err() == nil) {
			t.Fatal(got.err, err)
		}
	}
	made := map[string]int{}
	for _, e := range s.Ledger() {
		made[e.Action+" "+e.Kind+" "+e.Name+e.Email]++
	}
	for what, n := range made {
		if n > 1 && strings.HasPrefix(what, "create") {
			t.Errorf("%s %d times", what, n)
		}
	}
	if len(made) < 3 {
		t.Errorf("made %v", made)
	}
}

// TestUpsertFails: a create that the vendor fails at whenever it is sent is looked up in the end: it was done, or not.
func TestUpsertFails(t *testing.T) {
	known := seed.SamplePerson(seed.FirstOlder).Email
	for _, tt := range []struct{ kind, row, want string }{
		{"500-after", "Nina,nina@example.com,", "2 created create"},
		{"500-before", "Nina,nina@example.com,", "2 failed create server_error"},
		{"other-after", "Nina,nina@example.com,", "2 created create"},
		{"500-after", "Renamed," + known + ",", "2 updated update"},
		{"500-before", "Renamed," + known + ",", "2 unknown update unverified"},
		{"500-after", "Olga,,", "2 unknown create unverified"}, // nothing to look for
	} {
		t.Run(tt.kind+" "+tt.row, func(t *testing.T) {
			fault := sandbox.Fault{Kind: tt.kind, Vendor: "clientcommander", On: "writes"}
			s := sandbox.New(sandbox.Options{Faults: []sandbox.Fault{fault}})
			tr := transport.New(transport.Options{Authorize: clientcommander.Authorize(s.Variable("", "CRMFERRY_CLIENTCOMMANDER_KEY")), Workers: 1})
			client := clientcommander.New(clientcommander.Config{Base: crmtest.Serve(t, s.Handler(), "/clientcommander"), HTTP: tr.Client()})
			got := importAny(t, t.Context(), mapping.ClientCommanderContacts(), client, importer.Options{Path: writeFile(t, "First name,Email,Phone", tt.row),
				Settle: 20 * time.Millisecond, Backoff: 2 * time.Millisecond, Workers: 1})
			if short := got.results.short(); got.err != nil || len(short) != 1 || short[0] != tt.want {
				t.Errorf("got %q (%v), want %q", short, got.err, tt.want)
			}
		})
	}
}
