package cells

import (
	"cmp"
	"fmt"
	"strings"

	"crmferry/mapping/hint"
)

// PhoneReader reads phone numbers into E.164.
type PhoneReader struct {
	Book   *PhoneBook
	Region string // ISO country of numbers without a country code whose row names none; "" for none
	Place  Place  // what the row says
	Field  string // for messages
}

// Read reads a cell of a field that holds one number: the first, if there are several.
func (r *PhoneReader) Read(v string) (string, Notes) {
	numbers, n := r.ReadAll(v)
	if !n.OK() || len(numbers) == 0 {
		return "", n
	}
	if numbers = Unique(numbers, SamePhone); len(numbers) > 1 {
		n.Repair(RemarkSeveral, v, numbers[0], "%s holds %d numbers, and %s takes one: %s was left out", Quote(v), len(numbers), r.Field, strings.Join(numbers[1:], ", "))
	}
	return numbers[0], n
}

// ReadAll reads a cell that may hold several numbers, or a placeholder for one.
func (r *PhoneReader) ReadAll(v string) ([]string, Notes) {
	var n Notes
	if r.Book.IsPlain(v) {
		return []string{v}, n
	}
	var numbers []string
	for _, part := range splitPhones(v) {
		if part == "" || isZeros(part) || IsPlaceholder(part) {
			n.Repair(RemarkPlaceholder, v, "", "%s says that there is no number", Quote(cmp.Or(part, v)))
			continue
		}
		t := takeApart(part)
		number, err := r.parse(&n, v, &t)
		if err != "" {
			failPhone(&n, part, err)
			continue
		}
		t.marked = t.marked || unwrapCell(v) != v
		t.remark(&n, v, number)
		numbers = append(numbers, number)
	}
	return numbers, n
}

// parse turns a number into E.164, or says in err what is wrong with it. One without a country code is of the country of
// its row, and of the region where the row names none.
func (r *PhoneReader) parse(n *Notes, cell string, t *phoneParts) (e164, err string) {
	region := r.Region
	if !t.whole() && KnownRegion(r.Place.Country) {
		region = r.Place.Country
	}
	e164, inRange, err := t.parse(region)
	switch {
	case inRange || t.whole():
	case region != r.Region && t.isOf(r.Region):
		return "", fmt.Sprintf("is no number of %s, where the row is from by %s, and one of %s; write it with its country code", region, r.Place.From, r.Region)
	case err == "":
		n.Doubt(RemarkOddPhone, cell, "%s is in no range of numbers that %s is known to use", Quote(t.number), region)
	}
	if err == "" && !t.whole() && lacksZero(t.number, e164, region) {
		n.Repair(RemarkLostZero, cell, e164, "%s was read as %s: spreadsheet programs take first zeros off", Quote(t.number), e164)
	}
	return e164, err
}

func failPhone(n *Notes, number, err string) {
	n.Fail(CodeBadPhone, "%s %s", Quote(number), err)
	if err == noRegion {
		f := &n.Faults[len(n.Faults)-1]
		f.Local, f.Hint = number, hint.Region
	}
}

// remark remarks on what was taken off a number.
func (t *phoneParts) remark(n *Notes, cell, number string) {
	if t.marked {
		n.Repair(RemarkMarker, cell, number, "%s was read without the mark that keeps it a text in Excel", Quote(cell))
	}
	if t.tailed {
		n.Repair(RemarkFloatTail, cell, number, "%s was read as %s: a program took it for a number", Quote(cell), number)
	}
	if t.comment != "" {
		n.Repair(RemarkComment, cell, number, "%s was read as %s: %s was left out", Quote(cell), number, Quote(t.comment))
	}
	if t.extension != "" {
		n.Repair(RemarkExtension, cell, number, "%s was read as %s: the field has no place for the extension %s", Quote(cell), number, t.extension)
	}
	if hasLetters(t.number) {
		n.Repair(RemarkVanity, cell, number, "%s was read as %s: its letters stand for keys", Quote(cell), number)
	}
}
