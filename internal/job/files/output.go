package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crmferry/importer/planfile"
	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/failure"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// NameOutput advises to name another file for an output.
type NameOutput struct{ Kind state.OutputKind }

// NameOutputInFolder advises to name a file in a folder that exists, or in one that can be written.
type NameOutputInFolder struct {
	Kind   state.OutputKind
	Closed bool               // the folder exists, and cannot be written
	Also   []state.OutputKind // further files that would go there
}

// ReplaceOutput advises to name another file for an output, or to let it take the place of the one that is there.
type ReplaceOutput struct{ Kind state.OutputKind }

func (NameOutput) IsAdvice()         {}
func (NameOutputInFolder) IsAdvice() {}
func (ReplaceOutput) IsAdvice()      {}

// NewOutput is a file that is about to be written for people under a name that the user gave. It refuses to take the place of
// a file that is not crmferry's; what people changed in one that is stays (see state.Output). Of an export, columns are
// those that its resource has.
func NewOutput(env func(name string) (string, bool), now func() time.Time, kind state.OutputKind, path string, overwrite bool, columns ...mapping.ExportColumn) (*state.Output, error) {
	if path == Stdout { // else a file of that name would be made
		return nil, failure.Refusef(NameOutput{kind}, "%q is stdout, and the %s is a file", path, kind)
	}
	root, err := state.RootIn(env)
	if err != nil {
		root = "" // then nothing is remembered, which is told when it matters
	}
	origins := state.NewOutputs(root, func(path string) state.Origin { return originOf(path, columns) }, now)
	out := origins.Output(kind, path)
	out.Overwrite = overwrite
	foreign, err := out.Foreign()
	if err != nil {
		return nil, err
	}
	if foreign {
		return nil, failure.Refusef(ReplaceOutput{kind}, "%q was not written by crmferry, and is not replaced", path)
	}
	return out, nil
}

// originOf says which of crmferry's files a file is: a workbook says so itself, everything else shows by its header.
func originOf(path string, columns []mapping.ExportColumn) state.Origin {
	book, _ := sheet.OriginOf(path) // no workbook says nothing
	o := state.Origin{Kind: kindOfBook(book), Whole: book.Sealed}
	if o.Kind == "" {
		o.Kind = kindOfHeader(headerOf(path), columns)
	}
	return o
}

// Subjects of workbooks begin with these.
const (
	ExportSubject = "Export of "
	CopySubject   = "Copy before deleting from "
)

// kindOfBook says what the document properties of a workbook tell; "" for nothing.
func kindOfBook(b sheet.Origin) state.OutputKind {
	maker, _, _ := strings.Cut(b.Creator, "/")
	switch {
	case maker != report.Creator:
		return ""
	case strings.HasPrefix(b.Subject, ExportSubject):
		return state.ExportOutput
	case strings.HasPrefix(b.Subject, CopySubject):
		return state.CopyOutput
	case strings.HasPrefix(b.Title, report.CheckTitle):
		return state.CheckOutput
	case strings.HasPrefix(b.Title, report.RejectsTitle):
		return state.RejectsOutput
	}
	return state.ReportOutput
}

// headerOf is the header of a sheet; nil for what is none. One in plain ASCII reads the same whatever the encoding of the rest, which
// all of a file would have to be read for.
func headerOf(path string) []string {
	for _, o := range []sheet.Options{{Encoding: "UTF-8"}, {}} {
		r, err := sheet.Open(path, o)
		if err != nil {
			continue
		}
		header := slices.Clone(r.Header())
		r.Close()
		if o.Encoding == "" || !slices.ContainsFunc(header, isOtherText) {
			return header
		}
	}
	return nil
}

// isOtherText reports whether a text is not all characters of ASCII that are printed.
func isOtherText(v string) bool {
	return strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' })
}

