package mapping

import (
	"cmp"
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/phones"
	"crmferry/mapping/cells/phones/plan"
	"crmferry/mapping/cells/words"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/remarks"
)

// source is where a value comes from: a column, or a constant.
type source struct {
	sources.Source // of a constant, Index is -1 and Ref the flag
	constant       string
	list           words.Splitter
	noDays         bool // cells that look like days are hardly days
	unsure         bool // a sound cell may need mending, too
}

func newSource(of sources.Source) source {
	s := source{Source: of, noDays: of.Seen.Coded}
	s.list = splitterOf(of)
	switch s.Part { // parts of an address, and numbers, that are written like days
	case headers.HouseNumber, headers.HouseAddition, headers.SecondLine, headers.Zip, headers.CustomerNumber:
		s.noDays = false
	}
	s.unsure = s.noDays || s.Seen.Entities || s.Seen.Arrays
	return s
}

// newConstant is the source of a value that stands in no cell.
func newConstant(flag, value string, part headers.Concept) source {
	of := sources.Source{Index: -1, Ref: flag, Part: part, Words: words.StyleOf(nil, part == headers.Company || part == headers.Customer)}
	return source{Source: of, constant: value, list: splitterOf(of)}
}

// splitterOf takes the lists of a source apart.
func splitterOf(s sources.Source) words.Splitter {
	return words.Splitter{Style: s.Words, Separator: s.Separator, Seen: s.Seen}
}

// rules are the documented limits of a field, and how its cells are mended.
type rules struct {
	max    int // characters of a text or of each value of a list; 0: no limit
	items  int // values of a list; 0: no limit
	nature cells.Nature
	needed bool // the vendor requires the field
	closed bool // it takes only values of a list or of one form, which a whole column may lack under a usual header
}

// rowReader is one row on its way to a contact.
type rowReader struct {
	remarks.Book
	o      *ConvertOptions
	plans  *plan.Plans
	cells  []string
	points []int // columns of numbers whose point starts the decimals

	rules  *rules
	values map[string]string // what Values put in place of its cells, by lower case
	hasID  bool              // the row has an id
	full   fullName          // that was read last

	fields     crm.Fields
	cleared    crm.Fields // those of fields that the row empties
	defaulted  crm.Fields // see Row
	overridden crm.Fields // see Row.Replaced
	links      []Link
	claims     []Claim
}

// cell is the text of a source as a field reads it: without outer space, replaced by what Values say and mended. Cells
// beyond a short row are empty.
func (r *rowReader) cell(s *source) string {
	v := r.plain(s)
	if v == "" && r.values != nil && s.Index >= 0 && s.Index < len(r.cells) {
		r.emptied(s, headers.Clean(r.cells[s.Index]))
	}
	if v != "" && !r.answers(s, v) {
		return ""
	}
	if v == "" || cells.IsSound(v) && !s.unsure {
		return v
	}
	m := cells.Mending{Nature: r.rules.nature, Needed: r.rules.needed && s.Part != headers.FullName, NoDays: s.noDays, Seen: s.Seen}
	v, notes := m.Mend(v)
	r.Note(&s.Source, notes)
	return v
}

// answers reports whether a phone is one that somebody answers, and says if it is not: a fax.
func (r *rowReader) answers(s *source, v string) bool {
	notes, ok := s.CheckKind(r.cells, v)
	r.Note(&s.Source, notes)
	return ok
}

// plain is the text of a source without outer space, replaced by what Values say.
func (r *rowReader) plain(s *source) string {
	if s.Index < 0 {
		return s.constant
	}
	if s.Index >= len(r.cells) {
		return ""
	}
	return r.replaced(headers.Clean(r.cells[s.Index]))
}

// replaced is what Values put in place of a cell, or of a value in a list.
func (r *rowReader) replaced(v string) string {
	if r.values == nil {
		return v
	}
	if to, ok := r.values[crm.Fold(v)]; ok {
		return to
	}
	return v
}

// emptied reports a value that Values put nothing in place of: the line may only not be filled in yet.
func (r *rowReader) emptied(s *source, v string) {
	if v != "" {
		r.Repair(cells.RemarkLeftOut, &s.Source, v, "", "%s was left out, because its \"to\" is empty in the values file", cells.Quote(v))
	}
}

// fits reports whether a value is no longer than its field takes, and says so if it is.
func (r *rowReader) fits(s *source, v string) bool {
	if r.rules.max == 0 || len(v) <= r.rules.max {
		return true
	}
	return r.Note(&s.Source, cells.CheckLength(v, r.rules.max))
}

// place is what a row says of where the address or phone of a source is.
func (r *rowReader) place(s *source) cells.Place { return s.Place(r.cells) }

// joined is what several columns say together.
func (r *rowReader) joined(from []source) string { return r.joinedAs(from, r.cell) }

func (r *rowReader) joinedAs(from []source, cell func(*source) string) string {
	v := ""
	for i := range from {
		if part := cell(&from[i]); v == "" {
			v = part
		} else if part != "" {
			v += " " + part
		}
	}
	return v
}

// phoneReader reads the phones of a row.
func (r *rowReader) phoneReader(s *source) *phones.Reader {
	return &phones.Reader{Plans: r.plans, Region: r.o.Region, Place: r.place(s), Field: r.Field}
}

// decimal is what starts the decimals of a source's numbers, "" if nothing says so.
func (r *rowReader) decimal(s *source) string {
	if slices.Contains(r.points, s.Index) {
		return "point"
	}
	return cmp.Or(r.o.Decimal, s.Seen.Decimal)
}

// link notes a name that has to be resolved.
func (r *rowReader) link(kind string, ref crm.Ref) {
	if ref.ID == "" {
		if r.links == nil {
			r.links = make([]Link, 0, 4)
		}
		r.links = append(r.links, Link{Field: r.Field, Kind: kind, Name: ref.Name})
	}
}

// word is a word of a cell as Values have it, "" if it is left out, which is reported.
func (r *rowReader) word(s *source, cell, word string) string {
	to := r.replaced(word)
	if to == "" {
		r.emptied(s, word)
		return ""
	}
	nothing, notes := cells.LeaveOut(cell, to)
	if r.Note(&s.Source, notes); nothing {
		return ""
	}
	return to
}

// split appends the words of a cell that holds several, and reports whether it could be read.
func (r *rowReader) split(s *source, words []string, v string) ([]string, bool) {
	words, notes := s.list.Split(words, v)
	return words, r.Note(&s.Source, notes)
}

// fewWords is how many words of a cell are kept without memory of their own.
const fewWords = 8
