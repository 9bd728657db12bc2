package nations

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"crmferry/mapping/headers"
)

// CountryCode is the code of a country given by its two or three letters or by its name in English, Dutch, German, French or
// Spanish; "" for anything else.
func CountryCode(v string) string {
	if len(v) == 2 {
		code := strings.ToUpper(v)
		if code == "UK" {
			code = "GB"
		}
		if isCountry()[code] {
			return code
		}
		return ""
	}
	if code := threeLetters(v); code != "" {
		return code
	}
	return countryNames()[headers.Fold(v)]
}

// NationCode is CountryCode in a cell that is known to be of a country: D is Germany there, as on cars and in front of old postal codes.
func NationCode(v string) string {
	if len(v) == 1 {
		return carSigns()[v]
	}
	return CountryCode(v)
}

// carSigns are the countries whose cars bear one letter.
var carSigns = sync.OnceValue(func() map[string]string {
	return map[string]string{"A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "H": "HU", "I": "IT", "L": "LU", "N": "NO", "P": "PT", "S": "SE"}
})

// isCountry has the codes of two letters that are those of countries.
var isCountry = sync.OnceValue(func() map[string]bool {
	is := map[string]bool{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if region, err := language.ParseRegion(string([]rune{a, b})); err == nil && region.IsCountry() {
				is[string([]rune{a, b})] = true
			}
		}
	}
	return is
})

// threeLetters is the code of a country given by its three capital letters: GBR.
func threeLetters(v string) string {
	if len(v) != 3 || strings.ToUpper(v) != v || v == "USA" {
		return ""
	}
	if region, err := language.ParseRegion(v); err == nil && region.IsCountry() && region.ISO3() == v {
		return region.String()
	}
	return ""
}

// countryNames finds codes by folded names. It is made at the first name that is seen: making it takes milliseconds.
var countryNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{
		"usa": "US", "unitedstatesofamerica": "US", "uk": "GB", "greatbritain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
		"holland": "NL", "thenetherlands": "NL", "engeland": "GB", "grootbrittannie": "GB", "grandebretagne": "GB", "angleterre": "GB", "granbretana": "GB", "inglaterra": "GB", "grossbritannien": "GB", "czechrepublic": "CZ",
		"uae": "AE", "emirates": "AE", "vae": "AE", "brd": "DE", "bundesrepublikdeutschland": "DE", "federalrepublicofgermany": "DE",
		"eire": "IE", "republicofireland": "IE", "northernireland": "GB", "america": "US", "amerika": "US", "vsa": "US",
		"verenigdestatenvanamerika": "US", "vereinigtestaatenvonamerika": "US", "etatsunisdamerique": "US", "estadosunidosdeamerica": "US",
		"koninkrijkdernederlanden": "NL", "kingdomofthenetherlands": "NL", "koninkrijkbelgie": "BE", "kingdomofbelgium": "BE",
		"republikosterreich": "AT", "republicofaustria": "AT", "republiquefrancaise": "FR", "frenchrepublic": "FR",
	}
	namers := headers.CountryNamers()
	for _, code := range slices.Sorted(maps.Keys(isCountry())) {
		region, err := language.ParseRegion(code)
		if err != nil || region.Canonicalize() != region {
			continue
		}
		for _, n := range namers {
			if name := headers.Fold(n.Name(region)); name != "" && names[name] == "" {
				names[name] = region.String()
			}
		}
	}
	return names
})
