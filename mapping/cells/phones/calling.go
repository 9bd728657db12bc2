package phones

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/phones/plan"
)

// callingCode finds a calling code in a cell: +44, 0044, 44, GB (+44), United Kingdom +44, 🇬🇧 +44.
var callingCode = regexp.MustCompile(`^(?:[\pL\p{So} .'-]*[(\s]*(?:\+|00)\s*(\d{1,3})\)?|\(?(?:\+|00)?\s*(\d{1,3})\)?\s*[(-]?[\pL .'-]*\)?)$`)

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

// areaCode is an area code as columns of them have it: 617, (0)221, 030, 0527-
var areaCode = regexp.MustCompile(`^\(?0?\)?\d{1,5}\)?[-/ ]*$`)

// LooksAreaCode reports whether a cell is an area code.
func LooksAreaCode(v string) bool { return areaCode.MatchString(v) }

// join puts the area code of the row before a number that is none without it, or only if a zero were lost; it says in err where
// that makes none.
func (r *Reader) join(n *cells.Notes, cell string, t *phoneParts) (err string) {
	if r.Place.Area == "" {
		return ""
	}
	region, digits := r.regionOf(t), crm.Digits(t.number)
	area := crm.Digits(r.Place.Area)
	zero := r.Plans.StartWithZero(region)
	if area == "" || digits == "" || t.whole() || region == "" || t.isOf(r.Plans, region) && (!zero || digits[0] == '0' || strings.HasPrefix(digits, strings.TrimLeft(area, "0"))) {
		return ""
	}
	if zero && area[0] != '0' {
		area = "0" + area
	}
	joined := phoneParts{number: area + " " + t.number}
	e164, inRange, _ := joined.parse(r.Plans, region)
	switch _, _, bare := t.parse(r.Plans, region); {
	case inRange:
		n.Repair(cells.RemarkArea, cell, e164, "%s was read as %s: its area code %s stands in a column of its own", cells.Quote(t.number), e164, cells.Quote(r.Place.Area))
		t.number = joined.number
	case bare == "" && digits[0] != '0':
		return fmt.Sprintf("is no number of %s with the area code %s, which stands in a column of its own; write it with both", region, cells.Quote(r.Place.Area))
	}
	return ""
}
