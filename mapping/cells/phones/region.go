package phones

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"crmferry/internal/crm"
	"crmferry/mapping/cells/nations"
	"crmferry/mapping/cells/phones/plan"
	"crmferry/mapping/headers"
)

// Region is the code of a country that is given by its code or its name: NL, nl, netherlands. What is neither stays as it is.
func Region(country string) string {
	country = strings.TrimSpace(country)
	return cmp.Or(nations.CountryCode(country), strings.ToUpper(country))
}

// KnownRegion reports whether phone numbers of a country are known, by its two capital letters: "US".
func KnownRegion(code string) bool { return phonenumbers.GetCountryCodeForRegion(code) != 0 }

// LikelyRegions are the countries in which most of these numbers can be dialled as they stand, and how many of them can:
// of the countries that speak the language of the headers, or of all if they are in English or none of those will do.
func LikelyRegions(header, numbers []string) (regions []string, fit int) {
	folded := make([]string, len(header))
	for i, h := range header {
		folded[i] = headers.FoldHeader(h)
	}
	var plans plan.Plans
	if regions, fit = dialledIn(&plans, headers.Regions(folded), numbers); fit > 0 {
		return regions, fit
	}
	return dialledIn(&plans, []string{"US", "GB", "IE", "AU", "NL", "BE", "CH", "FR", "ES", "MX", "DE", "AT"}, numbers)
}

// dialledIn are the countries in which most of these numbers can be dialled, and how many.
func dialledIn(plans *plan.Plans, countries, numbers []string) (regions []string, fit int) {
	for _, region := range countries {
		n := 0
		for _, v := range numbers {
			if isDialled(plans, v, region) {
				n++
			}
		}
		if n > fit {
			regions, fit = nil, n
		}
		if n > 0 && n == fit && !slices.Contains(regions, region) {
			regions = append(regions, region)
		}
	}
	return regions, fit
}

// isDialled reports whether a number is one of a country, as it is dialled within it.
func isDialled(plans *plan.Plans, v, region string) bool {
	t := takeApart(v)
	n, ok := plans.Parse(t.number, region)
	if !ok || !plans.IsOf(&n, region) {
		return false
	}
	return !plans.StartWithZero(region) || strings.HasPrefix(crm.Digits(t.number), "0")
}
