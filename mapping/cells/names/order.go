package names

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/headers"
)

// splitFirstLast reads "Jan van der Berg": the last name starts with the first particle, or is the last word.
func (p *parser) splitFirstLast(words []string) (first, last []string) {
	if startsLastName(words) {
		return p.particleFirst(words)
	}
	if n := initialsBehind(words); n > 0 {
		if n == 1 && !p.commas && len(words[len(words)-1]) < len("J.P") {
			p.doubt = Quoted(words[len(words)-1]) + " is not the first name"
		}
		return words[len(words)-n:], words[:len(words)-n]
	}
	if p.joinsTwo(words) {
		return nil, words
	}
	at := p.lastStart(words)
	if isOpenParticle(words[0]) && at == 1 {
		if p.doubt = "all of it is the last name"; len(p.titles) > 0 {
			return nil, words
		}
	}
	if len(words) == 3 && isPatronymic(words[2]) && !isPatronymic(words[1]) {
		if !strings.ContainsFunc(words[2], isCyrillic) {
			p.doubt = Quoted(words[2]) + " is the last name"
		}
		return words[1:], words[:1]
	}
	switch {
	case len(words) > 2 && isVietnamese(words[0]):
		p.left = "in Vietnam the last name stands first"
	case p.doubt != "":
	case !p.TwoLast && at > 1 && at == len(words)-1 && looksSpanish(words):
		p.doubt = "it has two last names"
	case at > 4:
		p.doubt = "so many words are not all first names"
	}
	return words[:at], words[at:]
}

// particleFirst reads "van der Berg J.", "Van den Berg".
func (p *parser) particleFirst(words []string) (first, last []string) {
	if n := initialsBehind(words); n > 0 && n < len(words)-1 {
		return words[len(words)-n:], words[:len(words)-n]
	}
	return nil, words // "van der Berg" has no first name
}

// initialsBehind counts the initials at the end of a name that starts with a word.
func initialsBehind(words []string) (n int) {
	for n < len(words)-1 && isInitials(words[len(words)-1-n]) {
		n++
	}
	if isInitial(words[0]) {
		return 0
	}
	return n
}

// lastStart is the word at which the last name of a name without particles in front starts.
func (p *parser) lastStart(words []string) int {
	if p.TwoLast || hasCompoundFirst(words) {
		return spanishLast(words)
	}
	end := len(words)
	for i := 1; i < end-1; i++ {
		_, behind, _ := strings.Cut(words[i], "-")
		switch {
		case isJoining(words[i]) && i > 1: // Ortega y Gasset
			return i - 1
		case isParticle(words[i]), isParticle(behind), isMiddleParticle(words[i]), joinsNext(words[i]): // Bakker-de Boer
			return i
		case words[i] == "-" && i > 1: // Bakker - de Boer
			if !isParticle(words[i+1]) {
				p.doubt = Quoted(strings.Join(words[i+1:], " ")) + " is no part of the last name"
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

// lastNameUnits is where the last names that a name could start with end, each with its particles.
func lastNameUnits(words []string) (ends []int) {
	for i := range words {
		next := i + 1
		if isParticle(words[i]) || i < len(words)-2 && isMiddleParticle(words[i]) || joinsNext(words[i]) || isJoining(words[i]) || next < len(words) && (isJoining(words[next]) || words[i] == "-" || words[next] == "-") {
			continue
		}
		ends = append(ends, next)
	}
	if ends == nil {
		ends = []int{len(words)}
	}
	return ends
}

// joinsTwo reports whether a word such as the Spanish y joins two people rather than two last names, and remarks on it: Ana y Luis
// García.
func (p *parser) joinsTwo(words []string) bool {
	i := slices.IndexFunc(words, isJoining)
	if i < 1 || i == len(words)-1 || i > 1 && len(lastNameUnits(words[i+1:])) == 1 {
		return false
	}
	p.left = Quoted(words[i]) + " joins two people"
	return true
}

// isJoining reports whether a word joins last names or people in Spanish, Portuguese, Catalan, Polish or Italian.
func isJoining(word string) bool { return word == "y" || word == "e" || word == "i" }

// isVietnamese reports whether a word is one of the last names that stand first in Vietnam, and are hardly first names.
func isVietnamese(word string) bool {
	switch headers.Fold(word) {
	case "nguyen", "tran", "pham", "huynh", "hoang", "đang", "đo", "truong", "bui":
		return true
	}
	return false
}

// isPatronymic reports whether a word is the name of a father, as it stands behind the first name in Russia and Ukraine.
func isPatronymic(word string) bool {
	for _, end := range [...]string{"ович", "евич", "ьич", "овна", "евна", "ична", "івна", "ївна", "йович", "ovich", "evich", "ovna", "evna", "ivna"} {
		if rest, ok := strings.CutSuffix(strings.ToLower(word), end); ok && len(rest) > 2 {
			return true
		}
	}
	return false
}

// isCyrillic reports whether a rune is a Cyrillic letter.
func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }
