package phones

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/phones/plan"
	"crmferry/mapping/hint"
)

// Reader reads phone numbers into E.164.
type Reader struct {
	Plans  *plan.Plans
	Region string      // ISO country of numbers without a country code whose row names none; "" for none
	Place  cells.Place // what the row says
	Field  string      // for messages
}

// Read reads a cell of a field that holds one number: the first, if there are several.
func (r *Reader) Read(v string) (string, cells.Notes) {
	if number, ok := r.atOnce(v); ok {
		return number, cells.Notes{}
	}
	numbers, n := r.ReadAll(v)
	if !n.OK() || len(numbers) == 0 {
		return "", n
	}
	if numbers = cells.Unique(numbers, cells.PhoneKey); len(numbers) > 1 {
		n.Repair(cells.RemarkSeveral, v, numbers[0], "%s holds %d numbers, and %s takes one: %s was left out", cells.Quote(v), len(numbers), r.Field, strings.Join(numbers[1:], ", "))
	}
	return numbers[0], n
}

// isRounded reports whether a cell is a number such as a spreadsheet program makes of one that it had shortened: of 3.16123E+10 six digits
// are left. It would have taken a first zero off.
func isRounded(v string) bool {
	const most = 6
	v = strings.TrimPrefix(v, "+")
	return strings.HasSuffix(v, "00000") && v[0] != '0' && len(strings.TrimRight(v, "0")) <= most && cells.IsDigits(v)
}

// ReadAll reads a cell that may hold several numbers, or a placeholder for one.
func (r *Reader) ReadAll(v string) ([]string, cells.Notes) { return r.Append(nil, v) }

// Append is ReadAll behind other numbers.
func (r *Reader) Append(list []string, v string) ([]string, cells.Notes) {
	var n cells.Notes
	if number, ok := r.atOnce(v); ok && !isRounded(v) {
		return append(list, number), n
	}
	for _, part := range r.parts(v) {
		if part == "" || cells.IsZeros(part) || cells.IsPlaceholder(part) {
			n.Repair(cells.RemarkPlaceholder, v, "", "%s says that there is no number", cells.Quote(cmp.Or(part, v)))
			continue
		}
		t := takeApart(part)
		err := r.join(&n, v, &t)
		number := ""
		if err == "" {
			number, err = r.parse(&n, v, &t)
		}
		if err != "" {
			r.fail(&n, part, err)
			continue
		}
		if r.Place.Calling != 0 && !r.isOfCode(number) {
			n.Doubt(cells.RemarkOddPhone, v, "%s has another country code than +%d, as %s says", cells.Quote(part), r.Place.Calling, r.Place.From)
		}
		if isRounded(part) {
			n.Doubt(cells.RemarkRounded, v, "%s ends in so many zeros that its last digits may be lost", cells.Quote(part))
		}
		t.marked = t.marked || cells.UnwrapCell(v) != v
		t.remark(&n, v, number)
		list = append(list, number)
	}
	return list, n
}

// atOnce reads a cell that is one number and nothing else, if there is nothing to say of it, as of nearly all.
func (r *Reader) atOnce(v string) (e164 string, ok bool) {
	if v == "" || !isPlain(v) {
		return "", false
	}
	switch v[0] {
	case '+':
		return r.whole(v)
	case '0':
		return r.local(v)
	}
	return "", false
}

// local reads a number that is in use in the country that it is of, and starts with a zero there.
func (r *Reader) local(v string) (e164 string, ok bool) {
	if at := &r.Place; at.Area != "" || at.Calling != 0 || at.Unknown != "" || strings.HasPrefix(v, "00") {
		return "", false
	}
	region := r.regionOf(&phoneParts{number: v})
	if region == "" {
		return "", false
	}
	n, ok := r.Plans.Parse(v, region)
	return n.E164, ok && len(n.E164) <= longestE164 && r.Plans.IsInRange(&n)
}

// whole reads a number with its country code.
func (r *Reader) whole(v string) (e164 string, ok bool) {
	n, ok := r.Plans.Parse(v, "")
	if !ok || len(n.E164) > longestE164 || r.Place.Calling != 0 && !r.isOfCode(n.E164) {
		return "", false
	}
	return n.E164, (isPossible(r.Plans, &n) || r.Plans.IsInRange(&n)) && r.once(&n) == ""
}

// once is the number that is meant where one that no country uses has its country code twice: +31 31612345678; "" for any other.
func (r *Reader) once(n *plan.Number) string {
	national := n.National()
	if code := n.E164[1 : len(n.E164)-len(national)]; !strings.HasPrefix(national, code) || r.Plans.IsInRange(n) {
		return ""
	}
	once, ok := r.Plans.Parse("+"+national, "")
	if !ok || !r.Plans.IsInRange(&once) {
		return ""
	}
	return once.E164
}

// parts takes the numbers of a cell apart.
func (r *Reader) parts(v string) []string {
	parts := splitPhones(v)
	if !strings.Contains(v, "/") {
		return parts
	}
	var all []string
	for _, part := range parts {
		all = append(all, r.atSlashes(part)...)
	}
	return all
}

// atSlashes takes apart what a slash may stand between. In 0211 / 1234567 it stands behind the area code, as is usual in
// middle Europe: it parts numbers only where each of them is one by itself, or where the whole is none.
func (r *Reader) atSlashes(v string) []string {
	const between, most = " / ", 6
	parts := strings.SplitN(v, "/", most)
	if len(parts) == 1 || cells.IsPlaceholder(v) || cells.IsZeros(v) || isShorthand(v) {
		return []string{v}
	}
	spaced := strings.Contains(v, between)
	if !spaced && r.isNumber(v) {
		return []string{v}
	}
	if numbers := r.numbers(parts); numbers != nil {
		return numbers
	}
	if spaced && !r.isPossible(v) {
		return strings.Split(v, between)
	}
	return []string{v}
}

