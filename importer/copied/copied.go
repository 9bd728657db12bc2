// Package copied keeps what contacts held when they were copied before their delete, so that who was changed since is left.
package copied

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"crmferry/mapping"
)

// Absent stands for the sum of a contact that was not there.
const Absent = 1

// Sums are what the copies say of each row's contact, in 16 bytes a row.
type Sums[C any] struct {
	table  *mapping.Table[C]
	fields []string // that an import could write
	sums   []uint64 // of what they hold; 0: the contact was not read
	ages   []int64  // when it was read, in nanoseconds since the run began
}

// New returns the Sums of so many rows, of which nothing is known.
func New[C any](t *mapping.Table[C], rows int) *Sums[C] {
	s := &Sums[C]{table: t, sums: make([]uint64, rows), ages: make([]int64, rows)}
	for _, f := range t.Info() {
		if f.Writable && !f.WriteOnly {
			s.fields = append(s.fields, f.Name)
		}
	}
	return s
}

// Of is a checksum of all that an import could write of a contact. What only the vendor writes, such as the time of a
// visit, changes without anybody's doing.
func (s *Sums[C]) Of(contact C) uint64 {
	h := sha256.New()
	for _, f := range s.fields {
		h.Write([]byte(s.table.Text(contact, f)))
		h.Write([]byte{0})
	}
	return max(binary.LittleEndian.Uint64(h.Sum(nil)), Absent+1)
}

// Set takes down the sum of a row's contact, and when it was read, since the run began.
func (s *Sums[C]) Set(seq int, sum uint64, read time.Duration) {
	s.sums[seq], s.ages[seq] = sum, int64(read)
}

// Fault says why a contact is not the one of a row that was copied, or not as it was then; "" if it is.
func (s *Sums[C]) Fault(seq int, contact C) string {
	switch sum, _ := s.Get(seq); sum {
	case s.Of(contact):
		return ""
	case 0, Absent:
		return "the " + s.table.Noun() + " could not be copied, because it was not found when the others were"
	}
	return "the " + s.table.Noun() + " was changed after it was copied"
}

// Get is what Set took down of a row: 0 for nothing.
func (s *Sums[C]) Get(seq int) (sum uint64, read time.Duration) {
	return s.sums[seq], time.Duration(s.ages[seq])
}
