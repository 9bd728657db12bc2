package names

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
)

// parser is a name that is being read.
type parser struct {
	Style
	titles []string
	off    []string // what was left out
	doubt  string   // why the two parts may be wrong, "" for no doubt
	left   string   // why a name does not fall into two parts, "" where its owner sees that
	degree string   // what stands behind the last name and is no part of any name: PhD, MBA
}

// Read takes a full name apart as the style of its column tells, and says what was left out of it and what is doubtful.
// Particles such as "van der" belong to the last name, as Jr. and PhD do; titles, nicknames and ornaments to neither part.
func Read(v string, s Style) (Name, cells.Notes) {
	if at := plainSpace(v); at > 0 && !s.LastFirst && !s.turned && !s.mixed && !s.unshown && (at > 2 || s.short == "") {
		return Name{First: v[:at], Last: v[at+1:], Split: true}, cells.Notes{}
	}
	return read(v, s)
}

// read is Read without the short way.
func read(v string, s Style) (Name, cells.Notes) {
	p := parser{Style: s}
	one, others := firstPerson(v)
	n, bare := p.read(one)
	n.Title = strings.Join(p.titles, " ")
	n.Email = emailAmong(p.off)
	notes := p.notes(one, bare, &n)
	if others != nil {
		notes.Repair(cells.RemarkSeveral, v, one, "%s holds several people: %s was left out", cells.Quote(v), quoteAll(others))
	}
	return n, notes
}

func (p *parser) read(v string) (n Name, bare string) {
	bare, p.off = undecorate(v)
	switch {
	case isEastern(bare):
		bare, p.off = cutEasternTitle(bare, p.off)
		n, p.doubt, p.left = eastern(bare, p.japanese)
		return n, bare
	case strings.HasSuffix(bare, ")"): // Acme (Utrecht)
		return Name{Last: bare}, bare
	}
	person, firm, ok := cutFirm(bare)
	if firm != "" {
		p.off, bare = append(p.off, firm), person
	}
	switch {
	case isCompany(person) || isCouple(person) || groupOf(person) != group{} || isFirm(person) && titleEnd(strings.Fields(person), p.short) == 0:
		return Name{Last: bare}, bare
	case !ok:
		return p.whole(bare, "other words stand beside the name"), bare
	case strings.ContainsFunc(person, unicode.IsDigit) && !hasNumeral(person):
		return p.whole(bare, "it has digits"), bare
	case strings.IndexByte(person, ',') >= 0:
		n = p.parted(person)
	default:
		n = p.natural(strings.Fields(person), "")
	}
	if p.left != "" {
		n = Name{Last: bare}
		p.titles = nil
	}
	return n, bare
}

// hasNumeral reports whether the only digits of a name are those of 2nd, 3rd or 4th.
func hasNumeral(v string) bool {
	return !slices.ContainsFunc(strings.Fields(v), func(w string) bool {
		return strings.ContainsFunc(w, unicode.IsDigit) && lexicon.RolesOf(w)&(lexicon.Generation|lexicon.Degree) == 0
	})
}

// beside is what decides which words behind a name are degrees, where so many of its words stand before a comma.
func (p *parser) beside(apart int) beside {
	return beside{titled: len(p.titles) > 0, apart: apart, capitals: p.capitals || p.behind}
}

// cutTitle takes the titles off that stand before words.
func (p *parser) cutTitle(words []string) []string {
	words = unglued(words)
	n := titleEnd(words, p.short)
	p.takeTitle(words[:n])
	return words[n:]
}

// takeTitle keeps words as a title of the name.
func (p *parser) takeTitle(words []string) {
	if len(words) > 0 {
		p.titles = append(p.titles, words...)
	}
}

// whole is a name that does not fall into two parts.
func (p *parser) whole(v, why string) Name {
	p.left = why
	return Name{Last: v}
}

