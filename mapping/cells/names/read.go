package names

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/cells"
)

// Name is a full name taken apart.
type Name struct {
	First, Last string // Last is all of a name that does not fall into two parts
	Title       string // what stands before the name or behind its comma and is none: Prof. Dr.
	Split       bool   // it falls into two parts
}

// parser is a name that is being read.
type parser struct {
	Style
	titles     []string
	off        []string // what was left out
	doubt      string   // why the two parts may be wrong, "" for no doubt
	left       string   // why a name does not fall into two parts, "" where its owner sees that
	inCapitals bool     // last names of the column are written so
	apart      int      // words of the name that stand before its comma
}

// Read takes a full name apart as the style of its column tells, and says what was left out of it and what is doubtful.
// Particles such as "van der" belong to the last name, as Jr. and PhD do; titles, nicknames and ornaments to neither part.
func Read(v string, s Style) (Name, cells.Notes) {
	p := parser{Style: s, inCapitals: s.capitals || s.behind}
	n, bare := p.read(v)
	n.Title = strings.Join(p.titles, " ")
	return n, p.notes(v, bare, &n)
}

func (p *parser) read(v string) (n Name, bare string) {
	bare = p.undecorate(v)
	switch {
	case isEastern(bare):
		return p.eastern(bare), bare
	case strings.HasSuffix(bare, ")"): // Acme (Utrecht)
		return Name{Last: bare}, bare
	}
	person, ok := p.cutFirm(bare)
	switch {
	case isCompany(person) || isCouple(person) || isFirm(person) && p.titleEnd(strings.Fields(person)) == 0:
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
		return strings.ContainsFunc(w, unicode.IsDigit) && rolesOf(w)&(generation|degree) == 0
	})
}

// whole is a name that does not fall into two parts.
func (p *parser) whole(v, why string) Name {
	p.left = why
	return Name{Last: v}
}

// natural reads "Dr. Jan van der Berg Jr."; suffix stood behind a comma.
func (p *parser) natural(words []string, suffix string) Name {
	n := p.titleEnd(words)
	p.takeTitle(words[:n])
	words = words[n:]
	if len(words) == 0 {
		return p.whole("", "it has no name")
	}
	end := p.suffixStart(words, 1)
	if end < len(words) {
		suffix = " " + strings.Join(words[end:], " ") + suffix
	}
	words = p.maiden(words[:end])
	first, last := p.split(words)
	return Name{First: strings.Join(first, " "), Last: strings.Join(last, " ") + suffix, Split: len(first) > 0}
}

// split divides the words of a name, of which titles and degrees are taken off. Without a first name, first is nil.
func (p *parser) split(words []string) (first, last []string) {
	if len(words) < 2 {
		return nil, words
	}
	p.suspect(words)
	if at := p.titleInside(words); at > 0 {
		end := at + p.titleEnd(words[at:])
		p.takeTitle(words[at:end])
		if !p.LastFirst {
			p.doubt = "the last name does not stand before the title"
		}
		return words[end:], words[:at]
	}
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
	case p.LastFirst:
		return p.splitLastFirst(words)
	}
	return p.splitFirstLast(words)
}

// isShort reports whether words in capitals may be initials: JP Smith.
func isShort(words []string) bool { return len(words) == 1 && len(words[0]) < 3 }

// splitTail reads names whose words in capitals stand at the end: Jean DE LA TOUR.
func (p *parser) splitTail(words []string, n int) (first, last []string) {
	at := len(words) - n
	if at > 1 && n == 1 && (len(words[at]) <= 4 || !strings.ContainsAny(words[at], "AEIOUYÄÖÜÉÈÊÓÁÍ")) && !p.behind {
		p.doubt = Quoted(words[at]) + " is no last name"
	}
	if at > 0 && n == 1 && !p.behind && !p.LastFirst { // nothing but the last word, as in any name: its particles may stand before it
		return p.splitFirstLast(words)
	}
	return words[:at], words[at:]
}

// titleInside is where a title stands between the last and the first name: Weber Dr. Anna; 0 for nowhere.
func (p *parser) titleInside(words []string) int {
	for i := 1; i < len(words)-1; i++ {
		if r := rolesOf(words[i]); strings.HasSuffix(words[i], ".") && len(words[i]) > 2 && r&title != 0 {
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
			p.left = Quoted(word) + " is no part of a name"
			return
		}
		if i > 0 && isLower(word) && strings.ContainsFunc(word, unicode.IsLetter) && !isParticle(word) && !joinsNext(word) && !isJoining(word) && word != "-" {
			if i < len(words)-1 {
				p.left = Quoted(word) + " is no part of a name"
				return
			}
			if i > 1 {
				p.doubt = Quoted(word) + " is no last name"
			}
		}
	}
	switch {
	case isUnknownTitle(words[0]), len(words) > 2 && isUpper(words[0]) && words[0][len(words[0])-1] != '.' && rolesOf(words[0])&(degree|capital) != 0 && !areUpper(words):
		p.doubt = Quoted(words[0]) + " is a title"
	case len(words) == 2 && rolesOf(words[0])&(rank|named) == rank && isCapitalised(words[0]) && !isUpper(words[0]), isOpening(words[0]):
		p.left = Quoted(words[0]) + " may be a title"
	}
}

// Quoted is a word in the reason of a remark.
func Quoted(word string) string { return cells.Quote(word) }
