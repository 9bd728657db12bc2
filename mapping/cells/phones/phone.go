package phones

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
)

// startsWithZero reports whether the numbers of a country start with a zero where they have no country code.
func startsWithZero(region string) bool {
	return phonenumbers.GetNddPrefixForRegion(region, true) == "0"
}

// lacksZero reports whether a number lacks the zero that one of its country starts with where it has no country code.
func lacksZero(number, e164, region string) bool {
	d := crm.Digits(number)
	return d[0] != '0' && d != e164[1:] && strings.HasSuffix(e164, d) && startsWithZero(region)
}

// noRegion is what is wrong with a number whose country nothing tells.
const noRegion = "has no country code"

// splitPhones takes the numbers of a cell apart and removes what Excel and exports put around them. The result has at
// least one part. A slash may stand in a number, too: see atSlashes.
func splitPhones(v string) []string {
	v = cells.UnwrapCell(norm.NFKC.String(v))
	if cells.IsScientific(v) {
		return []string{v} // its comma is a decimal one
	}
	v = beforeExtension.ReplaceAllString(v, " $1")
	for _, sep := range []string{":::", ";", ",", "|", " of ", " or ", " oder ", " ou ", " en ", "\r", "\n"} {
		v = strings.ReplaceAll(v, sep, "\n")
	}
	var parts []string
	for part := range strings.SplitSeq(v, "\n") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return []string{v}
	}
	return parts
}

// beforeExtension finds a separator that separates no numbers: +1 512 555 0123, ext. 7.
var beforeExtension = regexp.MustCompile(`(?i)[,;]\s*(ext|toestel|tst|durchwahl|poste|x\s?\d)`)

// phoneParts is a phone number without what people and programs put around it.
type phoneParts struct {
	number             string
	marked, tailed     bool
	comment, extension string
}

// takeApart takes a cell apart into a number and what stands beside it.
func takeApart(v string) phoneParts {
	t := phoneParts{number: cells.UnwrapCell(v)}
	t.marked = t.number != v
	whole := cells.TrimFraction(t.number)
	t.tailed = whole != t.number
	t.number, t.comment = cells.CutComment(whole)
	if cells.HasLetters(t.number) || strings.ContainsRune(t.number, '#') {
		if at := extension.FindStringSubmatchIndex(t.number); at != nil && len(crm.Digits(t.number[:at[0]])) >= 7 {
			t.number, t.extension = strings.TrimSpace(t.number[:at[0]]), t.number[at[2]:at[3]]
		}
	}
	return t
}

// whole reports whether a number names its country.
func (t *phoneParts) whole() bool {
	return strings.HasPrefix(t.number, "+") || strings.HasPrefix(t.number, "00")
}

// isOf reports whether a number is one that a country uses.
func (t *phoneParts) isOf(region string) bool {
	_, inRange, _ := t.parse(region)
	return inRange
}

// extension finds the extension behind a number, in five languages.
var extension = regexp.MustCompile(`(?i)[\s,/(]*(?:ext(?:ension|ensi[oó]n)?|x|#|toestel|toest|tst|doorkiesnummer|apparaat|durchwahl|dw|poste)[\s.:=]*(\d{1,6})\)?$`)

// parse turns a number, as it is dialled in a region, into E.164, or says in err what is wrong with it. It tells whether the
// number is in a range that its country is known to use.
func (t *phoneParts) parse(region string) (e164 string, inRange bool, err string) {
	v := t.number
	if cells.IsScientific(v) {
		return "", false, "was shortened by Excel, its last digits are lost: format the column as text and enter the number again"
	}
	if !strings.ContainsAny(v, "0123456789") {
		return "", false, "is not a phone number"
	}
	if isShorthand(v) {
		return "", false, "stands for several numbers; write each in full"
	}
	if strings.HasPrefix(v, "00") {
		v = "+" + strings.TrimLeft(v, "0")
	}
	if cells.HasLetters(v) && !isVanity(v) {
		return "", false, "has letters in it; a remark has no place in the number"
	}
	if !strings.HasPrefix(v, "+") && region == "" {
		return "", false, noRegion
	}
	n, parseErr := phonenumbers.Parse(v, region)
	if parseErr != nil {
		return "", false, "is not a phone number"
	}
	if e164 = phonenumbers.Format(n, phonenumbers.E164); len(e164) > len("+")+15 {
		return "", false, "has more than the 15 digits that a number can have"
	}
	if phonenumbers.IsValidNumber(n) {
		return e164, true, ""
	}
	if reason := Impossible(n); reason != "" {
		return "", false, reason
	}
	return e164, false, ""
}

// isShorthand reports whether a cell is two numbers of which the second is only its last digits: 020-1234567/8.
func isShorthand(v string) bool {
	at := strings.LastIndexByte(v, '/')
	last := strings.TrimSpace(v[at+1:])
	return at > 0 && (len(last) == 1 || len(last) == 2) && cells.IsDigits(last) && cells.CountDigits(v[:at]) >= 7
}

