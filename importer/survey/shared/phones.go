package shared

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"crmferry/internal/crm"
)

// Phones are rows with one phone that are about different people, by their e-mails or names.
type Phones struct {
	Groups int     // of rows with one phone
	First  [][]int // the rows of some of them
}

// mostShared is how many groups are kept, and how many rows of each.
const mostShared = 3

// Finder finds the rows that share a phone. It keeps hashes: a file may have millions of rows. A nil Finder finds none.
type Finder struct {
	seed maphash.Seed
	seen []phoneOf
}

// NewFinder returns a Finder for a file of about so many rows.
func NewFinder(rows int) *Finder {
	return &Finder{seed: maphash.MakeSeed(), seen: make([]phoneOf, 0, rows)}
}

// phoneOf is a phone of a row, in 12 bytes.
type phoneOf struct {
	hash [2]uint32 // 48 bits of the phone's, 16 of the one of whom it is of
	row  int32
}

func newPhoneOf(phone, who uint64, row int) phoneOf {
	return phoneOf{[2]uint32{uint32(phone >> 32), uint32(phone)&^0xffff | uint32(who)&0xffff}, int32(row)}
}

func (o phoneOf) phone() uint64 { return uint64(o.hash[0])<<32 | uint64(o.hash[1]&^0xffff) }
func (o phoneOf) who() uint16   { return uint16(o.hash[1]) }

// Note takes down the phones of a row that may become a new contact; keys are those of the row.
func (p *Finder) Note(row int, keys []crm.Key, numbers []string) {
	who := uint64(row)
	if len(keys) > 0 {
		who = maphash.Comparable(p.seed, keys[0])
	}
	for _, number := range numbers {
		if digits := strings.TrimLeft(crm.Digits(number), "0"); digits != "" {
			p.seen = append(p.seen, newPhoneOf(maphash.String(p.seed, digits), who, row))
		}
	}
}

// Found lists what was taken down more than once, for different people.
func (p *Finder) Found() (s Phones) {
	if p == nil {
		return s
	}
	slices.SortFunc(p.seen, func(a, b phoneOf) int { return cmp.Or(cmp.Compare(a.phone(), b.phone()), cmp.Compare(a.row, b.row)) })
	for rest := p.seen; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(o phoneOf) bool { return o.phone() != rest[0].phone() })
		if n < 0 {
			n = len(rest)
		}
		s.add(rest[:n])
		rest = rest[n:]
	}
	return s
}

// add adds the rows of one phone, if they are about several people. Of groups the first of the file are kept.
func (s *Phones) add(group []phoneOf) {
	var people []uint16
	var rows []int
	for _, o := range group {
		if !slices.Contains(people, o.who()) && len(rows) <= mostShared {
			people, rows = append(people, o.who()), append(rows, int(o.row))
		}
	}
	if len(rows) < 2 {
		return
	}
	s.Groups++
	s.First = append(s.First, rows)
	slices.SortFunc(s.First, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	s.First = s.First[:min(len(s.First), mostShared)]
}
