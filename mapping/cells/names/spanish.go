package names

import (
	"slices"
	"strings"

	"crmferry/mapping/cells/names/lexicon"
	"crmferry/mapping/headers"
)

// spanishLast is where the last names start in a Spanish name of two words or more: they are its last two, each with its
// particles, as in María del Carmen López Ruiz, or the last one in a name of three whose second is a first name, too.
func spanishLast(words []string) int {
	starts := make([]int, 0, len(words))
	for i, word := range words {
		if i == 0 || !joinsSpanish(words[i-1]) && !(isJoining(word) && i > 1) && !isInitial(word) {
			starts = append(starts, i)
		}
	}
	n := len(starts)
	switch {
	case n < 2:
		return len(words) - 1
	case n == 3 && isSecondName(words[starts[2]-1]):
		return starts[2]
	}
	return starts[max(1, n-2)]
}

// iberianLast is where the two last names of a Spanish or Portuguese name start whose last one starts at a word, by what stands before it:
// a second first name, or a last name that is one anywhere. It is that word where nothing shows it.
func iberianLast(words []string, at int) int {
	switch {
	case at < 2 || at != len(words)-1 && !joinsSpanish(words[at]) && !isPortuguese(words[at]):
	case at > 2 && isSecondName(words[1]) && !isSecondName(words[at-1]) && !isInitial(words[at-1]) && (looksSpanish(words) || at < len(words)-1):
		return at - 1
	case at < len(words)-1 && (isIberianLast(words[at-1])):
		return at - 1
	case lexicon.LookUp(words[0])&lexicon.Iberian != 0 && at == len(words)-1 && !isInitial(words[at-1]) && !mayBeGiven(words[at-1]) && !slices.ContainsFunc(words[1:at-1], func(w string) bool { return !mayBeGiven(w) }):
		return at - 1 // Virginia Soto Vega
	}
	return at
}

// isPortuguese reports whether a word is a particle of Portuguese last names.
func isPortuguese(word string) bool {
	switch strings.ToLower(word) {
	case "da", "do", "dos", "das":
		return true
	}
	return false
}

// isIberianLast reports whether a word is a last name of Spain or Portugal, and no first name.
func isIberianLast(word string) bool {
	folded := headers.Fold(word)
	switch folded {
	case "ruiz", "ortiz", "muniz", "garcia", "alves", "gomes", "lopes", "nunes", "fernandes", "rodrigues", "goncalves", "marques", "pires", "soares", "ribeiro", "carvalho", "pereira",
		"oliveira", "ferreira", "moreira", "teixeira", "torres", "flores", "rojas", "vargas", "castro", "romero", "moreno", "munoz":
		return true
	}
	return len(folded) > 4 && strings.HasSuffix(folded, "ez")
}

// joinsSpanish reports whether a word is a particle that belongs to the next word of a Spanish name, in letters of either case.
func joinsSpanish(word string) bool {
	switch strings.ToLower(word) {
	case "de", "del", "la", "las", "los", "y", "e":
		return true
	}
	return false
}

// isSpanishArticle reports whether a last name starts with de la, de los or del.
func isSpanishArticle(words []string) bool {
	first := strings.ToLower(words[0])
	return first == "del" || first == "de" && len(words) > 2 && (strings.EqualFold(words[1], "la") || strings.EqualFold(words[1], "los") || strings.EqualFold(words[1], "las"))
}

// hasCompoundFirst reports whether a name starts with a first name that has a particle: María del Carmen, María de los Ángeles.
func hasCompoundFirst(words []string) bool {
	if len(words) < 4 || !isParticle(words[1]) || headers.Fold(words[0]) != "maria" && headers.Fold(words[0]) != "ma" {
		return false
	}
	for _, word := range words[2 : len(words)-1] {
		if !joinsSpanish(word) {
			return isSecondName(word)
		}
	}
	return false
}

// isSaint reports whether a word is what first names of Portugal and Brazil end in behind de: Francisco de Assis.
func isSaint(word string) bool {
	switch headers.Fold(word) {
	case "assis", "paula", "fatima", "lourdes", "jesus", "padua", "nazare":
		return true
	}
	return false
}

// isSecondName reports whether a word is one of the Spanish first names that most often follow another one, and are hardly ever last names.
func isSecondName(word string) bool {
	switch headers.Fold(word) {
	case "luis", "carlos", "jose", "maria", "manuel", "antonio", "angel", "miguel", "javier", "jesus", "juan", "pablo", "alberto", "francisco", "ignacio",
		"fernando", "eduardo", "enrique", "andres", "isabel", "carmen", "teresa", "pilar", "ana", "elena", "belen", "dolores", "mercedes", "cristina",
		"luisa", "angeles", "concepcion", "victoria", "eugenia", "rosario", "lourdes", "mar", "consuelo", "nieves":
		return true
	}
	return false
}

// looksSpanish reports whether a name has letters that Spanish has and few other languages, or a word that ends in ez.
func looksSpanish(words []string) bool {
	for _, word := range words {
		if strings.HasSuffix(word, "ez") || isAbove(word) && strings.ContainsAny(word, "áíóúñÁÍÓÚÑ") {
			return true
		}
	}
	return false
}
