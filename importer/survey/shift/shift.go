// Package shift finds the rows of which an empty cell too many puts those behind it one column off, though their number is right: the last
// column is empty, or the program leaves out the last cells that are.
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
type Finder struct{ columns []column }

type column struct {
	usual bool           // most rows have something in it
	kind  int            // of its cells
	seen  map[string]int // how often cells were seen
	few   bool           // they are few, which come again
	alike [kindCount]int // how many look like each kind
	all   int
}

// NewFinder goes by the headers and the profile of a sheet.
func NewFinder(p *cells.Profile, header []string) *Finder {
	f := &Finder{columns: make([]column, len(header))}
	for i := range f.columns {
		c := p.Column(i)
		if c == nil {
			continue
		}
		f.columns[i] = column{usual: 2*c.Filled > p.Rows, kind: noKind, seen: c.Values, few: 2*len(c.Values) <= c.Counted, all: c.Counted}
		for v, n := range c.Values {
			f.columns[i].count(v, n)
		}
		f.columns[i].settle(header[i])
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
func (c *column) settle(header string) {
	for k, n := range c.alike {
		if c.all > 1 && 4*n >= 3*c.all || c.all == 1 && k == kindOf(header) {
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
	if kind == noKind {
		return 10*c.seen[v] <= c.all || c.seen[v] <= 1
	}
	return 4*c.alike[kind] <= c.all || c.alike[kind] <= 1
}

// Find returns the column of the empty cell behind which those of a row read like cells of the columns before theirs, -1 if there is none.
// It is certain where two do at least, and none does not.
func (f *Finder) Find(row []string) (at int, certain bool) {
	for at := range min(len(row), len(f.columns)) - 1 {
		if !f.columns[at].usual || row[at] != "" || row[at+1] == "" {
			continue
		}
		if found, sure, against := f.behind(row, at); found > 1 && !against || sure {
			return at, found > 1 && !against
		}
	}
	return -1, false
}

// behind counts the cells behind an empty one that are cells of the columns before theirs; sure says that the first is an address or a
// phone, against that another stands where it belongs.
func (f *Finder) behind(row []string, gap int) (found int, sure, against bool) {
	for i := gap + 1; i < min(len(row), len(f.columns)); i++ {
		v := headers.Clean(row[i])
		if v == "" || cells.IsPlaceholder(v) {
			continue
		}
		own, before := &f.columns[i], &f.columns[i-1]
		isOwn, _ := own.holds(v)
		isBefore, isNot := before.holds(v)
		switch {
		case isOwn && !isBefore, isNot:
			return found, sure, true
		case isBefore && !isOwn && own.isStray(v, before.kind):
			found++
			sure = sure || i == gap+1 && (before.kind == emails || before.kind == phones)
		}
	}
	return found, sure, false
}
