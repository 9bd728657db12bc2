package headers

import (
	"slices"
	"strings"
)

// Party is whom a header is about beside the field that it says: the seller of "Seller Email", the second owner of "Owner 2
// Last Name".
type Party struct {
	Role   string
	Number int // of several people in one role; 0 for none
	Kind   PartyKind
	Host   bool // whose account the sheet is from, where it names others
}

// PartyKind says how likely the people of a role are those whom a list is about.
type PartyKind int

// The kinds of parties, the likeliest first.
const (
	Listed   PartyKind = iota + 1 // people whom lists are made of: seller, member, patient
	Keeper                        // who looks after the contact, or owns the house that the list is of
	Relative                      // somebody beside the person: a parent, an agent
)

// ReadParty takes a header apart into whom it is about and the field that it says; ok is false if it does not say both. Of a role
// alone it says a full name, which the cells have to be.
func ReadParty(header string) (p Party, says Word, ok bool) {
	var rest []string
	words := Tokens(header)
	for i := 0; i < len(words); i++ {
		role, number := cutNumber(words[i])
		kind := kindOf(role)
		if kind == 0 {
			if hasWord(words[i:i+1], func(l *language) []string { return l.seconds }) {
				p.Number = 2
				continue
			}
			rest = append(rest, words[i])
			continue
		}
		if kind == Keeper && i > 0 && looksAfter(words[i-1]) {
			return Party{}, Word{}, false
		}
		for len(rest) > 0 && hasWord(rest[len(rest)-1:], func(l *language) []string { return l.articles }) {
			rest = rest[:len(rest)-1]
		}
		if number == 0 && i+1 < len(words) && isDigit(words[i+1]) {
			i++
			number = int(words[i][0] - '0')
		}
		p = Party{Role: strings.TrimSpace(p.Role + " " + role), Number: max(p.Number, number), Kind: max(p.Kind, kind), Host: p.Host || anyLanguageHas(role, func(l *language) []string { return l.hosts })}
	}
	if p.Role == "" {
		return p, says, false
	}
	if len(rest) == 0 {
		return p, Word{Concept: FullName}, false
	}
	says, ok = findPart(rest)
	return p, says, ok
}

// findPart finds a field of a person by the words that say it: all of them, or without those that say nothing.
func findPart(words []string) (Word, bool) {
	if found, ok := Find(strings.Join(words, "")); ok {
		return found, isOfPerson(found.Concept)
	}
	found, ok := Find(strings.Join(slices.DeleteFunc(words, IsIdle), ""))
	return found, ok && isOfPerson(found.Concept)
}

// isOfPerson reports whether a concept is one that each of several people in a row may have.
func isOfPerson(c Concept) bool {
	switch c {
	case Email, Phone, Company, Job, Salutation, Initials, LinkedIn:
		return true
	}
	return IsNamePart(c) || IsAddressPart(c)
}

// cutNumber takes the digit off the end of a word: "owner2".
func cutNumber(word string) (string, int) {
	last := len(word) - 1
	if last > 0 && isDigit(word[last:]) {
		return word[:last], int(word[last] - '0')
	}
	return word, 0
}

// kindOf is the kind of party that a word names, 0 for none.
func kindOf(word string) PartyKind {
	for _, w := range []string{word, strings.TrimPrefix(word, "l"), strings.TrimPrefix(word, "d")} { // de l'acheteur
		switch {
		case w == "":
		case anyLanguageHas(w, func(l *language) []string { return l.roles }):
			return Listed
		case isExclusion(w, WhyOwner):
			return Keeper
		case isExclusion(w, WhyOther), anyLanguageHas(w, func(l *language) []string { return l.besides }):
			return Relative
		}
	}
	return 0
}

// isExclusion reports whether a header with a word is none of a field for a reason.
func isExclusion(word, why string) bool {
	return slices.ContainsFunc(languages(), func(l *language) bool {
		return slices.ContainsFunc(l.exclusions, func(a exclusionWords) bool { return a.why == why && slices.Contains(a.words, word) })
	})
}

// looksAfter reports whether an owner behind a word is who looks after a contact: "Lead Owner".
func looksAfter(word string) bool {
	return kindOf(word) == Listed || isExclusion(word, WhyFirm)
}

// WithoutIDs are the words of a header without those that say id: "Email ID", "emailid".
func WithoutIDs(words []string) []string {
	var bare []string
	for _, word := range words {
		if isID(word) {
			continue
		}
		for _, id := range []string{"id", "ids"} {
			if stem, ok := strings.CutSuffix(word, id); ok && stem != "" {
				if found, known := Find(stem); known && (found.Concept == Email || found.Concept == Phone) {
					word = stem
				}
			}
		}
		bare = append(bare, word)
	}
	return bare
}

func isID(word string) bool {
	return anyLanguageHas(word, func(l *language) []string { return l.ids })
}
