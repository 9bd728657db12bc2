package names

import (
	"strings"

	"crmferry/mapping/cells/names/lexicon"
)

// beside is what decides whether a word is a degree or a name, beside the words before it.
type beside struct {
	titled   bool // the name has a title
	apart    int  // words of the name that stand before its comma
	capitals bool // last names of the column are in capitals
}

// suffixStart is the word at which what stands behind a name starts: Jr., PhD. At least as many words as given are left of the name.
func suffixStart(words []string, least int, b beside) int {
	start := len(words)
	for start > least {
		if start-1 > least && isPair(words[start-2:start]) {
			start -= 2
			continue
		}
		if !b.isSuffix(words[start-1], words[:start-1]) {
			break
		}
		start--
	}
	return start
}

// isPair reports whether two words are a degree: Ph. D.
func isPair(words []string) bool {
	return words[0] == "Ph." && strings.HasPrefix(words[1], "D") && len(words[1]) <= 2
}

// isSuffix reports whether a word behind others is none of the name.
func (b beside) isSuffix(word string, before []string) bool {
	r := lexicon.RolesOf(word)
	points := strings.IndexByte(word, '.') >= 0
	switch {
	case r&lexicon.Generation != 0:
		return isGeneration(word, len(before))
	case len(before)+b.apart < 2 && !b.titled:
		return r&lexicon.Degree != 0 && !areUpper(before) && !isCapitalOnly(word)
	case r&lexicon.Degree != 0:
		return points || !isCapitalised(word) || !isLower(word[1:]) || isAnyDegree(word)
	case r&lexicon.Capital != 0:
		return len(before)+b.apart > 1 && isUpper(word) && !b.capitals && !areUpper(before)
	}
	return false
}

// isGeneration reports whether a word behind so many others tells father from son. Some are names as well, or initials.
func isGeneration(word string, before int) bool {
	switch strings.ToLower(strings.TrimRight(word, ".,")) {
	case "jr", "jnr", "sr", "snr":
		return before >= 1
	case "ii", "iii", "iv", "vii", "viii":
		return before >= 1 && isUpper(word) && word[len(word)-1] != '.' || isLower(word) && len(word) > 2
	case "v", "vi":
		return before >= 2 && word == strings.ToUpper(word) && word[len(word)-1] != '.'
	case "fils":
		return before >= 2 && isLower(word)
	}
	return before >= 2
}

// isCapitalOnly reports whether a word has no more capitals than a name has.
func isCapitalOnly(word string) bool { return len(word) < 2 || isLower(word[1:]) }

// isPointed reports whether a word has a point inside and ends in a small letter, as no initials do: M.Ed.
func isPointed(word string) bool {
	word = strings.TrimSuffix(word, ".")
	return strings.IndexByte(word, '.') > 0 && word[len(word)-1] >= 'a'
}

// isAnyDegree reports whether a word is a degree in letters of any case: Phd, Esq
func isAnyDegree(word string) bool {
	switch strings.ToLower(strings.ReplaceAll(word, ".", "")) {
	case "esq", "esquire", "phd", "msc", "bsc", "mba", "ret", "hons":
		return true
	}
	return false
}

// areSuffixes reports whether the words behind a comma are none of the name before it, which has so many words.
func areSuffixes(words []string, before []string) bool {
	whole := lexicon.RolesOf(strings.Join(words, ""))
	if len(words) > 1 && whole&lexicon.Degree != 0 && strings.IndexByte(words[0], '.') > 0 {
		return true // Ph. D., M. D.
	}
	for i := 0; i < len(words); i++ {
		r := lexicon.RolesOf(words[i])
		switch {
		case len(before) > 1 && r&lexicon.Degree == 0 && isInitials(words[i]) && startsLastName(before): // van der Meulen, J.P.
			return false
		case i+1 < len(words) && isPair(words[i:i+2]):
			i++
		case r&(lexicon.Generation|lexicon.Degree) == 0 && (r&lexicon.Capital == 0 || len(before) < 2 || !isUpper(words[i]) && !isPointed(words[i]) || areUpper(before)):
			return false
		case r&lexicon.Generation != 0 && len(words[i]) > 3 && len(before) < 2 && !strings.HasSuffix(words[i], "."): // Bakker, Junior
			return false
		}
	}
	return len(words) > 0
}
