package mapping

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// parseCountry turns what countryCode knows into codes.
func parseCountry(r *reading, s *source, v string) (string, bool) {
	if code := cells.CountryCode(v); code != "" {
		return code, true
	}
	r.failClosed(CodeBadValue, s, v, "%s is not a country; write its two letters, such as NL", cells.Quote(v))
	return "", false
}

// nation is the country that a row names for what is read, "" if it names none, one that is not known, or several.
func (r *reading) nation(s *source) string {
	nation := ""
	for i := range s.nations {
		at := s.nations[i].index
		if at >= len(r.cells) {
			continue
		}
		v := headers.Clean(r.cells[at])
		if v == "" {
			continue
		}
		code := cells.CountryCode(v)
		if code == "" || nation != "" && code != nation {
			return ""
		}
		nation = code
	}
	return nation
}
