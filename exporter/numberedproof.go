package exporter

import (
	"context"
	"fmt"
)

// prove reads the section in its own order, of which the first page was read before, until it is shown to be complete.
func (l *numbered[C]) prove(ctx context.Context, first page[C]) error {
	whole, err := l.readOnce(ctx, first)
	for tries := 1; err == nil && !whole; tries++ {
		most := max(maxRereads, rereadPages/max(l.lastPage, l.lastFilled, 1))
		if tries > most {
			return l.unproven(tries, l.rereadReason)
		}
		l.sum.Rereads++
		l.progress.Again(l.name(), l.rereadReason, tries, most)
		whole, err = l.readBackwards(ctx)
	}
	return err
}

// readOnce reads the list from the first page to the last, several pages at a time, and reports whether that was all.
func (l *numbered[C]) readOnce(ctx context.Context, first page[C]) (bool, error) {
	l.beginPass()
	if l.isOnlyPage(first) {
		err := l.usePage(first)
		return err == nil && l.agrees(), err
	}
	end, err := l.findEnd(ctx, first)
	if err != nil {
		return false, err
	}
	if err := l.readForward(ctx, 1, end.n-1); err != nil {
		return false, err
	}
	stayed, err := l.readEnd(ctx, end)
	if err != nil {
		return false, err
	}
	if !stayed {
		l.rereadReason = l.o.Noun + " were deleted, or moved in the list, while they were read"
		return false, nil
	}
	return l.agrees(), nil
}

// isOnlyPage reports whether a first page is all there is: then one answer holds it all, and nothing can have moved.
func (l *numbered[C]) isOnlyPage(first page[C]) bool {
	return first.Last <= 1 && len(first.Items) < l.size
}

// readForward reads pages several at a time and uses them in order.
func (l *numbered[C]) readForward(ctx context.Context, from, to int) error {
	return fetchInOrder(ctx, l.o.Workers, from, to, l.fetch, func(_ int, p page[C]) error {
		l.noteAnswer(p)
		return l.usePage(p)
	})
}

// readEnd reads the page of the last contact again and what follows, and reports whether that contact stands where it stood.
func (l *numbered[C]) readEnd(ctx context.Context, end page[C]) (stayed bool, err error) {
	to := end.n
	if len(end.Items) >= l.size {
		to++ // full: is there really nothing behind it?
	}
	last := end
	err = fetchInOrder(ctx, l.o.Workers, end.n, to, l.fetch, func(n int, p page[C]) error {
		l.noteAnswer(p)
		if i := len(end.Items) - 1; n == end.n {
			stayed = len(p.Items) > i && (i < 0 || l.table.ID(p.Items[i]) == l.table.ID(end.Items[i]))
		}
		if last = p; len(p.Items) > 0 {
			l.lastFilled = n
		}
		if n < to || len(p.Items) == 0 {
			return l.usePage(p)
		}
		return nil
	})
	if err != nil || len(last.Items) == 0 {
		return stayed, err
	}
	return stayed, l.readRest(ctx, last)
}

// readRest uses a page and those behind it.
func (l *numbered[C]) readRest(ctx context.Context, p page[C]) error {
	for {
		if err := l.usePage(p); err != nil || len(p.Items) < l.size && p.n >= p.Last {
			return err
		}
		next, more, err := l.nextPage(ctx, p)
		if err != nil || !more {
			return err
		}
		p = next
	}
}

// agrees reports whether as many different contacts were met as the vendor counts, where it counts.
func (l *numbered[C]) agrees() bool {
	if l.vendorTotal < 0 || l.seen.met == l.vendorTotal {
		return true
	}
	l.rereadReason = fmt.Sprintf("%d different %s found, the vendor counts %d", l.seen.met, l.o.Noun, l.vendorTotal)
	return false
}

// readBackwards reads the list again by one reader from the last page to the first, and then what was made meanwhile. It
// reports whether that was all.
func (l *numbered[C]) readBackwards(ctx context.Context) (bool, error) {
	end, err := l.findEndAgain(ctx)
	if err != nil {
		return false, err
	}
	l.beginPass()
	for n := end.n; n >= 1; n-- {
		p, err := l.fetchNoted(ctx, n)
		if err == nil {
			err = l.usePage(p)
		}
		if err != nil {
			return false, err
		}
	}
	for range maxTailReads {
		if whole, err := l.readTail(ctx); whole || err != nil {
			return whole, err
		}
	}
	return false, nil
}

// readTail reads the end of the list down to a page with contacts that were met before: all before them were met too. It
// reports whether the contacts met are no fewer than the vendor counts, and that count leaves room for the last page.
func (l *numbered[C]) readTail(ctx context.Context) (bool, error) {
	l.identical, l.previousIDs = 0, ""
	end, err := l.findEndAgain(ctx)
	for p := end; err == nil; p, err = l.fetchNoted(ctx, p.n-1) {
		met := l.seen.met
		if err := l.usePage(p); err != nil {
			return false, err
		}
		if l.seen.met-met < len(p.Items) || p.n == 1 {
			break
		}
	}
	if err != nil {
		return false, err
	}
	room := min(max(end.Total-(end.n-1)*l.size, 0), l.size)
	if l.vendorTotal < 0 || l.seen.met >= l.vendorTotal && len(end.Items) == room {
		return true, nil
	}
	if l.agrees() {
		l.rereadReason = fmt.Sprintf("page %d holds %d %s, where the vendor's own count of %d leaves room for %d",
			end.n, len(end.Items), l.o.Noun, end.Total, room)
	}
	return false, nil
}
