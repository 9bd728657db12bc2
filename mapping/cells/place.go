package cells

import (
	"slices"
	"strconv"
	"strings"

	"crmferry/mapping/cells/nations"
	"crmferry/mapping/headers"
)

// ColumnRef is the Ref of a column: its header, or # and its letter. As a text it names the column for people: column "Phone", or column C.
type ColumnRef string

// String names the column.
func (r ColumnRef) String() string {
	if letter, ok := strings.CutPrefix(string(r), "#"); ok {
		return "column " + letter
	}
	return "column " + strconv.Quote(string(r))
}

// Place is what a row says of where its address or phone is.
type Place struct {
	Country string    // its code, "" if the row names none, an unknown one, or several
	From    ColumnRef // of the column that names the country
	Calling int       // the calling code of its phone, 0 if the row names none
	Area    string    // the area code of its phone, "" if the row names none
	Unknown string    // what stands where a country or a calling code is expected, if that is known to be none
	State   string
	Stated  bool // the row has a cell for the state
}

// Abroad is the country, if that is known and none whose regions are states of the USA.
func (p *Place) Abroad() string {
	if nations.HasStates(p.Country) {
		return ""
	}
	return p.Country
}

// ReadCountry reads codes and names of countries.
func ReadCountry(v string) (string, Notes) {
	var n Notes
	code := nations.NationCode(v)
	if code == "" {
		n.failClosed(CodeBadValue, v, "%s is not a country; write its two letters, such as NL", Quote(v))
	}
	return code, n
}

// isAbroad leaves out a part of an address in another country than the USA, and says so.
func (n *Notes) isAbroad(v string, at Place, part string) bool {
	country := at.Abroad()
	if country != "" {
		n.Repair(RemarkLeftOut, v, "", "%s was left out: it is in %s, and no %s of the USA", Quote(v), country, part)
	}
	return country != ""
}

// ReadState turns the name of a state of the USA into its code; codes are taken in any case. NH is no state of the USA in
// a row from the Netherlands: what is abroad is left out.
func ReadState(v string, at Place) (string, Notes) {
	var n Notes
	if n.isAbroad(v, at, "state") {
		return "", n
	}
	code := nations.StateCode(v)
	if code == "" {
		n.failClosed(CodeBadState, v, "%s is not a state of the USA, and the field takes its two letters only", Quote(v))
	}
	return code, n
}

// ReadZip reads a ZIP code: five digits, or ZIP+4. Leading zeros that Excel dropped are put back where the row's state
// has such codes, or without a state where the whole column shows that they are lost: a number of four digits could be a
// postal code of another country, too. What is abroad is left out.
func ReadZip(v string, at Place, lost bool) (string, Notes) {
	var n Notes
	v = n.trimFraction(n.unmark(v))
	if n.isAbroad(v, at, "ZIP code") {
		return "", n
	}
	if nations.IsZip(v) {
		return v, n
	}
	if digits := nations.ZipDigits(v); digits == 3 || digits == 4 {
		if at.lostZero(v, digits, lost) {
			return n.padZip(v), n
		}
		n.Fail(CodeBadZip, "%s is not a ZIP code; its leading zeros may be lost: format the column as text and enter it again", Quote(v))
		return "", n
	}
	n.Fail(CodeBadZip, "%s is not a ZIP code of the USA (12345 or 12345-6789)", Quote(v))
	return "", n
}

// lostZero reports whether a number of three or four digits is a ZIP code that lost its zeros. Beside a state that has no
// such codes, or beside none where no country says USA, it may be anything.
func (p *Place) lostZero(v string, digits int, lost bool) bool {
	if !p.Stated {
		return lost
	}
	if p.State == "" {
		return lost && p.Country != ""
	}
	begins := "00"
	if digits == 4 {
		begins = "0" + v[:1]
	}
	return inList(nations.ZipStarts(nations.StateCode(p.State)), begins)
}

// padZip is a postal code of five digits with the zeros that it lost.
func (n *Notes) padZip(v string) string {
	zip := "00000"[nations.ZipDigits(v):] + v
	n.Repair(RemarkLostZero, v, zip, "%s was read as %s: spreadsheet programs take first zeros off", Quote(v), Quote(zip))
	return zip
}

// isOfFour reports whether a cell shows that its row is of a country whose postal codes have four digits: a phone, an address of the
// internet. Of towns the caller knows which cell has one: Geneva, Wels and Linz are names of people, too.
func isOfFour(v string) bool {
	v = headers.Clean(v)
	number, abroad := strings.CutPrefix(strings.Replace(v, "00", "+", 1), "+")
	for _, country := range [...][2]string{{"41", ".ch"}, {"43", ".at"}, {"423", ".li"}, {"32", ".be"}, {"45", ".dk"}, {"47", ".no"}, {"352", ".lu"}} {
		if abroad && strings.HasPrefix(number, country[0]) || strings.HasSuffix(v, country[1]) && (LooksEmail(v) || LooksURL(v)) {
			return true
		}
	}
	return false
}

// CheckZip compares a postal code with the form of those of a country. Where that has codes of five digits and no number of
// the whole column starts with a zero, the first zeros are put back. Without a country, lost says that they may be, if no cell of the row shows that its
// codes have four digits.
func CheckZip(zip, town, country string, zeroless, lost bool, row []string) (string, Notes) {
	var n Notes
	forms := nations.ZipForms(country)
	if digits := nations.ZipDigits(zip); country == "" && lost && (digits == 3 || digits == 4 && !headers.IsTownOfFour(headers.Fold(town)) && !slices.ContainsFunc(row, isOfFour)) {
		n.Doubt(RemarkLostZero, zip, "%s may lack its first zeros: others of its column have five digits; it was taken as it stands", Quote(zip))
	}
	if zip == "" || forms == "" {
		return zip, n
	}
	for form := range strings.SplitSeq(forms, "|") {
		if nations.HasForm(zip, form) {
			return zip, n
		}
	}
	switch digits := nations.ZipDigits(zip); {
	case strings.HasPrefix(forms, "99999") && zeroless && (digits == 4 && len(zip) == 4 || (digits == 3 || digits == 4) && country == "US"):
		return n.padZip(zip), n
	default:
		n.Doubt(RemarkOddZip, zip, "%s is not a postal code of %s (%s)", Quote(zip), country, strings.ReplaceAll(forms, "|", ", "))
	}
	return zip, n
}
