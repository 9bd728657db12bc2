package mapping

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// source is where a value comes from: a column, or a constant of a flag.
type source struct {
	index    int             // of the column; -1 for a constant
	ref      string          // as Column.Ref names it; of a constant, its flag
	part     headers.Concept // what the column means: a house number, a last name
	constant string
	seen     cells.Verdict // what all cells of the column say about each
	sep      string        // what parts the words of a cell, "" for anything usual
	spanish  bool          // of full names: the headers are Spanish
	state    *source       // of a postal code: the column that has its state, nil without one
	nations  []source      // of a state, a postal code or a phone: the columns that have its country
}

// rules are the documented limits of a field, and how its cells are mended.
type rules struct {
	max    int // characters of a text or of each value of a list; 0: no limit
	items  int // values of a list; 0: no limit
	nature nature
	needed bool // the vendor requires the field
	closed bool // it takes only values of a list or of one form, which a whole column may lack under a usual header
}

// nature says what the cells of a field hold, as far as it decides how they are mended.
type nature int8

// The natures. The zero value is that of values with a form of their own: in their cells a word for nothing is nothing.
const (
	ofValues nature = iota
	ofWords         // a few words for people
	ofProse         // any text for people
	ofCodes         // text that may look like a number, and names of things
)

// reading is one row on its way to a contact.
type reading struct {
	o      *ConvertOptions
	phones *cells.PhoneBook
	cells  []string
	points []int // columns of numbers whose point starts the decimals

	name   string // of the field being read
	rules  *rules
	values map[string]string // what --values puts in place of its cells, by lower case
	known  bool              // the row has an id
	title  title             // that stood before a full name

	fields     crm.Fields
	cleared    crm.Fields // those of fields that the row empties
	defaulted  crm.Fields // see Row
	overridden crm.Fields // see Row.Replaced
	problems   []Problem
	findings   []Finding
	links      []Link
	claims     []Claim
}

// cell is the text of a source as a field reads it: without outer space, replaced by what --values says and mended. Cells
// beyond a short row are empty.
func (r *reading) cell(s *source) string {
	v := r.plain(s)
	if v == "" && r.values != nil && s.index >= 0 && s.index < len(r.cells) {
		r.emptied(s, headers.Clean(r.cells[s.index]))
	}
	if v == "" || cells.IsSound(v) && !s.isDayAmongWords(v) {
		return v
	}
	return r.mended(s, v)
}

// plain is the text of a source without outer space, replaced by what --values says.
func (r *reading) plain(s *source) string {
	if s.index < 0 {
		return s.constant
	}
	if s.index >= len(r.cells) {
		return ""
	}
	return r.replaced(headers.Clean(r.cells[s.index]))
}

// replaced is what --values puts in place of a cell, or of a value in a list.
func (r *reading) replaced(v string) string {
	if r.values == nil {
		return v
	}
	if to, ok := r.values[strings.ToLower(v)]; ok {
		return to
	}
	return v
}

// emptied reports a value that --values puts nothing in place of: the line may only not be filled in yet.
func (r *reading) emptied(s *source, v string) {
	if v != "" {
		r.repair(FoundLeftOut, s, v, "", "%s was left out, because its \"to\" is empty in the values file", cells.Quote(v))
	}
}

// fail reports what is wrong with a cell.
func (r *reading) fail(code string, s *source, format string, args ...any) {
	r.problems = append(r.problems, Problem{Code: code, Field: r.name, Column: s.ref, Message: r.where(s) + fmt.Sprintf(format, args...)})
}

// failClosed reports a cell that is none of the values that a field takes.
func (r *reading) failClosed(code string, s *source, v, format string, args ...any) {
	r.fail(code, s, format, args...)
	r.problems[len(r.problems)-1].Value = v
}

// where starts a message about a cell.
func (r *reading) where(s *source) string {
	if s.index < 0 {
		return fmt.Sprintf("%s %s: ", s.ref, r.name)
	}
	return ColumnWords(s.ref) + ": "
}

// fits checks the length of a value. The least length that vendors document is 1, which no value falls short of.
func (r *reading) fits(s *source, v string) bool {
	if r.rules.max == 0 || len(v) <= r.rules.max {
		return true
	}
	n := utf8.RuneCountInString(v)
	if n <= r.rules.max {
		return true
	}
	r.fail(CodeTooLong, s, "%s has %d characters, at most %d are taken", cells.Quote(v), n, r.rules.max)
	return false
}
