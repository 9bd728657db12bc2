package crm

import (
	"context"
	"sync"
)

// Sought is a list in which things are sought by their ids: in order of creation, page by page, as far as that takes. What is
// asked for comes in the same order mostly, so that a page of it takes a page of the list. Of each thing V is held.
type Sought[C, V any] struct {
	by   Seeking[C, V]
	turn Turn // held while it is read
	byID map[string]V
	next int // the page to read, 0 behind the last one

	mu     sync.Mutex
	missed map[string]bool // what was not found, asked for by itself or not
}

// Seeking is how things are sought.
type Seeking[C, V any] struct {
	Page func(ctx context.Context, n int) (NumberedPage[C], error)
	// Get reads one that no page had, as it came to another page meanwhile; none if the vendor does not have it. It may be nil.
	Get  func(ctx context.Context, id string) ([]C, error)
	Read func(*C) (id string, shown V)
}

// NewSought returns a list of which nothing was read.
func NewSought[C, V any](by Seeking[C, V]) *Sought[C, V] {
	return &Sought[C, V]{by: by, turn: NewTurn(), byID: map[string]V{}, missed: map[string]bool{}, next: 1}
}

// Find reads as many pages as it takes to find an id; ok is false where no page has it, nor a read of it, as far as few are gone.
func (s *Sought[C, V]) Find(ctx context.Context, id string) (found V, ok bool, err error) {
	if err := s.turn.Take(ctx); err != nil {
		return found, false, err
	}
	defer s.turn.Pass()
	for found, ok = s.byID[id]; !ok && id != "" && s.next > 0; found, ok = s.byID[id] {
		page, err := s.by.Page(ctx, s.next)
		if err != nil {
			return found, false, err
		}
		s.take(page.Items)
		if len(s.byID) > MaxHeld || s.next > MaxHeld {
			return found, false, Endless("find " + id)
		}
		if s.next++; s.next > page.Last {
			s.next = 0
		}
	}
	if ok || id == "" || s.missed[id] {
		return found, ok, nil
	}
	if s.by.Get != nil && len(s.missed) < FewIDs {
		one, err := s.by.Get(ctx, id)
		if err != nil {
			return found, false, err
		}
		s.take(one)
		found, ok = s.byID[id]
	}
	if !ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.missed[id] = true
	}
	return found, ok, nil
}

// Missed counts the ids that were sought and not found.
func (s *Sought[C, V]) Missed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.missed)
}

func (s *Sought[C, V]) take(things []C) {
	for i := range things {
		id, shown := s.by.Read(&things[i])
		s.byID[id] = shown
	}
}
