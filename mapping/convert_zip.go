package mapping

import "strings"

// zipForms are the forms of the postal codes of countries: 9 is a digit, A a letter, and a space may be left out. "" for
// countries whose forms are not known here.
func zipForms(country string) string {
	switch country {
	case "US":
		return "99999|99999-9999"
	case "DE", "FR", "ES", "IT", "FI":
		return "99999"
	case "NL":
		return "9999 AA"
	case "BE", "AT", "CH", "DK", "NO", "LU":
		return "9999"
	case "SE":
		return "999 99"
	case "PL":
		return "99-999"
	case "PT":
		return "9999-999"
	case "GB":
		return "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA"
	case "CA":
		return "A9A 9A9"
	}
	return ""
}

// hasForm says whether a postal code is written in a form, with or without its space, in letters of either case.
func hasForm(zip, form string) bool {
	for i := range len(form) {
		if form[i] == ' ' && (zip == "" || zip[0] != ' ') {
			continue
		}
		if zip == "" {
			return false
		}
		c := zip[0]
		zip = zip[1:]
		switch form[i] {
		case '9':
			if c < '0' || c > '9' {
				return false
			}
		case 'A':
			if c|0x20 < 'a' || c|0x20 > 'z' {
				return false
			}
		default:
			if c != form[i] {
				return false
			}
		}
	}
	return zip == ""
}

// checkZip holds a postal code against the country of its row. Where that has codes of five digits and the whole column
// shows that first zeros are lost, they are put back.
func (r *reading) checkZip(s *source, zip *string, country string) {
	forms := zipForms(country)
	if *zip == "" || forms == "" {
		return
	}
	for form := range strings.SplitSeq(forms, "|") {
		if hasForm(*zip, form) {
			return
		}
	}
	switch n := zipDigits(*zip); {
	case strings.HasPrefix(forms, "99999") && s.seen.zeroless && (n == 4 && len(*zip) == 4 || (n == 3 || n == 4) && country == "US"):
		*zip = r.padded(s, *zip)
	default:
		r.suspect(FoundOddZip, s, *zip, "%s is not a postal code of %s (%s)", quote(*zip), country, strings.ReplaceAll(forms, "|", ", "))
	}
}
