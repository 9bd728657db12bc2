package exporter

import (
	"context"
	"fmt"

	"crmferry/internal/crm"
)

// readSorted reads a list in an order that the user asked for. In such an order a contact that is made or renamed may push
// others onto a page that was read already, and one that is deleted at the same time hides it. So the list is read in
// its own order first, without writing, which can be proven; then in the order asked for, and none of those proven may
// be missing. If one is, it was deleted meanwhile or slipped through: the list is read in its own order once more, and
// who is there still has slipped through.
func (l *numbered[C]) readSorted(ctx context.Context, unsorted crm.Query) error {
	ask := l.query
	if err := l.readUnsorted(ctx, unsorted); err != nil {
		return err
	}
	for tries := 1; ; tries++ {
		proven := l.phase
		proven.to = l.seen.pass
		l.compared = tally{from: proven.from, to: proven.to}
		if err := l.readThrough(ctx, ask); err != nil {
			return err
		}
		if l.compared.met == proven.met {
			return nil
		}
		l.rereadReason = fmt.Sprintf("%d %s were not where they were before", proven.met-l.compared.met, l.o.Noun)
		l.compared.met = 0
		if err := l.readUnsorted(ctx, unsorted); err != nil || l.compared.met == 0 {
			return err
		}
		if tries > maxRereads {
			return l.unproven(tries, fmt.Sprintf("%d %s slipped from page to page while the list was read in the order asked for", l.compared.met, l.o.Noun))
		}
		l.sum.Rereads++
		l.progress.Again(l.name(), l.rereadReason, tries, maxRereads)
	}
}

// readUnsorted reads the list in its own order, without writing.
func (l *numbered[C]) readUnsorted(ctx context.Context, unsorted crm.Query) error {
	l.query, l.countOnly = unsorted, true
	l.phase = tally{from: l.seen.pass + 1, to: l.phase.to}
	first, err := l.fetchNoted(ctx, 1)
	if err != nil {
		return err
	}
	return l.prove(ctx, first)
}

// readThrough reads the list in the order asked for, up to a page that is not full, and writes it.
func (l *numbered[C]) readThrough(ctx context.Context, q crm.Query) error {
	l.query, l.countOnly = q, false
	l.beginPass()
	last := max(l.lastPage, l.lastFilled)
	if err := l.readForward(ctx, 1, last-1); err != nil {
		return err
	}
	p, err := l.fetchNoted(ctx, max(last, 1))
	if err != nil {
		return err
	}
	return l.readRest(ctx, p)
}
