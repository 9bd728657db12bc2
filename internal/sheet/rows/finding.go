package rows

import "unicode/utf8"

// Finding is something in a file that its owner should know of: a cell or row that is not what it seems, or one that
// was left out.
type Finding struct {
	Code    string // of the kind, stable, snake_case: "ragged_row"
	Row     int    // as Excel shows it, 0 if it is about no row
	Line    int    // of a CSV file: the physical line, 0 in a workbook
	Column  int    // from 0; -1 if it is about no cell
	Text    string // the cell or words as they stand, cut after maxFindingText bytes
	Message string // for people: what it is and what to do
}

// FindingCount is how often a code was found, and the first ones, at most maxFirst.
type FindingCount struct {
	Code  string
	Count int
	First []Finding
}

// Fact is something about a file that had to be found out, such as its encoding.
type Fact struct {
	What  string // "encoding"
	Value string // "Windows-1252"
	Why   string // the evidence, for people: `row 7: "Jos\xe9" reads "José"`

	Alternative string // the name of another value that could be meant, "" for none
}

// maxFirst bounds the findings that are kept of each code, maxFindingText the bytes of text that each keeps: a file of
// a million odd rows takes no more memory than one of five.
const (
	maxFirst       = 5
	maxFindingText = 200
)

// Findings collects what is odd in a file. Whoever reads it adds to them as it goes.
type Findings struct {
	Counts []FindingCount // in the order of their first finding
}

// Add counts a finding. describe is called for the first ones only, so that it may format its message.
func (n *Findings) Add(code string, describe func() Finding) {
	c := n.count(code)
	if c.Count++; c.Count > maxFirst {
		return
	}
	f := describe()
	f.Code, f.Text = code, Clip(f.Text, maxFindingText)
	c.First = append(c.First, f)
}

// count is the counter of a code. It is valid until the next call.
func (n *Findings) count(code string) *FindingCount {
	for i := range n.Counts {
		if n.Counts[i].Code == code {
			return &n.Counts[i]
		}
	}
	n.Counts = append(n.Counts, FindingCount{Code: code})
	return &n.Counts[len(n.Counts)-1]
}

// Clip cuts a text after so many bytes, at a character, and marks the cut.
func Clip(s string, size int) string {
	if len(s) <= size {
		return s
	}
	for size > 0 && !utf8.RuneStart(s[size]) {
		size--
	}
	return s[:size] + "…"
}
