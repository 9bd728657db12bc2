package identity

import (
	"context"

	"crmferry/importer/directory"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// mostSampled is how many rows with ids are looked up before the first write.
const mostSampled = 20

// Sample keeps rows from all over a file, whose ids are to be believed.
type Sample[C any] struct {
	rows       []*sampled[C]
	seen, step int // one of step rows is kept
}

// sampled is a row and the contacts that were found for it.
type sampled[C any] struct {
	directory.Query[C]
	number int
	says   C
}

// Add keeps a row, if it is one of those to be kept: its number, its keys, of which the first is an id, and what it says itself.
func (s *Sample[C]) Add(number int, keys []crm.Key, says C) {
	s.step = max(s.step, 1)
	if s.seen++; (s.seen-1)%s.step != 0 {
		return
	}
	s.rows = append(s.rows, &sampled[C]{directory.Query[C]{Keys: keys}, number, says})
	if len(s.rows) <= mostSampled {
		return
	}
	for i := range (len(s.rows) + 1) / 2 {
		s.rows[i] = s.rows[2*i]
	}
	s.rows, s.step = s.rows[:(len(s.rows)+1)/2], 2*s.step
}

// Check looks the rows up, once. It returns a *MismatchError if most of the contacts found differ from their rows in all that
// both have: the file is of another account then.
func (s *Sample[C]) Check(ctx context.Context, t *mapping.Table[C], d *directory.Directory[C]) error {
	rows := s.rows
	s.rows = nil
	if len(rows) == 0 {
		return nil
	}
	if err := read(ctx, d, rows); err != nil {
		return err
	}
	e := MismatchError{Resource: t.Resource}
	for _, r := range rows {
		if len(r.Found) != 1 {
			continue
		}
		l := t.Likeness(&r.says, &r.Found[0])
		if !l.Comparable() {
			continue
		}
		if e.Compared++; l.Equal > 0 {
			continue
		}
		if e.Strangers++; len(e.First) < 3 {
			e.First = append(e.First, StrangerOf(t, r.number, r.Keys[0].ID, &r.says, &r.Found[0]))
		}
	}
	if 2*e.Strangers > e.Compared {
		return &e
	}
	return nil
}

// read looks rows up by their ids. A batch that the vendor refuses is halved; the row whose id it refuses fails by
// itself later.
func read[C any](ctx context.Context, d *directory.Directory[C], rows []*sampled[C]) error {
	queries := make([]*directory.Query[C], len(rows))
	for i, r := range rows {
		queries[i] = &r.Query
	}
	err := d.FindByID(ctx, queries...)
	switch {
	case crm.ClassOf(err) != crm.Permanent:
		return err
	case len(rows) == 1:
		return nil
	}
	half := len(rows) / 2
	if err := read(ctx, d, rows[:half]); err != nil {
		return err
	}
	return read(ctx, d, rows[half:])
}
