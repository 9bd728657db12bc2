package phones

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/phones/plan"
)

// callingCode finds a calling code in a cell: +44, 0044, 44, GB (+44), United Kingdom +44.
var callingCode = regexp.MustCompile(`^(?:[\pL .'-]*[(\s]*(?:\+|00)\s*(\d{1,3})\)?|\(?(?:\+|00)?\s*(\d{1,3})\)?\s*[(-]?[\pL .'-]*\)?)$`)

// CallingCode is the calling code that a cell names, 0 for any other cell.
func CallingCode(v string) int {
	found := callingCode.FindStringSubmatch(cells.TrimFraction(cells.UnwrapCell(strings.TrimSpace(v))))
	if found == nil {
		return 0
	}
	code, err := strconv.Atoi(found[1] + found[2])
	if err != nil || strings.HasPrefix(found[1]+found[2], "0") || regionOf(code) == "" {
		return 0
	}
	return code
}

// LooksCallingCode reports whether a cell is a calling code.
func LooksCallingCode(v string) bool { return CallingCode(v) != 0 }

// LooksMarkedCode reports whether a cell is a calling code by its + or 00.
func LooksMarkedCode(v string) bool {
	return LooksCallingCode(v) && (strings.Contains(v, "+") || strings.HasPrefix(cells.UnwrapCell(v), "00"))
}

// regionOf is the main country of a calling code, "" if no country has it.
func regionOf(code int) string {
	if region := phonenumbers.GetRegionCodeForCountryCode(code); len(region) == 2 && region != "ZZ" {
		return region
	}
	return ""
}

// Fits reports whether a number without a calling code is one of a country.
func Fits(plans *plan.Plans, number, region string) bool {
	t := takeApart(number)
	return !t.whole() && t.isOf(plans, region)
}

// FitsCode reports whether a number without a calling code is one of those with that code; loosely: whether it could be by its
// length.
func FitsCode(plans *plan.Plans, number string, code int, loosely bool) bool {
	t, region := takeApart(number), regionOf(code)
	if t.whole() || region == "" {
		return false
	}
	_, inRange, err := t.parse(plans, region)
	return inRange || loosely && err == ""
}
