package cells

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells/markup"
	"crmferry/mapping/headers"
)

// Profile is what the cells of all rows say about the columns of a sheet, found in one pass before headers are matched.
// It is not safe for concurrent use while rows are added. A nil Profile knows nothing.
type Profile struct {
	Rows    int
	Head    [][]string // the first rows, to compare columns by
	columns []ColumnProfile
	coats   []markup.Coat // by column, nil for most sheets; known once the profile is settled
}

// ColumnProfile is what is known of one column.
type ColumnProfile struct {
	Filled  int            // cells that hold more than white space
	example string         // the first of them
	Values  map[string]int // a sample of the cells, trimmed, and how often each was seen in it
	Counted int            // cells in the sample
	nulls   Nulls          // the marks that some cell is
	coats   markup.Coats
	Evidence
}

// The first rows are looked at one by one; of the others, one in profileStride. New values are no longer taken once there
// are too many to tell a short list of words from free text.
const (
	profileHead   = 1000
	profileStride = 64
	profileFirst  = 200 // different values that the first rows give
	profileValues = 400 // that all rows give
	headRows      = 50
)

// VariesIDs reports whether the ids in a column are mostly different ones; cells that hold none say nothing of the others.
func (c *ColumnProfile) VariesIDs() bool {
	different, all := 0, 0
	for v, n := range c.Values {
		if v != "" && strings.Trim(v, "0") != "" && v[0] != '#' && !IsPlaceholder(v) && !IsLostObject(v) {
			different, all = different+1, all+n
		}
	}
	return different*2 > all
}

// NewProfile makes the profile of a sheet with that header.
func NewProfile(header []string) *Profile {
	p := &Profile{columns: make([]ColumnProfile, len(header))}
	for i := range p.columns {
		p.columns[i].Values = map[string]int{}
	}
	return p
}

// Add takes in one row; points are the columns of numbers whose point is known to start the decimals. It keeps no cells beyond
// a bounded sample, so that memory does not grow with the rows.
func (p *Profile) Add(cells []string, points ...int) {
	p.Rows++
	limit := profileFirst
	if p.Rows > profileHead {
		limit = profileValues
	}
	if len(p.Head) < headRows {
		p.keep(cells)
	}
	sampled := p.Rows <= profileHead || p.Rows%profileStride == 0
	for i := range min(len(cells), len(p.columns)) {
		if v := headers.Clean(cells[i]); v != "" {
			c := &p.columns[i]
			if null := nullOf(v); null != 0 {
				c.nulls |= null
				c.Filled++
				continue
			}
			c.Evidence.take(c.coats.Add(v), len(points) > 0 && slices.Contains(points, i))
			c.add(v, sampled, limit)
		}
	}
}

// Count takes in a row whose cells may stand in wrong columns: it shows that these hold something, and not what.
func (p *Profile) Count(cells []string) {
	p.Rows++
	for i := range min(len(cells), len(p.columns)) {
		if v := headers.Clean(cells[i]); v != "" {
			p.columns[i].fill(v)
		}
	}
}

// Settle takes off all cells that were kept what their program put around those of their column. It is called once, behind the last row.
func (p *Profile) Settle() {
	all := make([]*markup.Coats, len(p.columns))
	for i := range p.columns {
		all[i] = &p.columns[i].coats
	}
	p.coats = markup.Settle(all)
	for i, coat := range p.coats {
		c := &p.columns[i]
		c.example = coat.Off(c.example)
		bare := make(map[string]int, len(c.Values))
		for v, n := range c.Values {
			bare[coat.Off(v)] += n
		}
		c.Values = bare
		for _, row := range p.Head {
			if i < len(row) {
				row[i] = coat.Off(row[i])
			}
		}
	}
}

// Coats are what the program that wrote a sheet put around the cells, by column; nil if it did not.
func (p *Profile) Coats() []markup.Coat {
	if p == nil {
		return nil
	}
	return p.coats
}

// keep copies one of the first rows.
func (p *Profile) keep(cells []string) {
	row := make([]string, min(len(cells), len(p.columns)))
	for i := range row {
		row[i] = headers.Clean(strings.Clone(cells[i]))
	}
	p.Head = append(p.Head, row)
}

func (c *ColumnProfile) add(v string, sampled bool, limit int) {
	c.fill(v)
	if !sampled || IsPlaceholder(v) {
		return
	}
	n, known := c.Values[v]
	switch {
	case known:
		c.Values[v] = n + 1
	case len(c.Values) < limit:
		c.Values[strings.Clone(v)] = 1
	default:
		return
	}
	c.Counted++
}

// fill counts a cell that holds something.
func (c *ColumnProfile) fill(v string) {
	if c.Filled++; c.example == "" {
		c.example = strings.Clone(v)
	}
}

// Column is what is known of a column; nil if nothing is.
func (p *Profile) Column(i int) *ColumnProfile {
	if p == nil || i >= len(p.columns) {
		return nil
	}
	return &p.columns[i]
}

// Share is the part of the sampled cells that look like something, from 0 to 1; 0 for an empty column.
func (c *ColumnProfile) Share(looks func(string) bool) float64 {
	if c == nil || c.Counted == 0 {
		return 0
	}
	n := 0
	for v, count := range c.Values {
		if looks(v) {
			n += count
		}
	}
	return float64(n) / float64(c.Counted)
}

// Filled counts the cells of a column that hold something, and shows the first of them; 0 and "" if nothing is known.
func (p *Profile) Filled(column int) (n int, example string) {
	if c := p.Column(column); c != nil {
		return c.Filled, c.example
	}
	return 0, ""
}

// DescribeShare says how many of the cells are something.
func DescribeShare(share float64, what string) string {
	switch {
	case share == 1:
		return "all its cells are " + what
	case share == 0:
		return "its cells are no " + what
	}
	return fmt.Sprintf("%.0f %% of its cells are %s", share*100, what)
}

// Lacks says which sign no cell of a column has that every value of a concept needs, "" if some have it.
func (c *ColumnProfile) Lacks(means headers.Concept) string {
	switch {
	case c.Counted < 3:
	case means == headers.Email && c.Share(func(v string) bool { return strings.Contains(v, "@") }) == 0:
		return "no cell has an @"
	case (means == headers.Phone || means == headers.Zip) && c.Share(func(v string) bool { return CountDigits(v) > 0 }) == 0:
		return "no cell has a digit"
	case means == headers.Phone && c.Share(func(v string) bool { return CountDigits(v) > 4 }) == 0:
		return "no cell has as many digits as a phone number"
	}
	return ""
}
