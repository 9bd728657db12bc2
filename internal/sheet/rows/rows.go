// Package rows holds what all readers of sheets share, and those who write them have to know: the row, the formats, what
// can be wrong with a file (Error and its kinds), and what is odd about it or had to be found out (Finding, Fact).
package rows

import "strings"

// Format is what kind of file a sheet is in.
type Format string

// The formats that are read and written.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// AboutSheet is the name of the sheet of a workbook that says what the others are.
const AboutSheet = "About"

// OwnRowsSheet is the name of the sheet of a report's workbook that shows the rows of the input beside what became of them; its
// first column is OwnRowsColumn.
const (
	OwnRowsSheet  = "Your rows"
	OwnRowsColumn = "crmferry_row"
)

// Row is one row of a sheet that is not blank.
type Row struct {
	Number int // as Excel shows it: the header of a plain file is 1, blank rows count
	Line   int // of a CSV file: the physical line on which the row starts, from 1; 0 in a workbook

	// Shifted says of a row of a CSV file that it has more cells than the header's row, empty ones at its end too (but for
	// those that nearly all rows have): one holds a delimiter that is not quoted, and the cells behind it are one column off. A row
	// of one cell is, too, if that holds the values of all columns with another delimiter between them.
	Shifted bool

	// Short is how many cells a row of a CSV file has that has fewer than the header, 0 for others: a delimiter or a line may be
	// missing.
	Short int

	// LastLine is the physical line on which a row of several lines ends; 0 for others.
	LastLine int

	// Swallows is, counted from 1, the column of a cell that reads like further rows of the table: two quotes that stand alone,
	// rows apart, have made one cell of all between them. 0 for none.
	Swallows int

	// Lone is, counted from 1, the first cell of a row of a text with tabs that a quote opens and none closes, 0 for none: it is a
	// character like any other.
	Lone int

	// Unclosed is the same of a text with other delimiters, in which a quote at the beginning of a cell hardly is a character of it.
	Unclosed int

	// Section says that the row stands between others for no contact: a heading of those below it, a note, a subtotal.
	Section bool

	// Odd are cells with text that is not in the encoding of the rest of the file.
	Odd []OddText

	// Cells has at least the length of the header: short rows are filled with empty cells, and longer rows keep what
	// stands beyond the header. The slice is valid until the next row is read, its strings for ever.
	Cells []string

	// Points are the columns of cells that a workbook holds as numbers with decimals: a point starts these, whatever
	// texts beside them do.
	Points []int

	// Saved are the cells that a workbook holds as numbers, dates among them; only of a sheet that was opened AsSaved.
	Saved []Saved

	// Links are the e-mail addresses that cells of a workbook lead to and do not show.
	Links []Link
}

// Link is an e-mail address that a click on a cell writes to.
type Link struct {
	Column  int // from 0
	Address string
}

// Saved is how a workbook holds the number that a cell shows.
type Saved struct {
	Column   int // from 0
	Number   float64
	Format   string // the code of its format, "" for one that is built in
	FormatID int    // of that
}

// OddText is text in a row of a CSV file that is not in the encoding of the rest of the file, but was read as if in another one.
type OddText struct {
	Column  int    // from 0
	Certain bool   // it is a word so
	Reads   string // for people: from which bytes, and in which encoding
}

// Filled is the number of cells up to the last one that holds more than white space.
func Filled(cells []string) int {
	for n := len(cells); n > 0; n-- {
		c := cells[n-1]
		if c != "" && (c[0] > ' ' && c[0] < 0x80 || strings.TrimSpace(c) != "") {
			return n
		}
	}
	return 0
}
