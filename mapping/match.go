package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// Matching says which columns of one sheet feed which fields. It is safe for concurrent use.
type Matching[C any] struct {
	Columns   []Column // by index
	SourceRow int      // index of the column crmferry_row of a rejects file, -1 without
	Program   string   // that wrote the sheet, as far as the header tells: "a Google Contacts export"

	fillers  []string  // cells that stand for nothing
	consents []consent // columns that say whether a person may be mailed or called
	records  []int     // columns that are empty in a row that continues the one above

	table     *Table[C]
	plan      []feed[C]
	zip       *feed[C]     // of plan: the postal codes of addresses that have a country, nil without
	constants constants[C] // of --set
	defaults  constants[C] // of --default
	replaced  []feed[C]    // what --set leaves unread, to count what it replaces
	named     []named[C]
	salutes   *Field[C] // of table: takes the titles of full names, nil without
	required  bool
	own       bool // the sheet is an export of this resource
	options   ConvertOptions
	phones    cells.PhoneBook
	used      sync.Pool // of *conversion[C]
}

// feed is a field and the columns that it is read from.
type feed[C any] struct {
	field  *Field[C]
	from   []source
	values map[string]string // of --values, by lower case; nil for most fields
}

// candidate is a column that could feed a field.
type candidate struct {
	column int
	part   headers.Concept
	rank   int // lower is better; negative for what the user said
	how    string
}

// The columns that a rejects file has beside those of its input.
const (
	ColumnRow     = "crmferry_row"
	ColumnError   = "crmferry_error"
	ColumnMessage = "crmferry_message"
)

// IsOwnColumn says whether a header is one of the three that a rejects file adds.
func IsOwnColumn(header string) bool {
	return header == ColumnRow || header == ColumnError || header == ColumnMessage
}

// matcher is a Match under way.
type matcher[C any] struct {
	t       *Table[C]
	o       MatchOptions
	m       *Matching[C]
	folded  []string
	program *headers.Program
	meaning []meaning
	won     map[int][]string // fields that a column feeds
	behind  map[int]string   // by column: where it is read, if others are read before it

	explicit  map[int][]target // by column; an empty list ignores the column
	ignoredBy map[int]string   // by column: what ignores it, "--map" or "map file"
}

// Match finds the field of every column of a header. It returns a *MatchError for a header, a --map, a --set or
// a --default that cannot be used.
func (t *Table[C]) Match(header []string, o MatchOptions) (*Matching[C], error) {
	w := &matcher[C]{t: t, o: o, won: map[int][]string{}, behind: map[int]string{}}
	w.m = &Matching[C]{table: t, SourceRow: -1, required: o.NeedsRequired, options: o.ConvertOptions}
	w.columns(header)
	if err := w.match(); err != nil {
		err.Columns, err.Program = w.m.Columns, w.m.Program
		return nil, err
	}
	return w.m, nil
}

// match goes through the steps of a Match. What a step that fails leaves undone is explained all the same, so that a map
// file can be made of it.
func (w *matcher[C]) match() *MatchError {
	w.m.own = w.ownExport()
	w.useProgram()
	if w.o.OnlyID {
		return w.matchID()
	}
	err := w.readMaps()
	w.understand()
	for _, step := range []func() *MatchError{w.feeds, w.readConstants, w.readValues, w.Judge} {
		if stepErr := step(); err == nil {
			err = stepErr
		}
	}
	w.programRules()
	w.m.named = w.namedLinks()
	if i := w.fieldOf(headers.Salutation); i >= 0 {
		w.m.salutes = &w.t.Fields[i]
	}
	w.explain()
	if err == nil {
		err = w.missing()
	}
	return err
}

// columns sets up the columns; those of a rejects file are set aside.
func (w *matcher[C]) columns(header []string) {
	for i, h := range header {
		c := Column{Index: i, Letter: cell.ColumnLetter(i), Header: h}
		c.Filled, c.Example = w.o.Profile.Filled(i)
		switch headers.Clean(h) {
		case ColumnRow:
			w.m.SourceRow = i
			fallthrough
		case ColumnError, ColumnMessage:
			c.State, c.Reason = Ignored, "of a rejects file"
		}
		w.m.Columns = append(w.m.Columns, c)
		w.folded = append(w.folded, headers.FoldHeader(h))
	}
}

