package exporter

import (
	"context"
	"fmt"
	"slices"

	"crmferry/internal/crm"
)

// How a list that is read by page number is shown to be complete.
//
// Its order is that of creation, which the vendor documents and the client asks for: what is made while we read goes to the end, and what is deleted moves all that stand
// behind it one place forward, so that the first of a page that is still to be read may slip onto one that was read
// already. The pages are read several at a time, after the last contact's place was noted. If it stands there still
// when all else was read, nothing before it was deleted, nothing slipped, and the different ids are as many as the
// vendor counts. Otherwise the list is read once more by one reader from the last page to the first: contacts only ever
// move towards the pages that are still to be read, so none that stays in the list can be missed. What was made
// meanwhile is read from the end of the list, and the different ids must not be fewer than the vendor counts.
//
// In any other order nothing of this holds: see sorted.go, and unordered.go where the order is not documented. Nor does it hold to the letter where contacts come back into
// the middle of a list, as people do who are taken out of an archive: then only the count tells that one was pushed past
// the reader, and another one deleted in the same reading would hide it.

const (
	// maxAgain is how often a list is read again.
	maxAgain = 3
	// maxTail is how often the end of the list is read again because contacts were made meanwhile.
	maxTail = 3
	// maxSame is how many pages in a row may hold the same contacts: bulk deletions can make two look alike.
	maxSame = 2
)

// page is one page of a section.
type page[C any] struct {
	crm.NumberedPage[C]
	n int
}

// numbered reads one section of a list by page number.
type numbered[C any] struct {
	*reading[C]
	source  crm.Numbered[C]
	query   crm.Query
	section crm.Section
	size    int  // contacts on a full page
	silent  bool // contacts are met, not written

	last    int    // number of the last page as last heard of
	reach   int    // number of the last page with contacts as last seen
	total   int    // as last heard of
	same    int    // pages in a row that hold the same contacts
	before  string // the ids of the page before
	changed string // why the list has to be read again
}

func (l *numbered[C]) name() string {
	if l.section.Name != "" {
		return l.section.Name
	}
	return l.o.Noun
}

func (l *numbered[C]) get(ctx context.Context, n int) (page[C], error) {
	p, err := l.source.ListPage(ctx, l.query, l.section, n)
	if err != nil {
		return page[C]{}, pageError(l.name(), n, err)
	}
	return page[C]{p, n}, nil
}

// ask reads a page and takes note of what it says of the list.
func (l *numbered[C]) ask(ctx context.Context, n int) (page[C], error) {
	p, err := l.get(ctx, n)
	if err == nil {
		l.heard(p)
	}
	return p, err
}

func (l *numbered[C]) heard(p page[C]) {
	l.sum.Pages++
	l.total = p.Total
	if p.Total >= 0 { // else Last says no more than that there may be a next page
		l.last = p.Last
	}
}

// use meets the contacts of a page, and writes those that are new.
func (l *numbered[C]) use(p page[C]) error {
	if err := l.repeating(p); err != nil {
		return err
	}
	if l.evidence != nil {
		l.follow(p)
	}
	return l.meet(p.Items, l.silent, l.name(), p.n)
}

// repeating notices a vendor that answers the same page for ever.
func (l *numbered[C]) repeating(p page[C]) error {
	ids := l.ids(p.Items)
	if ids == "" || ids != l.before {
		l.same, l.before = 0, ids
		return nil
	}
	if l.same++; l.same < maxSame {
		return nil
	}
	return l.incomplete(1, fmt.Sprintf("page %d and the ones read before it hold the same contacts", p.n))
}

func (l *numbered[C]) incomplete(tries int, reason string) *IncompleteError {
	return &IncompleteError{List: l.name(), Total: l.total, Found: l.seen.met, Tries: tries, Reason: reason}
}

// unproven ends a list that was read to its end and could not be shown to be complete.
func (l *numbered[C]) unproven(tries int, reason string) error {
	err := l.incomplete(tries, reason)
	err.Unproven = true
	if !l.o.AllowUnproven {
		return err
	}
	l.sum.Unproven = append(l.sum.Unproven, err.Error())
	return nil
}

