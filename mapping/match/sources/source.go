// Package sources is about the columns that values are read from: what is known of each, and what the cells of a row say of where an
// address or a phone is.
package sources

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/cells/nations"
	"crmferry/mapping/cells/phones"
	"crmferry/mapping/cells/words"
	"crmferry/mapping/headers"
)

// Source is a column that a value comes from.
type Source struct {
	Index     int
	Ref       string          // as Column.Ref names it
	Part      headers.Concept // what the column means: a house number, a last name
	Seen      cells.Verdict   // what all cells of the column say about each
	Separator string          // what parts the words of a cell, "" for anything usual
	Words     words.Style     // of lists: how they are written
	Names     names.Style     // of full names: how they are written
	Facts     bool            `json:",omitzero"` // its values have what is known of each behind them, as exports of ours do
	NoIDs     bool            // of things: digits in its cells are names, as its header and its other cells say
	State     *Source         // of a postal code: the column that has its state, nil without one
	Kind      *Source         // of a phone: the column that says what it is, such as a fax; nil without one
	Calling   *Source         // of a phone: the column that has its calling code, nil without one
	Area      *Source         // of a phone: the column that has its area code, nil without one
	Stateless bool            // of a city with its state in one cell: no field takes states
	Countries []Source        // of a state, a postal code or a phone: the columns that have its country

	words string // that name the column, where many rows ask for them
}

// Named returns the source with the words that name it at hand.
func (s Source) Named() Source {
	s.words = s.InWords()
	return s
}

// InWords names the column in a message.
func (s *Source) InWords() string {
	if s.words != "" {
		return s.words
	}
	return cells.ColumnRef(s.Ref).String()
}

// Address is the columns of one of several addresses that a row may have.
type Address struct {
	Main []int // of street, city and postal code
	Rest []int // of state and country
}

// First is the first of several addresses that the cells of a row have something of: state and country alone are none beside another.
func First(addresses []Address, row []string) int {
	filled := func(columns []int) bool {
		for _, i := range columns {
			if i < len(row) && headers.Clean(row[i]) != "" {
				return true
			}
		}
		return false
	}
	for k := range addresses {
		if filled(addresses[k].Main) {
			return k
		}
	}
	for k := range addresses {
		if filled(addresses[k].Rest) {
			return k
		}
	}
	return 0
}

// Place is what the cells of a row say of where the address or phone of a source is.
func (s *Source) Place(row []string) (p cells.Place) {
	s.readNation(&p, row)
	if s.Calling != nil {
		readCalling(&p, s.Calling, row)
	}
	if s.Area != nil {
		if area := cellOf(s.Area, row); phones.LooksAreaCode(area) {
			p.Area = area
		}
	}
	if s.State != nil && s.State.Index < len(row) {
		p.State, p.Stated = cellOf(s.State, row), true
	}
	return p
}

// readNation reads the country that a row names, none if it names one that is not known, or several.
func (s *Source) readNation(p *cells.Place, row []string) {
	for i := range s.Countries {
		v := cellOf(&s.Countries[i], row)
		if v == "" || cells.IsPlaceholder(v) {
			continue
		}
		code := nations.NationCode(v)
		switch {
		case code == "":
			*p = cells.Place{Unknown: v}
			return
		case p.Country != "" && code != p.Country:
			*p = cells.Place{}
			return
		}
		p.Country, p.From = code, cells.ColumnRef(s.Countries[i].Ref)
	}
}

// readCalling reads the calling code of a row, which may stand there as a country.
func readCalling(p *cells.Place, from *Source, row []string) {
	v := cellOf(from, row)
	if v == "" || cells.IsPlaceholder(v) {
		return
	}
	code, nation := phones.CallingCode(v), nations.NationCode(v)
	switch {
	case code != 0:
		p.Calling, p.Unknown, p.From = code, "", cells.ColumnRef(from.Ref)
	case nation != "":
		p.Country, p.Unknown, p.From = nation, "", cells.ColumnRef(from.Ref)
	default:
		p.Unknown = v
	}
}

// cellOf is the cell of a column, without outer space.
func cellOf(s *Source, row []string) string {
	if s.Index >= len(row) {
		return ""
	}
	return headers.Clean(row[s.Index])
}
