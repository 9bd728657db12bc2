package names

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
)

// parted reads a name with commas: "Berg, Jan van der", "Jane Doe, PhD", "Doe, Dr. John, Jr."
func (p *parser) parted(v string) Name {
	parts := splitParts(v)
	if len(parts) == 0 || strings.HasPrefix(v, ",") {
		return p.whole(v, "nothing stands before its comma")
	}
	suffix := ""
	if len(parts) == 3 && areSuffixes(parts[1], parts[0]) && !areSuffixes(parts[2], parts[0]) && !areAllTitles(parts[2], len(parts[0]), p.short) && !p.areUnknownDegrees(parts[0], parts[2]) { // Ford, Jr., Henry
		suffix = ", " + strings.Join(parts[1], " ")
		parts = slices.Delete(parts, 1, 2)
	}
	for len(parts) > 1 {
		behind := parts[len(parts)-1]
		if areSuffixes(behind, parts[0]) || len(parts) > 2 && areSuffixes(parts[1], parts[0]) && areUpper(behind) && !areUpper(parts[0]) { // MD, XYZ
			suffix = ", " + strings.Join(behind, " ") + suffix
		} else if areAllTitles(behind, len(parts[0]), p.short) {
			p.titles = append(slices.Clone(behind), p.titles...)
		} else if isMaiden(behind) {
			p.off = append(p.off, strings.Join(behind, " "))
		} else {
			break
		}
		parts = parts[:len(parts)-1]
	}
	switch len(parts) {
	case 1:
		p.LastFirst = p.LastFirst && len(parts[0]) < 3
		return p.natural(parts[0], suffix)
	case 2:
		return p.swapped(parts[0], parts[1], suffix)
	}
	return p.whole(v, "it has several commas")
}

// splitParts are the words of what commas part, of which none is empty.
func splitParts(v string) (parts [][]string) {
	for part := range strings.SplitSeq(v, ",") {
		if words := strings.Fields(part); len(words) > 0 {
			parts = append(parts, words)
		}
	}
	return parts
}

// swapped reads "Berg, Dr. Jan van der": what comes after the comma starts with titles, and ends with particles and Jr.
func (p *parser) swapped(before, after []string, suffix string) Name {
	last, after := p.cutTitle(before), p.cutTitle(after)
	end := suffixStart(after, 1, p.beside(len(last)))
	if end < len(after) {
		suffix = " " + strings.Join(after[end:], " ") + suffix
	}
	p.noteDegrees(suffix)
	first := after[:end]
	for len(first) > 1 && isBehindTitle(first[len(first)-1]) { // Jansen, Piet drs.
		p.takeTitle(first[len(first)-1:])
		first = first[:len(first)-1]
	}
	at := len(first)
	for at > 1 && (isParticle(first[at-1]) && isLower(first[at-1]) || joinsNext(first[at-1])) {
		at--
	}
	particles := first[at:]
	first = first[:at]
	if isParticle(first[0]) && isLower(first[0]) && !slices.ContainsFunc(first, func(w string) bool { return !isParticle(w) }) { // Vries, de
		return Name{Last: strings.Join(slices.Concat(first, particles, last), " ") + suffix}
	}
	if isJob(first[len(first)-1]) {
		return p.whole("", cells.Quote(strings.Join(first, " "))+" is no first name")
	}
	if p.areUnknownDegrees(last, first) {
		p.doubt = cells.Quote(strings.Join(first, " ")) + " is the first name"
		return p.natural(last, ", "+strings.Join(first, " ")+suffix)
	}
	p.suspectComma(last, first)
	return Name{First: strings.Join(first, " "), Last: strings.Join(slices.Concat(particles, last), " ") + suffix, Split: true}
}

// isBehindTitle reports whether a word behind a first name is a title.
func isBehindTitle(word string) bool {
	r := lexicon.RolesOf(word)
	return r&lexicon.Title != 0 && strings.HasSuffix(word, ".") || r&lexicon.Title != 0 && isLower(word)
}

// areUnknownDegrees reports whether words in capitals behind the comma of a whole name are hardly a first name: John Smith, XYZW.
func (p *parser) areUnknownDegrees(before, after []string) bool {
	if len(before) < 2 || areUpper(before) || startsLastName(before) || p.beside(0).capitals {
		return false
	}
	return !slices.ContainsFunc(after, func(w string) bool { return !isUpper(w) || strings.IndexByte(w, '.') >= 0 })
}

// suspectComma leaves names alone that have other words behind their comma than a first name, and doubts those that may.
func (p *parser) suspectComma(last, first []string) {
	behind := strings.Join(first, " ")
	switch {
	case isCompany(strings.Join(last, " ")), p.firms && len(first) > 1:
		p.left = "a company may stand before the comma"
	case isCompany(behind) || isCompany("x "+behind):
		p.left = "a company stands behind the comma"
	case isLower(first[0]) && len(last) > 1 && slices.ContainsFunc(last, isCapitalised),
		slices.ContainsFunc(first[1:], func(w string) bool {
			return len(w) > 1 && isLower(w) && !isParticle(w) && slices.ContainsFunc(first, isCapitalised)
		}):
		p.left = "other words than a first name stand behind the comma"
	case len(first) > 4 || len(lastNameUnits(last)) > 3:
		p.doubt = "the last name does not stand before the comma"
	case isUpper(behind) && len(behind) > 2 && strings.IndexByte(behind, '.') < 0 && !areUpper(last) && len(first) == 1 && !p.commas:
		p.doubt = cells.Quote(behind) + " is no first name"
	case len(lastNameUnits(last)) > 1 && !p.TwoLast && !p.commas && !slices.Contains(last, "-") && !looksSpanish(slices.Concat(last, first)):
		p.doubt = "the last name does not stand before the comma"
	case len(first) == 1 && lexicon.RolesOf(behind)&lexicon.Capital != 0 && isUpper(behind) && !areUpper(last):
		p.doubt = cells.Quote(behind) + " is no first name"
	case len(first) > 1 && !isInitial(first[len(first)-1]) && standsFirst(first):
		p.doubt = cells.Quote(strings.Join(last, " ")) + " is no last name"
	case isUnknownTitle(first[0]):
		p.doubt = cells.Quote(first[0]) + " is a title"
	}
}
