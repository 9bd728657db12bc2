package exporter

import (
	"context"
	"fmt"
)

// nextPage reads the page behind p. Some servers answer a page that is not there with nothing, others with the last one.
func (l *numbered[C]) nextPage(ctx context.Context, p page[C]) (next page[C], more bool, err error) {
	next, err = l.fetchNoted(ctx, p.n+1)
	same := err == nil && len(next.Items) > 0 && l.ids(next.Items) == l.ids(p.Items)
	if same && next.Total < 0 { // nothing tells whether that is the end or a vendor that knows no pages
		return p, false, l.incomplete(1, fmt.Sprintf("pages %d and %d hold the same %s", p.n, next.n, l.o.Noun))
	}
	if err != nil || same || len(next.Items) == 0 {
		return p, false, err
	}
	l.lastFilled = next.n
	return next, true, nil
}

// findEnd finds the last page of the list, of which p was read last. The result is a guess: the list may change, and the
// vendor's count may be wrong.
func (l *numbered[C]) findEnd(ctx context.Context, p page[C]) (page[C], error) {
	if p.Total < 0 && p.n == 1 {
		return l.searchEnd(ctx, p)
	}
	var err error
	if l.lastPage > p.n {
		p, err = l.fetchNoted(ctx, l.lastPage)
	}
	if err == nil && len(p.Items) == 0 && p.n > 1 { // it has become shorter, or never was that long
		if p, err = l.fetchNoted(ctx, 1); err == nil && len(p.Items) >= l.size {
			return l.searchEnd(ctx, p)
		}
	}
	l.lastFilled = p.n
	return p, err
}

// searchEnd finds the last page of a list that is not counted, by exponential and then binary search: pages 2, 4, 8 ...
// up to one that is not full, then half way between the last full one and that.
func (l *numbered[C]) searchEnd(ctx context.Context, first page[C]) (page[C], error) {
	low, high := first, 0
	for high == 0 || high-low.n > 1 {
		n := 2 * low.n
		if high > 0 {
			n = (low.n + high) / 2
		}
		p, err := l.fetchNoted(ctx, n)
		if err != nil {
			return page[C]{}, err
		}
		switch {
		case len(p.Items) == 0:
			high = n
		case len(p.Items) < l.size:
			l.lastFilled = n
			return p, nil
		case l.ids(p.Items) == l.ids(low.Items):
			return page[C]{}, l.incomplete(1, fmt.Sprintf("pages %d and %d hold the same %s", low.n, n, l.o.Noun))
		default:
			low = p
		}
	}
	l.lastFilled = low.n
	return low, nil
}

// findEndAgain finds the last page of a list that was read before.
func (l *numbered[C]) findEndAgain(ctx context.Context) (page[C], error) {
	p, err := l.fetchNoted(ctx, max(l.lastPage, l.lastFilled, 1))
	if err == nil {
		p, err = l.findEnd(ctx, p)
	}
	// Behind a full last page, is there really nothing?
	for more := true; err == nil && more && len(p.Items) >= l.size; {
		p, more, err = l.nextPage(ctx, p)
	}
	return p, err
}
