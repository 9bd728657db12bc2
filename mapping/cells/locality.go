package cells

import (
	"strings"

	"crmferry/mapping/cells/nations"
	"crmferry/mapping/headers"
)

// PartOf is the postal code, the city or the state of a cell that holds several of them, "" for one that it lacks.
func PartOf(v string, part headers.Concept) string {
	zip, rest := cutZip(strings.Trim(v, " ,"))
	city, state := cutState(rest)
	switch part {
	case headers.Zip:
		return zip
	case headers.State:
		return state
	}
	return city
}

// LooksJoined reports whether a cell holds several of postal code, city and state that can be taken apart.
func LooksJoined(v string) bool {
	city := PartOf(v, headers.City)
	return city != "" && CountDigits(city) == 0 && (PartOf(v, headers.Zip) != "" || PartOf(v, headers.State) != "")
}

// cutZip takes the postal code off a cell: "10115 Berlin", "CH-8001 Basel", "2611 AB Delft", "Austin, TX 78701".
func cutZip(v string) (zip, rest string) {
	words := strings.Fields(v)
	if len(words) == 0 {
		return "", v
	}
	first := words[0]
	if country, code, ok := strings.Cut(first, "-"); ok && len(country) <= 2 && IsWords(country) {
		first = code
	}
	for n := min(2, len(words)); n > 0; n-- {
		if code := strings.Join(append([]string{first}, words[1:n]...), " "); isPostalCode(code) {
			return code, strings.Join(words[n:], " ")
		}
	}
	if last := words[len(words)-1]; nations.IsZip(last) {
		return last, strings.Trim(strings.TrimSuffix(v, last), " ,")
	}
	return "", v
}

// isPostalCode reports whether a cell is written as the postal codes of a country of the continent are, letters in capitals.
func isPostalCode(v string) bool {
	if v != strings.ToUpper(v) {
		return false
	}
	for _, form := range [...]string{"99999", "9999", "9999 AA", "999 99", "99-999", "9999-999"} {
		if nations.HasForm(v, form) {
			return true
		}
	}
	return false
}

// cutState takes the state of the USA off a city: "Austin, TX", "Austin TX".
func cutState(v string) (city, state string) {
	if i := strings.LastIndexByte(v, ','); i >= 0 && nations.StateCode(strings.TrimSpace(v[i+1:])) != "" {
		return strings.TrimSpace(v[:i]), strings.TrimSpace(v[i+1:])
	}
	if i := strings.LastIndexByte(v, ' '); i >= 0 && len(v)-i == 3 && LooksUSState(v[i+1:]) {
		return strings.TrimSpace(v[:i]), v[i+1:]
	}
	return v, ""
}
