package importer

// idSet is a set of hashes of ids for a number of rows that is known from the start. It takes 10 bytes a row; a map
// takes twice that, and more while it grows.
type idSet struct {
	slots []uint64 // 0 for none; linear probing
}

func newIDSet(rows int) *idSet { return &idSet{make([]uint64, rows+rows/4+1)} }

// add puts a hash into the set and says whether it was in it already. At most as many hashes as rows may be added.
func (s *idSet) add(hash uint64) bool {
	hash = max(hash, 1)
	for i := hash % uint64(len(s.slots)); ; i = (i + 1) % uint64(len(s.slots)) {
		switch s.slots[i] {
		case hash:
			return true
		case 0:
			s.slots[i] = hash
			return false
		}
	}
}
