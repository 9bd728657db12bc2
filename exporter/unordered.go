package exporter

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// How a list is shown to be complete whose order nobody documents, or that does not last: nothing of numbered.go holds
// for it.
//
// It is read pass after pass, forwards and backwards in turn. A contact that stays in the list is missing from a pass if
// it slipped from a page that was still to be read onto one that was read already. One pass proves nothing, then. The
// list counts as complete when
//
//   - ids and dates rise along all that was read in two passes at least: as far as anybody can tell the order is that of
//     creation, in which a pass that was read from the end misses nobody; or
//   - two passes in a row have met the same contacts, those aside that were made meanwhile: nobody else turned up, nobody
//     went, and what slips in one direction does not in the other.
//
// Where the vendor counts, the last pass must agree with it, too. All this is what can be observed: contacts that are made
// and deleted again without being met could hide one in both passes, each time anew. A list that changes too fast for
// two passes to agree is not proven.

// maxPasses is how often such a list is read at most.
const maxPasses = 6

// maxEarlier is how much earlier than the contact before it one may have been made by its date: what works side by side
// takes the time first and the number then.
const maxEarlier = time.Minute

// unordered reads the section until it is shown to be complete.
func (l *numbered[C]) unordered(ctx context.Context, first page[C]) error {
	l.evidence = &evidence{}
	if _, err := l.end(ctx, first); err != nil {
		return err
	}
	if err := l.across(ctx, l.query); err != nil {
		return err
	}
	l.changed = "their order is not documented"
	for pass := 2; pass <= maxPasses; pass++ {
		if pass > 2 {
			l.sum.Rereads++
		}
		l.progress.Again(l.name(), l.changed, pass-1, maxPasses-1)
		whole, err := l.repass(ctx, pass%2 == 0)
		if whole || err != nil {
			return err
		}
	}
	return l.unproven(maxPasses, l.changed)
}

// repass reads the section once more and says whether it is shown to be complete.
func (l *numbered[C]) repass(ctx context.Context, back bool) (bool, error) {
	before := l.seen.met
	l.watched = tally{from: l.seen.pass, to: l.seen.pass}
	l.evidence.begin()
	counts, err := l.read(ctx, back)
	if err != nil {
		return false, err
	}
	gone, others := before-l.watched.met, l.seen.met-l.watched.met-l.evidence.made
	if gone > 0 || others > 0 {
		l.changed = fmt.Sprintf("of %d that were met, %d were not met again, and %d others were", before, gone, others)
	}
	return counts && (gone == 0 && others == 0 || back && !l.evidence.fell), nil
}

// read reads the section in one direction and says whether the vendor's count, if there is one, agrees.
func (l *numbered[C]) read(ctx context.Context, back bool) (bool, error) {
	if back {
		return l.backwards(ctx)
	}
	err := l.across(ctx, l.query)
	return err == nil && l.agrees(), err
}

// follow looks whether the ids and dates of a page rise, and its ids go on from the page before.
func (l *numbered[C]) follow(p page[C]) {
	e := l.evidence
	var last int64
	var since time.Time
	for i := range p.Items {
		id, err := strconv.ParseInt(l.table.ID(p.Items[i]), 10, 64)
		created, _ := l.table.Dates(&p.Items[i])
		switch {
		case err != nil, i > 0 && (id <= last || since.Sub(created) > maxEarlier):
			e.fell = true
			return
		case i > 0:
		case e.page != 0 && e.page != p.n && (id > e.first) != (p.n > e.page):
			e.fell = true
		default:
			e.page, e.first = p.n, id
		}
		last, since = id, created
	}
}