// feeds chooses the columns of every field. It returns the first tie.
func (w *matcher[C]) feeds() (first *MatchError) {
	ids := w.o.MatchID || !w.o.MatchEmail && w.m.own
	for i := range w.t.Fields {
		f := &w.t.Fields[i]
		if !f.Writable && (f.read == nil || !ids && !w.mapped(i)) {
			continue
		}
		from, err := w.choose(f, w.candidates(i))
		first = cmp.Or(first, err)
		if len(from) > 0 {
			w.m.plan = append(w.m.plan, feed[C]{field: f, from: from})
		}
	}
	return first
}

// ownExport says whether the sheet is an export of this resource that has ids: every header is a field's name, exactly,
// or every one is a field's label. Labels of ids name the vendor, so that no other program's sheet has them.
func (w *matcher[C]) ownExport() bool {
	return w.headedBy(func(f *Field[C]) string { return f.Name }) || w.headedBy(func(f *Field[C]) string { return f.Label })
}

// headedBy says whether every header is what title says of some field, and one of an id.
func (w *matcher[C]) headedBy(title func(*Field[C]) string) bool {
	hasID := false
	for _, c := range w.m.Columns {
		if c.State == Ignored {
			continue
		}
		i := slices.IndexFunc(w.t.Fields, func(f Field[C]) bool { return title(&f) == headers.Clean(c.Header) })
		if i < 0 {
			return false
		}
		hasID = hasID || w.t.Fields[i].isID()
	}
	return hasID
}

// mapped says whether the user maps a column to the field.
func (w *matcher[C]) mapped(field int) bool {
	for _, targets := range w.explicit {
		if slices.ContainsFunc(targets, func(t target) bool { return t.field == field }) {
			return true
		}
	}
	return false
}

// candidates lists the columns that could feed a field.
func (w *matcher[C]) candidates(field int) []candidate {
	f := &w.t.Fields[field]
	var list []candidate
	for i := range w.m.Columns {
		if targets, ok := w.explicit[i]; ok {
			for _, t := range targets {
				if t.field == field {
					list = append(list, candidate{i, w.partOf(field, i, t), w.saidRank(field, i), t.how})
				}
			}
			continue
		}
		m := w.meaning[i]
		switch owner := m.field; {
		case f.Never || w.m.Columns[i].State == Ignored || m.aside+m.wrong+m.doubt != "":
		case owner == field:
			list = append(list, candidate{i, f.main, m.rank, m.how})
		case w.m.own: // what can only be read is left alone there
		case owner >= 0 && w.t.Fields[owner].Writable: // the header is another field's name
		case m.concept != headers.None:
			if at := slices.Index(f.takes, m.concept); at >= 0 {
				list = append(list, candidate{i, m.concept, 100_000*(at+1) + m.rank, m.how})
			}
		}
	}
	return w.dropEmpty(f, list)
}

// saidRank is the rank of a column that the user maps to a field: before all others, and among its like as its header says.
func (w *matcher[C]) saidRank(field, column int) int {
	const first = -1 << 30
	f, m := &w.t.Fields[field], w.meaning[column]
	at := slices.Index(f.takes, m.concept)
	switch {
	case !f.falls:
	case m.field == field:
		return first + m.rank
	case m.concept != headers.None && at >= 0:
		return first + 100_000*(at+1) + m.rank
	}
	return -1
}

// partOf is the part of a composed field that a column is which the user maps to it: what its header says beside those of
// the other columns of that field, if that is one.
func (w *matcher[C]) partOf(field, column int, t target) headers.Concept {
	f, c := &w.t.Fields[field], w.original(column)
	switch c {
	case headers.Initials:
		c = headers.FirstName
	case headers.Name, headers.Nombre:
		c = headers.None
		for other, targets := range w.explicit {
			if other == column || !slices.ContainsFunc(targets, func(t target) bool { return t.field == field }) {
				continue
			}
			switch w.original(other) {
			case headers.LastName:
				c = headers.FirstName
			case headers.FirstName, headers.Infix, headers.Initials:
				c = headers.LastName
			}
		}
	}
	if f.compose && c != headers.FullName && slices.Contains(f.takes, c) {
		return c
	}
	return t.part
}

