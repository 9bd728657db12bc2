package names

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
)

// ornamentSigns are the bytes of ASCII that stand in names which have something beside the name.
const ornamentSigns = `"()[]{}*~#!?_^` + "`"

// undecorate takes off what stands beside a name and is none: "t.a.v." before it, nicknames, brackets, emoji.
func undecorate(v string) (bare string, off []string) {
	if strings.IndexByte(v, '@') > 0 {
		v, off = cutEmail(v)
	}
	if isAbove(v) || strings.ContainsAny(v, ornamentSigns) || strings.Contains(v, " '") || v != "" && v[0] == '\'' {
		v, off = cutBrackets(v, off)
		v, off = cutQuoted(v, off)
		v, off = cutSigns(v, off)
	}
	if words, rest := cutGreeting(v); words != "" {
		v, off = rest, append(off, words)
	}
	word, after, ok := strings.Cut(v, " ")
	if after = strings.TrimSpace(after); ok && len(word) <= 7 && isAddressing(word) && after != "" && !isCompany(after) && !isCouple(after) {
		return after, append(off, word)
	}
	return v, off
}

// CutEmail takes the e-mail addresses off that stand beside a whole name, and says so; email is the first of them.
func CutEmail(v string) (name, email string, notes cells.Notes) {
	if strings.IndexByte(v, '@') < 1 {
		return v, "", notes
	}
	name, off := cutEmail(v)
	if off != nil {
		notes.Repair(cells.RemarkComment, v, name, "%s was read without %s", cells.Quote(v), quoteAll(off))
	}
	return name, emailAmong(off), notes
}

// emailAmong is the first e-mail address of what stood beside a name.
func emailAmong(off []string) string {
	for _, word := range off {
		if word = strings.Trim(word, aroundEmail); strings.IndexByte(word, '@') > 0 && cells.IsEmail(word) {
			return word
		}
	}
	return ""
}

// aroundEmail are the signs that stand around an e-mail address beside a name.
const aroundEmail = "<>()[],;"

// cutEmail takes the e-mail addresses off that stand beside a name: Ann Lee <ann@example.com>.
func cutEmail(v string) (rest string, off []string) {
	var kept []string
	for word := range strings.FieldsSeq(v) {
		if cells.IsEmail(strings.Trim(word, aroundEmail)) {
			off = append(off, word)
			continue
		}
		kept = append(kept, word)
	}
	if len(kept) == 0 || off == nil {
		return v, nil
	}
	return strings.Join(kept, " "), off
}

// firstPerson is the first of several people with their addresses, Ann Lee (ann@example.com);Bo Day (bo@example.com), and the others.
func firstPerson(v string) (one string, others []string) {
	if strings.Count(v, "@") < 2 {
		return v, nil
	}
	for _, sep := range []string{";", ","} {
		people := strings.Split(v, sep)
		for i := range people {
			people[i] = strings.TrimSpace(people[i])
		}
		alone := func(p string) bool { _, off := cutEmail(p); return len(off) != 1 }
		if len(people) > 1 && !slices.ContainsFunc(people, alone) {
			return people[0], people[1:]
		}
	}
	return v, nil
}

// isAddressing reports whether a word stands before a name on an envelope and is no title of a person.
func isAddressing(word string) bool {
	switch strings.ToLower(strings.TrimRight(word, ".:")) {
	case "t.a.v", "tav", "attn", "z.hd", "z.h":
		return true
	}
	return false
}

// brackets are the pairs of signs that something beside a name stands between.
var brackets = [...][2]string{{"(", ")"}, {"[", "]"}, {"{", "}"}, {"（", "）"}}

// cutBrackets takes brackets off with what is in them: Robert (Bob) Smith, Jan Berg (Acme). Acme (Utrecht) stays as it is: it may be
// no person, and (FH) belongs to its title.
func cutBrackets(v string, off []string) (string, []string) {
	for _, b := range brackets {
		from := strings.Index(v, b[0])
		if from < 0 {
			continue
		}
		length := strings.Index(v[from:], b[1])
		if length < 0 {
			continue
		}
		end := from + length + len(b[1])
		before, behind := strings.TrimSpace(v[:from]), strings.TrimSpace(v[end:])
		switch {
		case lexicon.RolesOf(v[from:end])&lexicon.Continuation != 0 && before != "":
			continue
		case behind == "" && (strings.IndexByte(before, ' ') < 0 && strings.IndexByte(before, ',') < 0 && !isEastern(before) || isCompany(before) || isCouple(before)):
			continue
		}
		return cutBrackets(strings.TrimSpace(before+" "+behind), append(off, v[from:end]))
	}
	return v, off
}

