package cells

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/cells/nations"
	"crmferry/mapping/headers"
)

// What a cell looks like. Every function takes a trimmed cell that is not empty. They are for shares of whole columns:
// a single cell proves nothing.

// LooksEmail reports whether a cell has an e-mail address in it.
func LooksEmail(v string) bool {
	return strings.IndexByte(v, '@') > 0 && slices.ContainsFunc(splitEmails(v), func(e string) bool { return IsEmail(bareEmail(e)) })
}

// LooksLinkedIn reports whether a cell has the address of a profile of a person.
func LooksLinkedIn(v string) bool { return strings.Contains(strings.ToLower(v), "linkedin.com/in/") }

// LooksURL reports whether a cell is the address of a web page.
func LooksURL(v string) bool {
	v = strings.ToLower(v)
	return strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "www.")
}

// LooksDate reports whether a cell is a date in some order.
func LooksDate(v string) bool {
	if CountDigits(v) < 4 || len(v) > 40 {
		return false
	}
	for _, order := range []string{"dmy", "mdy"} {
		if _, err := parseDate(v, order); err == "" {
			return true
		}
	}
	return false
}

// LooksNumber reports whether a cell is a number, with the signs that amounts have.
func LooksNumber(v string) bool {
	digits := CountDigits(v)
	return digits > 0 && strings.Trim(v, "0123456789.,-+ %$€£kKM") == "" && digits*2 >= len(v)
}

// LooksPhone reports whether a cell is digits written like a phone number, or so many of them that they can hardly count anything.
func LooksPhone(v string) bool {
	v, _ = CutComment(PlainDashes(UnwrapCell(v)))
	n := CountDigits(v)
	if n < 7 || n > 15 || strings.Trim(v, "0123456789+()-./ ") != "" || LooksDate(v) {
		return false
	}
	return v[0] == '+' || v[0] == '0' || v[0] == '(' || n >= 9 && !strings.Contains(v, ".")
}

// LooksZip reports whether a cell is a postal code of the USA, the Netherlands, Germany, France, Spain, Belgium, Switzerland and Austria.
func LooksZip(v string) bool {
	five, four, plus := strings.Cut(v, "-")
	switch {
	case IsDigits(v):
		return len(v) == 4 || len(v) == 5
	case plus:
		return len(five) == 5 && IsDigits(five) && len(four) == 4 && IsDigits(four)
	}
	code, letters := v[:min(4, len(v))], strings.TrimSpace(v[min(4, len(v)):])
	return len(letters) == 2 && IsDigits(code) && letters[0] >= 'A' && letters[0] <= 'Z' && letters[1] >= 'A' && letters[1] <= 'Z'
}

// LooksPlainZip reports whether a cell is a postal code that no other number looks like.
func LooksPlainZip(v string) bool { return !IsDigits(v) && LooksZip(v) }

// LooksCountry reports whether a cell is the name of a country, or its code in capitals.
func LooksCountry(v string) bool {
	return (len(v) != 2 || v == strings.ToUpper(v)) && IsWords(v) && nations.CountryCode(v) != ""
}

// CountryLook tells the cells that look like countries; where a header says that they are codes, in small letters too.
func CountryLook(saysCodes bool) func(v string) bool {
	if !saysCodes {
		return LooksCountry
	}
	return func(v string) bool { return nations.CountryCode(v) != "" }
}

// LooksAbroad reports whether a cell is a country whose regions are no states of the USA.
func LooksAbroad(v string) bool {
	code := nations.CountryCode(v)
	return code != "" && !nations.HasStates(code)
}

// LooksUSState reports whether a cell is the name of a state of the USA, or its code in capitals.
func LooksUSState(v string) bool {
	return (len(v) != 2 || v == strings.ToUpper(v)) && IsWords(v) && nations.StateCode(v) != ""
}

// LooksState reports whether a cell is a state of the USA or a province of Canada, by its name or its code in capitals.
func LooksState(v string) bool {
	return LooksUSState(v) || len(v) == 2 && strings.Contains(" AB BC MB NB NL NS NT NU ON PE QC SK YT ", " "+v+" ")
}

// LooksYesNo reports whether a cell is a word for yes or no.
func LooksYesNo(v string) bool { return SaysYesOrNo(v) && !IsDigits(v) }

// SaysYesOrNo reports whether a cell says yes or no, be it by 1 or 0.
func SaysYesOrNo(v string) bool {
	_, ok := YesNoOf(v)
	return ok
}

// LooksSalutation reports whether a cell is what stands before a name.
func LooksSalutation(v string) bool {
	return headers.IsSalutation(headers.Fold(v))
}

// LooksStage reports whether a cell is a usual name of how far somebody is on the way to a sale.
func LooksStage(v string) bool {
	return headers.IsStage(headers.Fold(v))
}

// LooksWholeAddress reports whether a cell holds an address with its city and more.
func LooksWholeAddress(v string) bool {
	return strings.Count(v, ",") >= 2 || strings.Contains(strings.TrimSpace(v), "\n")
}

// HoldsAddress reports whether a street has its city with it: in lines, between commas, or with a postal code behind a comma.
func HoldsAddress(v string) bool {
	_, behind, comma := strings.Cut(v, ",")
	return LooksWholeAddress(v) || comma && slices.ContainsFunc(strings.Fields(behind), func(w string) bool { return len(w) > 3 && len(w) < 6 && IsDigits(w) })
}

// LooksHouseNumber reports whether a cell is a number of at most five digits, with up to three letters behind it.
func LooksHouseNumber(v string) bool {
	digits := len(v) - len(strings.TrimLeft(v, "0123456789"))
	return digits > 0 && digits <= 5 && len(strings.Trim(v[digits:], " -/")) <= 3
}

// IsWords reports whether there are letters in a cell, and neither digits nor signs that no name has.
func IsWords(v string) bool {
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

// SaysRefusal reports whether a cell is a word by which a person has refused to be mailed or called.
func SaysRefusal(v string) bool { return len(v) <= 20 && headers.IsRefused(headers.Fold(v)) }
