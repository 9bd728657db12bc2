package plan

import (
	"math/bits"

	"github.com/nyaruka/phonenumbers"
)

// set is a set of lengths.
type set uint32

// anyLength is the set of all lengths.
const anyLength = ^set(0)

// setOf is the set of some lengths; one of -1 stands for none.
func setOf(lengths []int32) (s set) {
	for _, n := range lengths {
		if n >= 0 {
			s |= 1 << n
		}
	}
	return s
}

// lengthsOf are the lengths of a kind of numbers; one that names none has those of all numbers.
func lengthsOf(kind *phonenumbers.PhoneNumberDesc, ofAll set) set {
	if len(kind.GetPossibleLength()) == 0 {
		return ofAll
	}
	return setOf(kind.GetPossibleLength())
}

// usualLengths are the lengths of fixed and mobile numbers, none where there are no such numbers.
func usualLengths(m *phonenumbers.PhoneMetadata) set {
	ofAll := setOf(m.GetGeneralDesc().GetPossibleLength())
	return lengthsOf(m.GetFixedLine(), ofAll) | lengthsOf(m.GetMobile(), ofAll)
}

func (s set) has(n int) bool { return n < 32 && s>>n&1 != 0 }

// test says how a length is beside those of the set.
func (s set) test(n int) phonenumbers.ValidationResult {
	switch {
	case s == 0:
		return phonenumbers.INVALID_LENGTH
	case s.has(n):
		return phonenumbers.IS_POSSIBLE
	case n < bits.TrailingZeros32(uint32(s)):
		return phonenumbers.TOO_SHORT
	case n >= bits.Len32(uint32(s)):
		return phonenumbers.TOO_LONG
	}
	return phonenumbers.INVALID_LENGTH
}