// cutPronouns takes pronouns in brackets off: Sam (she/her).
func cutPronouns(v string) (rest string, off []string) {
	for _, b := range brackets {
		from := strings.Index(v, b[0])
		if from < 0 {
			continue
		}
		if length := strings.Index(v[from:], b[1]); length > 0 && arePronouns(v[from+len(b[0]):from+length]) {
			end := from + length + len(b[1])
			return strings.TrimSpace(strings.TrimSpace(v[:from]) + " " + strings.TrimSpace(v[end:])), []string{v[from:end]}
		}
	}
	return v, nil
}

// arePronouns reports whether words are those by which somebody wishes to be spoken of.
func arePronouns(v string) bool {
	words := strings.FieldsFunc(strings.ToLower(v), func(r rune) bool { return r == '/' || r == ' ' || r == ',' })
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains([]string{"she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "any", "all", "pronouns", "ze", "zir", "hir", "xe", "xem", "sie", "ihr", "er", "ihm", "zij", "haar", "hij", "hem", "hen", "hun", "elle", "il", "ella"}, w)
	})
}

// quotes are the pairs of signs that a nickname stands between.
var quotes = [...][2]string{{`"`, `"`}, {"“", "”"}, {"„", "“"}, {"„", "”"}, {"«", "»"}, {"‘", "’"}, {"'", "'"}, {"”", "”"}, {"`", "`"}}

// cutQuoted takes a nickname in quotes off: William "Bill" Gates. Quotes around all of a name go alone.
func cutQuoted(v string, off []string) (string, []string) {
	for _, q := range quotes {
		from := 0
		if !strings.HasPrefix(v, q[0]) {
			if from = strings.Index(v, " "+q[0]) + 1; from == 0 {
				continue
			}
		}
		inner, behind, ok := strings.Cut(v[from+len(q[0]):], q[1])
		if !ok || inner == "" || behind != "" && behind[0] != ' ' && behind[0] != ',' || q[0] == "'" && isParticle("'"+strings.ToLower(inner)) {
			continue
		}
		before := strings.TrimSpace(v[:from])
		if behind = strings.TrimSpace(behind); before == "" && behind == "" {
			return cutQuoted(strings.TrimSpace(inner), off)
		}
		off = append(off, v[from:from+len(q[0])+len(inner)+len(q[1])])
		if behind == "" || behind[0] == ',' {
			return before + behind, off
		}
		return strings.TrimSpace(before + " " + behind), off
	}
	return v, off
}

// cutSigns takes signs off that no name has: emoji, stars, words that start with #. One between two words parts them.
func cutSigns(v string, off []string) (string, []string) {
	if !strings.ContainsFunc(v, isOrnament) {
		return v, off
	}
	var kept, signs []string
	for word := range strings.FieldsSeq(v) {
		bare := strings.TrimFunc(word, isOrnament)
		if lacksLetter(word) {
			bare = word
		}
		switch sign := strings.Replace(word, bare, "", 1); {
		case bare == "" && len(kept) > 0:
			kept = append(kept, "|")
			signs = append(signs, word)
		case bare == "" || word[0] == '#':
			signs = append(signs, word)
		default:
			kept = append(kept, bare)
			if sign != "" {
				signs = append(signs, sign)
			}
		}
	}
	for len(kept) > 0 && strings.Trim(kept[len(kept)-1], "-|,") == "" {
		kept = kept[:len(kept)-1]
	}
	if bare := strings.Join(kept, " "); len(signs) > 0 && !strings.Contains(bare, "|") {
		return bare, append(off, strings.Join(signs, ""))
	}
	return v, off
}

// isOrnament reports whether a rune is an emoji or another sign that no name has.
func isOrnament(r rune) bool {
	switch {
	case r < 0x80:
		return strings.ContainsRune("*~#!?^_", r)
	case r == 0x200d || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0020 && r <= 0xe007f:
		return true
	case strings.ContainsRune("†‡¹²³", r): // marks of footnotes
		return true
	case r == '´' || r == '¨' || r == '¸':
		return false
	}
	return unicode.IsSymbol(r) && r != unicode.ReplacementChar // the mark of a letter that was lost
}

// cutMaiden takes the name at birth off: geb. Weber, née Martin.
func cutMaiden(words, off []string) (rest, all []string) {
	for i := 2; i < len(words)-1; i++ {
		if isMaiden(words[i:]) {
			return words[:i], append(off, strings.Join(words[i:], " "))
		}
	}
	return words, off
}

// isMaiden reports whether words are a name at birth.
func isMaiden(words []string) bool {
	switch words[0] {
	case "geb.", "geb", "geborene", "geboren", "née", "nee", "Née", "né", "born", "roz.", "rozená", "nata", "nascida":
		return len(words) > 1
	case "z":
		return len(words) > 2 && words[1] == "domu"
	}
	return false
}
