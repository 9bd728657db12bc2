package plan

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// country is the numbering plan of one, compiled.
type country struct {
	library  bool // it could not be: only the library knows it
	code     int
	digits   string // of the calling code
	idd      prefix // what is dialled before a calling code
	national prefix // all that may be dialled before a number within the country
	replaces bool   // the last group of national belongs to the number,
	puts     string // behind these digits
	numbers  automaton
	leads    bool // the first digits tell which numbers are the country's, of those with its calling code
	lengths  set
	local    set // lengths of numbers that can be dialled without an area code
	usual    set // lengths of fixed and mobile numbers

	startsWithZero bool // numbers do, where they have no calling code
}

// What a state of country.numbers says.
const (
	isGeneral = 1 << iota // it is a number of the country
	isInRange             // it is in a range that is in use, and has a length of those there
	isLead                // the digits up to here are the country's, of those with its calling code
)

// replacement is a rule that keeps the last group of a prefix: 9$1.
var replacement = regexp.MustCompile(`^(\d*)\$(\d)$`)

var errEmpty = errors.New("no pattern of all numbers")

// newCountry is the plan of a country, or of a calling code that belongs to none.
func newCountry(m *phonenumbers.PhoneMetadata) *country {
	c, err := compile(m)
	if err != nil {
		return &country{library: true, code: int(m.GetCountryCode()), usual: usualLengths(m), startsWithZero: startsWithZero(m)}
	}
	return c
}

func startsWithZero(m *phonenumbers.PhoneMetadata) bool {
	return m.GetNationalPrefix() == "0" && m.GetId() != world
}

func compile(m *phonenumbers.PhoneMetadata) (*country, error) {
	if m.GetGeneralDesc().GetNationalNumberPattern() == "" {
		return nil, errEmpty
	}
	c := &country{
		code: int(m.GetCountryCode()), digits: strconv.Itoa(int(m.GetCountryCode())), startsWithZero: startsWithZero(m), leads: m.GetLeadingDigits() != "",
		lengths: setOf(m.GetGeneralDesc().GetPossibleLength()), local: setOf(m.GetGeneralDesc().GetPossibleLengthLocalOnly()), usual: usualLengths(m),
	}
	var err error
	if c.numbers, err = compileNumbers(m); err != nil {
		return nil, err
	}
	if c.idd, err = compilePrefix(m.GetInternationalPrefix()); err != nil || m.GetNationalPrefixForParsing() == "" {
		return c, err
	}
	if c.national, err = compilePrefix(m.GetNationalPrefixForParsing()); err != nil || m.GetNationalPrefixTransformRule() == "" {
		return c, err
	}
	rule := replacement.FindStringSubmatch(m.GetNationalPrefixTransformRule())
	if rule == nil || rule[2] != strconv.Itoa(c.national.groups) {
		return nil, errUnusual
	}
	c.replaces, c.puts = true, rule[1]
	return c, nil
}

// compileNumbers makes one automaton of all patterns of numbers.
func compileNumbers(m *phonenumbers.PhoneMetadata) (automaton, error) {
	kinds := []*phonenumbers.PhoneNumberDesc{m.GetPremiumRate(), m.GetTollFree(), m.GetSharedCost(), m.GetVoip(), m.GetPersonalNumber(), m.GetPager(), m.GetUan(),
		m.GetVoicemail(), m.GetFixedLine()}
	if !m.GetSameMobileAndFixedLinePattern() {
		kinds = append(kinds, m.GetMobile())
	}
	const general, lead, kind = 0, 1, 2
	texts := []string{m.GetGeneralDesc().GetNationalNumberPattern(), m.GetLeadingDigits()}
	lengths := []set{lengthsOf(m.GetGeneralDesc(), anyLength), 0}
	for _, k := range kinds {
		texts, lengths = append(texts, k.GetNationalNumberPattern()), append(lengths, lengthsOf(k, anyLength))
	}
	b := &builder{}
	for _, text := range texts {
		p, err := compilePattern(text)
		if err != nil {
			return automaton{}, err
		}
		b.patterns = append(b.patterns, p)
	}
	b.says = func(threads *[]thread, depth int) (says uint32) {
		isGeneralLength, isKind := false, false
		for _, t := range *threads {
			switch {
			case !b.isMatch(t):
			case t.pattern == lead:
				says |= isLead
			case t.pattern == general:
				says |= isGeneral
				isGeneralLength = lengths[general].has(depth)
			case t.pattern >= kind:
				isKind = isKind || lengths[t.pattern].has(depth)
			}
		}
		if isGeneralLength && isKind {
			says |= isInRange
		}
		slices.SortFunc(*threads, func(a, b thread) int { return cmp.Or(cmp.Compare(a.pattern, b.pattern), cmp.Compare(a.pc, b.pc)) })
		return says
	}
	return b.build()
}

// isNumber reports whether some digits are a number of the country.
func (c *country) isNumber(national []byte) bool { return says(&c.numbers, national)&isGeneral != 0 }

// isInRange reports whether a number is in a range that is in use.
func (c *country) isInRange(national string) bool { return says(&c.numbers, national)&isInRange != 0 }

// isLed reports whether the first digits of a number are the country's.
func (c *country) isLed(national string) bool {
	for s, i := c.numbers.start, 0; ; i++ {
		n := &c.numbers.nodes[s]
		if n.says&isLead != 0 {
			return true
		}
		if i == len(national) || s == 0 {
			return false
		}
		s = n.next[national[i]-'0']
	}
}

// length says whether numbers have so many digits.
func (c *country) length(digits int) phonenumbers.ValidationResult {
	if c.local.has(digits) {
		return phonenumbers.IS_POSSIBLE_LOCAL_ONLY
	}
	return c.lengths.test(digits)
}

// hasCode reports whether digits begin with the calling code.
func (c *country) hasCode(digits []byte) bool {
	return len(digits) >= len(c.digits) && string(digits[:len(c.digits)]) == c.digits
}

// stripIDD takes off what is dialled before a calling code, and reports whether it was there.
func (c *country) stripIDD(digits []byte) ([]byte, bool) {
	at, ok := c.idd.find(digits)
	if rest := digits[at.end:]; ok && (len(rest) == 0 || rest[0] != '0') {
		return rest, true
	}
	return digits, false
}

// strip takes off what is dialled before a number within the country, as far as a number is left then. What it returns may be in memory.
func (c *country) strip(national, memory []byte) []byte {
	at, ok := c.national.find(national)
	if !ok {
		return national
	}
	rest := national[at.end:]
	if c.replaces && at.to > 0 {
		rest = append(append(append(memory[:0], c.puts...), national[at.from:at.to]...), rest...)
	}
	if c.isNumber(national) && !c.isNumber(rest) {
		return national
	}
	return rest
}
