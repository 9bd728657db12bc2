package rogerroger

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"crmferry/internal/crm"
)

// sampled is how many people's notes are read at a time to see which categories and authors there are.
const sampled = 10

// seen counts the categories and authors of the notes that were read: the vendor documents no list of either.
type seen struct {
	turn  crm.Turn // one reads a sample, others wait for it
	tried bool     // a sample was read

	mu     sync.Mutex
	counts map[string]map[string]int // field, then IRI
}

func newSeen() seen {
	return seen{turn: crm.NewTurn(), counts: map[string]map[string]int{"category": {}, "author": {}}}
}

func (s *seen) add(notes ...Note) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range notes {
		for field, id := range map[string]string{"category": n.Category.ID, "author": n.Author.ID} {
			if id != "" {
				s.counts[field][id]++
			}
		}
	}
}

// of are the values of a field, the most frequent first.
func (s *seen) of(field string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := s.counts[field]
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
