package importer_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/leaveby"
)

// busyFor refuses an operation by the limit for five minutes, in the middle of which people change what it is about.
func (f *fake) busyFor(op string, change func()) {
	start := time.Now()
	time.AfterFunc(3*time.Minute, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		change()
	})
	f.fail = func(o string, _ int) error {
		if o == op && time.Since(start) < 5*time.Minute {
			return failing(crm.RateLimited, 429, "slow down")
		}
		return nil
	}
}

// TestRefusedUntilStale: what a write was decided by is read again when the limit has kept it for more than two minutes.
func TestRefusedUntilStale(t *testing.T) {
	t.Run("update", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.seed(1)
			f.busyFor("update", func() { f.contacts[0].Description = "by people" })
			got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, known(1, func(int) bool { return true })...), importer.Options{})
			if c := f.contacts[0]; got.err != nil || c.FullName != "Changed 0" || c.Description != "by people" {
				t.Errorf("%v, %+v", got.err, c)
			}
		})
	})
	t.Run("create", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.busyFor("create", func() {
				f.contacts = append(f.contacts, cloverhound.Contact{ID: 1, FullName: "By people", Email: "new.0@example.com"})
			})
			got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, people(0, 1)...), importer.Options{})
			if got.err != nil || got.summary.Counts[outcome.Updated] != 1 || len(f.contacts) != 1 {
				t.Errorf("%v, %v, %+v", got.err, got.summary.Counts, f.contacts)
			}
		})
	})
	t.Run("delete", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.seed(1)
			f.busyFor("delete", func() { f.contacts[0].Description = "by people" })
			o := importer.Options{Mode: modes.DeleteOnly, Copies: (&shelf{}).start}
			got := importInto(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, writeFile(t, ids(1)...), o)
			if want := []string{"2 rejected not_copied"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) || len(f.contacts) != 1 {
				t.Errorf("%v, %v", got.err, outcomesOf(got.results))
			}
		})
	})
}

// slow is a vendor to whom every request takes three minutes to leave, unless it has to leave sooner.
type slow struct{ finds }

func leaves(ctx context.Context) error {
	if leaveby.Late(ctx, time.Now().Add(3*time.Minute)) {
		return &crm.Error{Op: "test", Class: crm.NothingSent, Code: crm.CodeUnreachable, Err: leaveby.ErrLate}
	}
	time.Sleep(3 * time.Minute)
	return nil
}

func (s slow) Find(ctx context.Context, keys []crm.Key) ([]cloverhound.Contact, error) {
	if err := leaves(ctx); err != nil {
		return nil, err
	}
	return s.finds.Find(ctx, keys)
}

func (s slow) Update(ctx context.Context, found, want cloverhound.Contact, fields crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	if err := leaves(ctx); err != nil {
		return crm.Answer[cloverhound.Contact]{}, err
	}
	return s.finds.Update(ctx, found, want, fields)
}

// TestAlwaysStale: where requests leave so slowly that what was read is always too old, rows are written all the same, and their
// lines in the report say so.
func TestAlwaysStale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(3)
		got := importInto(t, t.Context(), slow{finds: finds{creates: creates{f: f}}}, writeFile(t, known(3, func(int) bool { return true })...), importer.Options{Workers: 1})
		if got.err != nil || got.summary.Counts[outcome.Updated] != 3 || f.calls["find"] > 3*4 {
			t.Fatalf("%v, %v, %v", got.err, got.summary.Counts, f.calls)
		}
		for _, res := range got.results {
			if n := strings.Count(res.Message(), "more than two minutes before"); n != 1 || res.Attempts != 1 {
				t.Errorf("row %d after %d attempts: %q", res.Row, res.Attempts, res.Message())
			}
		}
	})
}
