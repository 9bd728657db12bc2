package phones

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/phones/plan"
)

// lacksZero reports whether a number lacks the zero that one of its country starts with where it has no country code.
func lacksZero(plans *plan.Plans, number, e164, region string) bool {
	if first := strings.IndexAny(number, "0123456789"); number[first] == '0' || !plans.StartWithZero(region) {
		return false
	}
	d := crm.Digits(number)
	return d != e164[1:] && strings.HasSuffix(e164, d)
}

// noRegion is what is wrong with a number whose country nothing tells.
const noRegion = "has no country code"

// splitPhones takes the numbers of a cell apart and removes what Excel and exports put around them. The result has at
// least one part. A slash may stand in a number, too: see atSlashes.
func splitPhones(v string) []string {
	if isPlain(v) {
		return []string{v}
	}
	v = cells.PlainDashes(cells.UnwrapCell(norm.NFKC.String(v)))
	if cells.IsScientific(v) {
		return []string{v} // its comma is a decimal one
	}
	v = beforeExtension.ReplaceAllString(v, " $1")
	for _, sep := range []string{":::", ";", ",", "|", " of ", " or ", " oder ", " ou ", " en ", " and ", " und ", " & ", "\r", "\n"} {
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

// isPlain reports whether a cell is one number and nothing else, as nearly all are: digits, and the usual marks between them.
func isPlain(v string) bool {
	digits, zeros := 0, 0
	for i := range len(v) {
		switch b := v[i]; {
		case b == '0':
			digits, zeros = digits+1, zeros+1
		case b >= '1' && b <= '9':
			digits++
		case b == ' ' && (i == 0 || i == len(v)-1), b == '+' && i > 0:
			return false
		case b != ' ' && b != '-' && b != '.' && b != '(' && b != ')' && b != '+':
			return false
		}
	}
	return digits > zeros && !strings.HasSuffix(v, ".0")
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
	if isPlain(v) {
		return phoneParts{number: v}
	}
	t := phoneParts{number: cells.PlainDashes(cells.UnwrapCell(v))}
	t.marked = cells.UnwrapCell(v) != v
	whole := cells.TrimFraction(t.number)
	t.tailed = whole != t.number
	t.number, t.comment = cells.CutComment(whole)
	if cells.HasLetters(t.number) || strings.ContainsRune(t.number, '#') {
		if at := extension.FindStringSubmatchIndex(t.number); at != nil && len(crm.Digits(t.number[:at[0]])) >= 7 {
			t.number, t.extension = strings.TrimSpace(t.number[:at[0]]), t.number[at[2]:at[3]]
		}
	}
	if cells.HasLetters(t.number) && !isVanity(t.number) {
		t.cutWords()
	}
	return t
}

// cutWords takes off what stands before and behind a number: tel: +31 6 12345678 (after 5pm). What is behind may not be a number, too.
func (t *phoneParts) cutWords() {
	const fewest, most = 7, 4 // digits of a number, and of words
	at := beside.FindStringSubmatch(t.number)
	if at == nil || cells.CountDigits(at[2]) < fewest || cells.CountDigits(at[3]) > most {
		return
	}
	t.comment += strings.TrimSpace(strings.TrimSpace(at[1]) + " " + at[3])
	t.number = strings.TrimSpace(at[2])
}

// beside parts a number from the word before it that names it and the words behind it.
var beside = regexp.MustCompile(`(?i)^((?:tel|telephone|telefon|telefoon|téléphone|teléfono|phone|ph|mob|mobile|mobiel|mobil|cell|cellphone|gsm|handy|fax|callto|sms|whatsapp|home|work|office|direct|main|nr|no|t|m|p|h|w|c|o|d)[.:]*\s*)?([+(]?\d[\d\s()./+-]*?)[\s,]*(\(?\p{L}[^+]*)?$`)

// whole reports whether a number names its country.
func (t *phoneParts) whole() bool {
	return strings.HasPrefix(t.number, "+") || strings.HasPrefix(t.number, "00")
}

// isOf reports whether a number is one that a country uses.
func (t *phoneParts) isOf(plans *plan.Plans, region string) bool {
	_, inRange, _ := t.parse(plans, region)
	return inRange
}

// extension finds the extension behind a number, in five languages.
var extension = regexp.MustCompile(`(?i)[\s,/(]*(?:ext(?:ension|ensi[oó]n)?|x|#|toestel|toest|tst|doorkiesnummer|apparaat|durchwahl|dw|poste)[\s.:=]*(\d{1,6})\)?$`)

// parse turns a number, as it is dialled in a region, into E.164, or says in err what is wrong with it. It tells whether the
// number is in a range that its country is known to use.
func (t *phoneParts) parse(plans *plan.Plans, region string) (e164 string, inRange bool, err string) {
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
	n, ok := plans.Parse(v, region)
	if !ok {
		return "", false, "is not a phone number"
	}
	if with, is := withCode(plans, v, region, &n); is {
		n = with
	}
	if len(n.E164) > longestE164 {
		return "", false, "has more than the 15 digits that a number can have"
	}
	if plans.IsInRange(&n) {
		return n.E164, true, ""
	}
	if reason := impossible(plans, &n); reason != "" {
		return "", false, reason
	}
	return n.E164, false, ""
}

// withCode reads a number that starts with the calling code of its region, and no +, as one with that code, where it is none without,
// where the code stands by itself, or where few numbers are as long: 491711234567 is of a mobile, not of the area code 04917.
func withCode(plans *plan.Plans, v, region string, without *plan.Number) (n plan.Number, is bool) {
	const longest = 11 // usual digits of a number without its code
	if v[0] == '+' || cells.HasLetters(v) || !plans.StartWithZero(region) {
		return n, false
	}
	code, digits := strconv.Itoa(plans.CallingCode(region)), crm.Digits(v)
	if !strings.HasPrefix(digits, code) {
		return n, false
	}
	behind := strings.TrimPrefix(strings.TrimLeft(v, "( "), code)
	apart := behind != "" && (behind[0] < '0' || behind[0] > '9')
	n, ok := plans.Parse("+"+digits, "")
	return n, ok && plans.IsInRange(&n) && (apart || len(without.E164) > len("+")+len(code)+longest || !plans.IsInRange(without))
}

// isShorthand reports whether a cell is two numbers of which the second is only its last digits: 020-1234567/8.
func isShorthand(v string) bool {
	at := strings.LastIndexByte(v, '/')
	last := strings.TrimSpace(v[at+1:])
	return at > 0 && (len(last) == 1 || len(last) == 2) && cells.IsDigits(last) && cells.CountDigits(v[:at]) >= 7
}

const longestE164 = len("+") + 15

// isPossible reports whether a number can be called, by its length.
func isPossible(plans *plan.Plans, n *plan.Number) bool {
	return plans.Length(n) == phonenumbers.IS_POSSIBLE && plans.UsualLength(n) == phonenumbers.IS_POSSIBLE
}

// impossible says why a number in no known range cannot be called, "" if it can. The length decides: ranges in use change
// too often to refuse a number for not being in one. Lengths that only special services have, such as 0800-1234, do not do.
func impossible(plans *plan.Plans, n *plan.Number) string {
	length := plans.Length(n)
	if length == phonenumbers.IS_POSSIBLE {
		length = plans.UsualLength(n)
	}
	switch length {
	case phonenumbers.IS_POSSIBLE:
		return ""
	case phonenumbers.INVALID_COUNTRY_CODE:
		return "has a country code that does not exist"
	case phonenumbers.TOO_LONG:
		return fmt.Sprintf("has too many digits for a number of country code +%d", n.Code)
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return fmt.Sprintf("has too few digits for a number of country code +%d", n.Code)
	}
	return fmt.Sprintf("has not as many digits as a number of country code +%d", n.Code)
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
