package importer_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer"
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
		got := importInto(t, ctx, creates{f}, writeFile(t, people(0, 10)...), importer.Options{Workers: 1})
		want := []string{"2 created create", "3 created create", "4 unknown create unverified"}
		if diff := cmp.Diff(want, got.results.short()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestForeignAnswer: a page of something in between, as of a network that wants one to sign in, stops the run; the row
// that it answered is not unreached.
func TestForeignAnswer(t *testing.T) {
	f := newFake()
	f.fail = func(_ string, n int) error {
		if n < 3 {
			return nil
		}
		return failing(crm.WrongServer, 200, "the answer is a web page, not JSON")
	}
	got := importInto(t, t.Context(), creates{f}, writeFile(t, people(0, 10)...), importer.Options{Workers: 1})
	want := []string{"2 created create", "3 created create", "4 unknown create unverified"}
	if diff := cmp.Diff(want, got.results.short()); diff != "" || crm.ClassOf(got.err) != crm.WrongServer {
		t.Errorf("%v\n%s", got.err, diff)
	}
}

// TestIDWithoutLookUp: a row that carries the vendor's id is a contact that exists. Where none can be looked up it is
// left alone, and nobody says that there is no such contact.
func TestIDWithoutLookUp(t *testing.T) {
	f := newFake()
	got := importInto(t, t.Context(), creates{f}, writeFile(t, "id,full_name,email", "5,Known,known@example.com", ",New,new@example.com"), importer.Options{})
	want := []string{"2 skipped none exists", "3 created create"}
	if diff := cmp.Diff(want, got.results.short()); diff != "" {
		t.Error(diff)
	}
}
