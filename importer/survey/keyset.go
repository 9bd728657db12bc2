package survey

import (
	"hash/maphash"
	"slices"

	"crmferry/internal/crm"
)

// KeySet holds the keys of all rows, of each just a hash: a file may have millions.
type KeySet struct {
	seed     maphash.Seed
	hashes   []uint64            // in the order of their rows, until Sort
	rows     RowSet              // that have keys
	starts   RowSet              // by place in hashes: the first of a row
	repeated map[uint64]struct{} // those that occur more than once, by compare

	forgotten bool // what the rows have is not known any more
}

func newKeySet() KeySet { return KeySet{seed: maphash.MakeSeed()} }

func (s *KeySet) hash(k crm.Key) uint64 { return maphash.Comparable(s.seed, k) }

// add adds the keys of a row. Rows come in their order.
func (s *KeySet) add(row int, keys []crm.Key) {
	if len(keys) == 0 {
		return
	}
	s.rows.Set(row)
	s.starts.Set(len(s.hashes))
	for _, k := range keys {
		s.hashes = append(s.hashes, s.hash(k))
	}
}

// compare finds the keys that occur more than once, and returns how many different ones there are. It sorts a part at a
// time, so that it takes little memory.
func (s *KeySet) compare() (distinct int) {
	const parts = 16
	s.repeated = map[uint64]struct{}{}
	part := make([]uint64, 0, len(s.hashes)/parts*9/8+16)
	for p := range uint64(parts) {
		part = part[:0]
		for _, h := range s.hashes {
			if h%parts == p {
				part = append(part, h)
			}
		}
		slices.Sort(part)
		for i, h := range part {
			if i == 0 || h != part[i-1] {
				distinct++
			} else {
				s.repeated[h] = struct{}{}
			}
		}
	}
	return distinct
}

// IsRepeated reports whether a key occurs more than once.
func (s *KeySet) IsRepeated(k crm.Key) bool {
	_, ok := s.repeated[s.hash(k)]
	return ok
}

// MarkRepeated adds the rows that have a key of another row.
func (s *KeySet) MarkRepeated(rows *RowSet) {
	if len(s.repeated) == 0 {
		return
	}
	row := -1
	for i, h := range s.hashes {
		if s.starts.Has(i) {
			row = s.rows.next(row)
		}
		if _, ok := s.repeated[h]; ok {
			rows.Set(row)
		}
	}
}

// Sort makes Has work, and Forgets the rows.
func (s *KeySet) Sort() {
	slices.Sort(s.hashes)
	s.rows, s.starts = RowSet{}, RowSet{}
}

// Has reports whether a row has the key, or may have it, as what was forgotten is not known.
func (s *KeySet) Has(k crm.Key) bool {
	if s.forgotten {
		return true
	}
	_, ok := slices.BinarySearch(s.hashes, s.hash(k))
	return ok
}

// Forget gives up what only look-ups need.
func (s *KeySet) Forget() { s.hashes, s.rows, s.starts, s.forgotten = nil, RowSet{}, RowSet{}, true }

// RowSet is a set of rows by their positions, from 0.
type RowSet struct{ bits []uint64 }

// Set adds a row.
func (s *RowSet) Set(row int) {
	for row/64 >= len(s.bits) {
		s.bits = append(s.bits, 0)
	}
	s.bits[row/64] |= 1 << (row % 64)
}

// Has reports whether a row is in the set.
func (s *RowSet) Has(row int) bool { return row/64 < len(s.bits) && s.bits[row/64]&(1<<(row%64)) != 0 }

// next is the first row behind one; there must be one.
func (s *RowSet) next(row int) int {
	for row++; !s.Has(row); row++ {
	}
	return row
}

// Empty reports whether no row is in the set.
func (s *RowSet) Empty() bool { return len(s.bits) == 0 }
