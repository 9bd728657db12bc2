package exporter

import (
	"context"
	"errors"

	"crmferry/internal/crm"
)

// fewSections are read only after all their first pages, so that it is known how many contacts there are altogether.
const fewSections = 8

// opened is the first page of a section, or that the vendor knows no such section any more.
type opened[C any] struct {
	list  *numbered[C]
	first page[C]
	gone  error
}

// sections reads the sections of a list, one after the other. Their first pages are read several at a time: most
// people's notes fit on one.
func (e *Exporter[C]) sections(ctx context.Context, r *reading[C]) error {
	sections, err := e.listSections(ctx)
	if err != nil {
		return err
	}
	few := len(sections) <= fewSections
	var ready []opened[C]
	open := func(ctx context.Context, i int) (opened[C], error) {
		l := &numbered[C]{reading: r, source: e.numbered, query: e.o.Query, section: sections[i]}
		first, err := l.get(ctx, 1)
		if err != nil && !few && isGone(err) {
			return opened[C]{list: l, gone: err}, nil
		}
		return opened[C]{list: l, first: first}, err
	}
	err = inOrder(ctx, e.o.Workers, 0, len(sections)-1, open, func(_ int, s opened[C]) error {
		if few {
			ready = append(ready, s)
			return nil
		}
		return e.section(ctx, r, s)
	})
	if err != nil {
		return err
	}
	r.total = sum(ready)
	for i, s := range ready {
		if i > 0 {
			// Who was archived since the first page was read is in neither section as they were read.
			if s.first, err = s.list.get(ctx, 1); err != nil {
				return err
			}
		}
		if err := e.section(ctx, r, s); err != nil {
			return err
		}
	}
	return nil
}

// sum is the number of contacts of all sections, -1 if one is not counted or there are none.
func sum[C any](ready []opened[C]) int {
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

// section reads one section. One of many may be gone with whom it belonged to, but not the first: then nothing is
// where it should be.
func (e *Exporter[C]) section(ctx context.Context, r *reading[C], s opened[C]) error {
	err := s.gone
	if err == nil {
		err = e.open(ctx, s)
	} else {
		r.sum.Sections++
	}
	if err != nil && s.gone != nil && r.sum.Sections > 1+r.sum.Gone {
		r.sum.Gone++
		return nil
	}
	return err
}

func isGone(err error) bool {
	var e *crm.Error
	return errors.As(err, &e) && e.Class == crm.Permanent && e.Code == crm.CodeNotFound
}

// open reads a section whose first page was read, and counts what came and went meanwhile.
func (e *Exporter[C]) open(ctx context.Context, s opened[C]) error {
	l, first := s.list, s.first
	l.begin()
	l.heard(first)
	l.size = l.pageSize(first)
	start := first.Total
	if err := l.prefix(ctx, first); err != nil {
		return err
	}
	var err error
	switch {
	case l.alone(first):
		err = l.prove(ctx, first)
	case e.traits.Unordered:
		err = l.unordered(ctx, first)
	case e.sorts():
		err = l.sorted(ctx, e.unsorted())
	default:
		err = l.prove(ctx, first)
	}
	if err == nil && start >= 0 && l.total >= 0 {
		l.sum.Appeared += max(l.reading.section.met-start, 0)
		l.sum.Vanished += max(l.reading.section.met-l.total, 0)
	}
	return err
}

// prefix reads as many pages as it takes to reach the limit, if one was given and the list is longer.
func (l *numbered[C]) prefix(ctx context.Context, first page[C]) error {
	left := l.o.Limit - l.sum.Contacts
	if l.o.Limit == 0 || !l.o.Since.IsZero() || first.Total <= left {
		return nil
	}
	l.pass()
	if err := l.use(first); err != nil {
		return err
	}
	return l.forward(ctx, 2, left/l.size+1)
}
