package importer_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
)

// picky refuses a whole look-up for the sake of one of its keys.
type picky struct {
	finds
	bad []string
	err *crm.Error
}

func (p picky) Find(ctx context.Context, keys []crm.Key) ([]cloverhound.Contact, error) {
	found, err := p.finds.Find(ctx, keys)
	if slices.ContainsFunc(keys, func(k crm.Key) bool { return slices.Contains(p.bad, cmp.Or(k.Email, k.ID)) }) {
		return nil, p.err
	}
	return found, err
}

// TestRefusedLookUp: of a batch that the vendor refuses, only the row fails whose key it refuses, in the vendor's words.
func TestRefusedLookUp(t *testing.T) {
	invalid := &crm.Error{Op: "find contacts", Class: crm.Permanent, Code: crm.CodeInvalid, Message: "that is no address", Meta: crm.Meta{Status: 422}}
	tests := []struct {
		name  string
		batch int
		bad   []string
		calls int // at most
	}{
		{"none", 16, nil, 4},
		{"first", 16, []string{"new.0@example.com"}, 4 + 2*4 + 1},
		{"last", 16, []string{"new.63@example.com"}, 4 + 2*4 + 1},
		{"two of one batch", 16, []string{"new.20@example.com", "new.21@example.com"}, 4 + 4*4},
		{"batch that is no power of two", 13, []string{"new.15@example.com"}, 5 + 2*4 + 1},
		{"one by one", 1, []string{"new.5@example.com"}, 64},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.traits.FindBatch = tt.batch
				got := importInto(t, t.Context(), picky{finds: finds{creates: creates{f: f}}, bad: tt.bad, err: invalid}, writeFile(t, people(0, 64)...), importer.Options{})
				if got.err != nil {
					t.Fatal(got.err)
				}
				for _, r := range got.results {
					want := outcome.Created
					if slices.Contains(tt.bad, r.Key) {
						want = outcome.Failed
						if len(r.Problems) != 1 || r.Problems[0].Code != crm.CodeInvalid || !strings.Contains(r.Problems[0].Message, "that is no address") || r.Status != 422 {
							t.Errorf("row %d: %+v", r.Row, r.Problems)
						}
					}
					if r.Outcome != want {
						t.Errorf("row %d: %s, want %s", r.Row, r.Outcome, want)
					}
				}
				if len(got.results) != 64 || f.calls["find"] > tt.calls {
					t.Errorf("%d rows, %d look-ups, want %d at most", len(got.results), f.calls["find"], tt.calls)
				}
				f.noneTwice(t)
			})
		})
	}
}

// TestRefusedLookUps: a key that is refused for all look-ups stops the run; nothing is halved for it.
func TestRefusedLookUps(t *testing.T) {
	for _, class := range []crm.Class{crm.Unauthorized, crm.Forbidden} {
		f := newFake()
		f.traits.FindBatch = 16
		f.fail = func(op string, _ int) error {
			if op != "find" {
				return nil
			}
			return failing(class, 401, "who is it")
		}
		got := importInto(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, people(0, 64)...), importer.Options{})
		if crm.ClassOf(got.err) != class || f.calls["find"] != 1 || f.calls["create"] != 0 {
			t.Errorf("%v: %v after %v", class, got.err, f.calls)
		}
	}
}

// TestBatchBehindRejected: rows that break a rule, however many, do not keep a batch of look-ups waiting that is not full: they
// wait to be reported behind its rows.
func TestBatchBehindRejected(t *testing.T) {
	f := newFake()
	f.traits.FindBatch = 50
	lines := people(0, 2)
	for range 5000 {
		lines = append(lines, "Bad,not an address")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	got := importInto(t, ctx, finds{creates: creates{f: f}}, writeFile(t, lines...), importer.Options{})
	if counts := got.summary.Counts; got.err != nil || counts[outcome.Created] != 2 || counts[outcome.Rejected] != 5000 {
		t.Errorf("%v, %v", counts, got.err)
	}
}
