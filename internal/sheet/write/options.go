package write

import (
	"time"

	"crmferry/internal/cell"
)

// TableColumn is a column of a table.
type TableColumn struct {
	Header string    // unique in a workbook: a repeated one gets a number
	Kind   cell.Kind // of most cells; each Cell has its own
}

// TableOptions say how a table is written.
type TableOptions struct {
	Columns []TableColumn

	// Of a CSV file.
	Delimiter rune // 0: a comma, with Excel a semicolon
	Excel     bool // for opening in Excel: a BOM, CRLF, and date-times that it takes for dates
	Guard     bool // cells that a spreadsheet program would compute get a ' in front, which Reader takes off again

	// Of a workbook.
	Sheet       string    // its name, "": Contacts
	Title       string    // of the document, and the heading of the sheet About
	Subject     string    // of the document
	Description string    // of the document
	Creator     string    // of the document
	Created     time.Time // of the document; zero leaves it out
}

// Stats are what a table became.
type Stats struct {
	Rows     int64 // without headers
	Sheets   int   // with rows; 1 for CSV
	CutCells int64 // that were longer than a worksheet's cell may be, and end with a mark
}