// dropEmpty leaves out the columns without a single value where another could feed the same. Lists take all of them, and
// the parts of an address stay together.
func (w *matcher[C]) dropEmpty(f *Field[C], list []candidate) []candidate {
	if f.List {
		return list
	}
	return slices.DeleteFunc(list, func(c candidate) bool {
		return c.rank >= 0 && !headers.IsAddressPart(c.part) && w.empty(c.column) && slices.ContainsFunc(list, func(o candidate) bool {
			return !w.empty(o.column) && (!f.compose || o.part == c.part)
		})
	})
}

// choose picks the columns that feed a field: all of a list and of a field that falls from one to the next, in their
// order, the best of each part of a composed value, else the best. Only lists have other columns beside those that the
// user names.
func (w *matcher[C]) choose(f *Field[C], list []candidate) ([]source, *MatchError) {
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	var chosen []candidate
	for _, c := range list {
		rival := slices.IndexFunc(chosen, func(o candidate) bool { return !f.compose || o.part == c.part })
		if f.List || rival < 0 || f.compose && c.rank < 0 {
			chosen = append(chosen, c)
			continue
		}
		best, said := chosen[rival], c.rank < 0
		switch {
		case f.falls && said, f.falls && best.rank >= 0 && best.rank < c.rank:
			chosen = append(chosen, c)
		case best.rank == c.rank:
			return nil, w.tie(f, best, list)
		default:
			w.lose(f, c.column, best.column)
		}
	}
	if f.compose {
		chosen = slices.DeleteFunc(chosen, func(c candidate) bool { // a full name or its parts, not both
			return (c.part == headers.FullName) != (chosen[0].part == headers.FullName)
		})
		slices.SortStableFunc(chosen, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(slices.Index(f.takes, a.part), slices.Index(f.takes, b.part)), cmp.Compare(a.column, b.column))
		})
	}
	return w.take(f, chosen), nil
}

// take makes sources of the columns that feed a field.
func (w *matcher[C]) take(f *Field[C], chosen []candidate) []source {
	from := make([]source, len(chosen))
	for i, c := range chosen {
		from[i] = w.sourceOf(c.column, c.part)
		w.m.Columns[c.column].How = c.how
		w.won[c.column] = append(w.won[c.column], f.Name)
		if f.falls && i > 0 {
			w.behind[c.column] = w.after(from[:i])
		}
	}
	return from
}

// after says of a column that it is read where others are empty.
func (w *matcher[C]) after(others []source) string {
	refs := make([]string, len(others))
	for i, s := range others {
		refs[i] = fmt.Sprintf("%q", w.m.Columns[s.index].Ref(w.m.Columns))
	}
	if len(refs) == 1 {
		return "where " + refs[0] + " is empty"
	}
	return "where " + strings.Join(refs, ", ") + " are empty"
}

// tie refuses columns that could be the same field as well as the best one. list is in the order of their ranks.
func (w *matcher[C]) tie(f *Field[C], best candidate, list []candidate) *MatchError {
	var tied []*Column
	var maps []string
	for _, c := range list {
		if c.rank == best.rank && (!f.compose || c.part == best.part) {
			column := &w.m.Columns[c.column]
			tied, maps = append(tied, column), append(maps, MapFlag(column.Ref(w.m.Columns), f.Name))
		}
	}
	x, y := tied[0], tied[1]
	for _, c := range tied {
		other := x
		if c == x {
			other = y
		}
		c.State, c.Field, c.Reason = Proposed, f.Name, fmt.Sprintf("column %s could be %s as well as column %s", c.Letter, f.Name, other.Letter)
	}
	hint := "choose one of them with " + maps[0]
	if f.falls {
		hint += "; or take of each row the first that is filled, with " + strings.Join(maps, " ")
	}
	return &MatchError{
		Message: fmt.Sprintf("columns %s (%q) and %s (%q) could both be %s", x.Letter, x.Header, y.Letter, y.Header, f.Name),
		Hint:    hint,
	}
}

