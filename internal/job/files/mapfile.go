package files

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"

	"crmferry/internal/humanize"
	"crmferry/internal/state"
	"crmferry/mapping/match/columns"
)

// ReadMapFile reads pairs of column and field, as people or check wrote them, or Excel saved them.
func ReadMapFile(path string) ([]columns.MapEntry, error) {
	entries, err := readTable[columns.MapEntry](path, "", "map file", "column,field", "how")
	for i := range entries {
		entries[i].Column, entries[i].Field = unguard(entries[i].Column), strings.TrimSpace(entries[i].Field)
	}
	return slices.DeleteFunc(entries, func(e columns.MapEntry) bool { return e.Column == "" && e.Field == "" }), err
}

// WriteMapFile writes how the columns were understood into a file that ReadMapFile reads.
func WriteMapFile(to *state.Output, all []columns.Column) error {
	file, err := to.Create(0o600)
	if err != nil {
		return fmt.Errorf("write map file: %w", err)
	}
	lines := columns.MapLines(all)
	for i := range lines {
		lines[i].Column, lines[i].Example = asText(lines[i].Column), asText(humanize.Clip(lines[i].Example, 40))
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
