package headers

import (
	"slices"
	"strings"
)

// WhyNoField says why a header of these words is no field, "" if it could be one.
func WhyNoField(words []string) string {
	if hasWord(words, func(l *language) []string { return l.latest }) && !hasWord(words, func(l *language) []string { return l.nameWords }) {
		return WhyFact
	}
	if refusesContact(words) || hasPhrase(words, func(l *language) []string { return l.grants }) {
		return WhyConsent
	}
	for _, why := range []string{WhyConsent, WhyFact, WhyFax, WhyOther, WhyOwner, WhyFirm, WhyID} {
		for _, l := range languages() {
			for _, a := range l.exclusions {
				if a.why == why && slices.ContainsFunc(words, func(w string) bool { return slices.Contains(a.words, w) }) {
					return why
				}
			}
		}
	}
	return ""
}

// IsRefusal reports whether yes is a no under a header of these words.
func IsRefusal(words []string) bool {
	return hasWord(words, func(l *language) []string { return l.refusals }) || refusesContact(words)
}

// hasWord reports whether any of the words is in a list of any language.
func hasWord(words []string, list func(*language) []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return anyLanguageHas(word, list) })
}

// refusesContact reports whether the words of a header say "Do not mail", "Has opted out of email" or "Niet bellen".
func refusesContact(words []string) bool {
	for i := 1; i < len(words); i++ {
		if anyLanguageHas(words[i-1], func(l *language) []string { return l.negations }) && anyLanguageHas(words[i], func(l *language) []string { return l.contacting }) {
			return true
		}
	}
	return hasPhrase(words, func(l *language) []string { return l.phrases })
}

// hasPhrase reports whether two words of a header that follow each other are in a list of any language.
func hasPhrase(words []string, list func(*language) []string) bool {
	for i := 1; i < len(words); i++ {
		if anyLanguageHas(words[i-1]+" "+words[i], list) {
			return true
		}
	}
	return false
}

// IsContacting reports whether the words of a header say only how somebody is reached: SMS, Mailing. Over yes and no, they say
// whether the person may be.
func IsContacting(words []string) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool {
		return !anyLanguageHas(word, func(l *language) []string { return l.contacting })
	})
}

// SaysField reports whether a header of these words could be taken for a field.
func SaysField(words []string) bool {
	return hasWord(words, func(l *language) []string { return l.fields })
}

// SaysStatus reports whether a header of these words is a status.
func SaysStatus(words []string) bool {
	return hasWord(words, func(l *language) []string { return l.statuses })
}

// SaysPrivate reports whether a header of these words is of what another column of the person may have as well.
func SaysPrivate(words []string) bool {
	return hasWord(words, func(l *language) []string { return l.private })
}

// SaysCalling reports whether a header of these words may be of calling codes, or of codes of countries.
func SaysCalling(words []string) bool {
	return hasWord(words, func(l *language) []string { return l.calling }) && !slices.Contains(words, "area")
}

// SaysPerson reports whether a header of these words is of what a person is, not of where one can be called: where people come from,
// what they speak, how old they are. Words may stand at the end of longer ones: Korrespondenzsprache.
func SaysPerson(words []string) bool {
	const shortest = 4
	return slices.ContainsFunc(languages(), func(l *language) bool {
		return slices.ContainsFunc(l.persons, func(person string) bool {
			return slices.ContainsFunc(words, func(word string) bool {
				return word == person || len(person) >= shortest && strings.HasSuffix(word, person)
			})
		})
	})
}

// SaysArea reports whether a header of these words is of the area codes of phones.
func SaysArea(words []string) bool {
	return hasWord(words, func(l *language) []string { return l.areas }) || slices.Contains(words, "area") && slices.Contains(words, "code")
}

// SaysState reports whether a header of these words is of states or provinces. A region may be a country as well.
func SaysState(words []string) bool {
	return hasWord(words, func(l *language) []string { return l.states })
}

// SaysAddressPart reports whether any of the words is that of a part of an address. Main St and Den Haag look like names of people.
func SaysAddressPart(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		hit, _ := Find(word)
		return IsAddressPart(hit.Concept)
	})
}

// SaysEmail reports whether one of the words is one for e-mail addresses.
func SaysEmail(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		hit, ok := Find(word)
		return ok && hit.Concept == Email
	})
}

// SaysNumberOf reports whether a header is of the numbers of something that is no phone: Kunnr.
func SaysNumberOf(words []string) bool {
	return !SaysPhone(words) && slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(languages(), func(l *language) bool {
			return slices.ContainsFunc(l.numberEndings, func(end string) bool { return strings.HasSuffix(word, end) && word != end })
		})
	})
}

// SaysAddress reports whether a header of these words names an address.
func SaysAddress(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return conceptOf(word) == Street })
}

// SaysPhone reports whether a header of these words is about a phone.
func SaysPhone(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		found, ok := findNumbered(word)
		return ok && found.Concept == Phone
	})
}

// IsIdle reports whether a word of a header says nothing about what its column holds.
func IsIdle(word string) bool {
	return anyLanguageHas(word, func(l *language) []string { return l.idle })
}

// IsQualifier reports whether a word of a header tells the phones or e-mail addresses of one person apart.
func IsQualifier(word string) bool {
	return anyLanguageHas(word, func(l *language) []string { return l.qualifiers })
}

// isYour reports whether a word is what forms put before a field.
func isYour(word string) bool {
	return anyLanguageHas(word, func(l *language) []string { return l.your })
}

// IsNumber reports whether a folded header behind a street is the number of the house.
func IsNumber(folded string) bool {
	return anyLanguageHas(folded, func(l *language) []string { return l.numbers })
}

// IsEitherTitle reports whether a folded header of salutations means a job title as well.
func IsEitherTitle(folded string) bool {
	return anyLanguageHas(folded, func(l *language) []string { return l.titles })
}
