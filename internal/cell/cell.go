// Package cell is the one typed cell that flows from a table of fields into a sheet of any format, and the names of its
// column. It imports nothing of ours, so that those who make cells and those who write them need not know each other.
package cell

import (
	"math"
	"strconv"
	"time"
)

// Kind is what a cell holds, and so how it is written.
type Kind int

// The kinds of cells. The zero value is text.
const (
	Text       Kind = iota
	Number          // Cell.Number
	Date            // the day of Cell.Time
	DateTime        // the instant Cell.Time, shown in UTC
	Bool            // Cell.Number: 0 is false
	Link            // the web address Cell.Text, to be clicked
	Identifier      // text that looks like a number and is none: a phone, a zip, an id
)

// Cell is one value of a table. The zero Cell is empty; so is a cell of text, link or identifier without Text, and a
// date without Time.
type Cell struct {
	Kind   Kind
	Text   string // of text, links and identifiers; of the others, how text is to show it ("": by its value)
	Number float64
	Time   time.Time
}

// String is the cell as a CSV file holds it, in the form in which a later import reads it.
func (c *Cell) String() string {
	if c.Text != "" {
		return c.Text
	}
	switch c.Kind {
	case Number:
		if !math.IsNaN(c.Number) && !math.IsInf(c.Number, 0) {
			return Decimal(c.Number)
		}
	case Bool:
		// Words for people to filter by: a program's TRUE is another word in each language of Excel.
		if c.Number != 0 {
			return "yes"
		}
		return "no"
	case Date:
		if !c.Time.IsZero() {
			return c.Time.UTC().Format(time.DateOnly)
		}
	case DateTime:
		if !c.Time.IsZero() {
			return c.Time.UTC().Format(time.RFC3339Nano)
		}
	}
	return ""
}

// Decimal writes a number with as few decimals as it needs, but not with three: 1.125 would be read as a thousand and
// more where a point separates thousands, 1.1250 nowhere.
func Decimal(x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	if len(s) > 4 && s[len(s)-4] == '.' {
		s += "0"
	}
	return s
}
