package headers

import (
	"slices"
	"strings"
)

// behindWords is how far headers of several words for one thing come behind those that programs write.
const behindWords = 50_000

// readNested is what a header says of a part of what stands before it: "Name (First)", "Emails / Primary email",
// "Mailing address (City)".
func readNested(header string) (Word, bool) {
	outer, inner, ok := cutNested(Clean(header))
	if !ok {
		return Word{}, false
	}
	part, ok := Find(FoldHeader(inner))
	whole, known := Find(FoldHeader(outer))
	part.Rank += behindWords
	switch {
	case !ok:
		return Word{}, false
	case !known: // Number (Contact numbers)
		says := slices.ContainsFunc(Tokens(outer), func(word string) bool { return !IsIdle(word) && !IsQualifier(word) })
		return part, !says && (part.Concept == Email || part.Concept == Phone)
	}
	switch {
	case IsAddressPart(part.Concept) && whole.Concept == Street && (part.Scope == AnyScope || part.Scope == whole.Scope):
		part.Scope = whole.Scope
		return part, true
	case whole.Concept == Name || whole.Concept == FullName:
		return part, IsNamePart(part.Concept) || part.Concept == Salutation || part.Concept == Initials
	}
	return part, part.Concept == whole.Concept && (part.Concept == Email || part.Concept == Phone)
}

// readProperty is what a header says that is a property of a vCard: "EMAIL;TYPE=INTERNET", "TEL;type=CELL;type=pref".
func readProperty(header string) (Word, bool) {
	name, parameters, _ := strings.Cut(header, ";")
	kinds := Tokens(parameters)
	found, ok := Find(FoldHeader(name))
	if !ok || len(kinds) < 2 || kinds[0] != "type" || IsNoCall(parameters) || found.Concept != Email && found.Concept != Phone {
		return Word{}, false
	}
	noun := "phone"
	if found.Concept == Email {
		noun = "email"
	}
	for _, kind := range kinds { // a work phone, a cell phone
		if one, ok := Find(kind + noun); ok {
			return one, true
		}
	}
	return found, true
}

// cutNested parts a header into the whole and the part that it names of it.
func cutNested(header string) (outer, inner string, ok bool) {
	if before, part, found := strings.Cut(header, "("); found && strings.HasSuffix(part, ")") {
		return strings.TrimSpace(before), strings.TrimSuffix(part, ")"), strings.TrimSpace(before) != ""
	}
	for _, sign := range []string{" / ", " - ", " > ", ": "} {
		if outer, inner, ok = strings.Cut(header, sign); ok {
			return outer, inner, true
		}
	}
	return "", "", false
}

// ListOf is the folded name of the list that a header is of, "" for none: "Email ID (Email IDs)". "Name (First)" and "Email
// (Work)" are of none.
func ListOf(header string) string {
	before, list, found := strings.Cut(Clean(header), " (")
	list, closed := strings.CutSuffix(list, ")")
	part := conceptOf(FoldHeader(list))
	says := slices.ContainsFunc(Tokens(list), func(word string) bool { return !IsIdle(word) && !IsQualifier(word) })
	if !found || !closed || before == "" || !says || IsNamePart(part) || IsAddressPart(part) {
		return ""
	}
	return FoldHeader(list)
}

// readScoped is the part of an address of one kind: "Billing postcode", "Primary address street".
func readScoped(words []string) (Word, bool) {
	scope, rest := AnyScope, []string(nil)
	for _, word := range words {
		switch of := scopeOf(word); {
		case of != AnyScope && scope == AnyScope:
			scope = of
		case !anyLanguageHas(word, func(l *language) []string { return l.articles }):
			rest = append(rest, word)
		}
	}
	if scope == AnyScope {
		return Word{}, false
	}
	found, ok := Find(strings.Join(rest, ""))
	if !ok && len(rest) > 1 {
		rest = slices.DeleteFunc(rest, func(word string) bool { return conceptOf(word) == Street })
		found, ok = Find(strings.Join(rest, ""))
	}
	if !ok || !IsAddressPart(found.Concept) || found.Scope != AnyScope {
		return Word{}, false
	}
	return Word{Concept: found.Concept, Rank: behindWords + found.Rank, Scope: scope}, true
}

// readNumbered is the part of one of several addresses: "Address 2: City", "City 2".
func readNumbered(words []string) (Word, bool) {
	for i, word := range words {
		if !isDigit(word) || i == 0 {
			continue
		}
		rest := words[:i]
		if i+1 < len(words) {
			if conceptOf(words[i-1]) != Street {
				return Word{}, false
			}
			rest = slices.Concat(words[:i-1], words[i+1:])
		}
		found, ok := Find(strings.Join(rest, ""))
		found.Rank, found.Number = behindWords+100*int(word[0]-'0')+found.Rank, int(word[0]-'0')
		return found, ok && IsAddressPart(found.Concept) && found.Scope == AnyScope
	}
	return Word{}, false
}

// readJoined is several parts of an address in one cell: "PLZ Ort", "City/State".
func readJoined(words []string) (Word, bool) {
	has := map[Concept]bool{}
	for i := 0; i < len(words); i++ {
		part := conceptOf(words[i])
		if i+1 < len(words) { // code postal
			if two := conceptOf(words[i] + words[i+1]); two == Zip || two == City {
				part = two
				i++
			}
		}
		switch {
		case part == Zip || part == City || part == State:
			has[part] = true
		case !anyLanguageHas(words[i], func(l *language) []string { return l.ands }):
			return Word{}, false
		}
	}
	switch {
	case has[Zip] && has[City] && has[State]:
		return Word{Concept: CityStateZip, Rank: lastRank}, true
	case has[Zip] && has[City]:
		return Word{Concept: ZipCity, Rank: lastRank}, true
	case has[City] && has[State]:
		return Word{Concept: CityState, Rank: lastRank}, true
	}
	return Word{}, false
}

func conceptOf(word string) Concept {
	found, _ := Find(word)
	return found.Concept
}

// scopeOf is the kind of address that a word names, AnyScope for none.
func scopeOf(word string) Scope {
	for _, l := range languages() {
		for _, s := range l.scopes {
			if slices.Contains(s.words, word) {
				return s.scope
			}
		}
	}
	return AnyScope
}
