package mapping

import "strings"

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
