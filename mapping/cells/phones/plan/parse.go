package plan

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// mostDigits is how many digits are read here; no number has as many.
const mostDigits = 20

// fewestDigits is how many a number has at least; what has fewer the library judges.
const fewestDigits = 3

// The national part of a number, as the library bounds it.
const (
	shortestNational = phonenumbers.MIN_LENGTH_FOR_NSN
	longestNational  = phonenumbers.MAX_LENGTH_FOR_NSN
)

// Parse reads a number as it is dialled in a country, which may be unknown: "". It reports whether it is a number by the
// library's rules. An extension is left out.
func (p *Plans) Parse(text, country string) (n Number, ok bool) {
	var m memory
	if digits, plus, plain := plainDigits(text, m.digits[:0]); plain {
		if code, national, known := p.read(digits, plus, country, &m); known {
			return m.number(text, code, national), national != nil
		}
	}
	number, err := phonenumbers.Parse(text, country)
	if err != nil {
		return Number{}, false
	}
	return Number{phonenumbers.Format(number, phonenumbers.E164), int(number.GetCountryCode())}, true
}

// memory is where the digits of a number are put together.
type memory struct {
	digits                [mostDigits]byte
	rest, national, whole [mostDigits + 10]byte
}

// number is the number of some digits. One whose text is E.164 takes no memory.
func (m *memory) number(text string, code int, national []byte) Number {
	if national == nil {
		return Number{}
	}
	e164 := append(strconv.AppendInt(append(m.whole[:0], '+'), int64(code), 10), national...)
	if string(e164) != text {
		text = string(e164)
	}
	return Number{text, code}
}

// plainDigits appends the digits of a text that has nothing else but usual marks between them, and tells whether a + stands
// before them.
func plainDigits(text string, digits []byte) (all []byte, plus, plain bool) {
	for i := range len(text) {
		switch b := text[i]; b {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			if len(digits) == mostDigits {
				return nil, false, false
			}
			digits = append(digits, b)
		case ' ', '-', '.', '(', ')', '/':
		case '+':
			if plus || len(digits) > 0 {
				return nil, false, false
			}
			plus = true
		default:
			return nil, false, false
		}
	}
	return digits, plus, len(digits) >= fewestDigits && len(text) <= phonenumbers.MAX_INPUT_STRING_LENGTH
}

// read takes the digits of a text apart; national is nil where they are no number. What is not known here the library has to
// tell.
func (p *Plans) read(digits []byte, plus bool, id string, m *memory) (code int, national []byte, known bool) {
	var c *country
	if !plus {
		if c = p.country(id, 0); c == nil || c.library {
			return 0, nil, false
		}
		digits, plus = c.stripIDD(digits)
	}
	if plus {
		code, national = p.splitCode(digits)
		c = p.main(code)
	} else if code, national = c.code, digits; c.hasCode(digits) {
		if rest := c.strip(digits[len(c.digits):], m.rest[:0]); !c.isNumber(digits) && c.isNumber(rest) || c.length(len(digits)) == phonenumbers.TOO_LONG {
			national, c = rest, p.main(code)
		}
	}
	if c == nil || c.library || len(digits) <= shortestNational {
		return 0, nil, false
	}
	rest := c.strip(national, m.national[:0])
	switch c.length(len(rest)) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY, phonenumbers.INVALID_LENGTH: // it may be a short number
	default:
		national = rest
	}
	if len(national) < shortestNational || len(national) > longestNational {
		return 0, nil, true
	}
	return code, national, true
}

// splitCode takes the calling code off the digits of a number; 0 if it does not exist.
func (p *Plans) splitCode(digits []byte) (code int, national []byte) {
	for i, d := range digits[:min(len(digits), phonenumbers.MAX_LENGTH_COUNTRY_CODE)] {
		if code = code*10 + int(d-'0'); code == 0 {
			break
		}
		if p.mains[code].Load() != nil || phonenumbers.GetRegionCodesForCountryCode(code) != nil {
			return code, digits[i+1:]
		}
	}
	return 0, nil
}
