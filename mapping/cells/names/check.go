package names

import (
	"strings"
	"unicode"

	"crmferry/mapping/cells"
)

// checkWhole remarks on a whole name that does not look like one of a person.
func checkWhole(v string) (n cells.Notes) {
	if g := groupOf(v); g.code != "" {
		n.Doubt(g.code, v, "%s %s; it was taken as it stands", cells.Quote(v), g.what)
		return n
	}
	return checkPart(v)
}

// checkPart remarks on a name, or a part of one, that does not look like one of a person.
func checkPart(v string) (n cells.Notes) {
	if strings.IndexByte(v, '?') > 0 && lacksLetter(v) {
		n.Doubt(cells.RemarkLostLetters, v, "%s has a question mark, perhaps in place of a letter that an earlier program could not write", cells.Quote(v))
	}
	if len(v) <= longestRole && strings.IndexByte(v, ' ') < 0 && rolesOf(v)&title != 0 {
		n.Doubt(cells.RemarkNoName, v, "%s is a title, and no name; it was taken as it stands", cells.Quote(v))
	}
	if len(v) < 4 {
		return n
	}
	if isCapitals(v) {
		n.Doubt(cells.RemarkCapitals, v, "%s is in capitals; it was taken as it stands", cells.Quote(v))
	}
	if strings.IndexByte(v, ' ') < 0 {
		return n
	}
	switch {
	case isCompany(v), isFirm(v):
		n.Doubt(cells.RemarkCompany, v, "%s looks like the name of a company", cells.Quote(v))
	case isCouple(v) && !strings.Contains(v, "://") && !cells.LooksLinkedIn(v):
		n.Doubt(cells.RemarkPeople, v, "%s looks like the name of several people: if each is to be a contact, give each a row", cells.Quote(v))
	}
	return n
}

// isCapitals reports whether a name has four letters or more, all of them capitals.
func isCapitals(v string) bool {
	letters := 0
	for i := range len(v) {
		switch c := v[i]; {
		case c >= 'A' && c <= 'Z':
			letters++
		case strings.IndexByte(" -'.,", c) < 0:
			return false
		}
	}
	return letters >= 4
}

// lacksLetter reports whether a question mark stands behind a letter, as in M?ller and Jos?.
func lacksLetter(v string) bool {
	before := ' '
	for _, r := range v {
		if r == '?' && unicode.IsLetter(before) {
			return true
		}
		before = r
	}
	return false
}
