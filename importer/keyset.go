package importer

import (
	"hash/maphash"
	"slices"

	"crmferry/internal/crm"
)

// keySet holds the keys of all rows, of each just a hash: a file may have millions.
type keySet struct {
	seed     maphash.Seed
	hashes   []uint64            // in the order of their rows, until sort
	rows     rowSet              // that have keys
	starts   rowSet              // by place in hashes: the first of a row
	repeated map[uint64]struct{} // those that occur more than once, by compare
}

func newKeySet() keySet { return keySet{seed: maphash.MakeSeed()} }

func (s *keySet) hash(k crm.Key) uint64 { return maphash.Comparable(s.seed, k) }

// add adds the keys of a row. Rows come in their order.
func (s *keySet) add(row int, keys []crm.Key) {
	if len(keys) == 0 {
		return
	}
	s.rows.set(row)
	s.starts.set(len(s.hashes))
	for _, k := range keys {
		s.hashes = append(s.hashes, s.hash(k))
	}
}

// compare finds the keys that occur more than once, and returns how many different ones there are. It sorts a part at a
// time, so that it takes little memory.
func (s *keySet) compare() (distinct int) {
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

// isRepeated says whether a key occurs more than once.
func (s *keySet) isRepeated(k crm.Key) bool {
	_, ok := s.repeated[s.hash(k)]
	return ok
}

// markRepeated adds the rows that have a key of another row.
func (s *keySet) markRepeated(rows *rowSet) {
	if len(s.repeated) == 0 {
		return
	}
	row := -1
	for i, h := range s.hashes {
		if s.starts.has(i) {
			row = s.rows.next(row)
		}
		if _, ok := s.repeated[h]; ok {
			rows.set(row)
		}
	}
}

// sort makes has work, and forgets the rows.
func (s *keySet) sort() {
	slices.Sort(s.hashes)
	s.rows, s.starts = rowSet{}, rowSet{}
}

// has says whether a row has the key.
func (s *keySet) has(k crm.Key) bool {
	_, ok := slices.BinarySearch(s.hashes, s.hash(k))
	return ok
}

// forget gives up what only look-ups need.
func (s *keySet) forget() { s.hashes, s.rows, s.starts = nil, rowSet{}, rowSet{} }

// ofRecord says whether a key is that of a record which belongs to another.
func ofRecord(k crm.Key) bool { return k.Of != "" }

// rowSet is a set of rows by their positions, from 0.
type rowSet struct{ bits []uint64 }

func (s *rowSet) set(row int) {
	for row/64 >= len(s.bits) {
		s.bits = append(s.bits, 0)
	}
	s.bits[row/64] |= 1 << (row % 64)
}

func (s *rowSet) has(row int) bool { return row/64 < len(s.bits) && s.bits[row/64]&(1<<(row%64)) != 0 }

// next is the first row behind one; there must be one.
func (s *rowSet) next(row int) int {
	for row++; !s.has(row); row++ {
	}
	return row
}

func (s *rowSet) empty() bool { return len(s.bits) == 0 }
