package names

import (
	"slices"
	"strings"

	"crmferry/mapping/cells/names/lexicon"
)

// titleEnd counts the words at the start of a name that are titles: Prof. Dr. med. A word at least is left. short are those of the style.
func titleEnd(words []string, short string) (end int) {
	if len(words) > 2 && strings.EqualFold(words[0], "de") && words[1] == "heer" {
		end = 2
	}
	if len(words) > 2 && isLettered(words[0]) && !isParticle(words[1]) && strings.IndexByte(words[1], '.') < 0 {
		end = 1
	}
	for i := end; i < len(words)-1; i++ {
		if i > 0 {
			short = "" // behind a title, M. is an initial
		}
		switch r := lexicon.RolesOf(words[i]); {
		case isTitle(words[i], r, len(words)-1-i, short), i > end && r&lexicon.Dotted != 0: // Rt Hon
			end = i + 1
		case end == i && end > 0 && isContinued(words[i], r):
			end = i + 1
		case r&lexicon.Qualifier == 0:
			return end
		}
	}
	return end
}

// isTitle reports whether a word with so many words behind it is a title; short are those of the style.
func isTitle(word string, r lexicon.Role, behind int, short string) bool {
	point := strings.IndexByte(word, '.') > 0
	if r == 0 && point {
		r = lexicon.RolesOf(strings.TrimRight(word, "ºª°")) // Eng.º
	}
	switch {
	case r&lexicon.Title != 0, r&lexicon.Dotted != 0 && point, r&lexicon.Rank != 0 && behind > 1, isAnyDegree(word) && behind > 1, strings.EqualFold(word, "doña"), word == "D.ª", word == "Dª":
		return true
	case len(word) <= len("Me.") && strings.Contains(short, strings.ToLower(strings.TrimSuffix(word, "."))+" "):
		return true
	}
	return strings.IndexByte(strings.TrimSuffix(word, "."), '.') > 0 && r == 0 && areTitles(word)
}

// isLettered reports whether a word is a title of Latin America that reads like initials: C.P. Hugo Paz.
func isLettered(word string) bool {
	switch word {
	case "C.P.", "C.P.C.", "L.C.P.", "L.C.P.F.", "L.A.E.", "L.N.I.", "L.C.C.", "Q.F.B.", "I.S.C.":
		return true
	}
	return false
}

// isContinued reports whether a word behind a title belongs to it: med., (FH).
func isContinued(word string, r lexicon.Role) bool {
	switch {
	case r&lexicon.Continuation != 0:
		return isLower(word) || len(word) > len("C.") && strings.HasSuffix(word, ".") || word[0] == '(' || isUpper(word)
	case strings.IndexByte(word, '.') > 0 && r == 0:
		return !hasOther(word, lexicon.Continuation)
	}
	return false
}

// areTitles reports whether a word is titles that no space parts: Prof.Dr., Dr.-Ing.
func areTitles(word string) bool {
	first, _, _ := strings.Cut(word, ".")
	return lexicon.RolesOf(first)&(lexicon.Title|lexicon.Dotted|lexicon.Qualifier) != 0 && !hasOther(word, lexicon.Title|lexicon.Rank|lexicon.Dotted|lexicon.Qualifier|lexicon.Continuation)
}

// unglued parts titles from the name that no space parts them from: Dr.Andrew.
func unglued(words []string) []string {
	for i := 0; i < len(words); i++ {
		if plain := strings.TrimRight(words[i], "ºª°"); plain != words[i] && lexicon.RolesOf(words[i]) == 0 && lexicon.RolesOf(plain)&(lexicon.Title|lexicon.Dotted) != 0 {
			continue // Eng.º
		}
		at := strings.IndexByte(words[i], '.') + 1
		if at <= 2 || at == len(words[i]) || lexicon.RolesOf(words[i]) != 0 || lexicon.RolesOf(words[i][:at])&(lexicon.Title|lexicon.Dotted) == 0 || areTitles(words[i]) {
			return words
		}
		words = slices.Concat(words[:i], []string{words[i][:at], words[i][at:]}, words[i+1:])
	}
	return words
}

// hasOther reports whether one of the parts of a word has none of some roles.
func hasOther(word string, of lexicon.Role) bool {
	for part := range strings.FieldsFuncSeq(word, func(r rune) bool { return r == '.' || r == '-' }) {
		if lexicon.RolesOf(part)&of == 0 {
			return true
		}
	}
	return false
}

// areAllTitles reports whether all words behind a comma are titles of the name before it, which has so many: "Jansen, drs."
func areAllTitles(words []string, before int, short string) bool {
	end := 0
	for i, word := range words {
		r := lexicon.RolesOf(word)
		if !isTitle(word, r, before, short) && (end < i || i == 0 || !isContinued(word, r)) {
			return false
		}
		end = i + 1
	}
	return end > 0
}

// isOpening reports whether a word starts a title and no name: His, The, Right.
func isOpening(word string) bool {
	switch word {
	case "His", "Her", "The", "Rt", "Rt.", "Right", "Most", "Very":
		return true
	}
	return false
}

// isUnknownTitle reports whether a word in front may be a title that is not known: it is cut short, and is none of the first
// names that usually are.
func isUnknownTitle(word string) bool {
	short, point := strings.CutSuffix(word, ".")
	if !point || len(short) < 3 || strings.ContainsAny(short, ".-'’") || isUpper(short) {
		return false
	}
	switch strings.ToLower(short) {
	case "chr", "joh", "jac", "geo", "chas", "wm", "jos", "alex", "ant", "const", "corn", "thos", "edw", "benj", "jas", "robt", "ber", "her", "fra", "fco",
		"mar", "dan", "sam", "nic", "fred", "steph", "andr", "matth", "phil", "theo", "gerh", "hen", "pet", "wilh", "friedr", "aug":
		return false
	}
	return true
}