// lose notes why a column is not used for a field that it could have fed.
func (w *matcher[C]) lose(f *Field[C], column, winner int) {
	c := &w.m.Columns[column]
	if owner := w.meaning[column].field; owner >= 0 && !w.t.Fields[owner].Writable {
		return // it has a field of its own, which can only be read
	}
	c.State, c.Field = Ignored, f.Name
	c.Reason = fmt.Sprintf("%s is taken from %s", f.Name, ColumnWords(w.m.Columns[winner].Ref(w.m.Columns)))
}

func (w *matcher[C]) hasID() bool {
	return slices.ContainsFunc(w.m.plan, func(f feed[C]) bool { return !f.field.Writable })
}

// missing refuses a sheet that has nothing for a required field, unless ids say which contacts the rows are.
func (w *matcher[C]) missing() *MatchError {
	if w.o.MatchID && !w.hasID() {
		return &MatchError{Message: "no column holds the ids of " + w.t.Vendor, Hint: `name it with --map "HEADER=id"`}
	}
	if !w.o.NeedsRequired || w.hasID() {
		return nil
	}
	var fields []*Field[C]
	var names []string
	for i := range w.t.Fields {
		f := &w.t.Fields[i]
		fed := slices.ContainsFunc(w.m.plan, func(p feed[C]) bool { return p.field == f })
		if f.Required && !fed && !w.m.constants.fields.Has(f.Name) && !w.m.defaults.fields.Has(f.Name) {
			fields, names = append(fields, f), append(names, f.Name)
		}
	}
	if names == nil {
		return nil
	}
	return &MatchError{
		Fields:  names,
		Message: fmt.Sprintf("no column for %s, which %s requires", strings.Join(names, ", "), w.t.Vendor),
		Hint:    w.missingHint(fields),
	}
}

// missingHint says how fields get a column: by confirming what is proposed, by headers that would do, or by --map.
func (w *matcher[C]) missingHint(fields []*Field[C]) string {
	var confirm, hints, open []string
	for _, f := range fields {
		if said := w.proposed(f.Name); said == "" {
			open = append(open, f.Name)
			hint := fmt.Sprintf("%s: a column named %s", f.Name, someOf(f.headers(), f.Label))
			if f.setLink != nil {
				hint += fmt.Sprintf(`, or --default "%s=NAME" for all rows`, f.Name)
			}
			hints = append(hints, hint)
		} else if !slices.Contains(confirm, said) {
			confirm = append(confirm, said)
		}
	}
	if confirm != nil {
		hints = slices.Insert(hints, 0, "if it is right, confirm what is proposed with "+strings.Join(confirm, " "))
	}
	if open != nil {
		hints = append(hints, fmt.Sprintf(`or name a column yourself with --map "HEADER=%s"%s`, open[0], w.unused()))
	}
	return strings.Join(hints, "; ")
}

// proposed is the --map that confirms the column that is proposed for a field, "" if there is none.
func (w *matcher[C]) proposed(field string) string {
	for _, c := range w.m.Columns {
		if c.State == Proposed && slices.Contains(strings.Split(c.Field, ","), field) {
			return MapFlag(c.Ref(w.m.Columns), c.Field)
		}
	}
	return ""
}

// unused names the first columns with cells that nothing uses.
func (w *matcher[C]) unused() string {
	const most = 6
	var refs []string
	for i, c := range w.m.Columns {
		if c.State == Ignored && c.Field == "" && !w.empty(i) && !IsOwnColumn(c.Header) {
			refs = append(refs, fmt.Sprintf("%q", c.Ref(w.m.Columns)))
		}
	}
	if refs == nil {
		return ""
	}
	if len(refs) > most {
		refs = append(refs[:most], "...")
	}
	return "; not used yet: " + strings.Join(refs, ", ")
}

// someOf shows the first few headers that would do.
func someOf(known []string, label string) string {
	shown := []string{fmt.Sprintf("%q", label)}
	for _, h := range known {
		if len(shown) < 5 && !strings.ContainsAny(h, "#._") && headers.FoldHeader(h) != headers.FoldHeader(label) {
			shown = append(shown, fmt.Sprintf("%q", h))
		}
	}
	return strings.Join(shown, ", ")
}