// prove reads the section in its own order, of which the first page was read before, until it is shown to be complete.
func (l *numbered[C]) prove(ctx context.Context, first page[C]) error {
	whole, err := l.once(ctx, first)
	for tries := 1; err == nil && !whole; tries++ {
		if tries > maxAgain {
			return l.unproven(tries, l.changed)
		}
		l.sum.Rereads++
		l.progress.Again(l.name(), l.changed, tries, maxAgain)
		whole, err = l.backwards(ctx)
	}
	return err
}

// pageSize is how many contacts a full page holds: the vendor may give fewer than were asked for.
func (l *numbered[C]) pageSize(first page[C]) int {
	if first.Last > 1 && len(first.Items) > 0 {
		return len(first.Items)
	}
	return max(l.o.pageSize, len(first.Items), 1)
}

// once reads the list from the first page to the last, several pages at a time, and says whether that was all.
func (l *numbered[C]) once(ctx context.Context, first page[C]) (bool, error) {
	l.pass()
	if l.alone(first) {
		err := l.use(first)
		return err == nil && l.agrees(), err
	}
	end, err := l.end(ctx, first)
	if err != nil {
		return false, err
	}
	if err := l.forward(ctx, 1, end.n-1); err != nil {
		return false, err
	}
	stayed, err := l.finish(ctx, end)
	if err != nil {
		return false, err
	}
	if !stayed {
		l.changed = "contacts were deleted, or moved in the list, while they were read"
		return false, nil
	}
	return l.agrees(), nil
}

// alone reports whether a first page is all there is: then one answer holds it all, and nothing can have moved.
func (l *numbered[C]) alone(first page[C]) bool {
	return first.Last <= 1 && len(first.Items) < l.size
}

// pass starts a pass.
func (l *numbered[C]) pass() {
	l.seen.begin()
	l.same, l.before = 0, ""
}

// forward reads pages several at a time and uses them in order.
func (l *numbered[C]) forward(ctx context.Context, from, to int) error {
	return inOrder(ctx, l.o.Workers, from, to, l.get, func(_ int, p page[C]) error {
		l.heard(p)
		return l.use(p)
	})
}

// finish reads the page of the last contact again and what follows, and says whether that contact stands where it stood.
func (l *numbered[C]) finish(ctx context.Context, end page[C]) (stayed bool, err error) {
	to := end.n
	if len(end.Items) >= l.size {
		to++ // full: is there really nothing behind it?
	}
	last := end
	err = inOrder(ctx, l.o.Workers, end.n, to, l.get, func(n int, p page[C]) error {
		l.heard(p)
		if i := len(end.Items) - 1; n == end.n {
			stayed = len(p.Items) > i && (i < 0 || l.table.ID(p.Items[i]) == l.table.ID(end.Items[i]))
		}
		if last = p; len(p.Items) > 0 {
			l.reach = n
		}
		if n < to || len(p.Items) == 0 {
			return l.use(p)
		}
		return nil
	})
	if err != nil || len(last.Items) == 0 {
		return stayed, err
	}
	return stayed, l.rest(ctx, last)
}

// rest uses a page and those behind it.
func (l *numbered[C]) rest(ctx context.Context, p page[C]) error {
	for {
		if err := l.use(p); err != nil || len(p.Items) < l.size && p.n >= p.Last {
			return err
		}
		next, more, err := l.beyond(ctx, p)
		if err != nil || !more {
			return err
		}
		p = next
	}
}

// beyond reads the page behind p. Some servers answer a page that is not there with nothing, others with the last one.
func (l *numbered[C]) beyond(ctx context.Context, p page[C]) (next page[C], more bool, err error) {
	next, err = l.ask(ctx, p.n+1)
	same := err == nil && len(next.Items) > 0 && l.ids(next.Items) == l.ids(p.Items)
	if same && next.Total < 0 { // nothing tells whether that is the end or a vendor that knows no pages
		return p, false, l.incomplete(1, fmt.Sprintf("pages %d and %d hold the same contacts", p.n, next.n))
	}
	if err != nil || same || len(next.Items) == 0 {
		return p, false, err
	}
	l.reach = next.n
	return next, true, nil
}

