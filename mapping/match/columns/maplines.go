package columns

import (
	"crmferry/mapping/headers"
)

// MapEntry is one line of a map file.
type MapEntry struct {
	Column string `csv:"column"` // a header, or "#C" for a column by its letter
	Field  string `csv:"field"`  // "" ignores the column
	How    string `csv:"how"`    // of a file that check wrote: how the field was found. Such a file has a line for every column
}

// MapLine is one line of a map file as check writes it.
type MapLine struct {
	Column  string `csv:"column"`
	Field   string `csv:"field"`
	How     string `csv:"how"`     // "usual header", "proposed: ...", "ignored: ..."
	Example string `csv:"example"` // the first cell that holds something
}

// MapLines are the lines of a map file that says of all columns what is known of them. Those of a rejects file are left
// out.
func MapLines(columns []Column) []MapLine {
	var lines []MapLine
	refs := Refs(columns)
	for i, c := range columns {
		if IsOwnColumn(headers.Clean(c.Header)) {
			continue
		}
		l := MapLine{Column: refs[i], How: c.MatchedBy(), Example: c.Example}
		switch c.State {
		case Mapped:
			l.Field = c.Field
		case Proposed:
			l.How = "proposed: " + c.Reason
		case ReadOnlyColumn:
			l.How = "read-only: " + c.Field
		default:
			l.How = "ignored: " + c.Reason
		}
		lines = append(lines, l)
	}
	return lines
}
