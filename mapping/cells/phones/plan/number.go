package plan

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// Number is a phone number.
type Number struct {
	E164 string // +31612345678
	Code int    // the calling code: 31
}

// National is the number without its calling code.
func (n *Number) National() string { return n.E164[len("+")+digitsOf(n.Code):] }

// digitsOf is how many digits a calling code has.
func digitsOf(code int) int { return len(strconv.Itoa(code)) }

// library is the number as the library has it.
func (n *Number) library() *phonenumbers.PhoneNumber {
	number, err := phonenumbers.Parse(n.E164, "")
	if err != nil {
		return &phonenumbers.PhoneNumber{}
	}
	return number
}