// Impossible says why a number in no known range cannot be called, "" if it can. The length decides: ranges in use change
// too often to refuse a number for not being in one. Lengths that only special services have, such as 0800-1234, do not do.
func Impossible(n *phonenumbers.PhoneNumber) string {
	code := n.GetCountryCode()
	reason := phonenumbers.IsPossibleNumberWithReason(n)
	if reason == phonenumbers.IS_POSSIBLE {
		reason = usualLength(int(code), phonenumbers.GetNationalSignificantNumber(n))
	}
	switch reason {
	case phonenumbers.IS_POSSIBLE:
		return ""
	case phonenumbers.INVALID_COUNTRY_CODE:
		return "has a country code that does not exist"
	case phonenumbers.TOO_LONG:
		return fmt.Sprintf("has too many digits for a number of country code +%d", code)
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return fmt.Sprintf("has too few digits for a number of country code +%d", code)
	}
	return fmt.Sprintf("has not as many digits as a number of country code +%d", code)
}

// usualLength reports whether a number has as many digits as those of people and offices in its country. The 0 that is dialled
// before them within it is none of them: it is left in only where the others are too few.
func usualLength(code int, national string) phonenumbers.ValidationResult {
	digits, lengths := int32(len(national)), UsualLengths(code)
	switch {
	case strings.HasPrefix(national, "0") && phonenumbers.GetNddPrefixForRegion(phonenumbers.GetRegionCodeForCountryCode(code), true) == "0":
		return phonenumbers.INVALID_LENGTH
	case len(lengths) == 0 || slices.Contains(lengths, digits):
		return phonenumbers.IS_POSSIBLE
	case digits < slices.Min(lengths):
		return phonenumbers.TOO_SHORT
	case digits > slices.Max(lengths):
		return phonenumbers.TOO_LONG
	}
	return phonenumbers.INVALID_LENGTH
}

// UsualLengths are the lengths of fixed and mobile numbers of a calling code, none where there are no such numbers.
func UsualLengths(code int) (lengths []int32) {
	const noSuchNumbers = -1
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return nil
	}
	region := phonenumbers.GetRegionCodeForCountryCode(code)
	for _, m := range all.GetMetadata() {
		if m.GetId() != region || int(m.GetCountryCode()) != code {
			continue
		}
		for _, kind := range []*phonenumbers.PhoneNumberDesc{m.GetFixedLine(), m.GetMobile()} {
			of := kind.GetPossibleLength()
			if len(of) == 0 { // the same as those of all numbers
				of = m.GetGeneralDesc().GetPossibleLength()
			}
			if !slices.Contains(of, noSuchNumbers) {
				lengths = append(lengths, of...)
			}
		}
	}
	return lengths
}

// isVanity reports whether a number is one such as 1-800-FLOWERS: digits, then capitals, with enough of both.
func isVanity(v string) bool {
	letters := 0
	for _, r := range v {
		switch {
		case r >= 'A' && r <= 'Z':
			letters++
		case r >= '0' && r <= '9' && letters > 0, r >= 'a' && r <= 'z', r > 0x7f:
			return false
		}
	}
	return letters >= 4 && len(crm.Digits(v)) >= 3
}

// Book knows which plain E.164 numbers are possible without parsing each of them, which would take 13 µs. The
// verdict of the full parse depends on the number of digits alone for the calling codes of plainCode, so it is asked once
// for each length and then remembered. It is safe for concurrent use.
type Book struct {
	// lengths has for each calling code which numbers of digits were tried (low half) and found possible (high half).
	lengths [100]atomic.Uint32
}

// trunk is the digit dialled before a national number in the countries of a calling code; a number that starts with it
// may be one where it was left in, which takes a full parse. 0: there is none.
type trunk byte

// plainCode splits E.164 into its calling code and the national number, for those calling codes (below 100) whose numbers
// are judged by their length alone; code is 0 for others. A test compares them with full parses.
func plainCode(v string) (code int, t trunk, national string) {
	switch v[1] {
	case '1':
		return 1, '1', v[2:]
	case '3', '4', '6':
		code = int(v[1]-'0')*10 + int(v[2]-'0')
	default:
		return 0, 0, ""
	}
	switch code {
	case 31, 32, 33, 41, 44, 46, 49:
		return code, '0', v[3:]
	case 34, 45, 47, 48:
		return code, 0, v[3:]
	}
	return 0, 0, ""
}

// IsPlain reports whether v is E.164 as it stands and known to be possible by its length. False means that a full parse has to tell.
func (b *Book) IsPlain(v string) bool {
	if len(v) < 9 || len(v) > 16 || v[0] != '+' || v[1] == '0' || !cells.IsDigits(v[1:]) {
		return false
	}
	code, t, national := plainCode(v)
	if code == 0 || national[0] == byte(t) {
		return false
	}
	tried := uint32(1) << len(national)
	possible := tried << 16
	known := b.lengths[code].Load()
	if known&tried == 0 {
		known = tried
		t := phoneParts{number: v}
		if e164, _, err := t.parse(""); err == "" && e164 == v && usualLength(code, national) == phonenumbers.IS_POSSIBLE {
			known |= possible
		}
		b.lengths[code].Or(known)
	}
	return known&possible != 0
}
