package cli

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"

	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping/match"
)

// readMapFile reads pairs of column and field, as people or check wrote them, or Excel saved them.
func readMapFile(path string) ([]match.MapEntry, error) {
	entries, err := readTable[match.MapEntry](path, "map file", "column,field", "how")
	for i := range entries {
		entries[i].Column, entries[i].Field = unguard(entries[i].Column), strings.TrimSpace(entries[i].Field)
	}
	return slices.DeleteFunc(entries, func(e match.MapEntry) bool { return e.Column == "" && e.Field == "" }), err
}

// checkMapOutput refuses a map file in the place of another file.
func (o *checkOptions) checkMapOutput() error {
	if o.writeMap == "" {
		return nil
	}
	if reportFormat(o.writeMap) == sheet.XLSX {
		return failure.Usage("give it a name that ends in .csv, which Excel opens, too", "--write-map %q would be no workbook", o.writeMap)
	}
	if sameFile(o.writeMap, o.file) {
		return failure.Usage("name another file: --write-map FILE", "the map would take the place of the input %q", o.file)
	}
	return writable("--write-map", o.writeMap)
}

// checkReportOutput refuses a report in the place of another file.
func (o *checkOptions) checkReportOutput() error {
	switch {
	case o.report == "":
		return nil
	case sameFile(o.report, o.file):
		return failure.Usage("name another file: --report FILE", "the report would take the place of the input %q", o.file)
	case o.writeMap != "" && sameFile(o.report, o.writeMap):
		return failure.Usage("name another file: --report FILE", "report and map would both be %q", o.report)
	}
	return writable("--report", o.report)
}

// place finds out where the report and the map file may go. A map file that is read and brought up to date is replaced.
func (o *checkOptions) place(a *app) (err error) {
	if o.report != "" {
		if o.toReport, err = a.output(state.CheckOutput, "--report", o.report, o.outputOptions); err != nil {
			return err
		}
		o.toReport.Input = o.file
	}
	if o.writeMap == "" {
		return nil
	}
	renew := o.mapFile != "" && sameFile(o.writeMap, o.mapFile)
	if o.toMap, err = a.output(state.MapOutput, "--write-map", o.writeMap, outputOptions{o.overwrite || renew}); err != nil {
		return err
	}
	o.toMap.Input, o.toMap.Replace = o.file, renew
	return nil
}

// writeMapOf writes the map file that was asked for, also of a sheet that is refused: the map is where that is mended. It
// returns why the sheet is refused, or the file could not be written.
func (o *checkOptions) writeMapOf(a *app, id string, columns []match.Column, refused error) error {
	if o.writeMap == "" {
		return refused
	}
	if err := writeMapFile(o.toMap, columns); err != nil {
		return err
	}
	a.tellOutput(o.toMap)
	a.ui.Notef("map     %s: change its column field (crmferry fields %s lists the names), save it as CSV, and add --map-file %s",
		o.toMap.Path(), id, text.Quote(o.toMap.Path()))
	return refused
}

// writeMapFile writes how the columns were understood into a file that --map-file reads.
func writeMapFile(to *state.Output, columns []match.Column) error {
	file, err := to.Create(0o600)
	if err != nil {
		return fmt.Errorf("write map file: %w", err)
	}
	lines := match.MapLines(columns)
	for i := range lines {
		lines[i].Column, lines[i].Example = asText(lines[i].Column), asText(text.Clip(lines[i].Example, 40))
	}
	if _, err = file.Write([]byte("\ufeff")); err == nil { // Excel needs it to read accents
		err = gocsv.MarshalCSV(lines, gocsv.NewSafeCSVWriter(csv.NewWriter(file)))
	}
	if err != nil {
		file.Abort()
		return fmt.Errorf("write map file %q: %w", to.Path(), err)
	}
	return file.Commit()
}

// asText puts a ' before what a spreadsheet program would compute, and before what starts with one; unguard takes it off.
func asText(cell string) string {
	if cell != "" && strings.IndexByte("=+-@\t\r\n'", cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@\t\r\n'", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}
