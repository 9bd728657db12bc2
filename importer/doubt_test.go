package importer_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/state"
)

// TestDoubtOutlivesLookUps: a create whose answer was lost is unknown if the look-ups that would tell are refused, in
// the same session and in a later one; as failed it would be fed back, and made again.
func TestDoubtOutlivesLookUps(t *testing.T) {
	refusals := map[string]*crm.Error{
		"forbidden": {Op: "test", Class: crm.Forbidden, Code: crm.CodeForbidden, Meta: crm.Meta{Status: 403}},
		"refused":   failing(crm.Permanent, 400, "no such filter"),
		"fails":     failing(crm.Transient, 502, "bad gateway"),
	}
	for title, refusal := range refusals {
		for _, batch := range []int{1, 10} {
			for _, later := range []bool{false, true} {
				t.Run(title, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { doubtOutlives(t, refusal, batch, later) })
				})
			}
		}
	}
}

func doubtOutlives(t *testing.T, refusal *crm.Error, batch int, later bool) {
	f := newFake()
	f.traits.FindBatch = batch
	f.delay = func() time.Duration { return time.Second }
	ctx, cancel := context.WithCancel(t.Context())
	broken := false
	f.fail = func(op string, n int) error {
		switch {
		case op == "create" && n == 9:
			broken = true
			if later {
				cancel()
			}
			return failing(crm.Ambiguous, 502, doneAllTheSame)
		case op == "find" && broken:
			return refusal
		}
		return nil
	}
	path, journal := writeFile(t, people(0, 10)...), filepath.Join(t.TempDir(), "journal.jsonl")
	got := session(t, ctx, finds{creates: creates{f: f}}, path, journal, importer.Options{Workers: 1})
	if later {
		got = session(t, t.Context(), finds{creates: creates{f: f}}, path, journal, importer.Options{Workers: 1})
	}
	if n := len(got.results); n < 9 || got.results[8].Outcome != outcome.Unknown {
		t.Errorf("batch %d, later %v: %v, %v", batch, later, got.results.short(), got.err)
	}
}

// TestRejectedNeverInDoubt: a row that breaks a rule was never sent, whatever else is in doubt.
func TestRejectedNeverInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.traits.Idempotent = true
		f.traits.CreateUpserts = true
		f.delay = func() time.Duration { return time.Second }
		lines := append(people(0, 30), "Bad,not an address", "New 3,new.3@example.com")
		path, journal := writeFile(t, lines...), filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		session(t, ctx, creates{f: f}, path, journal, importer.Options{Workers: 1})
		got := session(t, t.Context(), creates{f: f}, path, journal, importer.Options{Workers: 1})
		counts := got.summary.Counts
		if got.err != nil || counts[outcome.Created] != 30 || counts[outcome.Rejected] != 1 || counts[outcome.Skipped] != 1 {
			t.Errorf("%v, %v", counts, got.err)
		}
	})
}

// TestStoppedAgain: a session that breaks off early still reports what the sessions before it did.
func TestStoppedAgain(t *testing.T) {
	for _, vendor := range []string{"finds", "lists"} {
		t.Run(vendor, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.delay = func() time.Duration { return time.Second }
				f.total = false
				show := crm.Creator[cloverhound.Contact](finds{creates: creates{f: f}})
				if vendor == "lists" {
					show = lists{creates: creates{f: f}}
				}
				path, journal := writeFile(t, people(0, 20)...), filepath.Join(t.TempDir(), "journal.jsonl")
				done := false
				f.fail = func(op string, n int) error {
					if op == "create" && n > 12 || done && (op == "find" || op == "list" && n > 3) {
						done = true
						return failing(crm.NothingSent, 0, "connection refused")
					}
					return nil
				}
				first := session(t, t.Context(), show, path, journal, importer.Options{Workers: 1})
				got := session(t, t.Context(), show, path, journal, importer.Options{Workers: 1})
				if first.err == nil || got.err == nil || got.summary == nil || got.summary.Counts[outcome.Created] != 12 || len(got.results) != 12 {
					t.Errorf("%v, %v; %d rows, %v", first.err, got.err, len(got.results), got.summary)
				}
			})
		})
	}
}

// TestDamageStays: the rows that damage puts in doubt stay so if the session that meets it ends before it can say so.
func TestDamageStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.delay = func() time.Duration { return time.Second }
		path, journal := writeFile(t, people(0, 10)...), filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(4500*time.Millisecond, cancel)
		session(t, ctx, creates{f: f}, path, journal, importer.Options{Workers: 1})
		raw, err := os.ReadFile(journal)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(raw), "\n")
		lines[2] = "damaged\n"
		if err := os.WriteFile(journal, []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
		j, damage, err := state.ResumeJournal(journal, func(int64, []byte) error { return nil }) // and there it is killed
		if err != nil || damage == (state.Damage{}) {
			t.Fatal(damage, err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		session(t, t.Context(), creates{f: f}, path, journal, importer.Options{Workers: 1})
		f.noneTwice(t)
	})
}

