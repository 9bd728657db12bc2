package importer_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
)

// byToken is a vendor that knows creates by their tokens, and forgets these after a day.
func byToken() *fake {
	f := newFake()
	f.traits.Idempotent, f.traits.CreateUpserts = true, true
	f.delay = func() time.Duration { return time.Second }
	return f
}

// TestResumeCrossesADay: a session that goes on with rows of an earlier one past the age of their tokens stops. The next
// looks up those that may have been sent, and none is unknown.
func TestResumeCrossesADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := byToken()
		path, dir := writeFile(t, people(0, 60)...), t.TempDir()
		journalPath, killed := filepath.Join(dir, "journal.jsonl"), filepath.Join(dir, "killed.jsonl")
		f.fail = func(op string, n int) error {
			if op == "create" && n == 20 {
				copyFile(t, journalPath, killed)
			}
			return nil
		}
		session(t, t.Context(), f, path, journalPath, importer.Options{Workers: 8}) // killed at the 20th row, as the copy has it
		f.contacts = f.contacts[:20]
		time.Sleep(23*time.Hour - 15*time.Second)
		got := session(t, t.Context(), f, path, killed, importer.Options{Workers: 1})
		if got.err == nil || got.summary.Counts[outcome.Unknown] > got.summary.Open {
			t.Errorf("%v, %v", got.summary.Counts, got.err)
		}
		clear(f.tokens)
		got = session(t, t.Context(), f, path, killed, importer.Options{Workers: 8})
		if got.err != nil || got.summary.Counts[outcome.Created] != 60 {
			t.Errorf("%v, %v", got.summary.Counts, got.err)
		}
		f.noneTwice(t)
	})
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Error(err)
	}
}

// TestNeverSent: rows that a session did not come to are no doubt of the next, however late that is; those whose answer was
// lost are.
func TestNeverSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := byToken()
		path, journalPath := writeFile(t, people(0, 40)...), filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		f.fail = func(op string, n int) error {
			if op != "create" || n < 10 {
				return nil
			}
			cancel()
			return failing(crm.Ambiguous, 502, doneAllTheSame)
		}
		session(t, ctx, f, path, journalPath, importer.Options{Workers: 1})
		time.Sleep(48 * time.Hour)
		f.fail = nil
		clear(f.tokens)
		j, err := journal.Open(journalPath)
		if err != nil {
			t.Fatal(err)
		}
		if n := j.Counts().InDoubt; n != 1 {
			t.Errorf("%d rows are in doubt", n)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		got := session(t, t.Context(), f, path, journalPath, importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Created] != 40 {
			t.Errorf("%v, %v", got.summary.Counts, got.err)
		}
		f.noneTwice(t)
	})
}

// TestLateResumeWithoutDoubt: a session after days looks nothing up if all that was sent was answered.
func TestLateResumeWithoutDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := byToken()
		path, journalPath := writeFile(t, people(0, 40)...), filepath.Join(t.TempDir(), "journal.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		f.fail = func(op string, n int) error {
			if op == "create" && n == 10 {
				cancel()
			}
			return nil
		}
		session(t, ctx, f, path, journalPath, importer.Options{Workers: 4})
		time.Sleep(48 * time.Hour)
		got := session(t, t.Context(), f, path, journalPath, importer.Options{Workers: 4})
		if got.err != nil || got.summary.Counts[outcome.Created] != 40 || f.calls["find"] > 0 {
			t.Errorf("%v, %v, %d look-ups", got.summary.Counts, got.err, f.calls["find"])
		}
		f.noneTwice(t)
	})
}

// TestClockSetBetweenSessions: how old a token is the vendor's clock tells, not ours. Where that is not known, a time to
// come is none to go by.
func TestClockSetBetweenSessions(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second time.Duration // offsets of the vendor's clock from ours
		sleep         time.Duration
		looks         bool
	}{
		{"ours set forward, an hour later", 0, -48 * time.Hour, 49 * time.Hour, false},
		{"ours set back, two days later", 0, 48 * time.Hour, time.Hour, true},
		{"ours set back, nobody tells", 48 * time.Hour, 0, time.Hour, true},
		{"right", 0, 0, time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := byToken()
				path, journalPath := writeFile(t, people(0, 20)...), filepath.Join(t.TempDir(), "journal.jsonl")
				ctx, cancel := context.WithCancel(t.Context())
				f.fail = func(op string, n int) error {
					if op != "create" || n < 5 {
						return nil
					}
					cancel()
					return failing(crm.Ambiguous, 502, doneAllTheSame)
				}
				ahead := func(d time.Duration) func() time.Duration { return func() time.Duration { return d } }
				session(t, ctx, f, path, journalPath, importer.Options{Workers: 1, Offset: ahead(tt.first)})
				f.fail = nil
				time.Sleep(tt.sleep)
				got := session(t, t.Context(), f, path, journalPath, importer.Options{Workers: 1, Offset: ahead(tt.second)})
				if got.err != nil || got.summary.Counts[outcome.Created] != 20 || f.calls["find"] > 0 != tt.looks {
					t.Errorf("%v, %v, %d look-ups", got.summary.Counts, got.err, f.calls["find"])
				}
				f.noneTwice(t)
			})
		})
	}
}

// steppingBack is a stepper whose contacts can be deleted.
type steppingBack struct{ stepping }

func (s steppingBack) Deleted() string { return "they are gone" }

func (s steppingBack) Delete(ctx context.Context, id string) (crm.Answer[cloverhound.Contact], error) {
	return deletes{s.finds}.Delete(ctx, id)
}

// TestUndoByTheirClock: whether people have changed a contact since the run that created it, the vendor's clock tells, however far
// ours is from it: what they have filled in is kept, and what nobody has touched is deleted.
func TestUndoByTheirClock(t *testing.T) {
	for _, off := range []time.Duration{-time.Hour, -10 * time.Minute, 0, 10 * time.Minute, time.Hour} {
		t.Run(off.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir := newFake(), t.TempDir()
				vendor := steppingBack{stepping{finds{creates: creates{f: f}}}}
				there := func() time.Time { return time.Now().Add(off) }
				o := importer.Options{Workers: 1, Offset: func() time.Duration { return off }}
				file := writeFile(t, "Full name,Email,Description", "New 0,new.0@example.com,a", "New 1,new.1@example.com,b")
				if got := session(t, t.Context(), vendor, file, filepath.Join(dir, "import"), o); got.err != nil {
					t.Fatal(got.err)
				}
				for i := range f.contacts {
					f.contacts[i].CreatedAt, f.contacts[i].UpdatedAt = there().Add(-time.Minute), there()
				}
				time.Sleep(5 * time.Minute)
				f.contacts[0].Phones = []cloverhound.Phone{{Number: "+15125550100"}}
				f.contacts[0].UpdatedAt = there()
				got := takeBack(t, t.Context(), vendor, filepath.Join(dir, "import"), filepath.Join(dir, "undo"), importer.Options{Offset: o.Offset})
				if said := outcomesOf(got.results); !slices.Equal(said, []string{"2 skipped edited_since", "3 deleted"}) {
					t.Error(got.said(), f.state())
				}
			})
		})
	}
}
