package importer

// idSet is a set of hashes of ids for a number of rows that is known from the start. It takes 10 bytes a row; a map
// takes twice that, and more while it grows.
type idSet struct {
	slots []uint64 // 0 for none; linear probing
}

func newIDSet(rows int) *idSet { return &idSet{make([]uint64, rows+rows/4+1)} }

// add puts a hash into the set and says whether it was in it already. At most as many hashes as rows may be added.
func (s *idSet) add(hash uint64) bool {
	i, found := s.find(hash)
	s.slots[i] = max(hash, 1)
	return found
}

// has says whether a hash is in the set.
func (s *idSet) has(hash uint64) bool {
	_, found := s.find(hash)
	return found
}

// find returns the slot of a hash, or the one where it belongs.
func (s *idSet) find(hash uint64) (slot uint64, found bool) {
	hash = max(hash, 1)
	n := uint64(len(s.slots))
	for i := hash % n; ; i = (i + 1) % n {
		switch s.slots[i] {
		case hash:
			return i, true
		case 0:
			return i, false
		}
	}
}