// natural reads "Dr. Jan van der Berg Jr."; suffix stood behind a comma.
func (p *parser) natural(words []string, suffix string) Name {
	words = p.cutTitle(words)
	if len(words) == 0 {
		return p.whole("", "it has no name")
	}
	if isJoining(words[0]) {
		return p.whole("", cells.Quote(words[0])+" joins two people") // Sig. e Sig.ra Berti
	}
	end := suffixStart(words, 1, p.beside(0))
	if end < len(words) {
		suffix = " " + strings.Join(words[end:], " ") + suffix
	}
	words, p.off = cutMaiden(words[:end], p.off)
	p.noteDegrees(suffix)
	first, last := p.split(words)
	return Name{First: strings.Join(first, " "), Last: strings.Join(last, " ") + suffix, Split: len(first) > 0}
}

// noteDegrees remembers what the last name keeps behind it, unless that only tells father from son.
func (p *parser) noteDegrees(suffix string) {
	for word := range strings.FieldsFuncSeq(suffix, func(r rune) bool { return r == ',' || r == ' ' }) {
		if lexicon.RolesOf(word)&lexicon.Generation == 0 {
			p.degree = strings.Trim(suffix, ", ")
		}
	}
}

// split divides the words of a name, of which titles and degrees are taken off. Without a first name, first is nil.
func (p *parser) split(words []string) (first, last []string) {
	if len(words) < 2 {
		return nil, words
	}
	p.suspect(words)
	if at := p.titleInside(words); at > 0 {
		end := at + titleEnd(words[at:], p.short)
		p.takeTitle(words[at:end])
		if !p.LastFirst {
			p.doubt = "the last name does not stand before the title"
		}
		return words[end:], words[:at]
	}
	turned := p.isTurned(words)
	lead, tail := capitalRuns(words)
	if lead > 0 && (isShort(words[:lead]) && !p.capitals && !p.LastFirst) {
		lead = 0
	}
	switch {
	case lead > 0:
		if !p.capitals && !p.LastFirst {
			p.doubt = "the capitals do not mark the last name"
		}
		return words[lead:], words[:lead]
	case tail > 0:
		return p.splitTail(words, tail)
	case p.LastFirst, turned:
		return p.splitLastFirst(words)
	}
	return p.splitFirstLast(words)
}

// isTurned reports whether the other names of a column show that the last name stands first, though its header does not say so, and
// doubts that of each name. It doubts the header of a name that shows the other order.
func (p *parser) isTurned(words []string) bool {
	switch {
	case p.LastFirst:
		if len(words) == 2 && standsFirst(words) {
			p.doubt = cells.Quote(words[0]) + " is the first name"
		}
		return false
	case p.mixed && !standsFirst(words) && p.doubt == "":
		p.doubt = "the last name stands first, as in others of its column"
		return false
	case !p.turned:
		return false
	case standsFirst(words):
		p.doubt = "the last name stands first, as in its column"
		return false
	}
	p.doubt = "the last name does not stand first, as it does in its column"
	return true
}

// isShort reports whether words in capitals may be initials: JP Smith.
func isShort(words []string) bool { return len(words) == 1 && len(words[0]) < 3 }

// splitTail reads names whose words in capitals stand at the end: Jean DE LA TOUR.
func (p *parser) splitTail(words []string, n int) (first, last []string) {
	at := len(words) - n
	if at > 1 && n == 1 && (len(words[at]) <= 4 || !strings.ContainsAny(words[at], "AEIOUYÄÖÜÉÈÊÓÁÍ")) && !p.behind {
		p.doubt = cells.Quote(words[at]) + " is no last name"
	}
	if at > 0 && n == 1 && !p.behind && !p.LastFirst { // nothing but the last word, as in any name: its particles may stand before it
		return p.splitFirstLast(words)
	}
	return words[:at], words[at:]
}

// titleInside is where a title stands between the last and the first name: Weber Dr. Anna; 0 for nowhere.
func (p *parser) titleInside(words []string) int {
	for i := 1; i < len(words)-1; i++ {
		if r := lexicon.RolesOf(words[i]); strings.HasSuffix(words[i], ".") && len(words[i]) > 2 && r&lexicon.Title != 0 {
			return i
		}
	}
	return 0
}

