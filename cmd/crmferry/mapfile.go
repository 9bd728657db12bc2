package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"crmferry/internal/state"
	"crmferry/mapping"
)

const mapFileHint = "it is a CSV file whose first line is: column,field"

// readMapFile reads pairs of column and field, as people or check wrote them, or Excel saved them.
func readMapFile(path string) ([]mapping.MapEntry, error) {
	if err := readable(path); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fail(exitUsage, fmt.Errorf("read map file: %w", err))
	}
	r, err := tableReader(data)
	if err != nil {
		return nil, fail(exitUsage, fmt.Errorf("read map file %q: %w", path, err), mapFileHint)
	}
	in, err := gocsv.NewUnmarshaller(r, mapping.MapEntry{})
	if err != nil {
		return nil, fail(exitUsage, fmt.Errorf("read map file %q: %w", path, err), mapFileHint)
	}
	missing := slices.DeleteFunc(in.MismatchedStructFields, func(f string) bool { return f == "how" })
	if len(missing) > 0 {
		return nil, usageError(mapFileHint, "read map file %q: it has no column %q", path, strings.Join(missing, `", "`))
	}
	var entries []mapping.MapEntry
	for {
		v, err := in.Read()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, fail(exitUsage, fmt.Errorf("read map file %q: %w", path, err), mapFileHint)
		}
		e := v.(mapping.MapEntry)
		if e.Column, e.Field = unguard(e.Column), strings.TrimSpace(e.Field); e.Column != "" || e.Field != "" {
			entries = append(entries, e)
		}
	}
}

// tableReader reads a small table as Excel saves one: with or without a mark of its encoding, in the code page of Western
// Europe, with semicolons or tabs.
func tableReader(data []byte) (*csv.Reader, error) {
	fallback := transform.Transformer(unicode.UTF8.NewDecoder())
	if !utf8.Valid(data) {
		fallback = charmap.Windows1252.NewDecoder()
	}
	text, _, err := transform.Bytes(unicode.BOMOverride(fallback), data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	first, _, _ := strings.Cut(string(text), "\n")
	for _, delimiter := range ";\t" {
		if strings.Count(first, string(delimiter)) > strings.Count(first, ",") {
			r.Comma = delimiter
		}
	}
	return r, nil
}

// checkMapOutput refuses to write a map file over another, unless that one is read, too.
func (o *checkOptions) checkMapOutput() error {
	if o.writeMap == "" {
		return nil
	}
	if sameFile(o.writeMap, o.file) {
		return usageError("name another file: --write-map FILE", "the map would take the place of the input %q", o.file)
	}
	if _, err := os.Stat(o.writeMap); err == nil && (o.mapFile == "" || !sameFile(o.writeMap, o.mapFile)) {
		return usageError("name another file; or give it with --map-file, too, to bring it up to date", "the map file %q is there already", o.writeMap)
	}
	return writable("--write-map", o.writeMap)
}

// writeMapOf writes the map file that was asked for, also of a sheet that is refused: the map is where that is mended. It
// returns why the sheet is refused, or the file could not be written.
func (o *checkOptions) writeMapOf(a *app, columns []mapping.Column, refused error) error {
	if o.writeMap == "" {
		return refused
	}
	if err := writeMapFile(o.writeMap, columns); err != nil {
		return err
	}
	a.ui.Notef("map     %s: change its column field, save it as CSV, and add --map-file %s", o.writeMap, quoteArg(o.writeMap))
	return refused
}

// writeMapFile writes how the columns were understood into a file that --map-file reads.
func writeMapFile(path string, columns []mapping.Column) error {
	file, err := state.CreateFile(path, 0o600)
	if err != nil {
		return fmt.Errorf("write map file: %w", err)
	}
	lines := mapping.MapLines(columns)
	for i := range lines {
		lines[i].Column, lines[i].Example = asText(lines[i].Column), asText(clipExample(lines[i].Example))
	}
	if _, err = file.Write([]byte("\ufeff")); err == nil { // Excel needs it to read accents
		err = gocsv.MarshalCSV(lines, gocsv.NewSafeCSVWriter(csv.NewWriter(file)))
	}
	if err != nil {
		file.Abort()
		return fmt.Errorf("write map file %q: %w", path, err)
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
