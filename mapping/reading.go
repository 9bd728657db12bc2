package mapping

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"crmferry/internal/crm"
)

// source is where a value comes from: a column, or the constant of --set.
type source struct {
	index    int // of the column; -1 for a constant
	header   string
	part     concept // what the column means: a house number, a last name
	constant string
	seen     verdict // what all cells of the column say about each
}

// rules are the documented limits of a field.
type rules struct {
	min, max int // characters of a text or of each value of a list; 0: no limit
	items    int // values of a list; 0: no limit
}

// reading is one row on its way to a contact.
type reading struct {
	o      *ConvertOptions
	phones *phoneBook
	cells  []string

	name  string // of the field being read
	rules *rules
	known bool // the row has an id

	fields   crm.Fields
	problems []Problem
	findings []Finding
	links    []Link
}

// cell is the text of a source without outer space. Cells beyond a short row are empty.
func (r *reading) cell(s *source) string {
	if s.index < 0 {
		return s.constant
	}
	if s.index >= len(r.cells) {
		return ""
	}
	return clean(r.cells[s.index])
}

// fail reports what is wrong with a cell.
func (r *reading) fail(code string, s *source, format string, args ...any) {
	r.problems = append(r.problems, Problem{Code: code, Field: r.name, Column: s.header, Message: r.where(s) + fmt.Sprintf(format, args...)})
}

// where starts a message about a cell.
func (r *reading) where(s *source) string {
	if s.index < 0 {
		return fmt.Sprintf("--set %s: ", r.name)
	}
	return fmt.Sprintf("column %q: ", s.header)
}

// fits checks the length of a value.
func (r *reading) fits(s *source, v string) bool {
	if r.rules.max == 0 && r.rules.min == 0 {
		return true
	}
	if len(v) <= r.rules.max && len(v) >= r.rules.min*utf8.UTFMax {
		return true // whatever the characters are
	}
	n := utf8.RuneCountInString(v)
	switch {
	case r.rules.max > 0 && n > r.rules.max:
		r.fail(CodeTooLong, s, "%s has %d characters, at most %d are taken", quote(v), n, r.rules.max)
	case n < r.rules.min:
		r.fail(CodeTooShort, s, "%s has %d characters, at least %d are needed", quote(v), n, r.rules.min)
	default:
		return true
	}
	return false
}

// quote shows a cell in a message, cut if it is long.
func quote(v string) string {
	const most = 60
	if utf8.RuneCountInString(v) > most {
		v = string([]rune(v)[:most]) + "…"
	}
	return fmt.Sprintf("%q", v)
}

// clean trims a cell: space of any kind, and the marks without width that web pages leave behind.
func clean(v string) string {
	if v == "" || isPlain(v[0]) && isPlain(v[len(v)-1]) {
		return v
	}
	return strings.TrimFunc(v, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\ufeff' || r == 0
	})
}

func isPlain(b byte) bool { return b > ' ' && b < utf8.RuneSelf }
