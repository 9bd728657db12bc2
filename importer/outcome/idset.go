package outcome

import "hash/maphash"

// IDSet is a set of ids of contacts, of each just a hash, for a number of rows that is known from the start. It takes 9
// bytes a row; a map takes twice that, and more while it grows.
type IDSet struct {
	seed  maphash.Seed
	slots []uint64 // 0 for none, of which there is always one; linear probing
	used  int      // slots
}

// NewIDSet returns an empty set for so many ids. It grows if there are more.
func NewIDSet(rows int) *IDSet {
	return &IDSet{seed: maphash.MakeSeed(), slots: make([]uint64, rows+rows/8+2)}
}

// Add puts an id into the set and reports whether it was in it already.
func (s *IDSet) Add(id string) bool { return s.add(maphash.String(s.seed, id)) }

// Has reports whether an id is in the set.
func (s *IDSet) Has(id string) bool {
	_, found := s.find(maphash.String(s.seed, id))
	return found
}

func (s *IDSet) add(hash uint64) bool {
	i, found := s.find(hash)
	if found {
		return true
	}
	s.slots[i] = max(hash, 1)
	if s.used++; s.used == len(s.slots) {
		s.grow()
	}
	return false
}

// grow makes room for twice as many ids.
func (s *IDSet) grow() {
	old := s.slots
	s.slots = make([]uint64, 2*len(old))
	for _, hash := range old {
		i, _ := s.find(hash)
		s.slots[i] = hash
	}
}

// find returns the slot of a hash, or the one where it belongs.
func (s *IDSet) find(hash uint64) (slot uint64, found bool) {
	hash = max(hash, 1)
	for i := hash % uint64(len(s.slots)); ; {
		switch s.slots[i] {
		case hash:
			return i, true
		case 0:
			return i, false
		}
		if i++; i == uint64(len(s.slots)) {
			i = 0
		}
	}
}