// agrees reports whether as many different contacts were met as the vendor counts, where it counts.
func (l *numbered[C]) agrees() bool {
	if l.total < 0 || l.seen.met == l.total {
		return true
	}
	l.changed = fmt.Sprintf("%d different contacts found, the vendor counts %d", l.seen.met, l.total)
	return false
}

// end finds the last page of the list, seeing from p on. What it returns is a guess, because the list may change and
// the vendor's count be wrong.
func (l *numbered[C]) end(ctx context.Context, p page[C]) (page[C], error) {
	if p.Total < 0 && p.n == 1 {
		return l.gallop(ctx, p)
	}
	var err error
	if l.last > p.n {
		p, err = l.ask(ctx, l.last)
	}
	if err == nil && len(p.Items) == 0 && p.n > 1 { // it has become shorter, or never was that long
		if p, err = l.ask(ctx, 1); err == nil && len(p.Items) >= l.size {
			return l.gallop(ctx, p)
		}
	}
	l.reach = p.n
	return p, err
}

// gallop finds the last page of a list that is not counted: pages 2, 4, 8 ... up to one that is not full, then half
// way between the last full one and that, and so on.
func (l *numbered[C]) gallop(ctx context.Context, first page[C]) (page[C], error) {
	low, high := first, 0
	for high == 0 || high-low.n > 1 {
		n := 2 * low.n
		if high > 0 {
			n = (low.n + high) / 2
		}
		p, err := l.ask(ctx, n)
		if err != nil {
			return page[C]{}, err
		}
		switch {
		case len(p.Items) == 0:
			high = n
		case len(p.Items) < l.size:
			l.reach = n
			return p, nil
		case l.ids(p.Items) == l.ids(low.Items):
			return page[C]{}, l.incomplete(1, fmt.Sprintf("pages %d and %d hold the same contacts", low.n, n))
		default:
			low = p
		}
	}
	l.reach = low.n
	return low, nil
}

// backwards reads the list again by one reader from the last page to the first, and then what was made meanwhile. It
// says whether that was all.
func (l *numbered[C]) backwards(ctx context.Context) (bool, error) {
	end, err := l.fromEnd(ctx)
	if err != nil {
		return false, err
	}
	l.pass()
	for n := end.n; n >= 1; n-- {
		p, err := l.ask(ctx, n)
		if err == nil {
			err = l.use(p)
		}
		if err != nil {
			return false, err
		}
	}
	for range maxTail {
		if whole, err := l.tail(ctx); whole || err != nil {
			return whole, err
		}
	}
	return false, nil
}

// fromEnd finds the last page of the list from where it was last.
func (l *numbered[C]) fromEnd(ctx context.Context) (page[C], error) {
	p, err := l.ask(ctx, max(l.last, l.reach, 1))
	if err == nil {
		p, err = l.end(ctx, p)
	}
	// Behind a full last page, is there really nothing?
	for more := true; err == nil && more && len(p.Items) >= l.size; {
		p, more, err = l.beyond(ctx, p)
	}
	return p, err
}

// tail reads the end of the list down to a page with contacts that were met before: all before them were met too. It
// says whether the contacts met are no fewer than the vendor counts, and its count is right: the last page has its
// place in it.
func (l *numbered[C]) tail(ctx context.Context) (bool, error) {
	l.same, l.before = 0, ""
	end, err := l.fromEnd(ctx)
	for p := end; err == nil; p, err = l.ask(ctx, p.n-1) {
		met := l.seen.met
		if err := l.use(p); err != nil {
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
	if l.total < 0 || l.seen.met >= l.total && len(end.Items) == room {
		return true, nil
	}
	if l.agrees() {
		l.changed = fmt.Sprintf("page %d holds %d contacts, where the vendor's own count of %d leaves room for %d",
			end.n, len(end.Items), end.Total, room)
	}
	return false, nil
}

// ids are the ids of contacts in one text.
func (r *reading[C]) ids(items []C) string {
	var b []byte
	for i := range items {
		b = append(append(b, r.table.ID(items[i])...), 0)
	}
	return string(slices.Clip(b))
}
