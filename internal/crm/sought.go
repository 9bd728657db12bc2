package crm

import "context"

// Sought is a list in which things are sought by their ids: in order of creation, page by page, as far as that takes. What is
// asked for comes in the same order mostly, so that a page of it takes a page of the list.
type Sought[C any] struct {
	page func(ctx context.Context, n int) (NumberedPage[C], error)
	id   func(*C) string
	turn Turn // held while it is read
	byID map[string]C
	next int // the page to read, 0 behind the last one
}

// NewSought returns a list of which nothing was read. id is the id of one of its things, page reads a page of it.
func NewSought[C any](id func(*C) string, page func(ctx context.Context, n int) (NumberedPage[C], error)) *Sought[C] {
	return &Sought[C]{page: page, id: id, turn: NewTurn(), byID: map[string]C{}, next: 1}
}

// Find reads as many pages as it takes to find an id; ok is false where no page has it.
func (s *Sought[C]) Find(ctx context.Context, id string) (found C, ok bool, err error) {
	if err := s.turn.Take(ctx); err != nil {
		return found, false, err
	}
	defer s.turn.Pass()
	for found, ok = s.byID[id]; !ok && id != "" && s.next > 0; found, ok = s.byID[id] {
		page, err := s.page(ctx, s.next)
		if err != nil {
			return found, false, err
		}
		for i := range page.Items {
			s.byID[s.id(&page.Items[i])] = page.Items[i]
		}
		if len(s.byID) > MaxHeld || s.next > MaxHeld {
			return found, false, Endless("find " + id)
		}
		if s.next++; s.next > page.Last {
			s.next = 0
		}
	}
	return found, ok, nil
}
