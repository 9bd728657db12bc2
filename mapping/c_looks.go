package mapping

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/headers"
)

// What a cell looks like. Every function takes a trimmed cell that is not empty. They are for shares of whole columns:
// a single cell proves nothing.

func looksEmail(v string) bool {
	return strings.IndexByte(v, '@') > 0 && slices.ContainsFunc(splitEmails(v), isEmail)
}

func looksLinkedIn(v string) bool { return strings.Contains(strings.ToLower(v), "linkedin.com/in/") }

func looksURL(v string) bool {
	v = strings.ToLower(v)
	return strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "www.")
}

// looksDate takes dates in any order.
func looksDate(v string) bool {
	if countDigits(v) < 4 || len(v) > 40 {
		return false
	}
	for _, order := range []string{"dmy", "mdy"} {
		if _, err := parseDate(v, order); err == "" {
			return true
		}
	}
	return false
}

func looksNumber(v string) bool {
	digits := countDigits(v)
	return digits > 0 && strings.Trim(v, "0123456789.,-+ %$€£kKM") == "" && digits*2 >= len(v)
}

// looksPhone takes digits in the dress of a phone number, or so many of them that they can hardly count anything.
func looksPhone(v string) bool {
	v, _ = cutComment(unwrapCell(v))
	n := countDigits(v)
	if n < 7 || n > 15 || strings.Trim(v, "0123456789+()-./ ") != "" || looksDate(v) {
		return false
	}
	return v[0] == '+' || v[0] == '0' || v[0] == '(' || n >= 9 && !strings.Contains(v, ".")
}

// looksZip takes the postal codes of the USA, the Netherlands, Germany, France, Spain, Belgium, Switzerland and Austria.
func looksZip(v string) bool {
	five, four, plus := strings.Cut(v, "-")
	switch {
	case isDigits(v):
		return len(v) == 4 || len(v) == 5
	case plus:
		return len(five) == 5 && isDigits(five) && len(four) == 4 && isDigits(four)
	}
	code, letters := v[:min(4, len(v))], strings.TrimSpace(v[min(4, len(v)):])
	return len(letters) == 2 && isDigits(code) && letters[0] >= 'A' && letters[0] <= 'Z' && letters[1] >= 'A' && letters[1] <= 'Z'
}

// looksPlainZip takes the postal codes that no other number looks like.
func looksPlainZip(v string) bool { return !isDigits(v) && looksZip(v) }

// looksCountry takes names, and codes in capitals.
func looksCountry(v string) bool {
	return (len(v) != 2 || v == strings.ToUpper(v)) && isWords(v) && countryCode(v) != ""
}

// looksAbroad takes the countries whose regions are no states of the USA.
func looksAbroad(v string) bool {
	code := countryCode(v)
	return code != "" && !hasStates(code)
}

// looksUSState takes names, and codes in capitals.
func looksUSState(v string) bool {
	return (len(v) != 2 || v == strings.ToUpper(v)) && isWords(v) && stateCode(v) != ""
}

func looksYesNo(v string) bool { return saysYesOrNo(v) && !isDigits(v) }

// saysYesOrNo takes 1 and 0, too.
func saysYesOrNo(v string) bool {
	_, ok := yesNoOf(v)
	return ok
}

// looksSalutation takes what stands before a name.
func looksSalutation(v string) bool {
	return has(`mr|mrs|ms|miss|mx|dr|prof|sir|madam|rev|dhr|dhrr|mw|mevr|mevrouw|heer|deheer|meneer|drs|ir|ing|mrdr|herr|frau|hr|fr|herrdr|fraudr|profdr|
		m|mme|mlle|monsieur|madame|mademoiselle|sr|sra|srta|senor|senora|don|dona|deheermevrouw|aan|familie|fam`, headers.Fold(v))
}

// looksInfix takes the particles that stand between a first and a last name.
func looksInfix(v string) bool {
	words := strings.Fields(v)
	return len(words) <= 3 && !slices.ContainsFunc(words, func(w string) bool { return !isParticle(strings.ToLower(w)) })
}

// looksStage takes the usual names of how far somebody is on the way to a sale.
func looksStage(v string) bool {
	return has(`lead|newlead|new|hotlead|hot|warm|cold|open|opendeal|contacted|attemptedcontact|attemptedtocontact|nurture|nurturing|prospect|hotprospect|
		qualified|unqualified|active|activeclient|inactive|pending|closed|closedwon|closedlost|won|lost|pastclient|sphere|trash|inprogress|inconversation|
		connected|badtiming|customer|subscriber|opportunity|marketingqualifiedlead|salesqualifiedlead|mql|sql|evangelist|negotiation|proposal|undercontract|
		nieuw|warm|koud|klant|lopend|gewonnen|verloren|afgesloten|neu|heiss|kalt|kunde|gewonnen|verloren|nouveau|chaud|froid|client|gagne|perdu|
		nuevo|caliente|frio|cliente|ganado|perdido`, headers.Fold(v))
}

// looksFullName takes two to five words that each could be part of a person's name.
func looksFullName(v string) bool {
	words := strings.Fields(v)
	if len(words) < 2 || len(words) > 5 || !isWords(v) || isCompany(v) || isCouple(v) {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !isCapitalised(w) && !isParticle(w)
	})
}

func isCapitalised(word string) bool {
	i := strings.IndexFunc(word, unicode.IsLetter)
	return i >= 0 && strings.IndexFunc(word, unicode.IsUpper) == i
}

// looksCompany takes what ends in a legal form.
func looksCompany(v string) bool { return isCompany(v) }

// looksWholeAddress takes an address with its city and more in one cell.
func looksWholeAddress(v string) bool {
	return strings.Count(v, ",") >= 2 || strings.Contains(strings.TrimSpace(v), "\n")
}

// looksHouseNumber takes a number of at most five digits, and a letter or two behind it.
func looksHouseNumber(v string) bool {
	digits := len(v) - len(strings.TrimLeft(v, "0123456789"))
	return digits > 0 && digits <= 5 && len(strings.Trim(v[digits:], " -/")) <= 3
}

// isWords says whether there are letters in a cell, and neither digits nor signs that no name has.
func isWords(v string) bool {
	letters := false
	for _, r := range v {
		switch {
		case unicode.IsLetter(r):
			letters = true
		case unicode.IsDigit(r), strings.ContainsRune("@/\\:;|<>{}[]=+*_%$€£#\"", r):
			return false
		}
	}
	return letters
}

func countDigits(v string) int {
	n := 0
	for i := range len(v) {
		if v[i] >= '0' && v[i] <= '9' {
			n++
		}
	}
	return n
}

// has says whether a list of folded words, parted by |, has a word.
func has(list, word string) bool {
	for w := range strings.SplitSeq(list, "|") {
		if strings.TrimSpace(w) == word {
			return true
		}
	}
	return false
}

// refusals are cells that say no under any header about what a person has agreed to.
const refusals = "unsubscribed|optedout|optout|noconsent|donotmail|donotemail|donotcall|donotcontact|afgemeld|uitgeschreven|abgemeldet|desinscrit|desabonne"

func saysRefusal(v string) bool { return len(v) <= 20 && has(refusals, headers.Fold(v)) }
