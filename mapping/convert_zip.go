package mapping

import (
	"strings"

	"crmferry/mapping/cells"
)

// checkZip holds a postal code against the country of its row. Where that has codes of five digits and the whole column
// shows that first zeros are lost, they are put back.
func (r *reading) checkZip(s *source, zip *string, country string) {
	forms := cells.ZipForms(country)
	if *zip == "" || forms == "" {
		return
	}
	for form := range strings.SplitSeq(forms, "|") {
		if cells.HasForm(*zip, form) {
			return
		}
	}
	switch n := cells.ZipDigits(*zip); {
	case strings.HasPrefix(forms, "99999") && s.seen.Zeroless && (n == 4 && len(*zip) == 4 || (n == 3 || n == 4) && country == "US"):
		*zip = r.padded(s, *zip)
	default:
		r.suspect(FoundOddZip, s, *zip, "%s is not a postal code of %s (%s)", cells.Quote(*zip), country, strings.ReplaceAll(forms, "|", ", "))
	}
}
