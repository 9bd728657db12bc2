package mapping

import (
	"cmp"
	"fmt"
	"strings"
)

// parsePhone reads a cell of a field that holds one number, into E.164: the first, if there are several.
func parsePhone(r *reading, s *source, v string) (string, bool) {
	if r.phones.isPlain(v) {
		return v, true
	}
	numbers, ok := parsePhones(r, s, v)
	if !ok || len(numbers) == 0 {
		return "", false
	}
	if numbers = unique(numbers, samePhone); len(numbers) > 1 {
		r.repair(FoundSeveral, s, v, numbers[0], "%s holds %d numbers, and %s takes one: %s was left out", quote(v), len(numbers), r.name, strings.Join(numbers[1:], ", "))
	}
	return numbers[0], true
}

// parsePhones reads a cell that may hold several numbers, or a placeholder for one.
func parsePhones(r *reading, s *source, v string) ([]string, bool) {
	if r.phones.isPlain(v) {
		return []string{v}, true
	}
	var numbers []string
	good := true
	for _, part := range splitPhones(v) {
		if part == "" || isZeros(part) || isPlaceholder(part) {
			r.repair(FoundPlaceholder, s, v, "", "%s says that there is no number", quote(cmp.Or(part, v)))
			continue
		}
		t := tidyPhone(part)
		n, err := r.dialled(s, v, &t)
		if err != "" {
			r.failPhone(s, part, err)
			good = false
			continue
		}
		t.marked = t.marked || unwrapCell(v) != v
		r.tidied(s, v, n, &t)
		numbers = append(numbers, n)
	}
	return numbers, good
}

// dialled turns a number into E.164, or says in err what is wrong with it. One without a country code is of the country
// of its row, and of --region where the row names none.
func (r *reading) dialled(s *source, cell string, t *tidyNumber) (e164, err string) {
	region := r.o.Region
	if !t.whole() {
		if nation := r.nation(s); KnownRegion(nation) {
			region = nation
		}
	}
	e164, inRange, err := t.parse(region)
	switch {
	case inRange || t.whole():
	case region != r.o.Region && t.isOf(r.o.Region):
		return "", fmt.Sprintf("is no number of %s, where the row is from by %s, and one of %s; write it with its country code", region, ColumnWords(s.nations[0].ref), r.o.Region)
	case err == "":
		r.suspect(FoundOddPhone, s, cell, "%s is in no range of numbers that %s is known to use", quote(t.number), region)
	}
	if err == "" && !t.whole() && lacksZero(t.number, e164, region) {
		r.repair(FoundLostZero, s, cell, e164, "%s was read as %s: spreadsheet programs take first zeros off", quote(t.number), e164)
	}
	return e164, err
}

func (r *reading) failPhone(s *source, number, err string) {
	r.fail(CodeBadPhone, s, "%s %s", quote(number), err)
	if err == noRegion {
		r.problems[len(r.problems)-1].Local = number
	}
}

// tidied reports what was taken off a number.
func (r *reading) tidied(s *source, cell, number string, t *tidyNumber) {
	if t.marked {
		r.repair(FoundMarker, s, cell, number, "%s was read without the mark that keeps it a text in Excel", quote(cell))
	}
	if t.tailed {
		r.repair(FoundFloatTail, s, cell, number, "%s was read as %s: a program took it for a number", quote(cell), number)
	}
	if t.remark != "" {
		r.repair(FoundRemark, s, cell, number, "%s was read as %s: %s was left out", quote(cell), number, quote(t.remark))
	}
	if t.extension != "" {
		r.repair(FoundExtension, s, cell, number, "%s was read as %s: the field has no place for the extension %s", quote(cell), number, t.extension)
	}
	if hasLetters(t.number) {
		r.repair(FoundVanity, s, cell, number, "%s was read as %s: its letters stand for keys", quote(cell), number)
	}
}
