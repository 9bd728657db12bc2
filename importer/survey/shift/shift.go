// Package shift finds the rows of which an empty cell too many, or a missing one, puts those behind it one column off, though their number
// may be right: the last column is empty, or the program leaves out the last cells that are. It finds columns whose cells belong to other
// rows, or under another header.
package shift

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// The kinds that the cells of a whole column may be of.
const (
	noKind = iota - 1 // texts
	emails
	pages
	phones
	dates
	numbers
	kindCount
)

// looks are what cells of a kind look like.
var looks = [kindCount]func(string) bool{emails: cells.LooksEmail, pages: cells.LooksURL, phones: cells.LooksPhone, dates: cells.LooksDate, numbers: cells.LooksNumber}

// Finder knows what the columns of a sheet hold. It is safe for concurrent use.
type Finder struct {
	columns []column
	last    int // the last one that most rows have something in; -1 for none
}

type column struct {
	usual bool           // most rows have something in it
	kind  int            // of its cells
	seen  map[string]int // how often cells were seen
	few   bool           // they are few, which come again
	alike [kindCount]int // how many look like each kind
	all   int            // how many cells were seen
	known bool           // those are enough to tell what cannot be one of the column's
	says  int            // the kind that the header says
}

// enough is how many cells show what a column holds of which not all were seen, as of long sheets.
const enough = 20

// NewFinder goes by the headers and the profile of a sheet.
func NewFinder(p *cells.Profile, header []string) *Finder {
	f := &Finder{columns: make([]column, len(header)), last: -1}
	for i := range f.columns {
		c := p.Column(i)
		if c == nil {
			continue
		}
		f.columns[i] = column{usual: 2*c.Filled > p.Rows, kind: noKind, seen: c.Values, few: 3*len(c.Values) <= 2*c.Counted, all: c.Counted,
			known: c.Counted >= min(c.Filled, enough), says: kindOf(header[i])}
		for v, n := range c.Values {
			f.columns[i].count(v, n)
		}
		f.columns[i].settle()
		if f.columns[i].usual {
			f.last = i
		}
	}
	return f
}

// count counts the kinds that a cell looks like.
func (c *column) count(v string, n int) {
	for k := range looks {
		if looks[k](v) {
			c.alike[k] += n
		}
	}
}

// settle finds the kind of three of four cells; of a single one, that of the header.
func (c *column) settle() {
	for k, n := range c.alike {
		if c.all > 1 && 4*n >= 3*c.all || c.all == 1 && k == c.says {
			c.kind = k
			return
		}
	}
}

// kindOf is the kind of what a header says, noKind for most.
func kindOf(header string) int {
	words := headers.Tokens(header)
	switch headers.AmongWords(words) {
	case headers.Email:
		return emails
	case headers.Phone:
		return phones
	}
	if headers.SaysPhone(words) {
		return phones
	}
	return noKind
}

// holds reports whether a cell is one of the column's, and whether it can be none.
func (c *column) holds(v string) (does, cannot bool) {
	if c.kind != noKind {
		does = looks[c.kind](v)
		return does, !does
	}
	return c.few && c.seen[v] > 1, false
}

// isStray reports whether a cell of the kind of another column is one of very few in this one.
func (c *column) isStray(v string, kind int) bool {
	switch {
	case !c.known, kind != noKind && kind == c.says: // a second address or phone, which few rows have
		return false
	case kind == noKind:
		return 10*c.seen[v] <= c.all || c.seen[v] <= 1
	}
	return 4*c.alike[kind] <= c.all || c.alike[kind] <= 1
}

// Shift is where the cells of a row begin to stand in wrong columns.
type Shift struct {
	Column  int  // of the empty cell before them, or of the first of them where one is missing
	Missing bool // they stand one column further left, not right
	Certain bool // two show it at least, and none stands where it belongs
}

// Find says whether the cells of a row read like those of the columns beside theirs.
func (f *Finder) Find(row []string) (s Shift, ok bool) {
	row = row[:min(len(row), len(f.columns))]
	for at := 0; at < len(row)-1; at++ {
		if !f.columns[at].usual || row[at] != "" || row[at+1] == "" {
			continue
		}
		certain, sure, seen := f.behind(row, at)
		if certain || sure {
			return Shift{Column: at, Certain: certain}, true
		}
		at = max(at, seen-1) // the cells of a wide sheet are not looked at for each gap; an empty one may be a gap itself
	}
	if f.last < 0 || f.last >= len(row) || row[f.last] != "" {
		return s, false // as most rows have it: they are asked no more
	}
	if at := f.missing(row); at >= 0 {
		return Shift{Column: at, Missing: true, Certain: true}, true
	}
	return s, false
}

// behind reports whether several cells behind an empty one are cells of the columns before theirs, and none stands where it belongs; sure
// says that the first is an address or a phone. One of them must stand where most rows have something else: dates and amounts that few rows
// have may all be of columns like each other. No cell up to seen is one of the column before.
func (f *Finder) behind(row []string, gap int) (certain, sure bool, seen int) {
	found, usual := 0, false
	for i := gap + 1; i < len(row); i++ {
		switch f.compare(row[i], i, i-1) {
		case belongs:
			return false, sure, seen
		case strays:
			found, usual = found+1, usual || f.columns[i].usual
			kind := f.columns[i-1].kind
			sure = sure || i == gap+1 && (kind == emails || kind == phones)
		}
		if found == 0 {
			seen = i
		}
	}
	return found > 1 && usual, sure, seen
}

// missing is the column of the first of several cells that are cells of the columns behind theirs, with none behind it that stands where
// it belongs; -1 without such.
func (f *Finder) missing(row []string) int {
	at, found := -1, 0
	for i := len(row) - 2; i >= 0; i-- { // of most rows the last cell that is filled stands where it belongs
		what := f.compare(row[i], i, i+1)
		if what == belongs {
			break
		}
		if what == strays {
			at, found = i, found+1
		}
	}
	if found < 2 {
		return -1
	}
	return at
}

// What a cell shows of two columns, its own and another.
const (
	nothing = iota
	belongs // to its own
	strays  // it is one of the other
)

// compare says what a cell shows of its own column and of another.
func (f *Finder) compare(cell string, own, other int) int {
	v := headers.Clean(cell)
	if v == "" || cells.IsPlaceholder(v) {
		return nothing
	}
	isOwn, _ := f.columns[own].holds(v)
	isOther, isNot := f.columns[other].holds(v)
	switch {
	case isOwn && !isOther, isNot:
		return belongs
	case isOther && !isOwn && f.columns[own].isStray(v, f.columns[other].kind):
		return strays
	}
	return nothing
}