// TestTokenForgotten: a create whose answer was lost a day ago, because the machine was asleep, say, is not repeated by
// a token that the vendor may have forgotten.
func TestTokenForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.traits.Idempotent, f.traits.CreateUpserts = true, true
		made := 0
		f.fail = func(op string, n int) error {
			if op == "create" && n == 3 {
				made = n
				time.Sleep(30 * time.Hour)
				clear(f.tokens)
				return failing(crm.Ambiguous, 0, doneAllTheSame)
			}
			return nil
		}
		path, journal := writeFile(t, people(0, 10)...), filepath.Join(t.TempDir(), "journal.jsonl")
		got := session(t, t.Context(), f, path, journal, importer.Options{Workers: 1})
		if made == 0 || got.err == nil {
			t.Error(got.err)
		}
		f.noneTwice(t)
		got = session(t, t.Context(), f, path, journal, importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Created] != 10 {
			t.Errorf("%v, %v", got.summary.Counts, got.err)
		}
		f.noneTwice(t)
	})
}

// TestVanished: a contact that is gone after the answer to its update was lost is made, and the run goes on.
func TestVanished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.traits.UpdateRepeatable = false
		f.seed(3)
		f.fail = func(op string, n int) error {
			if op == "update" && n == 2 {
				f.contacts[1].Email = "gone@example.com"
				return failing(crm.Ambiguous, 502, "bad gateway")
			}
			return nil
		}
		got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, known(3, func(int) bool { return true })...), importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Updated] != 2 || got.summary.Counts[outcome.Created] != 1 {
			t.Errorf("%v, %v", got.summary.Counts, got.err)
		}
	})
}

// TestVanishedAndTaken: a contact that a look-up misses once, after the answer to its update was lost, so that its row is created
// and refused because the contact is there, is updated after all. The row does not wait for itself.
func TestVanishedAndTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(3)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		f.fail = func(op string, n int) error {
			switch {
			case op == "update" && n == 2:
				f.contacts[1].Email = "hidden@example.com"
				return failing(crm.Ambiguous, 502, "bad gateway")
			case op == "create":
				f.contacts[1].Email = "known.1@example.com"
				return &crm.Error{Op: "test", Class: crm.Permanent, Code: crm.CodeTaken, Meta: crm.Meta{Status: 422}}
			}
			return nil
		}
		got := importInto(t, ctx, finds{creates: creates{f: f}}, writeFile(t, known(3, func(int) bool { return true })...), importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Updated] != 3 || f.calls["create"] != 1 {
			t.Errorf("%v, %v, %v", got.summary.Counts, got.err, f.calls)
		}
	})
}

// TestAnotherContact: a row whose contact turns out to be another one when it is read again waits for the row that changes that
// one.
func TestAnotherContact(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(2)
		v := &moving{finds: finds{creates: creates{f: f}}, t: t}
		got := importInto(t, t.Context(), v, writeFile(t, "id,full_name,email", ",Changed 0,known.0@example.com", "2,Changed 1,"), importer.Options{Workers: 2})
		if want := []string{"2 updated", "3 updated merged"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) || f.contacts[1].FullName != "Changed 0" || !v.moved {
			t.Errorf("%v, %v, %+v", outcomesOf(got.results), got.err, f.contacts)
		}
	})
}

// moving moves the address of contact 1 to contact 2 and loses the answer to the first update of contact 1. It sees that no two
// updates of contact 2 are under way.
type moving struct {
	finds
	t     *testing.T
	moved bool
	busy  atomic.Int32
}

func (m *moving) Update(ctx context.Context, found, want cloverhound.Contact, fields crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	if found.ID == 1 {
		m.f.mu.Lock()
		defer m.f.mu.Unlock()
		m.moved = true
		m.f.contacts[0].Email, m.f.contacts[1].Email = "moved@example.com", m.f.contacts[0].Email
		return crm.Answer[cloverhound.Contact]{}, failing(crm.Ambiguous, 502, "bad gateway")
	}
	if m.busy.Add(1) > 1 {
		m.t.Error("two updates of one contact are under way")
	}
	defer m.busy.Add(-1)
	time.Sleep(5 * time.Minute)
	want.Email = m.contact(1).Email // which the row does not set
	return m.finds.Update(ctx, found, want, fields)
}

func (m *moving) contact(i int) cloverhound.Contact {
	m.f.mu.Lock()
	defer m.f.mu.Unlock()
	return m.f.contacts[i]
}
