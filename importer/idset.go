package importer

// idSet remembers which row was answered with which id, in 8 bytes an id: a map would take five times that, and a
// million rows are to fit beside everything else. It holds hashes; two ids are taken for one with a probability of
// about 1 in 100,000 for a file of a million rows.
type idSet struct {
	slots []uint64 // 38 bits of the hash and 26 of the row, 0 for none; linear probing
	used  int
}

const (
	rowBits = 26
	rowMask = 1<<rowBits - 1
)

// add notes that row was answered with the id of this hash. It returns the row that was answered with it before, 0 if
// none was.
func (s *idSet) add(hash uint64, row int) int {
	if s.used >= len(s.slots)/4*3 {
		s.grow()
	}
	entry := hash&^rowMask | uint64(max(row, 1))&rowMask
	i := s.find(s.slots, hash)
	if s.slots[i] != 0 {
		return int(s.slots[i] & rowMask)
	}
	s.slots[i] = entry
	s.used++
	return 0
}

// find returns the slot of the hash, or the free one where it belongs. The low bits of a hash choose the slot where the
// search begins, the others are compared.
func (s *idSet) find(slots []uint64, hash uint64) int {
	mask := len(slots) - 1
	i := int(mix(hash)) & mask
	for slots[i] != 0 && slots[i]&^rowMask != hash&^rowMask {
		i = (i + 1) & mask
	}
	return i
}

// mix chooses the slot from the bits that are stored, so that growing needs no others.
func mix(hash uint64) uint64 {
	h := hash >> rowBits
	return h ^ h>>19
}

func (s *idSet) grow() {
	old := s.slots
	s.slots = make([]uint64, max(2*len(old), 1024))
	for _, entry := range old {
		if entry != 0 {
			s.slots[s.find(s.slots, entry)] = entry
		}
	}
}
