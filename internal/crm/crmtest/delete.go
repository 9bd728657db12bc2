package crmtest

import (
	"context"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"crmferry/internal/crm"
)

// testDelete: what is deleted is gone, nobody else is, and the second time there is nothing to delete.
func testDelete[C any](t *testing.T, e *env[C]) {
	d, ok := e.good.(crm.Deleter[C])
	if !ok {
		t.Skip("the vendor documents no way to delete")
	}
	if d.Deleted() == "" {
		t.Error("nothing says where deleted contacts are")
	}
	ctx := context.Background()
	gone, stays := e.make(t, 0), e.make(t, 1)
	answer, err := d.Delete(ctx, e.ID(gone))
	if err != nil || answer.ID != e.ID(gone) || answer.Status != http.StatusOK && answer.Status != http.StatusNoContent || answer.Created {
		t.Fatalf("answered id %q (of %q), status %d, %v", answer.ID, e.ID(gone), answer.Status, err)
	}
	if e.found(t, gone) {
		t.Error("the contact is there still")
	}
	if !e.found(t, stays) {
		t.Error("another contact is gone")
	}
	for _, id := range []string{e.ID(gone), "99999999"} {
		_, err := d.Delete(ctx, id)
		if got := wantClass(t, err, crm.Permanent); got.Code != crm.CodeNotFound {
			t.Errorf("delete %q, which is not there: code %q", id, got.Code)
		}
	}
	testLostDelete(t, e, d, stays)
}

// testLostDelete: a delete whose answer is lost was sent once, and is in doubt.
func testLostDelete[C any](t *testing.T, e *env[C], d crm.Deleter[C], c C) {
	for name, loss := range losses() {
		t.Run(name, func(t *testing.T) {
			var seen atomic.Int64
			e.fail(func(w http.ResponseWriter, r *http.Request) {
				seen.Add(1)
				loss(w, r)
			})
			_, err := d.Delete(context.Background(), e.ID(c))
			wantClass(t, err, crm.Ambiguous)
			if n := seen.Load(); n != 1 {
				t.Errorf("the delete was sent %d times", n)
			}
		})
	}
}

// found reports whether any key of a contact leads to it.
func (e *env[C]) found(t *testing.T, c C) bool {
	t.Helper()
	found := false
	if f, ok := e.good.(crm.Finder[C]); ok {
		for _, key := range e.FindKeys(c) {
			some, err := f.Find(context.Background(), []crm.Key{key})
			if err != nil {
				t.Fatalf("find %s: %v", key, err)
			}
			found = found || slices.ContainsFunc(some, func(o C) bool { return e.ID(o) == e.ID(c) })
		}
	}
	if l, ok := e.good.(crm.Lister[C]); ok {
		_, listed := e.pick(e.all(t, l), e.ID(c))
		found = found || listed
	}
	return found
}
