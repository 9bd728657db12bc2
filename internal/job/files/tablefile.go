package files

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

	"crmferry/importer/report"
	"crmferry/internal/failure"
	"crmferry/internal/sheet"
	"crmferry/mapping"
)

// ReadValuesFile reads what is put in place of cells: a CSV file, or the sheet that the workbook of a check has for it.
func ReadValuesFile(path string) ([]mapping.ValueEntry, error) {
	entries, err := readTable[mapping.ValueEntry](path, report.ValuesSheet, "values file", "field,from,to")
	return slices.DeleteFunc(entries, func(e mapping.ValueEntry) bool { return e == mapping.ValueEntry{} }), err
}

// readTable reads a small table that people or check wrote, or Excel saved, into structs of T. what names it in errors,
// header is the first line that it must have at least; further columns of T are optional. Of a workbook it is the worksheet of
// that name, or the only one.
func readTable[T any](path, worksheet, what, header string, optional ...string) ([]T, error) {
	hint := "it is a CSV file whose first line is: " + header
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, failure.New(failure.ExitUsage, fmt.Errorf("read %s: %w", what, err))
	}
	read := tableReader
	if FormatOf(path) == sheet.XLSX {
		read = func([]byte) (*csv.Reader, error) { return worksheetReader(path, worksheet) }
	}
	r, err := read(data)
	if err != nil {
		return nil, failure.New(failure.ExitUsage, fmt.Errorf("read %s %q: %w", what, path, err), hint)
	}
	var one T
	in, err := gocsv.NewUnmarshaller(r, one)
	if err != nil {
		return nil, failure.New(failure.ExitUsage, fmt.Errorf("read %s %q: %w", what, path, err), hint)
	}
	missing := slices.DeleteFunc(in.MismatchedStructFields, func(f string) bool { return slices.Contains(optional, f) })
	if len(missing) > 0 {
		return nil, failure.Usage(hint, "read %s %q: it has no column %s", what, path, `"`+strings.Join(missing, `", "`)+`"`)
	}
	var lines []T
	for {
		v, err := in.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, failure.New(failure.ExitUsage, fmt.Errorf("read %s %q: %w", what, path, err), hint)
		}
		lines = append(lines, v.(T))
	}
}

// worksheetReader reads a small table in a workbook.
func worksheetReader(path, worksheet string) (*csv.Reader, error) {
	in, err := sheet.Open(path, sheet.Options{Sheet: worksheet})
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	for cells := in.Header(); err == nil; {
		if err = w.Write(cells); err != nil {
			break
		}
		var row sheet.Row
		row, err = in.Next()
		cells = row.Cells
	}
	if w.Flush(); !errors.Is(err, io.EOF) {
		return nil, err
	}
	r := csv.NewReader(&text)
	r.FieldsPerRecord = -1
	return r, nil
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
