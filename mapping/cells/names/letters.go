package names

import (
	"strings"
	"unicode"

	"crmferry/mapping/cells/names/lexicon"
)

// isCapitalised reports whether the first letter of a word is a capital.
func isCapitalised(word string) bool {
	i := strings.IndexFunc(word, unicode.IsLetter)
	return i >= 0 && strings.IndexFunc(word, unicode.IsUpper) == i
}

// isLower reports whether a word has no capitals.
func isLower(word string) bool { return !strings.ContainsFunc(word, unicode.IsUpper) }

// isUpper reports whether a word has two letters or more, all of them capitals.
func isUpper(word string) bool {
	letters := 0
	for _, r := range word {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > 1
}

// areUpper reports whether all words of two letters or more are in capitals.
func areUpper(words []string) bool {
	for _, word := range words {
		if !isUpper(word) && !isInitial(word) {
			return false
		}
	}
	return true
}

// isCapitalName reports whether a word is a last name in capitals, and neither initials nor a degree: DUPONT, McDONALD, d'ARC.
func isCapitalName(word string) bool {
	if strings.ContainsAny(word, "./&+|0123456789") || lexicon.RolesOf(word)&(lexicon.Generation|lexicon.Degree) != 0 {
		return false
	}
	for _, small := range [...]string{"Mc", "Mac", "d'", "d’", "l'", "O'", "O’", "Fitz"} {
		if rest, ok := strings.CutPrefix(word, small); ok && isUpper(rest) {
			return true
		}
	}
	return isUpper(word)
}

// isInitial reports whether a word is an initial: A, A. or J.L.
func isInitial(word string) bool { return strings.HasSuffix(word, ".") || len(word) == 1 }

// isInitials reports whether a word is nothing but letters that each have a point: J., J.L., Th.
func isInitials(word string) bool {
	if !strings.HasSuffix(word, ".") {
		return len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z'
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(word, "."), ".") {
		part = strings.TrimPrefix(part, "-")
		if len(part) == 0 || len(part) > 2 || !isCapitalised(part) {
			return false
		}
	}
	return true
}

// joinParts joins the parts of a name, of which either may be empty.
func joinParts(a, b string) string { return strings.TrimSpace(a + " " + b) }

// isAbove reports whether v has bytes beyond ASCII.
func isAbove(v string) bool {
	for i := range len(v) {
		if v[i] >= 0x80 {
			return true
		}
	}
	return false
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
