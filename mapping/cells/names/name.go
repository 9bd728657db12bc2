package names

import (
	"bytes"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// SplitName takes a full name apart, without its title. Particles such as "van der" belong to the last name; "Last, First"
// is understood; of a Spanish name, two words are the last name. ok is false for a name that does not fall into two parts:
// one word, a company, a couple, brackets at the end.
func SplitName(v string, spanish bool) (first, last string, ok bool) {
	_, v = CutTitle(v)
	words := strings.Fields(v)
	if len(words) < 2 || isCompany(v) || isCouple(v) || strings.HasSuffix(v, ")") {
		return "", "", false
	}
	before, after, comma := strings.Cut(strings.Join(words, " "), ",")
	after = strings.TrimSpace(after)
	switch {
	case !comma:
		return splitWords(words, "", spanish)
	case isSuffix(after) || after == "":
		return splitWords(strings.Fields(before), strings.TrimRight(", "+after, ", "), spanish)
	case strings.Contains(after, ","):
		given, suffix, _ := strings.Cut(after, ",")
		if !isSuffix(suffix) {
			return "", "", false
		}
		first, last, ok = swapName(strings.TrimSpace(before), strings.Fields(given))
		return first, last + "," + suffix, ok
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
func splitWords(words []string, suffix string, spanish bool) (string, string, bool) {
	end := len(words)
	for end > 2 && isSuffix(words[end-1]) {
		end--
	}
	if len(words) < 2 {
		return "", "", false
	}
	if startsLastName(words) {
		if end > 2 && isInitial(words[end-1]) {
			return words[end-1], strings.Join(words[:end-1], " ") + suffix, true // "Van der Berg J."
		}
		return "", "", false // "van der Berg" has no first name
	}
	at := end - 1
	if spanish {
		at = spanishLast(words[:end])
		return strings.Join(words[:at], " "), strings.Join(words[at:], " ") + suffix, true
	}
	for i := 1; i < end-1; i++ {
		_, behind, _ := strings.Cut(words[i], "-")
		if isParticle(words[i]) || isParticle(behind) { // Bakker-de Boer
			at = i
			break
		}
		if words[i] == "-" && i > 1 { // Bakker - de Boer
			at = i - 1
			break
		}
	}
	return strings.Join(words[:at], " "), strings.Join(words[at:], " ") + suffix, true
}

// startsLastName reports whether words start with a particle: "van der Berg" and "De Jong". A capital one may be a first name, such as Van,
// unless it is none anywhere or another particle follows.
func startsLastName(words []string) bool {
	if !isParticle(words[0]) {
		return false
	}
	switch strings.ToLower(strings.ReplaceAll(words[0], "’", "'")) {
	case "de", "der", "den", "ter", "ten", "'t", "in't", "vom", "zum", "zur", "vande", "vander", "vanden":
		return true
	}
	return isLower(words[0]) || len(words) > 2 && isParticle(words[1])
}

// isOpenParticle reports whether a word is a particle that is a first name as well: Van Morrison and Van Dijk.
func isOpenParticle(word string) bool {
	var b [5]byte
	if len(word) > len(b) {
		return false
	}
	switch string(cells.AppendLower(b[:0], word)) {
	case "van", "von", "del", "des", "dos", "das", "della", "di", "da", "du", "la", "le", "el":
		return true
	}
	return false
}

// BareName takes off what stands beside a name and is none: "t.a.v." and "Fam." before it, brackets behind it.
func BareName(v string) (bare, off string) {
	bare = v
	if at := strings.LastIndex(v, " ("); at > 0 && v[len(v)-1] == ')' {
		if before := strings.TrimSpace(v[:at]); strings.IndexByte(before, ' ') > 0 && !isCompany(before) && !isCouple(before) {
			bare, off = before, v[at+1:]
		}
	}
	word, after, ok := strings.Cut(bare, " ")
	if after = strings.TrimSpace(after); ok && len(word) <= 7 && isAddressing(word) && after != "" && !isCompany(after) && !isCouple(after) {
		return after, strings.TrimSpace(word + " " + off)
	}
	return bare, off
}

// isAddressing reports whether a word stands before a name on an envelope and is no title of a person.
func isAddressing(word string) bool {
	var b [7]byte
	switch string(bytes.TrimRight(cells.AppendLower(b[:0], word), ".:")) {
	case "t.a.v", "tav", "attn", "fam", "familie", "family", "famille", "z.hd", "z.h":
		return true
	}
	return false
}

// spanishLast is where the last names start in a Spanish name of two words or more: they are its last two, each with its
// particles, as in María del Carmen López Ruiz, or the last one in a name of three whose second is a first name, too.
func spanishLast(words []string) int {
	starts := make([]int, 0, len(words))
	for i, word := range words {
		if i == 0 || !joinsSpanish(words[i-1]) && !isInitial(word) {
			starts = append(starts, i)
		}
	}
	n := len(starts)
	switch {
	case n < 2:
		return len(words) - 1
	case n == 3 && isSecondName(words[starts[1]]):
		return starts[2]
	}
	return starts[max(1, n-2)]
}

// joinsSpanish reports whether a word is a particle that belongs to the next word of a Spanish name, in letters of either case.
func joinsSpanish(word string) bool {
	switch strings.ToLower(word) {
	case "de", "del", "la", "las", "los", "y":
		return true
	}
	return false
}

// isInitial reports whether a word is an initial: A, A. or J.L.
func isInitial(word string) bool { return strings.HasSuffix(word, ".") || len(word) == 1 }

// isSecondName reports whether a word is one of the Spanish first names that most often follow another one, and are hardly ever last names.
func isSecondName(word string) bool {
	switch headers.Fold(word) {
	case "luis", "carlos", "jose", "maria", "manuel", "antonio", "angel", "miguel", "javier", "jesus", "juan", "pablo", "alberto", "francisco", "ignacio",
		"fernando", "eduardo", "enrique", "andres", "isabel", "carmen", "teresa", "pilar", "ana", "elena", "belen", "dolores", "mercedes", "cristina",
		"luisa", "angeles", "concepcion", "victoria", "eugenia":
		return true
	}
	return false
}

// looksSpanish reports whether a name has letters that Spanish has and few other languages, or a word that ends in ez.
func looksSpanish(v string) bool {
	return strings.ContainsAny(v, "áíóúñÁÍÓÚÑ") || strings.HasSuffix(v, "ez") || strings.Contains(v, "ez ")
}

// isParticle reports whether a word is one that stands before Dutch, Flemish, German, French, Spanish, Portuguese, Italian and
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

// isLower reports whether a word has no capitals.
func isLower(word string) bool { return word == strings.ToLower(word) }

// isSuffix reports whether a word may follow a last name.
func isSuffix(v string) bool {
	switch strings.ToLower(strings.Trim(strings.ReplaceAll(v, ".", ""), " ,")) {
	case "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "esq", "cpa", "rn", "dds":
		return true
	}
	return false
}

// CutTitle takes the titles off that stand before a name of several words.
func CutTitle(v string) (title, rest string) {
	rest = v
	for {
		word, after, ok := strings.Cut(rest, " ")
		if !ok || len(word) > 10 || !isTitle(word) {
			return strings.TrimSpace(v[:len(v)-len(rest)]), rest
		}
		rest = strings.TrimLeft(after, " ")
	}
}

// isTitle reports whether a word stands before a name and is none. M. is none of them: it is an initial, too.
func isTitle(word string) bool {
	var b [10]byte
	return headers.IsPersonTitle(bytes.TrimSuffix(cells.AppendLower(b[:0], word), []byte(".")))
}

// isCompany reports whether a name ends in the legal form of a company, or starts with a word of one.
func isCompany(v string) bool {
	first, _, _ := strings.Cut(v, " ")
	switch first {
	case "Stichting", "Vereniging", "Gemeente":
		return true
	}
	last := strings.Trim(v[strings.LastIndexByte(v, ' ')+1:], ",()")
	if len(last) > 14 || len(last) == len(v) {
		return false
	}
	var b [14]byte
	form := b[:0]
	for i := range len(last) {
		if last[i] != '.' {
			form = append(form, last[i]|0x20)
		}
	}
	switch string(form) {
	case "bv", "nv", "vof", "cv", "ba", "bvba", "srl", "gmbh", "ag", "kg", "ohg", "ug", "ev", "inc", "llc", "llp", "ltd", "limited", "plc", "corp",
		"corporation", "company", "co", "sa", "sas", "sarl", "sl", "slu", "spa", "holding", "group", "stichting", "foundation":
		return true
	}
	return false
}

// isCouple reports whether a name is that of two people: "John & Jane Smith".
func isCouple(v string) bool {
	if strings.ContainsAny(v, "&/@") {
		return true
	}
	for w := range strings.FieldsSeq(v) {
		switch w {
		case "+", "and", "en", "und", "et", "And", "En", "Und", "Et", "AND", "EN", "UND", "ET":
			return true
		}
	}
	return false
}

// isCapitals reports whether a name has four letters or more, all of them capitals.
func isCapitals(v string) bool {
	letters := 0
	for i := range len(v) {
		switch c := v[i]; {
		case c >= 'A' && c <= 'Z':
			letters++
		case strings.IndexByte(" -'.,", c) < 0:
			return false
		}
	}
	return letters >= 4
}

// InOrder is the last name that a cell holds: "Vries, de" is de Vries.
func InOrder(v string) string {
	before, after, comma := strings.Cut(v, ",")
	words := strings.Fields(after)
	if !comma || len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return !isParticle(w) || !isLower(w) }) {
		return v
	}
	return strings.Join(words, " ") + " " + strings.TrimSpace(before)
}

// CheckSplit remarks on a name that may be a last name only, or may well have two and was split as if it had one.
func CheckSplit(v, first, last string, spanish bool) (n cells.Notes) {
	if isOpenParticle(first) && strings.IndexByte(v, ',') < 0 {
		n.Doubt(cells.RemarkSplit, v, "%s was split into %s and %s; if all of it is the last name, that is wrong", cells.Quote(v), cells.Quote(first), cells.Quote(last))
		return n
	}
	if spanish || strings.IndexByte(first, ' ') < 0 || strings.IndexByte(last, ' ') >= 0 || strings.IndexByte(v, ',') >= 0 || !looksSpanish(v) {
		return n
	}
	n.Doubt(cells.RemarkSplit, v, "%s was split into %s and %s; if it has two last names, that is wrong", cells.Quote(v), cells.Quote(first), cells.Quote(last))
	return n
}

// CheckName remarks on a name that does not look like one of a person.
func CheckName(v string) (n cells.Notes) {
	if len(v) < 4 {
		return n
	}
	if isCapitals(v) {
		n.Doubt(cells.RemarkCapitals, v, "%s is in capitals; it was taken as it stands", cells.Quote(v))
	}
	if strings.IndexByte(v, ' ') < 0 {
		return n
	}
	switch {
	case isCompany(v):
		n.Doubt(cells.RemarkCompany, v, "%s looks like the name of a company", cells.Quote(v))
	case isCouple(v):
		n.Doubt(cells.RemarkPeople, v, "%s looks like the name of several people", cells.Quote(v))
	}
	return n
}
