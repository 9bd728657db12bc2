package mapping

import (
	"cmp"
	"fmt"
	"strings"

	"crmferry/mapping/cells"
)

// parsePhone reads a cell of a field that holds one number, into E.164: the first, if there are several.
func parsePhone(r *reading, s *source, v string) (string, bool) {
	if r.phones.IsPlain(v) {
		return v, true
	}
	numbers, ok := parsePhones(r, s, v)
	if !ok || len(numbers) == 0 {
		return "", false
	}
	if numbers = unique(numbers, cells.SamePhone); len(numbers) > 1 {
		r.repair(FoundSeveral, s, v, numbers[0], "%s holds %d numbers, and %s takes one: %s was left out", cells.Quote(v), len(numbers), r.name, strings.Join(numbers[1:], ", "))
	}
	return numbers[0], true
}

// parsePhones reads a cell that may hold several numbers, or a placeholder for one.
func parsePhones(r *reading, s *source, v string) ([]string, bool) {
	if r.phones.IsPlain(v) {
		return []string{v}, true
	}
	var numbers []string
	good := true
	for _, part := range cells.SplitPhones(v) {
		if part == "" || cells.IsZeros(part) || cells.IsPlaceholder(part) {
			r.repair(FoundPlaceholder, s, v, "", "%s says that there is no number", cells.Quote(cmp.Or(part, v)))
			continue
		}
		t := cells.TidyPhone(part)
		n, err := r.dialled(s, v, &t)
		if err != "" {
			r.failPhone(s, part, err)
			good = false
			continue
		}
		t.Marked = t.Marked || cells.UnwrapCell(v) != v
		r.tidied(s, v, n, &t)
		numbers = append(numbers, n)
	}
	return numbers, good
}

// dialled turns a number into E.164, or says in err what is wrong with it. One without a country code is of the country
// of its row, and of --region where the row names none.
func (r *reading) dialled(s *source, cell string, t *cells.TidyNumber) (e164, err string) {
	region := r.o.Region
	if !t.Whole() {
		if nation := r.nation(s); cells.KnownRegion(nation) {
			region = nation
		}
	}
	e164, inRange, err := t.Parse(region)
	switch {
	case inRange || t.Whole():
	case region != r.o.Region && t.IsOf(r.o.Region):
		return "", fmt.Sprintf("is no number of %s, where the row is from by %s, and one of %s; write it with its country code", region, ColumnWords(s.nations[0].ref), r.o.Region)
	case err == "":
		r.suspect(FoundOddPhone, s, cell, "%s is in no range of numbers that %s is known to use", cells.Quote(t.Number), region)
	}
	if err == "" && !t.Whole() && cells.LacksZero(t.Number, e164, region) {
		r.repair(FoundLostZero, s, cell, e164, "%s was read as %s: spreadsheet programs take first zeros off", cells.Quote(t.Number), e164)
	}
	return e164, err
}

func (r *reading) failPhone(s *source, number, err string) {
	r.fail(CodeBadPhone, s, "%s %s", cells.Quote(number), err)
	if err == cells.NoRegion {
		r.problems[len(r.problems)-1].Local = number
	}
}

// tidied reports what was taken off a number.
func (r *reading) tidied(s *source, cell, number string, t *cells.TidyNumber) {
	if t.Marked {
		r.repair(FoundMarker, s, cell, number, "%s was read without the mark that keeps it a text in Excel", cells.Quote(cell))
	}
	if t.Tailed {
		r.repair(FoundFloatTail, s, cell, number, "%s was read as %s: a program took it for a number", cells.Quote(cell), number)
	}
	if t.Remark != "" {
		r.repair(FoundRemark, s, cell, number, "%s was read as %s: %s was left out", cells.Quote(cell), number, cells.Quote(t.Remark))
	}
	if t.Extension != "" {
		r.repair(FoundExtension, s, cell, number, "%s was read as %s: the field has no place for the extension %s", cells.Quote(cell), number, t.Extension)
	}
	if cells.HasLetters(t.Number) {
		r.repair(FoundVanity, s, cell, number, "%s was read as %s: its letters stand for keys", cells.Quote(cell), number)
	}
}
