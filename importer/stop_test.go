package importer_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/faults"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
)

// TestLimitForever: a vendor that refuses everything by its limit, as when a daily quota is used up, is not asked for
// ever: after a quarter of an hour without one success the run stops, and no row is lost.
func TestLimitForever(t *testing.T) {
	for _, first := range []int{0, 30} {
		t.Run(fmt.Sprint(first), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, start := newFake(), time.Now()
				f.fail = func(op string, n int) error {
					if op == "create" && n > first {
						return failing(crm.RateLimited, 429, "quota used up")
					}
					return nil
				}
				got := importInto(t, t.Context(), creates{f: f}, writeFile(t, people(0, 100)...), importer.Options{})
				var stop *faults.Stop
				if !errors.As(got.err, &stop) || stop.Sent != (first > 0) || crm.ClassOf(got.err) != crm.RateLimited {
					t.Errorf("error %v", got.err)
				}
				if got.summary.Counts[outcome.Created] != first || got.summary.Reached() != first || len(f.contacts) != first {
					t.Errorf("%d contacts, %v", len(f.contacts), got.summary.Counts)
				}
				if took := time.Since(start); took < 15*time.Minute || took > 17*time.Minute {
					t.Errorf("it stopped after %v", took)
				}
			})
		})
	}
}

// TestLimitForLong: refusals do not end a run as long as something is answered now and then.
func TestLimitForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		start := time.Now()
		f.fail = func(string, int) error {
			if since := time.Since(start) % (12 * time.Minute); since < 11*time.Minute {
				return failing(crm.RateLimited, 429, "slow down")
			}
			return nil
		}
		f.delay = func() time.Duration { return 10 * time.Second }
		got := importInto(t, t.Context(), creates{f: f}, writeFile(t, people(0, 200)...), importer.Options{})
		if got.err != nil || len(f.contacts) != 200 {
			t.Errorf("%d contacts, %v", len(f.contacts), got.err)
		}
		f.noneTwice(t)
	})
}

// TestNothingSucceeds: whatever it is that the vendor answers to everything, the run stops early instead of spoiling
// every row of the file.
func TestNothingSucceeds(t *testing.T) {
	notFound := &crm.Error{Op: "test", Class: crm.Permanent, Code: crm.CodeNotFound, Meta: crm.Meta{Status: 404}}
	forbidden := &crm.Error{Op: "test", Class: crm.Forbidden, Code: crm.CodeForbidden, Meta: crm.Meta{Status: 403}}
	orphan := &crm.Error{Op: "test", Class: crm.Permanent, Code: crm.CodeNotFound, Problems: []crm.FieldProblem{{Field: "of", Code: crm.CodeInvalid, Message: "no"}}, Meta: crm.Meta{Status: 404}}
	tests := []struct {
		title string
		op    string
		batch int
		err   error
		most  int // rows with an outcome: 20, and those that 8 workers have in hand, or wait for, then
		says  string
	}{
		{"refused", "create", 1, failing(crm.Permanent, 422, "no"), 27, "all of the first rows failed (20)"},
		{"fails", "create", 1, failing(crm.Ambiguous, 500, "oops"), 36, "all of the first rows failed (20)"},
		{"not there", "create", 1, notFound, 0, "404"},
		{"on what is not there", "create", 1, orphan, 27, "all of the first rows failed (20)"},
		{"forbidden", "create", 1, forbidden, 0, "403"},
		{"look-up not there", "find", 1, notFound, 0, "404"},
		{"look-up forbidden", "find", 1, forbidden, 0, "403"},
		{"look-ups of many not there", "find", 30, notFound, 0, "404"},
		{"look-ups of many forbidden", "find", 30, forbidden, 0, "403"},
		{"look-ups of many refused", "find", 10, failing(crm.Permanent, 400, "no"), 40, "all of the first rows failed (20)"},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.delay = func() time.Duration { return time.Millisecond }
				f.traits.FindBatch = tt.batch
				f.fail = func(op string, _ int) error {
					if op == tt.op {
						return tt.err
					}
					return nil
				}
				got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, people(0, 400)...), importer.Options{})
				if got.err == nil || !strings.Contains(got.err.Error(), tt.says) || got.summary.Reached() > tt.most {
					t.Errorf("%v, %v", got.err, got.summary.Counts)
				}
			})
		})
	}
}

// TestForbiddenLater: what is forbidden after something was allowed is the row's.
func TestForbiddenLater(t *testing.T) {
	for _, op := range []string{"find", "create"} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.fail = func(o string, n int) error {
				if o == op && n%3 == 0 {
					return &crm.Error{Op: "test", Class: crm.Forbidden, Code: crm.CodeForbidden, Meta: crm.Meta{Status: 403}}
				}
				return nil
			}
			got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, people(0, 30)...), importer.Options{Workers: 1})
			if got.err != nil || got.summary.Counts[outcome.Failed] != 10 || got.summary.Counts[outcome.Created] != 20 {
				t.Errorf("%s: %v, %v", op, got.err, got.summary.Counts)
			}
		})
	}
}

// TestJournalLost: where the journal takes no more records, rows of which it says that they were about to be sent count as in
// doubt, as they do for the session that goes on.
func TestJournalLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		dir := t.TempDir()
		path, lost := filepath.Join(dir, "journal.jsonl"), filepath.Join(dir, "lost.jsonl")
		f.fail = func(op string, n int) error {
			if op == "create" && n == 20 {
				if err := os.Rename(path, lost); err != nil {
					t.Error(err)
				}
			}
			return nil
		}
		f.delay = func() time.Duration { return time.Second }
		j, err := journal.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		got := importInto(t, t.Context(), f, writeFile(t, people(0, 60)...), importer.Options{Journal: j, Keep: path + ".rows", Workers: 8})
		_ = j.Close() // it says once more that it is gone
		if got.err == nil {
			t.Error("the run did not stop")
		}
		later, _, err := journal.Replay(lost, crm.Traits{}, new(results))
		if err != nil {
			t.Fatal(err)
		}
		created := got.summary.Counts[outcome.Created] - later.Counts[outcome.Created] // of which the journal does not know
		if later.Open == 0 || got.summary.Open+created < later.Open || got.summary.Counts[outcome.Unknown] != got.summary.Open {
			t.Errorf("in doubt %d, unknown %d and created %d more than the journal knows, which has %d in doubt",
				got.summary.Open, got.summary.Counts[outcome.Unknown], created, later.Open)
		}
	})
}
