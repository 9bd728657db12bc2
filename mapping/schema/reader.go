package schema

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/markup"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/cells/phones"
	"crmferry/mapping/cells/phones/plan"
	"crmferry/mapping/cells/words"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/lists"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/remarks"
)

// Source is where a value comes from: a column, or a constant.
type Source struct {
	sources.Source // of a constant, Index is -1 and Ref the flag
	constant       string
	list           words.Splitter
	noDays         bool // cells that look like days are hardly days
	unsure         bool // a sound cell may need mending, too
}

// NewSource is a column as fields read it.
func NewSource(of sources.Source) Source {
	s := Source{Source: of.Named(), noDays: of.Seen.Coded}
	s.list = splitterOf(of)
	switch s.Part { // parts of an address, and numbers, that are written like days
	case headers.HouseNumber, headers.HouseAddition, headers.SecondLine, headers.Zip, headers.CustomerNumber:
		s.noDays = false
	}
	s.unsure = s.noDays || s.Seen.Entities || s.Seen.Arrays
	return s
}

// NewConstant is the source of a value that stands in no cell.
func NewConstant(flag, value string, part headers.Concept) Source {
	of := sources.Source{Index: -1, Ref: flag, Part: part, Words: words.StyleOf(nil, part == headers.Company || part == headers.Customer)}
	return Source{Source: of, constant: value, list: splitterOf(of)}
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
	part   headers.Concept // what the field takes of a cell that holds several parts of an address
	needed bool            // the vendor requires the field
	people bool            // values of a list may be addresses
	splits bool            // a text that is longer makes several records, if that is wanted
	inUSA  bool            // it takes addresses in the USA
	Closed bool            // it takes only values of a list or of one form, which a whole column may lack under a usual header
}

// Reader is one row on its way to a contact.
type Reader struct {
	remarks.Book
	Options *ConvertOptions
	Plans   *plan.Plans
	Cells   []string
	Points  []int // columns of numbers whose point starts the decimals
	Address int   // which of several addresses the row has

	Rules  *rules
	Values map[string]string // what Values put in place of its cells, by lower case
	HasID  bool              // the row has an id
	Full   FullName          // that was read last

	Fields     crm.Fields
	Cleared    crm.Fields // those of fields that the row empties
	Defaulted  crm.Fields // see Row
	Overridden crm.Fields // see Row.Replaced
	Links      []Link
	Claims     []Claim

	apart *Reader // of one cell, with remarks of its own
}

// cell is the text of a source as a field reads it: without outer space, replaced by what Values say and mended. Cells
// beyond a short row are empty.
func (r *Reader) cell(s *Source) string {
	v := r.Plain(s)
	if s.Facts && v != "" {
		v = r.withoutFacts(s, v)
	}
	if headers.IsJoined(s.Part) {
		v = r.part(s, v)
	}
	if v == "" && r.Values != nil && s.Index >= 0 && s.Index < len(r.Cells) {
		r.emptied(s, headers.Clean(r.Cells[s.Index]))
	}
	if v != "" && (!r.answers(s, v) || r.isAbroad(s, v)) {
		return ""
	}
	if v == "" || cells.IsSound(v) && !s.unsure {
		return v
	}
	m := cells.Mending{Nature: r.Rules.nature, Needed: r.Rules.needed && s.Part != headers.FullName, NoDays: s.noDays, Seen: s.Seen}
	v, notes := m.Mend(v)
	r.Note(&s.Source, notes)
	if v != "" && v[len(v)-1] >= utf8.RuneSelf {
		r.doubtMark(s, v)
	}
	return v
}

// TakeOff takes off a cell what the program that wrote the sheet put around those of its column, and says so.
func (r *Reader) TakeOff(coat markup.Coat, s *Source) {
	v := headers.Clean(r.Cells[s.Index])
	if _, known := r.Values[crm.Fold(v)]; known || v == "" {
		return
	}
	bare, notes := cells.TakeOff(coat, v)
	r.Cells[s.Index] = bare
	r.Note(&s.Source, notes)
}

// KeepsName reports whether a mark for nothing is somebody's name, and says so: the e-mail address of the row has it, too.
func (r *Reader) KeepsName(s *Source, v string) bool {
	is := headers.IsNamePart(s.Part) && slices.ContainsFunc(r.Cells, func(cell string) bool { return names.InAddress(v, cell) })
	if is {
		r.Repair(cells.RemarkPlaceholder, &s.Source, v, v, "%s may say that there is nothing; it was taken for a name, because the e-mail address has it, too", cells.Quote(v))
	}
	return is
}

// part is the part of an address that a field takes of a cell with several. A state that no field takes is told with the city.
func (r *Reader) part(s *Source, v string) string {
	if s.Stateless && s.Part != headers.ZipCity && r.Rules.part == headers.City {
		if state := cells.PartOf(v, headers.State); state != "" {
			r.Repair(cells.RemarkLeftOut, &s.Source, v, "", "%s was left out of %s: no field takes states", cells.Quote(state), cells.Quote(v))
		}
	}
	return cells.PartOf(v, r.Rules.part)
}

