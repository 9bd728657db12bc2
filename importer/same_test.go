package importer_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
	"crmferry/importer/faults"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// rogerConfig is what a client of the RogerRoger in the sandbox needs.
func rogerConfig(t *testing.T, s *sandbox.Server) rogerroger.Config {
	t.Helper()
	tr := transport.New(transport.Options{Authorize: rogerroger.Authorize(s.Variable("", "CRMFERRY_ROGERROGER_KEY")), Workers: 8})
	return rogerroger.Config{Base: crmtest.Serve(t, s.Handler(), "/rogerroger"), HTTP: tr.Client()}
}

func importPeople(t *testing.T, client *rogerroger.Client, lines ...string) results {
	t.Helper()
	got := importAny(t, t.Context(), mapping.RogerRogerPeople(), client, importer.Options{Path: writeFile(t, lines...), CreateMissing: []string{"tags"}})
	if got.err != nil {
		t.Fatal(got.err)
	}
	return got.results
}

// TestTwoRowsOneContact: two rows that find one contact by different addresses of it do not undo each other's tags, and
// the later one says so.
func TestTwoRowsOneContact(t *testing.T) {
	client := rogerroger.New(rogerConfig(t, sandbox.New(sandbox.Options{})))
	importPeople(t, client, "Family name,Emails,Tags", `Bakker,"one@example.com; two@example.com; three@example.com",First`)
	got := importPeople(t, client, "Family name,Emails,Tags", "Bakker,one@example.com,Second", "Bakker,two@example.com,Third", "Bakker,three@example.com,Fourth")
	want := []string{"2 updated update", "3 updated update merged", "4 updated update merged"}
	if diff := cmp.Diff(want, got.short()); diff != "" {
		t.Error(diff)
	}
	found, err := client.Find(t.Context(), []crm.Key{{Email: "two@example.com"}})
	if err != nil || len(found) != 1 {
		t.Fatalf("found %+v, %v", found, err)
	}
	if n := len(found[0].Tags); n != 4 {
		t.Errorf("the contact has %d tags, want 4: %+v", n, found[0].Tags)
	}
}

// TestStoppedInDoubt: a row that was sent and not answered is reported even if the run is told to stop before it is
// sent again.
func TestStoppedInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		f := newFake()
		f.traits = crm.Traits{Idempotent: true}
		f.fail = func(_ string, n int) error {
			if n < 3 {
				return nil
			}
			cancel()
			return failing(crm.Ambiguous, 502, doneAllTheSame)
		}
		got := importInto(t, ctx, creates{f: f}, writeFile(t, people(0, 10)...), importer.Options{Workers: 1})
		want := []string{"2 created create", "3 created create", "4 unknown create unverified"}
		if diff := cmp.Diff(want, got.results.short()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestForeignAnswer: what was answered in another form by a vendor that has answered before is unknown where nothing can
// be looked up, and the run goes on; it stops where nothing else comes any more.
func TestForeignAnswer(t *testing.T) {
	for _, tt := range []struct {
		title    string
		pages    func(n int) bool // creates that are answered so
		unknown  int
		created  int
		goesThru bool
	}{
		{"now and then", func(n int) bool { return n%3 == 0 }, 10, 20, true},
		{"for ever", func(n int) bool { return n > 2 }, 10, 2, false},
	} {
		t.Run(tt.title, func(t *testing.T) {
			f := newFake()
			f.fail = func(_ string, n int) error {
				if tt.pages(n) {
					return failing(crm.WrongServer, 302, "the answer is a web page, not JSON")
				}
				return nil
			}
			got := importInto(t, t.Context(), creates{f: f}, writeFile(t, people(0, 30)...), importer.Options{Workers: 1})
			counts := got.summary.Counts
			if counts[outcome.Created] != tt.created || counts[outcome.Unknown] != tt.unknown || (got.err == nil) != tt.goesThru {
				t.Errorf("%v, %v", counts, got.err)
			}
			if !tt.goesThru && !errors.Is(got.err, faults.ErrOutage) {
				t.Errorf("stopped by %v", got.err)
			}
		})
	}
}

// TestNeverSpoke: while the vendor has never answered as itself, an answer of another form stops the run. The row that
// it answered is in doubt, and no other was sent; resumed, the run goes on with those.
func TestNeverSpoke(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.delay = func() time.Duration { return time.Second }
		f.fail = func(_ string, n int) error {
			if n == 1 {
				return failing(crm.WrongServer, 404, "the answer is a web page, not JSON")
			}
			return nil
		}
		path, journal := writeFile(t, people(0, 10)...), filepath.Join(t.TempDir(), "journal.jsonl")
		first := session(t, t.Context(), creates{f: f}, path, journal, importer.Options{Workers: 8})
		if len(first.results) != 1 || first.summary.Counts[outcome.Unknown] != 1 || crm.ClassOf(first.err) != crm.WrongServer || first.summary.Open != 1 || f.calls["create"] != 1 {
			t.Errorf("%v, %d sent, %v", first.err, f.calls["create"], first.results.short())
		}
		got := session(t, t.Context(), creates{f: f}, path, journal, importer.Options{Workers: 8})
		if got.err != nil || got.summary.Counts[outcome.Created] != 9 || got.summary.Counts[outcome.Unknown] != 1 || got.summary.Open != 0 {
			t.Errorf("%v, %v", got.summary.Counts, got.err)
		}
	})
}

// TestSpokeBefore: what an earlier session of the run heard from the vendor counts: its address is the right one.
func TestSpokeBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.delay = func() time.Duration { return time.Second }
		path, journal := writeFile(t, people(0, 10)...), filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		f.fail = func(_ string, n int) error {
			switch n {
			case 3:
				cancel()
			case 4:
				return failing(crm.WrongServer, 302, "the answer is a web page, not JSON")
			}
			return nil
		}
		session(t, ctx, creates{f: f}, path, journal, importer.Options{Workers: 1})
		got := session(t, t.Context(), creates{f: f}, path, journal, importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Created] != 9 || got.summary.Counts[outcome.Unknown] != 1 {
			t.Errorf("%v, %v", got.summary.Counts, got.err)
		}
	})
}

// TestForeignWrites: an update that was answered in another form is looked at again, like one whose answer
// was lost.
func TestForeignWrites(t *testing.T) {
	for _, done := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.seed(3)
			f.fail = func(op string, n int) error {
				if op != "update" || n != 2 {
					return nil
				}
				if done {
					f.contacts[1].FullName = "Changed 1"
				}
				return failing(crm.WrongServer, 302, "the answer is a web page, not JSON")
			}
			got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, known(3, func(int) bool { return true })...), importer.Options{Workers: 1})
			if got.err != nil || got.summary.Counts[outcome.Updated] != 3 || f.calls["update"] != map[bool]int{true: 3, false: 4}[done] {
				t.Errorf("done %v: %v, %v, %v", done, got.summary.Counts, got.err, f.calls)
			}
		})
	}
}

// TestIDWithoutLookUp: a row that carries the vendor's id is a contact that exists. Where none can be looked up it is
// left alone, and nobody says that there is no such contact.
func TestIDWithoutLookUp(t *testing.T) {
	f := newFake()
	got := importInto(t, t.Context(), creates{f: f}, writeFile(t, "id,full_name,email", "5,Known,known@example.com", ",New,new@example.com"), importer.Options{})
	want := []string{"2 skipped none exists", "3 created create"}
	if diff := cmp.Diff(want, got.results.short()); diff != "" {
		t.Error(diff)
	}
}
