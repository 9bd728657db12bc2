package exporter

import "crypto/sha256"

// idSet remembers the ids of a list by 128 bits of their hash: some 40 bytes each, however long the id is. That two ids
// have one hash is too unlikely to count.
type idSet struct {
	marks map[[16]byte]mark
	pass  int32 // number of the pass that is being read
	met   int   // ids first met in this pass
}

// mark is what is known of one id: the last pass that met it, and whether its contact was written. It is packed because
// there are as many as contacts.
type mark int32

func newMark(pass int32, written bool) mark {
	if written {
		return mark(pass<<1 | 1)
	}
	return mark(pass << 1)
}

func (m mark) pass() int32   { return int32(m) >> 1 } // 0 for none
func (m mark) written() bool { return m&1 == 1 }

// begin starts a pass.
func (s *idSet) begin() {
	if s.marks == nil {
		s.marks = map[[16]byte]mark{}
	}
	s.pass, s.met = s.pass+1, 0
}

// add notes that the pass has met an id and returns what was known of it before.
func (s *idSet) add(id string, write bool) (before mark) {
	sum := sha256.Sum256([]byte(id))
	key := [16]byte(sum[:16])
	before = s.marks[key]
	if before.pass() != s.pass {
		s.met++
	}
	s.marks[key] = newMark(s.pass, before.written() || write)
	return before
}