// isAbroad reports whether a part of an address is in another country than the one that the field takes, and says so.
func (r *Reader) isAbroad(s *Source, v string) bool {
	if !r.Rules.inUSA || s.Index < 0 {
		return false
	}
	p := r.Place(s)
	country := p.Abroad()
	if country != "" {
		r.Repair(cells.RemarkLeftOut, &s.Source, v, "", "%s was left out: it is in %s, and only addresses in the USA have a place", cells.Quote(v), country)
	}
	return country != ""
}

// withoutFacts are the values of a list in an export without what is known of each. Numbers that are known to be bad are left out.
func (r *Reader) withoutFacts(s *Source, v string) string {
	kept, bad := lists.WithoutFacts(v, "bad")
	if bad != "" {
		r.Repair(cells.RemarkLeftOut, &s.Source, v, kept, "%s was left out: it is marked as bad", bad)
	}
	return kept
}

// answers reports whether a phone is one that somebody answers, and says if it is not: a fax.
func (r *Reader) answers(s *Source, v string) bool {
	if s.Kind == nil {
		return true
	}
	notes, ok := s.CheckKind(r.Cells, v)
	r.Note(&s.Source, notes)
	return ok
}

// Plain is the text of a source without outer space, replaced by what Values say.
func (r *Reader) Plain(s *Source) string {
	if s.Index < 0 {
		return s.constant
	}
	if s.Index >= len(r.Cells) {
		return ""
	}
	return r.replaced(headers.Clean(r.Cells[s.Index]))
}

// replaced is what Values put in place of a cell, or of a value in a list.
func (r *Reader) replaced(v string) string {
	if r.Values == nil {
		return v
	}
	if to, ok := r.Values[crm.Fold(v)]; ok {
		return to
	}
	return v
}

// emptied reports a value that Values put nothing in place of: the line may only not be filled in yet.
func (r *Reader) emptied(s *Source, v string) {
	if v != "" {
		r.Repair(cells.RemarkLeftOut, &s.Source, v, "", "%s was left out, because its \"to\" is empty in the values file", cells.Quote(v))
	}
}

// Fits reports whether a value is no longer than its field takes, and says so if it is.
func (r *Reader) Fits(s *Source, v string) bool {
	if r.Rules.max == 0 || len(v) <= r.Rules.max || r.Rules.splits && r.Options.SplitLong {
		return true
	}
	fits := r.Note(&s.Source, cells.CheckLength(v, r.Rules.max))
	if !fits && r.Rules.splits {
		r.Advise(r.Words.Say(hint.SplitLong))
		r.Problems[len(r.Problems)-1].Splits = true
	}
	return fits
}

// Place is what a row says of where the address or phone of a source is.
func (r *Reader) Place(s *Source) cells.Place { return s.Place(r.Cells) }

// joined is what several columns say together.
func (r *Reader) joined(from []Source) string { return r.JoinedAs(from, r.cell) }

// JoinedAs is what several columns say together, each read by cell.
func (r *Reader) JoinedAs(from []Source, cell func(*Source) string) string {
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
func (r *Reader) phoneReader(s *Source) *phones.Reader {
	return &phones.Reader{Plans: r.Plans, Region: r.Options.Region, Place: r.Place(s), Field: r.Field}
}

// decimal is what starts the decimals of a source's numbers, "" if nothing says so.
func (r *Reader) decimal(s *Source) string {
	if slices.Contains(r.Points, s.Index) {
		return "point"
	}
	return cmp.Or(r.Options.Decimal, s.Seen.Decimal)
}

// Link notes a name that has to be resolved, or an id that has to be there.
func (r *Reader) Link(s *Source, kind string, ref crm.Ref) {
	if ref.ID != "" {
		r.Claims = append(r.Claims, Claim{Link: Link{Field: r.Field, Kind: kind, Column: s.Ref}, ID: ref.ID})
		return
	}
	if r.Links == nil {
		r.Links = make([]Link, 0, 4)
	}
	r.Links = append(r.Links, Link{Field: r.Field, Kind: kind, Name: ref.Name, Column: s.Ref})
}

// Noted are the links and the remarks of the row; nil where there are none, whatever memory was there for them.
func (r *Reader) Noted() (links []Link, said []remarks.Remark) {
	if len(r.Links) > 0 {
		links = r.Links
	}
	if len(r.Remarks) > 0 {
		said = r.Remarks
	}
	return links, said
}

// Claim notes that what has an id bears a name.
func (r *Reader) Claim(c Claim) {
	r.Claims = append(slices.DeleteFunc(r.Claims, func(bare Claim) bool { return bare.Name == "" && bare.Field == c.Field && bare.ID == c.ID }), c)
}

// word is a word of a cell as Values have it, "" if it is left out, which is reported.
func (r *Reader) word(s *Source, cell, word string) string {
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
func (r *Reader) split(s *Source, words []string, v string) ([]string, bool) {
	words, notes := s.list.Split(words, v)
	if r.Rules.people {
		notes.Remarks = slices.DeleteFunc(notes.Remarks, func(m cells.Remark) bool { return m.Code == cells.RemarkOddWord })
	}
	return words, r.Note(&s.Source, notes)
}

// fewWords is how many words of a cell are kept without memory of their own.
const fewWords = 8