// numbers joins what stood between slashes into numbers, as many as there can be; nil if something is left that is none.
func (r *Reader) numbers(parts []string) []string {
	for i := range parts {
		number := strings.TrimSpace(strings.Join(parts[:i+1], "/"))
		if !r.isNumber(number) {
			continue
		}
		if i+1 == len(parts) {
			return []string{number}
		}
		if others := r.numbers(parts[i+1:]); others != nil {
			return append([]string{number}, others...)
		}
	}
	return nil
}

// isNumber reports whether a text is a number by itself: one that its country uses, or one of a usual length that starts as
// those do that are dialled from everywhere in it.
func (r *Reader) isNumber(v string) bool {
	if v == "" {
		return false
	}
	t := takeApart(v)
	_, inRange, err := t.parse(r.Plans, r.regionOf(&t))
	if err == noRegion {
		const fewest, most = 7, 15
		n := cells.CountDigits(t.number)
		return n >= fewest && n <= most
	}
	return err == "" && (inRange || t.whole() || strings.HasPrefix(crm.Digits(t.number), "0"))
}

// isPossible reports whether a text is one number, or may be one once its country is known.
func (r *Reader) isPossible(v string) bool {
	t := takeApart(v)
	_, _, err := t.parse(r.Plans, r.regionOf(&t))
	return err == "" || err == noRegion && r.isNumber(v)
}

// regionOf is the country that a number without a country code is of: that of its row, or the region where the row names none.
func (r *Reader) regionOf(t *phoneParts) string {
	switch at := &r.Place; {
	case t.whole():
	case at.Calling != 0 && r.Plans.CallingCode(at.Country) != at.Calling:
		return regionOf(at.Calling)
	case r.Plans.CallingCode(at.Country) != 0:
		return at.Country
	}
	return r.Region
}

// parse turns a number into E.164, or says in err what is wrong with it. One without a country code is of the country of
// its row, and of the region where the row names none.
func (r *Reader) parse(n *cells.Notes, cell string, t *phoneParts) (e164, err string) {
	region := r.regionOf(t)
	e164, inRange, err := t.parse(r.Plans, region)
	if !inRange && err == "" {
		if number, ok := r.Plans.Parse(e164, ""); ok {
			if once := r.once(&number); once != "" {
				return "", fmt.Sprintf("has its country code where others have an area code; %s would be a number", once)
			}
		}
	}
	switch {
	case inRange || t.whole():
	case region != r.Region && t.isOf(r.Plans, r.Region):
		return "", fmt.Sprintf("is no number of %s, where the row is from by %s, and one of %s; write it with its country code", region, r.Place.From, r.Region)
	case err == "":
		n.Doubt(cells.RemarkOddPhone, cell, "%s is in no range of numbers that %s is known to use", cells.Quote(t.number), region)
	}
	if err == "" && !t.whole() && r.Place.Unknown != "" && region == r.Region {
		n.Doubt(cells.RemarkOddPhone, cell, "%s was read as one of %s, but %s is no country that is known", cells.Quote(t.number), region, cells.Quote(r.Place.Unknown))
	}
	if err == "" && !t.whole() && r.Place.Calling == 0 && lacksZero(r.Plans, t.number, e164, region) {
		n.Repair(cells.RemarkLostZero, cell, e164, "%s was read as %s: spreadsheet programs take first zeros off", cells.Quote(t.number), e164)
	}
	return e164, err
}

// isOfCode reports whether a number has the calling code that its row says.
func (r *Reader) isOfCode(e164 string) bool {
	return strings.HasPrefix(e164, "+"+strconv.Itoa(r.Place.Calling))
}

func (r *Reader) fail(n *cells.Notes, number, err string) {
	if err == noRegion && r.Place.Unknown != "" {
		err += fmt.Sprintf(", and %s is no country that is known", cells.Quote(r.Place.Unknown))
	}
	n.Fail(cells.CodeBadPhone, "%s %s", cells.Quote(number), err)
	if err == noRegion {
		f := &n.Faults[len(n.Faults)-1]
		f.Local, f.Hint = crm.Digits(r.Place.Area)+number, hint.Region
	}
}

// remark remarks on what was taken off a number.
func (t *phoneParts) remark(n *cells.Notes, cell, number string) {
	if t.marked {
		n.Repair(cells.RemarkMarker, cell, number, "%s was read without the mark that keeps it a text in Excel", cells.Quote(cell))
	}
	if t.tailed {
		n.Repair(cells.RemarkFloatTail, cell, number, "%s was read as %s: a program took it for a number", cells.Quote(cell), number)
	}
	if t.comment != "" {
		n.Repair(cells.RemarkComment, cell, number, "%s was read as %s: %s was left out", cells.Quote(cell), number, cells.Quote(t.comment))
	}
	if t.extension != "" {
		n.Repair(cells.RemarkExtension, cell, number, "%s was read as %s: the field has no place for the extension %s", cells.Quote(cell), number, t.extension)
	}
	if cells.HasLetters(t.number) {
		n.Repair(cells.RemarkVanity, cell, number, "%s was read as %s: its letters stand for keys", cells.Quote(cell), number)
	}
}
