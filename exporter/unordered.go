package exporter

import (
	"context"
	"fmt"
)

// How a list is shown to be complete whose order is not documented, or does not last: nothing of numbered.go holds for it.
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

// readUnordered reads the section until it is shown to be complete.
func (l *numbered[C]) readUnordered(ctx context.Context, first page[C]) error {
	l.evidence = &evidence{}
	if _, err := l.findEnd(ctx, first); err != nil {
		return err
	}
	if err := l.readThrough(ctx, l.query); err != nil {
		return err
	}
	l.rereadReason = "their order is not documented"
	for pass := 2; pass <= maxPasses; pass++ {
		if pass > 2 {
			l.sum.Rereads++
		}
		l.progress.Again(l.name(), l.rereadReason, pass-1, maxPasses-1)
		whole, err := l.readAgain(ctx, pass%2 == 0)
		if whole || err != nil {
			return err
		}
	}
	return l.unproven(maxPasses, l.rereadReason)
}

// readAgain reads the section once more and reports whether it is shown to be complete.
func (l *numbered[C]) readAgain(ctx context.Context, back bool) (bool, error) {
	before := l.seen.met
	l.compared = tally{from: l.seen.pass, to: l.seen.pass}
	l.evidence.begin()
	counts, err := l.readDirection(ctx, back)
	if err != nil {
		return false, err
	}
	gone, others := before-l.compared.met, l.seen.met-l.compared.met-l.evidence.created
	if gone > 0 || others > 0 {
		l.rereadReason = fmt.Sprintf("of %d that were met, %d were not met again, and %d others were", before, gone, others)
	}
	return counts && (gone == 0 && others == 0 || back && !l.evidence.outOfOrder), nil
}

// readDirection reads the section in one direction and reports whether the vendor's count, if there is one, agrees.
func (l *numbered[C]) readDirection(ctx context.Context, back bool) (bool, error) {
	if back {
		return l.readBackwards(ctx)
	}
	err := l.readThrough(ctx, l.query)
	return err == nil && l.agrees(), err
}
