package cells

import (
	"strings"
	"unicode/utf8"
)

// CheckLength says of a text of more than most characters that it is too long; most 0 is no limit. The least length that
// vendors document is 1, which no value falls short of.
func CheckLength(v string, most int) (n Notes) {
	n.checkLength(v, most)
	return n
}

func (n *Notes) checkLength(v string, most int) {
	if most == 0 || len(v) <= most {
		return
	}
	if length := utf8.RuneCountInString(v); length > most {
		n.Fail(CodeTooLong, "%s has %d characters, at most %d are taken", Quote(v), length, most)
	}
}

// ReadCode reads text that may look like a number, from which spreadsheet programs have taken what they took for number's
// dress. In a column of floats every whole number got a .0 behind it.
func ReadCode(v string, floats bool, most int) (string, Notes) {
	var n Notes
	v = n.unmark(v)
	whole := TrimFraction(v)
	switch {
	case IsPlaceholder(v):
		n.leaveOut(v, v)
		return "", n
	case whole != v && floats:
		v = n.trimFraction(v)
	case whole != v:
		n.Doubt(RemarkFloatTail, v, "%s may be %s, which a program took for a number; it was taken as it stands", Quote(v), Quote(whole))
	case IsScientific(v) && strings.ContainsRune(v, '+'):
		n.Fail(CodeDamaged, "%s was shortened by Excel, its last digits are lost", Quote(v))
		return "", n
	case IsScientific(v):
		n.Doubt(RemarkScientific, v, "%s may be a number that was shortened; it was taken as it stands", Quote(v))
	case len(v) > 15 && IsDigits(v) && strings.Trim(v[15:], "0") == "":
		n.Doubt(RemarkRounded, v, "%s may have lost its last digits: Excel keeps 15 and puts zeros after them", Quote(v))
	case looksLikeDate(v):
		n.doubtDate(v)
	}
	n.checkLength(v, most)
	return v, n
}

// unmark is a cell without what makes Excel keep a number as text.
func (n *Notes) unmark(v string) string {
	if v[0] != '\'' && v[0] != '`' && v[0] != '=' {
		return v
	}
	plain := UnwrapCell(v)
	if plain == "" || plain == v {
		return v
	}
	n.Repair(RemarkMarker, v, plain, "%s was read without the mark that keeps it a text in Excel", Quote(v))
	return plain
}

// ReadWhole is a whole number without the .0 behind it, and any other cell as it stands.
func ReadWhole(v string) (string, Notes) {
	var n Notes
	return n.trimFraction(v), n
}

func (n *Notes) trimFraction(v string) string {
	whole := TrimFraction(v)
	if whole != v {
		n.Repair(RemarkFloatTail, v, whole, "%s was read as %s: a program took it for a number", Quote(v), Quote(whole))
	}
	return whole
}

// UnwrapCell removes what makes Excel keep a number as text: ="..", a leading apostrophe, backtick or equals sign.
func UnwrapCell(v string) string {
	v = strings.TrimPrefix(v, "=")
	v = strings.TrimLeft(v, "'`")
	return strings.TrimSpace(strings.Trim(v, `"`))
}
