package export

import (
	"io"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/mapping/hint"
)

// Request says what is exported and into which file.
type Request struct {
	Resource account.Resource
	File     files.OutputFile
	Started  time.Time

	Query         crm.Query
	Columns       []string  // names of fields, none for all
	Since         time.Time // only what was created or changed since, zero for all
	SinceLast     bool      // only what was created or changed since the last export of the same series; see changes
	Limit         int       // 0 for all
	AllowUnproven bool      // write the file even if the list cannot be shown to be complete
	Confirmed     bool      // do not ask, however many requests it takes

	Excel     bool // CSV as Excel opens it
	Delimiter rune // of a CSV file, 0 for the default
	Raw       bool // CSV in which nothing is put before cells that a spreadsheet would compute

	MinRows   int64
	MaxShrink *float64 // the share of the old file's rows that may be gone, nil for any

	Connect   job.ConnectOptions
	Wait      time.Duration // for a vendor that is away; 0 for Env.Patience
	Overwrite bool          // even a file that is not crmferry's

	Stdout io.Writer                // what Stdout stands for
	Clean  func(string) string      // what is done to the texts of cells; nil: nothing
	Words  hint.Words               // of the front end, for what is wrong with Columns
	About  func(*Result) [][]string // the lines of the sheet of a workbook that says how it was made
	Record AsGiven
}

// AsGiven is what the record of the run says of a request: the words of the user.
type AsGiven struct {
	Output, Since string
	Filters       []string
}
