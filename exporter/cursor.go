package exporter

import (
	"context"
	"fmt"

	"crmferry/internal/crm"
)

// maxStale is how many pages in a row may bring no new contact: a list that goes round gives no other sign if its
// cursors differ each time.
const maxStale = 100

// follow reads a list by cursor: the next page is read while the one before it is written. The vendor sees to it that
// a cursor stays good while contacts are made and deleted; what can be checked is that every page holds what it says,
// that no cursor comes twice, and that the vendor itself says where the list ends.
func (r *reading[C]) follow(ctx context.Context, source crm.Cursored[C], q crm.Query) error {
	r.begin()
	r.seen.begin()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan fetched[crm.CursorPage[C]], 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(answers)
		r.chain(ctx, source, q, answers)
	}()
	defer func() { cancel(); <-done }()
	n, stale := 0, 0
	for a := range answers {
		if a.err != nil {
			return a.err
		}
		n++
		r.sum.Pages++
		met := r.sum.Met
		if err := r.meet(a.value.Items, false, r.o.Noun, n); err != nil {
			return err
		}
		if stale++; r.sum.Met > met {
			stale = 0
		}
		if stale >= maxStale {
			return r.broken(n, fmt.Sprintf("%d pages in a row brought no new contact", stale))
		}
	}
	return context.Cause(ctx)
}

// chain reads page after page, as each names the next.
func (r *reading[C]) chain(ctx context.Context, source crm.Cursored[C], q crm.Query, answers chan<- fetched[crm.CursorPage[C]]) {
	cursor := ""
	cursors := idSet{}
	cursors.begin()
	for n := 1; ; n++ {
		p, err := source.ListAfter(ctx, q, cursor)
		switch {
		case err != nil:
			err = pageError(r.o.Noun, n, err)
		case p.Count >= 0 && p.Count != len(p.Items):
			err = r.broken(n, fmt.Sprintf("page %d holds %d contacts and says %d", n, len(p.Items), p.Count))
		case p.More && p.Next == "":
			err = r.broken(n, fmt.Sprintf("page %d says that more contacts follow, but not where", n))
		case p.More && cursors.meet(p.Next, false).pass() > 0:
			err = r.broken(n, fmt.Sprintf("page %d says that more contacts follow, but its cursor leads back to a page that was read before", n))
		}
		select {
		case answers <- fetched[crm.CursorPage[C]]{p, err}:
		case <-ctx.Done():
			return
		}
		if err != nil || !p.More {
			return
		}
		cursor = p.Next
	}
}

func (r *reading[C]) broken(n int, reason string) error {
	return &IncompleteError{List: r.o.Noun, Total: -1, Found: n, Tries: 1, Reason: reason}
}
