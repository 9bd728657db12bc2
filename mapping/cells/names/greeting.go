package names

import (
	"strings"

	"crmferry/mapping/cells/names/lexicon"
	"crmferry/mapping/headers"
)

// cutGreeting parts the words that greet from a name: Dear, Sehr geehrter.
func cutGreeting(v string) (words, rest string) {
	rest = v
	for {
		word, behind, ok := strings.Cut(rest, " ")
		if !ok || !isGreeting(strings.TrimRight(word, ","), words != "") {
			return words, rest
		}
		words, rest = joinParts(words, word), strings.TrimSpace(behind)
	}
}

// isGreeting reports whether a word greets, or does so behind another one that does.
func isGreeting(word string, behind bool) bool {
	if lexicon.LookUp(word)&(lexicon.Other|lexicon.Title) == 0 {
		return false
	}
	switch headers.Fold(word) {
	case "dear", "hi", "hello", "beste", "geachte", "lieve", "liebe", "lieber", "hallo", "sehr", "bonjour", "chere", "estimado", "estimada", "querido", "querida", "gentile", "egregio", "prezado", "prezada":
		return true
	case "geehrter", "geehrte", "heer", "mevrouw":
		return behind
	}
	return false
}
