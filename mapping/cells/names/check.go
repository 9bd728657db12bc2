package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
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
	if isQuiet(v) {
		return n
	}
	return checkSigns(v)
}

// checkSigns is checkPart without the short way.
func checkSigns(v string) (n cells.Notes) {
	if strings.IndexByte(v, '?') > 0 && lacksLetter(v) {
		n.Doubt(cells.RemarkLostLetters, v, "%s has a question mark, perhaps in place of a letter that an earlier program could not write", cells.Quote(v))
	}
	if len(v) <= lexicon.Longest && strings.IndexByte(v, ' ') < 0 && lexicon.RolesOf(v)&lexicon.Title != 0 {
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

// isQuiet reports whether checkPart has nothing to say of a name, as of most: words of letters, not all of them capitals, of
// which none joins people and the last is none of a company.
func isQuiet(v string) bool {
	small, start := false, 0
	for i := range len(v) {
		switch b := v[i]; {
		case b >= 'a' && b <= 'z', b >= utf8.RuneSelf:
			small = true
		case b >= 'A' && b <= 'Z', b >= '0' && b <= '9', b == '-', b == '\'':
		case b == ' ' && (start == 0 || !mayJoin(v[start:i])):
			start = i + 1
		default:
			return false
		}
	}
	if !small {
		return false
	}
	if start == 0 {
		return len(v) > lexicon.Longest || lexicon.LookUp(v)&lexicon.Title == 0
	}
	last := v[start:]
	return !mayJoin(last) && !isTrade(last) && len(last) > 0 && !isLegalForm(last) && !strings.HasPrefix(v, "The ") && !isInstitution(v)
}

// mayJoin reports whether a word is so short that it may join two people.
func mayJoin(word string) bool {
	if len(word) < 2 || len(word) > 3 {
		return false
	}
	c := word[0] | 0x20
	return c == 'a' || c == 'e' || c == 'u' || c == 'o'
}
