package cli

import (
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"crmferry/exporter"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// exportRequest says what is exported and into which file.
type exportRequest struct {
	Resource account.Resource
	File     outputFile
	Started  time.Time

	Query         crm.Query
	Columns       []string  // names of fields, none for all
	Since         time.Time // zero for all
	Limit         int       // 0 for all
	AllowUnproven bool
	Confirmed     bool // it may take a great many requests

	Excel     bool // CSV as Excel opens it
	Delimiter rune // of a CSV file, 0 for the default
	Raw       bool // cells that a spreadsheet would compute stay as they are

	MinRows   int64
	MaxShrink *float64 // the share of the old file's rows that may be gone, nil for any

	Connect   connectOptions
	Lock      lockOptions
	Overwrite bool // even a file that is not crmferry's

	// Record is what the record of the run says of the request, as it was given.
	Record struct {
		Output, Since string
		Filters       []string
	}
}

// toStdout is the name of an output that goes to stdout.
const toStdout = "-"

// Placeholders in the name of an output, and what they become: no character that a file system refuses.
const (
	placeDate, dateName = "{date}", "2006-01-02"
	placeTime, timeName = "{time}", "150405"
)

// outputFile names the file that an export writes.
type outputFile struct {
	Name   string // as given, perhaps with {date} and {time}
	Path   string // with the time in it, "-" for stdout
	Format sheet.Format
}

// newOutputFile names a file of an export that starts now. What does not end in .xlsx is CSV.
func newOutputFile(name string, now time.Time) outputFile {
	f := outputFile{Name: name, Path: name, Format: sheet.CSV}
	if name == toStdout {
		return f
	}
	f.Path = strings.NewReplacer(placeDate, now.Format(dateName), placeTime, now.Format(timeName)).Replace(name)
	if strings.EqualFold(filepath.Ext(f.Path), ".xlsx") {
		f.Format = sheet.XLSX
	}
	return f
}

// ToStdout reports whether there is no file.
func (f outputFile) ToStdout() bool { return f.Path == toStdout }

// Dated reports whether each export has a name of its own.
func (f outputFile) Dated() bool { return hasPlaceholder(f.Name) }

// DatedFolder reports whether each export has a folder of its own, so that no older file is found.
func (f outputFile) DatedFolder() bool {
	folder, _ := filepath.Split(f.Name)
	return hasPlaceholder(folder)
}

func hasPlaceholder(s string) bool {
	return strings.Contains(s, placeDate) || strings.Contains(s, placeTime)
}

// exportPlan is what an export is about to do.
type exportPlan struct {
	Resource     account.Resource
	File         outputFile
	Columns      []mapping.ExportColumn
	Filters      []crm.Filter
	Since        time.Time
	Limit        int
	Sandbox      bool
	Undocumented bool
	Base         *url.URL
	Pace         account.Pace
}

// narrowed reports whether something is left out on purpose.
func (p *exportPlan) narrowed() bool { return len(p.Filters) > 0 || !p.Since.IsZero() || p.Limit > 0 }

// exportResult is what became of an export that was finished.
type exportResult struct {
	exportPlan
	Started  time.Time
	Run      string // "" if nothing is kept of it
	Summary  exporter.Summary
	Stats    write.Stats   // of the file; zero before it is complete
	Output   *state.Output // where the file and what it replaced are, nil for stdout
	Requests int64
}

// Complete reports whether everything was shown to be in the file.
func (r *exportResult) Complete() bool { return !r.Summary.Limited && len(r.Summary.Unproven) == 0 }
