package names

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/headers"
)

// isParticle reports whether a word is one that stands before Dutch, Flemish, German, French, Spanish, Portuguese, Italian,
// Scandinavian and Arabic last names. Those that are first names or last names of their own as well count in lower case only.
func isParticle(word string) bool {
	if len(word) > len("vanden")+2 {
		return false
	}
	word = strings.ReplaceAll(word, "’", "'")
	switch strings.ToLower(word) {
	case "van", "von", "der", "den", "de", "ter", "ten", "te", "'t", "in't", "vom", "zu", "zum", "zur", "del", "des", "dos", "das", "della", "dello", "vande",
		"vander", "vanden", "d'", "dela", "delos", "delas", "van't", "aan't", "op't":
		return true
	}
	switch word {
	case "in", "op", "aan", "bij", "onder", "over", "uit", "voor", "het", "'s", "la", "le", "les", "los", "las", "du", "da", "do", "di", "dal", "dalla", "dei",
		"degli", "delle", "lo", "af", "av", "el", "al", "bin", "ibn", "bint", "ben", "abu", "ul", "y", "und", "auf", "am", "an", "ap", "ferch", "ka",
		"בן", "בת", "אבו", "بن", "ابن", "بنت", "أبو", "ابو", "آل":
		return true
	}
	return false
}

// isMiddleParticle reports whether a word with a capital is a particle where it stands between two others: Leonardo Di Caprio.
func isMiddleParticle(word string) bool {
	if len(word) > len("dalla") {
		return false
	}
	switch strings.ToLower(word) {
	case "lo", "ben", "di", "du", "da", "la", "le", "el", "al", "dei", "degli", "dal", "dalla", "delle", "bin", "ibn", "bint", "abu":
		return true
	}
	return false
}

// joinsNext reports whether a word in a name is the start of a last name that spaces part: St. John, Mac Donald, Ó Briain,
// Freiherr von Kern.
func joinsNext(word string) bool {
	if len(word) > len("freiherr") {
		return false
	}
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "st", "ste", "saint", "sainte", "sankt", "san", "santa", "mc", "mac", "fitz", "freiherr", "freifrau", "graf", "gräfin", "ó", "ní", "nic", "uí", "o'", "o’":
		return true
	}
	return false
}

// startsLastName reports whether words start with a particle: "van der Berg" and "De Jong". A capital one may be a first name, such as Van,
// unless it is none anywhere or another particle follows.
func startsLastName(words []string) bool {
	first := strings.ToLower(strings.ReplaceAll(words[0], "’", "'"))
	switch first {
	case "de", "der", "den", "ter", "ten", "'t", "in't", "vom", "zum", "zur", "vande", "vander", "vanden", "st.", "ste.", "mc", "o'", "d'", "ibn":
		return true
	}
	return isParticle(words[0]) && (isLower(words[0]) || len(words) > 2 && isParticle(words[1]))
}

// isOpenParticle reports whether a word is a particle that is a first name as well: Van Morrison and Van Dijk.
func isOpenParticle(word string) bool {
	if len(word) > len("della") {
		return false
	}
	switch strings.ToLower(word) {
	case "van", "von", "del", "des", "dos", "das", "della", "di", "da", "du", "la", "le", "el":
		return true
	}
	return false
}

// inOrder is the last name that a cell holds: "Vries, de" is de Vries.
func inOrder(v string) string {
	before, after, comma := strings.Cut(v, ",")
	words := strings.Fields(after)
	if !comma || len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return !isParticle(w) || !isLower(w) }) {
		return v
	}
	return strings.Join(words, " ") + " " + strings.TrimSpace(before)
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

// vietnameseLetters are letters that no other language with Latin letters has.
const vietnameseLetters = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưđ"

// isKorean reports whether a word is one of the last names that most people in Korea have, as they are written in Latin letters.
func isKorean(word string) bool {
	switch strings.ToLower(word) {
	case "kim", "lee", "yi", "park", "bak", "choi", "choe", "jung", "jeong", "chung", "kang", "cho", "jo", "yoon", "yun", "jang", "chang", "lim", "im", "han", "oh", "shin", "sin",
		"seo", "suh", "kwon", "hwang", "ahn", "an", "song", "hong", "ryu", "yoo", "yu", "jeon", "ko", "moon", "mun", "yang", "bae", "baek", "nam", "noh", "roh", "ha", "heo", "hur":
		return true
	}
	return false
}

// isHyphened reports whether a word is two syllables as Korean first names are written: Ji-hoon.
func isHyphened(word string) bool {
	before, behind, ok := strings.Cut(word, "-")
	return ok && isCapitalised(before) && behind != "" && isLower(behind) && len(before) <= 5 && len(behind) <= 5 && !isParticle(strings.ToLower(before)) && !isAbove(word)
}

// isElided reports whether a word is a last name of Italy with its article: Dall'Ara.
func isElided(word string) bool {
	before, behind, ok := strings.Cut(strings.ReplaceAll(word, "’", "'"), "'")
	if !ok || behind == "" {
		return false
	}
	switch strings.ToLower(before) {
	case "dall", "dell", "degl", "nell", "sant", "quell":
		return true
	}
	return false
}

// isFirstNameToo reports whether a particle before a word may well be a first name: Di Lee, where no last name of Italy follows.
func isFirstNameToo(particle, next string) bool {
	switch strings.ToLower(particle) {
	case "di", "da":
	default:
		return false
	}
	end := next[len(next)-1] | 0x20
	return strings.IndexByte("aeio", end) < 0 || strings.HasSuffix(strings.ToLower(next), "ee")
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
