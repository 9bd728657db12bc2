package exporter

import (
	"context"
	"fmt"

	"crmferry/internal/crm"
)

// maxStale is how many pages in a row may bring no new contact: a list that starts over and gives new cursors each time
// is noticed by nothing else.
const maxStale = 100

// readByCursor reads a list by cursor: the next page is read while the one before it is written. The vendor sees to it that
// a cursor stays good while contacts are made and deleted; what can be checked is that every page holds what it says,
// that no cursor comes twice, and that the vendor itself says where the list ends.
func (r *reading[C]) readByCursor(ctx context.Context, source crm.Cursored[C], q crm.Query) error {
	r.beginSection()
	r.seen.begin()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan fetchResult[crm.CursorPage[C]], 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(answers)
		r.fetchByCursor(ctx, source, q, answers)
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
		if err := r.takePage(a.value.Items, false, r.o.Noun, n); err != nil {
			return err
		}
		if stale++; r.sum.Met > met {
			stale = 0
		}
		if stale >= maxStale {
			return r.cursorError(n, fmt.Sprintf("%d pages in a row brought no new contact", stale))
		}
	}
	return context.Cause(ctx)
}

// fetchByCursor reads page after page, as each names the next.
func (r *reading[C]) fetchByCursor(ctx context.Context, source crm.Cursored[C], q crm.Query, answers chan<- fetchResult[crm.CursorPage[C]]) {
	cursor := ""
	cursors := idSet{}
	cursors.begin()
	for n := 1; ; n++ {
		p, err := source.ListAfter(ctx, q, cursor)
		switch {
		case err != nil:
			err = pageError(r.o.Noun, n, err)
		case p.Count >= 0 && p.Count != len(p.Items):
			err = r.cursorError(n, fmt.Sprintf("page %d holds %d contacts and says %d", n, len(p.Items), p.Count))
		case p.More && p.Next == "":
			err = r.cursorError(n, fmt.Sprintf("page %d says that more contacts follow, but not where", n))
		case p.More && cursors.add(p.Next, false).pass() > 0:
			err = r.cursorError(n, fmt.Sprintf("page %d says that more contacts follow, but its cursor leads back to a page that was read before", n))
		}
		select {
		case answers <- fetchResult[crm.CursorPage[C]]{p, err}:
		case <-ctx.Done():
			return
		}
		if err != nil || !p.More {
			return
		}
		cursor = p.Next
	}
}

// cursorError is the error of a list whose page n is not as it should be.
func (r *reading[C]) cursorError(n int, reason string) error {
	return &IncompleteError{List: r.o.Noun, Tries: 1, Reason: reason}
}
