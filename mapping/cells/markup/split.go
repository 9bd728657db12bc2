package markup

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// place is where a text can be cut; a better one comes first.
type place int

const (
	paragraph place = iota
	line
	word
	character
	places
)

// Split cuts a text into parts of at most so many characters each: where paragraphs end, else lines, else words, else between two
// characters as people see them. But for white space at the cuts nothing is lost. HTML is never cut within a tag, and within
// an element only if there is no other place: then torn is true. parts is nil if there is no place to cut at.
func Split(text string, most int) (parts []string, torn bool) {
	isHTML := HasTags(text)
	for longer(text, most) {
		at, whole := cut(text, most, isHTML)
		if at == 0 {
			return nil, false
		}
		torn = torn || !whole
		parts = appendPart(parts, text[:at])
		text = strings.TrimLeft(text[at:], "\r\n")
	}
	return appendPart(parts, text), torn
}

// longer reports whether a text has more characters.
func longer(text string, most int) bool {
	for range text {
		if most--; most < 0 {
			return true
		}
	}
	return false
}

// appendPart adds a part, unless it holds nothing.
func appendPart(parts []string, part string) []string {
	if part = strings.TrimRight(part, " \t\r\n\u00a0"); part == "" {
		return parts
	}
	return append(parts, part)
}

// spot is a place found: behind so many bytes, which are so many characters.
type spot struct{ at, characters int }

// cut finds where a text is cut first, 0 for nowhere, and whether all elements of HTML are closed there.
func cut(text string, most int, isHTML bool) (at int, whole bool) {
	var open, closed [places]spot
	var tags scanner
	rest, state, seen := text, -1, 0
	for rest != "" {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if seen += utf8.RuneCountInString(cluster); seen > most {
			break
		}
		end := len(text) - len(rest)
		kind := placeBehind(cluster, rest)
		if isHTML {
			tags.read(text, end-len(cluster), cluster)
			if tags.within(end) {
				continue
			}
			kind = min(kind, tags.ends)
		}
		if tags.depth > 0 {
			open[kind] = spot{end, seen}
		} else {
			closed[kind] = spot{end, seen}
		}
	}
	if at = choose(closed, most); at > 0 {
		return at, true
	}
	if at = choose(open, most); at > 0 {
		return at, false
	}
	at = closed[character].at
	return max(at, open[character].at), at >= open[character].at
}

// choose takes the best place in the second half, else the best one, but no place within a word.
func choose(found [places]spot, most int) int {
	for kind := paragraph; kind <= word; kind++ {
		if 2*found[kind].characters >= most {
			return found[kind].at
		}
	}
	for kind := paragraph; kind <= word; kind++ {
		if found[kind].at > 0 {
			return found[kind].at
		}
	}
	return 0
}

// placeBehind is the kind of place behind a character, by the one that follows.
func placeBehind(cluster, rest string) place {
	isLine := strings.HasSuffix(cluster, "\n") || cluster == "\r"
	switch {
	case isLine && (strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, "\r")):
		return paragraph
	case isLine:
		return line
	case cluster == " " || cluster == "\t":
		return word
	}
	return character
}
