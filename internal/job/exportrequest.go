package job

import (
	"io"
	"path/filepath"
	"strings"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping/hint"
)

// ExportRequest says what is exported and into which file.
type ExportRequest struct {
	Resource account.Resource
	File     OutputFile
	Started  time.Time

	Query         crm.Query
	Columns       []string  // names of fields, none for all
	Since         time.Time // only what was created or changed since, zero for all
	Limit         int       // 0 for all
	AllowUnproven bool      // write the file even if the list cannot be shown to be complete
	Confirmed     bool      // do not ask, however many requests it takes

	Excel     bool // CSV as Excel opens it
	Delimiter rune // of a CSV file, 0 for the default
	Raw       bool // CSV in which nothing is put before cells that a spreadsheet would compute

	MinRows   int64
	MaxShrink *float64 // the share of the old file's rows that may be gone, nil for any

	Connect   ConnectOptions
	Wait      time.Duration // for the lock of the account
	Overwrite bool          // even a file that is not crmferry's

	Stdout io.Writer                      // what Stdout stands for
	Clean  func(string) string            // what is done to the texts of cells; nil: nothing
	Words  hint.Words                     // of the front end, for what is wrong with Columns
	About  func(*ExportResult) [][]string // the lines of the sheet of a workbook that says how it was made

	// Record is what the record of the run says of the request, as it was given.
	Record struct {
		Output, Since string
		Filters       []string
	}
}

// Stdout is the name of an output that is no file but the writer of the request.
const Stdout = "-"

// Placeholders in the name of an output, and what they become: no character that a file system refuses.
const (
	placeDate, dateName = "{date}", "2006-01-02"
	placeTime, timeName = "{time}", "150405"
)

// OutputFile names the file that an export writes.
type OutputFile struct {
	Name   string // as given, perhaps with {date} and {time}
	Path   string // with the time in it, or Stdout
	Format sheet.Format
}

// NewOutputFile names a file of an export that starts now.
func NewOutputFile(name string, now time.Time) OutputFile {
	f := OutputFile{Name: name, Path: name, Format: sheet.CSV}
	if name != Stdout {
		f.Path = strings.NewReplacer(placeDate, now.Format(dateName), placeTime, now.Format(timeName)).Replace(name)
		f.Format = FormatOf(f.Path)
	}
	return f
}

// ToStdout reports whether there is no file.
func (f OutputFile) ToStdout() bool { return f.Path == Stdout }

// Dated reports whether each export has a name of its own.
func (f OutputFile) Dated() bool { return hasPlaceholder(f.Name) }

// DatedFolder reports whether each export has a folder of its own, so that no older file is found.
func (f OutputFile) DatedFolder() bool {
	folder, _ := filepath.Split(f.Name)
	return hasPlaceholder(folder)
}

func hasPlaceholder(s string) bool {
	return strings.Contains(s, placeDate) || strings.Contains(s, placeTime)
}
