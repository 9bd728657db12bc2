package sheet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSpectrum reads csv-spectrum, files of which other people say what they hold: $CSV_SPECTRUM is the folder of the
// unpacked npm package. .ci/csv-spectrum fetches it and runs this test.
func TestSpectrum(t *testing.T) {
	dir := os.Getenv("CSV_SPECTRUM")
	if dir == "" {
		t.Skip("run by .ci/csv-spectrum, which fetches the files")
	}
	paths, err := filepath.Glob(filepath.Join(dir, "csvs", "*.csv"))
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d files in %s, %v", len(paths), dir, err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		t.Run(name, func(t *testing.T) {
			rows, err := readAll(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if name == "location_coordinates" {
				return // what it should hold is another row than it holds
			}
			if diff := cmp.Diff(spectrum(t, filepath.Join(dir, "json", name+".json")), records(rows)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// records are rows by the names of their columns.
func records(rows []Row) []map[string]string {
	var list []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, name := range rows[0].Cells {
			record[name] = row.Cells[i]
		}
		list = append(list, record)
	}
	return list
}

// spectrum is what a file should hold. Line ends in cells are LF here, whatever they are in the file.
func spectrum(t *testing.T, path string) []map[string]string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want []map[string]string
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(text), `\r\n`, `\n`)), &want); err != nil {
		t.Fatal(err)
	}
	return want
}
