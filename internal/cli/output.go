package cli

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/failure"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// outputOptions say what a file that is written may take the place of.
type outputOptions struct{ overwrite bool }

func (o *outputOptions) addTo(fs *pflag.FlagSet) {
	fs.BoolVar(&o.overwrite, "overwrite", false, "let what is written take the place of a file that is not crmferry's")
}

// output is a file that a command is about to write for people, whose name came by flag. It refuses to take the place of a
// file that is not crmferry's; what people changed in one that is stays (see state.Output). Of an export, columns are
// those that its resource has.
func (a *app) output(kind state.OutputKind, flag, path string, o outputOptions, columns ...mapping.ExportColumn) (*state.Output, error) {
	root, err := state.RootIn(a.env)
	if err != nil {
		root = "" // then nothing is remembered, which is told when it matters
	}
	origins := state.NewOutputs(root, func(path string) state.Origin { return originOf(path, columns) }, a.now)
	out := origins.Output(kind, path)
	out.Overwrite = o.overwrite
	foreign, err := out.Foreign()
	if err != nil {
		return nil, err
	}
	if foreign {
		return nil, failure.Usage("name another file: "+flag+" FILE; --overwrite replaces this one",
			"%q was not written by crmferry, and is not replaced", path)
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
	exportSubject = "Export of "
	copySubject   = "Copy before deleting from "
)

// kindOfBook says what the document properties of a workbook tell; "" for nothing.
func kindOfBook(b sheet.Origin) state.OutputKind {
	maker, _, _ := strings.Cut(b.Creator, "/")
	switch {
	case maker != report.Creator:
		return ""
	case strings.HasPrefix(b.Subject, exportSubject):
		return state.ExportOutput
	case strings.HasPrefix(b.Subject, copySubject):
		return state.CopyOutput
	case strings.HasPrefix(b.Title, report.CheckTitle):
		return state.CheckOutput
	}
	return state.ReportOutput
}

// headerOf is the header of a sheet; nil for what is none.
func headerOf(path string) []string {
	r, err := sheet.Open(path, sheet.Options{})
	if err != nil {
		return nil
	}
	defer r.Close()
	return slices.Clone(r.Header())
}

// kindOfHeader says which of crmferry's files has such a header; "" for none. An export has only its own columns, or all of
// them and some that people added.
func kindOfHeader(header []string, columns []mapping.ExportColumn) state.OutputKind {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(header, n) })
	}
	foreign := func(h string) bool {
		return !slices.ContainsFunc(columns, func(c mapping.ExportColumn) bool { return h == c.Name || h == c.Label })
	}
	missing := func(c mapping.ExportColumn) bool { return !has(c.Name) && !has(c.Label) }
	switch {
	case len(header) == 0:
		return ""
	case has(match.ColumnRow, match.ColumnError, match.ColumnMessage):
		return state.RejectsOutput
	case survey.IsReport(header):
		return state.ReportOutput
	case has("row", "outcome", "code", "what_is_wrong", "what_to_do"):
		return state.CheckOutput
	case has("column", "field", "how", "example"):
		return state.MapOutput
	case !slices.ContainsFunc(header, foreign), len(columns) > 0 && !slices.ContainsFunc(columns, missing):
		return state.ExportOutput
	}
	return ""
}

// tellOutput says which files of people's stay, or where they are now. It is said under --quiet, too: a script would go on
// with the old file, or people miss theirs.
func (a *app) tellOutput(written ...*state.Output) {
	for _, o := range written {
		a.tellOne(o)
	}
}

func (a *app) tellOne(o *state.Output) {
	why := "it is not as crmferry left it"
	if o.Unsure {
		why = "nothing here tells whether it was changed since crmferry wrote it"
	}
	switch {
	case o.Kind == state.CopyOutput:
	case o.Left != "":
		a.ui.Resultf("kept    %s as it is: %s; the new one is %s", o.Left, why, o.Path())
	case o.Kept != "":
		a.ui.Resultf("kept    %s, which was %s: %s", o.Kept, o.Path(), why)
	}
	for _, path := range o.Removed {
		a.ui.Resultf("removed %s: the newest three are kept", path)
	}
	if o.Forgot != nil && reportFormat(o.Path()) == sheet.CSV { // a workbook shows it by itself
		a.ui.Warnf("%s counts as changed next time: %v", o.Path(), o.Forgot)
	}
}

// keptOf are the files that hold what people changed, for --json.
func keptOf(outputs ...*state.Output) []string {
	var kept []string
	for _, o := range outputs {
		if path := cmp.Or(o.Kept, o.Left); path != "" && o.Kind != state.CopyOutput {
			kept = append(kept, path)
		}
	}
	return kept
}