// suspect leaves names alone that have words which none has, and doubts those that have too many.
func (p *parser) suspect(words []string) {
	if !slices.ContainsFunc(words, isCapitalised) {
		return // typed without capitals
	}
	for i, word := range words {
		if i > 0 && word == "Of" {
			p.left = cells.Quote(word) + " is no part of a name"
			return
		}
		if i > 0 && isLower(word) && strings.ContainsFunc(word, unicode.IsLetter) && !isParticle(word) && !joinsNext(word) && !isJoining(word) && word != "-" {
			if i < len(words)-1 {
				p.left = cells.Quote(word) + " is no part of a name"
				return
			}
			if i > 1 {
				p.doubt = cells.Quote(word) + " is no last name"
			}
		}
	}
	r := lexicon.RolesOf(words[0])
	switch {
	case isJob(words[0]) && len(words) > 2:
		p.left = cells.Quote(words[0]) + " may be a title"
	case isUnknownTitle(words[0]), len(words) > 2 && words[0] == "M." && !isInitial(words[1]), len(words) > 2 && r&(lexicon.Named|lexicon.Rank) == lexicon.Named, len(words) > 2 && isUpper(words[0]) && words[0][len(words[0])-1] != '.' && r&(lexicon.Degree|lexicon.Capital) != 0 && !areUpper(words):
		p.doubt = cells.Quote(words[0]) + " is a title"
	case len(words) == 2 && r&(lexicon.Rank|lexicon.Named) == lexicon.Rank && isCapitalised(words[0]) && !isUpper(words[0]), isOpening(words[0]):
		p.left = cells.Quote(words[0]) + " may be a title"
	}
}

// notes say what was left out of a cell and what is doubtful; bare is the cell without what stands beside the name.
func (p *parser) notes(v, bare string, n *Name) (notes cells.Notes) {
	if len(p.off) > 0 {
		notes.Repair(cells.RemarkComment, v, strings.TrimSpace(n.First+" "+n.Last), "%s was read without %s", cells.Quote(v), quoteAll(p.off))
	}
	switch {
	case p.left != "":
		notes.Doubt(cells.RemarkSplit, v, "%s was not split, because %s: all of it is the last name", cells.Quote(v), p.left)
	case n.Split && p.doubt != "":
		notes.Doubt(cells.RemarkSplit, v, "%s was split into %s and %s; if %s, that is wrong", cells.Quote(v), cells.Quote(n.First), cells.Quote(n.Last), p.doubt)
	case n.Split && p.degree != "":
		notes.Doubt(cells.RemarkTitle, v, "%s was split into %s and %s: the last name keeps %s", cells.Quote(v), cells.Quote(n.First), cells.Quote(n.Last), cells.Quote(p.degree))
	}
	check := checkWhole(bare)
	notes.Remarks = append(notes.Remarks, check.Remarks...)
	return notes
}

// quoteAll quotes each of several texts.
func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i := range list {
		quoted[i] = cells.Quote(list[i])
	}
	return strings.Join(quoted, " and ")
}

// plainSpace is where the space stands in a name that is a first and a last name beyond doubt, as most are, however those of its column are
// written; 0 for others. Both are words with a capital in front, of which nothing is known but that they may be first names.
func plainSpace(v string) (at int) {
	at = strings.IndexByte(v, ' ')
	if at < 2 || !isPlainWord(v[:at]) || !isPlainWord(v[at+1:]) {
		return 0
	}
	first, last := lexicon.LookUp(v[:at]), lexicon.LookUp(v[at+1:])
	const known = lexicon.Given | lexicon.Iberian | lexicon.GivenToo
	if (first|last)&^known != 0 || first&known == 0 && last&known != 0 || first == 0 && isFamilyName(v[:at]) || isTrade(v[at+1:]) || isLegalForm(v[at+1:]) {
		return 0
	}
	return at
}

// isPlainWord reports whether a word is a capital and small letters of ASCII.
func isPlainWord(v string) bool {
	for i := range len(v) {
		if c := v[i]; (c < 'a' || c > 'z') && (i > 0 || c < 'A' || c > 'Z') {
			return false
		}
	}
	return len(v) > 1 && v[0] < 'a'
}
