package exporter

import (
	"context"

	"crmferry/internal/crm"
)

// fewSections are read only after all their first pages, so that it is known how many contacts there are altogether.
const fewSections = 8

// openedSection is a section whose first page was asked for.
type openedSection[C any] struct {
	list  *numbered[C]
	first page[C]
	gone  error // the vendor knows no such section any more
}

// readSections reads the sections of a list, one after the other. Their first pages are read several at a time: most
// people's notes fit on one.
func (e *Exporter[C]) readSections(ctx context.Context, r *reading[C]) error {
	sections, err := e.listSections(ctx)
	if err != nil {
		return err
	}
	few := len(sections) <= fewSections
	var ready []openedSection[C]
	open := func(ctx context.Context, i int) (openedSection[C], error) {
		l := &numbered[C]{reading: r, source: e.numbered, query: e.o.Query, section: sections[i]}
		first, err := l.fetch(ctx, 1)
		if err != nil && !few && crm.IsNotFound(err) {
			return openedSection[C]{list: l, gone: err}, nil
		}
		return openedSection[C]{list: l, first: first}, err
	}
	err = fetchInOrder(ctx, e.o.Workers, 0, len(sections)-1, open, func(_ int, s openedSection[C]) error {
		if few {
			ready = append(ready, s)
			return nil
		}
		return e.readSection(ctx, r, s)
	})
	if err != nil {
		return err
	}
	r.total = totalOf(ready)
	for i, s := range ready {
		if i > 0 {
			// A person who was archived since the first page was read is in neither section as they were read.
			if s.first, err = s.list.fetch(ctx, 1); err != nil {
				return err
			}
		}
		if err := e.readSection(ctx, r, s); err != nil {
			return err
		}
	}
	return nil
}

// totalOf is the number of contacts of all sections, -1 if one is not counted or there are none.
func totalOf[C any](ready []openedSection[C]) int {
	total := 0
	for _, s := range ready {
		if s.first.Total < 0 {
			return -1
		}
		total += s.first.Total
	}
	if len(ready) == 0 {
		return -1
	}
	return total
}

// readSection reads one section. One of many may be gone, because the person was deleted to whom it belonged; but not
// the first: then the address is wrong.
func (e *Exporter[C]) readSection(ctx context.Context, r *reading[C], s openedSection[C]) error {
	err := s.gone
	if err == nil {
		err = e.readOpened(ctx, s)
	} else {
		r.sum.Sections++
	}
	if err != nil && s.gone != nil && r.sum.Sections > 1+r.sum.Gone {
		r.sum.Gone++
		return nil
	}
	return err
}

// readOpened reads a section whose first page was read, and counts what appeared and vanished meanwhile.
func (e *Exporter[C]) readOpened(ctx context.Context, s openedSection[C]) error {
	l, first := s.list, s.first
	l.beginSection()
	l.noteAnswer(first)
	l.size = l.pageSize(first)
	start := first.Total
	if err := l.readPrefix(ctx, first); err != nil {
		return err
	}
	var err error
	switch {
	case l.isOnlyPage(first):
		err = l.prove(ctx, first)
	case e.traits.Unordered:
		err = l.readUnordered(ctx, first)
	case e.sorts():
		err = l.readSorted(ctx, e.unsorted())
	default:
		err = l.prove(ctx, first)
	}
	if err == nil && start >= 0 && l.vendorTotal >= 0 {
		l.sum.Appeared += max(l.reading.section.met-start, 0)
		l.sum.Vanished += max(l.reading.section.met-l.vendorTotal, 0)
	}
	return err
}

// readPrefix reads as many pages as it takes to reach the limit, if one was given and the list is longer.
func (l *numbered[C]) readPrefix(ctx context.Context, first page[C]) error {
	left := l.o.Limit - l.sum.Contacts
	if l.o.Limit == 0 || !l.o.Since.IsZero() || first.Total <= left {
		return nil
	}
	l.beginPass()
	if err := l.usePage(first); err != nil {
		return err
	}
	return l.readForward(ctx, 2, left/l.size+1)
}