// kindOfHeader says which of crmferry's files has such a header; "" for none. An export has only its own columns, or all of
// them and some that people added.
func kindOfHeader(header []string, own []mapping.ExportColumn) state.OutputKind {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(header, n) })
	}
	foreign := func(h string) bool {
		return !slices.ContainsFunc(own, func(c mapping.ExportColumn) bool { return h == c.Name || h == c.Label })
	}
	missing := func(c mapping.ExportColumn) bool { return !has(c.Name) && !has(c.Label) }
	switch {
	case len(header) == 0:
		return ""
	case has(columns.ColumnRow, columns.ColumnError, columns.ColumnMessage):
		return state.RejectsOutput
	case survey.IsReport(header), planfile.IsChanges(header):
		return state.ReportOutput
	case slices.Equal(header, report.IDColumns()):
		return state.IDsOutput
	case has("row", "outcome", "code", "what_is_wrong", "what_to_do"):
		return state.CheckOutput
	case has("column", "field", "how", "example"):
		return state.MapOutput
	case !slices.ContainsFunc(header, foreign), len(own) > 0 && !slices.ContainsFunc(own, missing):
		return state.ExportOutput
	}
	return ""
}

// OutputFormatError refuses an output whose name promises what no table is written as.
type OutputFormatError struct {
	Kind   state.OutputKind
	Path   string
	Format string // that its name promises: ".pdf file"
}

// Error names the file.
func (e *OutputFormatError) Error() string {
	return fmt.Sprintf("the %s %q would be no %s", e.Kind, e.Path, e.Format)
}

// CheckWritable refuses an output that could not be written, or whose name promises what no table is written as, before
// anything is sent; "" is no file.
func CheckWritable(kind state.OutputKind, path string) error {
	if path == "" {
		return nil
	}
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".pdf", ".json", ".html", ".htm", ".xml", ".doc", ".docx", ".zip":
		return &failure.Advised{Code: failure.ExitUsage, Err: &OutputFormatError{kind, path, ext + " file"}, Advice: failure.Hints("give it a name that ends in .csv or .xlsx")}
	}
	switch info, err := os.Stat(path); {
	case err != nil: // there is none yet
	case info.IsDir():
		return failure.Refusef(NameOutputInFolder{Kind: kind}, "cannot write %q: it is a folder", path)
	case !info.Mode().IsRegular():
		return failure.Refusef(NameOutput{kind}, "cannot write %q: it is not a plain file", path)
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return failure.Refusef(NameOutputInFolder{Kind: kind}, "cannot write %q: there is no folder %q", path, folder)
	}
	return checkFolder(kind, path)
}

// checkFolder refuses an output whose folder cannot be written.
func checkFolder(kind state.OutputKind, path string, also ...state.OutputKind) error {
	folder, err := filepath.Abs(filepath.Dir(path))
	if err == nil && !state.CanWriteInto(folder) {
		return failure.Refusef(NameOutputInFolder{Kind: kind, Closed: true, Also: also}, "cannot write %q: nothing can be written into the folder %q", path, folder)
	}
	return nil
}

// CheckOutputs refuses files that could not be written, and such that would take the place of the input or of each
// other. rejects is "" for none.
func CheckOutputs(input, report, rejects string) error {
	switch {
	case SameFile(report, input):
		return failure.Refusef(NameOutput{state.ReportOutput}, "the report would take the place of the input %q", input)
	case rejects != "" && SameFile(rejects, input):
		return failure.Refusef(NameOutput{state.RejectsOutput}, "the rejects would take the place of the input %q", input)
	case rejects != "" && SameFile(rejects, report):
		return failure.Refusef(NameOutput{state.RejectsOutput}, "report and rejects would both be %q", report)
	case rejects != "" && !state.CanWriteInto(filepath.Dir(rejects)) && filepath.Dir(report) == filepath.Dir(rejects):
		return checkFolder(state.ReportOutput, report, state.RejectsOutput)
	}
	return errors.Join(CheckWritable(state.ReportOutput, report), CheckWritable(state.RejectsOutput, rejects))
}

// SameFile reports whether two paths lead to one file, existing or not.
func SameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	if errX == nil && errY == nil {
		return os.SameFile(x, y)
	}
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// FormatOf is the format that a file of this name is written in.
func FormatOf(path string) sheet.Format {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return sheet.XLSX
	}
	return sheet.CSV
}
