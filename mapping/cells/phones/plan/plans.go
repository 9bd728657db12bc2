package plan

import (
	"slices"
	"sync/atomic"

	"github.com/nyaruka/phonenumbers"
)

// Plans are the numbering plans of all countries, each compiled when it is first asked for. The zero value is ready. It is
// safe for concurrent use, and not to be copied once it was used.
type Plans struct {
	countries [26 * 26]atomic.Pointer[country] // by their two letters
	mains     [1000]atomic.Pointer[country]    // the main ones, by their calling codes
}

// world is how the library calls where calling codes are of that belong to no country.
const world = "001"

// country is the plan of a country by its two capital letters, or for world of a calling code; nil if it is not known.
func (p *Plans) country(id string, code int) *country {
	var slot *atomic.Pointer[country]
	switch {
	case id == world:
		slot = &p.mains[code]
	case len(id) == 2 && isLetter(id[0]) && isLetter(id[1]):
		slot = &p.countries[int(id[0]-'A')*26+int(id[1]-'A')]
	default:
		return nil
	}
	if c := slot.Load(); c != nil {
		return c
	}
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return nil
	}
	of := slices.IndexFunc(all.GetMetadata(), func(m *phonenumbers.PhoneMetadata) bool {
		return m.GetId() == id && (id != world || int(m.GetCountryCode()) == code)
	})
	if of < 0 {
		return nil
	}
	slot.CompareAndSwap(nil, newCountry(all.GetMetadata()[of]))
	return slot.Load()
}

func isLetter(b byte) bool { return b >= 'A' && b <= 'Z' }

// main is the plan of the main country of a calling code, nil if there is no such code.
func (p *Plans) main(code int) *country {
	if c := p.mains[code].Load(); c != nil {
		return c
	}
	ids := phonenumbers.GetRegionCodesForCountryCode(code)
	if len(ids) == 0 {
		return nil
	}
	c := p.country(ids[0], code)
	p.mains[code].Store(c)
	return c
}

// CountryOf is the country that a number is of by its digits, "" for none: of those with its calling code the first of the library.
// A calling code of no country is of "001".
func (p *Plans) CountryOf(n *Number) string {
	ids := phonenumbers.GetRegionCodesForCountryCode(n.Code)
	if len(ids) == 1 {
		return ids[0]
	}
	national := n.National()
	for _, id := range ids {
		switch c := p.country(id, n.Code); {
		case c == nil || c.library:
			return phonenumbers.GetRegionCodeForNumber(n.library())
		case c.leads && c.isLed(national), !c.leads && c.isInRange(national):
			return id
		}
	}
	return ""
}

// IsInRange reports whether a number is in a range that its country is known to use.
func (p *Plans) IsInRange(n *Number) bool { return p.IsOf(n, p.CountryOf(n)) }

// IsOf reports whether a number is in a range that a country is known to use.
func (p *Plans) IsOf(n *Number, id string) bool {
	c := p.country(id, n.Code)
	switch {
	case c == nil:
		return false
	case c.library:
		return phonenumbers.IsValidNumberForRegion(n.library(), id)
	}
	return c.code == n.Code && c.isInRange(n.National())
}

// Length says whether a number has as many digits as those of its calling code can have.
func (p *Plans) Length(n *Number) phonenumbers.ValidationResult {
	c, digits := p.main(n.Code), len(n.National())
	switch {
	case c == nil || c.library:
		return phonenumbers.IsPossibleNumberWithReason(n.library())
	}
	return c.length(digits)
}

// UsualLength says whether a number has as many digits as fixed and mobile numbers of its calling code have; where there are none
// every length is usual. The 0 that is dialled before them within their country is none of them: the library leaves it in only
// where the others are too few.
func (p *Plans) UsualLength(n *Number) phonenumbers.ValidationResult {
	c, national := p.main(n.Code), n.National()
	switch {
	case c == nil:
		return phonenumbers.IS_POSSIBLE
	case c.startsWithZero && national[0] == '0':
		return phonenumbers.INVALID_LENGTH
	case c.usual == 0:
		return phonenumbers.IS_POSSIBLE
	}
	return c.usual.test(len(national))
}

// CallingCode is the calling code of a country, 0 if the country is not known.
func (p *Plans) CallingCode(id string) int {
	if c := p.country(id, 0); c != nil {
		return c.code
	}
	return 0
}

// StartWithZero reports whether the numbers of a country start with a zero where they have no calling code.
func (p *Plans) StartWithZero(id string) bool {
	c := p.country(id, 0)
	return c != nil && c.startsWithZero
}
