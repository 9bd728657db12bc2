package names

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
)

// splitFirstLast reads "Jan van der Berg": the last name starts with the first particle, or is the last word.
func (p *parser) splitFirstLast(words []string) (first, last []string) {
	if startsLastName(words) {
		return p.particleFirst(words)
	}
	if n := initialsBehind(words); n > 0 {
		if n == 1 && p.isLastInitial(words) {
			p.doubt = cells.Quote(words[len(words)-1]) + " is not the initial of the last name"
			return words[:len(words)-1], words[len(words)-1:]
		}
		if n == 1 && !p.commas && len(words[len(words)-1]) < len("J.P") {
			p.doubt = cells.Quote(words[len(words)-1]) + " is not the first name"
		}
		return words[len(words)-n:], words[:len(words)-n]
	}
	if p.joinsTwo(words) {
		return nil, words
	}
	if p.isLastFirst(words) {
		return words[1:], words[:1]
	}
	at := p.lastStart(words)
	if isOpenParticle(words[0]) && at == 1 && !(len(words) == 2 && isFirstNameToo(words[0], words[1])) {
		if p.doubt = "all of it is the last name"; len(p.titles) > 0 {
			return nil, words
		}
	}
	if len(words) == 3 && isPatronymic(words[2]) && !isPatronymic(words[1]) {
		if !strings.ContainsFunc(words[2], isCyrillic) {
			p.doubt = cells.Quote(words[2]) + " is the last name"
		}
		return words[1:], words[:1]
	}
	if from := iberianLast(words, at); from < at {
		at = from
		p.doubt = "it has one last name"
	}
	switch {
	case len(words) > 2 && isVietnamese(words[0]):
		p.left = "in Vietnam the last name stands first"
	case p.doubt != "":
	case p.unshown && len(words) == 2:
		p.doubt = "the last name stands first, of which no name of its column shows anything"
	case !p.TwoLast && at > 1 && at == len(words)-1 && (looksSpanish(words) || !isInitial(words[at-1]) && !mayBeGiven(words[at-1])):
		p.doubt = "it has two last names"
	case !p.TwoLast && at > 1 && at < len(words)-1 && isSpanishArticle(words[at:]) && !isInitial(words[at-1]) && !isSecondName(words[at-1]):
		p.doubt = "it has two last names" // Juan Gil de la Vega
	case at > 4:
		p.doubt = "so many words are not all first names"
	}
	return words[:at], words[at:]
}

// isLastInitial reports whether the initial behind a name is that of the last one, as its column or the name before it shows: Ann L.
func (p *parser) isLastInitial(words []string) bool {
	return p.initials > 0 || p.initials == 0 && mayBeGiven(words[0])
}

// isLastFirst reports whether a name shows by itself that its last name stands first, or may do so, which is doubted: Nguyễn Văn An,
// Park Ji-hoon, Dall'Ara Stefano, Nagy Péter.
func (p *parser) isLastFirst(words []string) bool {
	second := words[1]
	switch {
	case len(words) > 2 && isVietnamese(words[0]) && strings.ContainsAny(strings.Join(words, ""), vietnameseLetters):
		p.doubt = "it is not Vietnamese"
	case len(words) == 2 && isKorean(words[0]) && (isHyphened(second) || isKoreanFirst(second)):
		p.doubt = "it is not Korean"
	case len(words) == 2 && isElided(words[0]):
		p.doubt = cells.Quote(words[0]) + " is the first name"
	case isChinese(words):
		p.doubt = "it is not Chinese"
	case len(words) == 2 && isGiven(second) && isFamilyName(words[0]):
		p.doubt = cells.Quote(second) + " is the last name"
	default:
		if len(words) == 2 && lexicon.LookUp(second)&lexicon.Turning != 0 && standsLast(words) {
			p.doubt = "the last name stands first"
		}
		if len(words) == 2 && lexicon.LookUp(words[0])&lexicon.Chinese != 0 && !mayBeGiven(words[0]) && isSyllable(second) && !mayBeGiven(second) {
			p.doubt = "it is Chinese, where the last name stands first"
		}
		return false
	}
	return true
}

// particleFirst reads "van der Berg J.", "Van den Berg".
func (p *parser) particleFirst(words []string) (first, last []string) {
	if n := initialsBehind(words); n > 0 && n < len(words)-1 {
		return words[len(words)-n:], words[:len(words)-n]
	}
	return nil, words // "van der Berg" has no first name
}

// lastStart is the word at which the last name of a name without particles in front starts.
func (p *parser) lastStart(words []string) int {
	if p.TwoLast || hasCompoundFirst(words) {
		return spanishLast(words)
	}
	end := len(words)
	if end > 3 && words[1] == "de" && isSaint(words[2]) {
		return 3
	}
	for i := 1; i < end-1; i++ {
		_, behind, _ := strings.Cut(words[i], "-")
		switch {
		case isJoining(words[i]) && i > 1: // Ortega y Gasset
			return i - 1
		case isParticle(words[i]), isParticle(behind), isMiddleParticle(words[i]), isMiddleParticle(behind), joinsNext(words[i]): // Bakker-de Boer
			return i
		case words[i] == "-" && i > 1: // Bakker - de Boer
			if !isParticle(words[i+1]) {
				p.doubt = cells.Quote(strings.Join(words[i+1:], " ")) + " is no part of the last name"
			}
			return i - 1
		}
	}
	return end - 1
}

// splitLastFirst reads "Berg Jan van der", "García López María", as a header says that names are written.
func (p *parser) splitLastFirst(words []string) (first, last []string) {
	units := lastNameUnits(words)
	n := units[0]
	end := len(words)
	for end > n && isParticle(words[end-1]) && isLower(words[end-1]) {
		end--
	}
	if p.TwoLast && len(units) > 2 {
		n = units[1]
	}
	switch {
	case n >= end:
		return nil, words // nothing but a last name
	case end-n > 1 && !slices.ContainsFunc(words[n:end], isInitials) && !(p.TwoLast && len(units) < 5):
		p.doubt = "the last name has more words"
	}
	return words[n:end], append(slices.Clone(words[end:]), words[:n]...)
}

// joinsTwo reports whether a word such as the Spanish y joins two people rather than two last names, and remarks on it: Ana y Luis
// García.
func (p *parser) joinsTwo(words []string) bool {
	i := slices.IndexFunc(words, isJoining)
	if i < 1 || i == len(words)-1 || i > 1 && len(lastNameUnits(words[i+1:])) == 1 {
		return false
	}
	p.left = cells.Quote(words[i]) + " joins two people"
	return true
}
