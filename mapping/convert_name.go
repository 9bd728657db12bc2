package mapping

import (
	"slices"
	"strings"
)

// splitName takes a full name apart. Particles such as "van der" belong to the last name; "Last, First" is understood.
// ok is false for a name that does not fall into two parts: one word, a company, a couple.
func splitName(v string) (first, last string, ok bool) {
	words := strings.Fields(v)
	if len(words) < 2 || isCompany(words) || isCouple(words) {
		return "", "", false
	}
	before, after, comma := strings.Cut(strings.Join(words, " "), ",")
	after = strings.TrimSpace(after)
	switch {
	case !comma:
		return splitWords(words, "")
	case isSuffix(after) || after == "":
		return splitWords(strings.Fields(before), strings.TrimRight(", "+after, ", "))
	case strings.Contains(after, ","):
		return "", "", false
	}
	return swapName(strings.TrimSpace(before), strings.Fields(after))
}

// swapName reads "Berg, Jan van der": what comes after the comma ends with the particles of the last name.
func swapName(last string, rest []string) (string, string, bool) {
	n := len(rest)
	for n > 1 && isParticle(rest[n-1]) && isLower(rest[n-1]) {
		n--
	}
	last = strings.Join(append(slices.Clone(rest[n:]), last), " ")
	first := strings.Join(rest[:n], " ")
	if first == "" || last == "" {
		return "", "", false
	}
	return first, last, true
}

// splitWords reads "Jan van der Berg": the last name starts with the first particle, or is the last word.
func splitWords(words []string, suffix string) (string, string, bool) {
	end := len(words)
	for end > 2 && isSuffix(words[end-1]) {
		end--
	}
	if len(words) < 2 || isParticle(words[0]) && isLower(words[0]) {
		return "", "", false // "van der Berg" has no first name
	}
	at := end - 1
	for i := 1; i < end-1; i++ {
		if isParticle(words[i]) {
			at = i
			break
		}
	}
	return strings.Join(words[:at], " "), strings.Join(words[at:], " ") + suffix, true
}

// isParticle recognises the words that stand before Dutch, Flemish, German, French, Spanish, Portuguese, Italian and
// Arabic last names. Those that are first names or last names of their own as well count in lower case only.
func isParticle(word string) bool {
	switch strings.ToLower(strings.ReplaceAll(word, "’", "'")) {
	case "van", "von", "der", "den", "de", "ter", "ten", "te", "'t", "in't", "vom", "zu", "zum", "zur", "del", "des", "dos", "das", "della", "vande", "vander", "vanden":
		return true
	}
	switch strings.ReplaceAll(word, "’", "'") {
	case "in", "op", "aan", "bij", "onder", "over", "uit", "voor", "het", "'s", "la", "le", "les", "los", "las", "du", "da", "do", "di", "af", "av", "el", "al", "bin", "ibn", "bint", "ben", "y", "und", "auf", "am", "an":
		return true
	}
	return false
}

func isLower(word string) bool { return word == strings.ToLower(word) }

// isSuffix recognises what may follow a last name.
func isSuffix(v string) bool {
	switch strings.ToLower(strings.Trim(strings.ReplaceAll(v, ".", ""), " ,")) {
	case "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "esq", "cpa", "rn", "dds":
		return true
	}
	return false
}

// isCompany recognises the legal forms that end the names of companies.
func isCompany(words []string) bool {
	switch strings.ToLower(strings.Trim(strings.ReplaceAll(words[len(words)-1], ".", ""), ",()")) {
	case "bv", "nv", "vof", "cv", "ba", "bvba", "srl", "gmbh", "ag", "kg", "ohg", "ug", "ev", "inc", "llc", "llp", "ltd", "limited", "plc", "corp",
		"corporation", "company", "co", "sa", "sas", "sarl", "sl", "slu", "spa", "holding", "group", "stichting", "foundation":
		return true
	}
	return slices.ContainsFunc([]string{"Stichting", "Vereniging", "Gemeente"}, func(w string) bool { return words[0] == w })
}

// isCouple recognises two people in one name: "John & Jane Smith".
func isCouple(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		switch strings.ToLower(w) {
		case "&", "+", "/", "and", "en", "und", "et":
			return true
		}
		return strings.ContainsAny(w, "&/@")
	})
}
