package mapping

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// KnownRegion says whether phone numbers of a country are known, by its two capital letters: "US".
func KnownRegion(code string) bool { return phonenumbers.GetCountryCodeForRegion(code) != 0 }

// LikelyRegions are the countries in which most of these numbers can be dialled as they stand, and how many of them can.
// Only countries whose languages headers are known in are asked; those where numbers can have any length come last.
func LikelyRegions(numbers []string) (regions []string, fit int) {
	for _, region := range []string{"US", "GB", "IE", "AU", "NL", "BE", "CH", "FR", "ES", "MX", "DE", "AT"} {
		n := 0
		for _, v := range numbers {
			if isDialled(v, region) {
				n++
			}
		}
		if n > fit {
			regions, fit = nil, n
		}
		if n > 0 && n == fit {
			regions = append(regions, region)
		}
	}
	return regions, fit
}

// isDialled says whether a number is one of a country, as it is dialled within it.
func isDialled(v, region string) bool {
	t := tidyPhone(v)
	n, err := phonenumbers.Parse(t.number, region)
	if err != nil || !phonenumbers.IsValidNumberForRegion(n, region) {
		return false
	}
	trunk := phonenumbers.GetNddPrefixForRegion(region, true)
	return trunk != "0" || strings.HasPrefix(digits(t.number), trunk)
}
