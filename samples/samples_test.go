// Package samples_test makes the spreadsheets of this folder and keeps them true to what the sandbox knows.
package samples_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/sandbox/seed"
)

var update = flag.Bool("update", false, "write the samples anew")

// sampleRows is the number of rows of every good sample.
const sampleRows = seed.SampleEnd

// samples are all the files of this folder but its README.
func samples() []file {
	return slices.Concat(contacts(), flawed(), records(), companies(), flawedCompanies())
}

// TestSamples compares the cells of every file with what it should hold. With -update it writes the files first.
func TestSamples(t *testing.T) {
	for _, f := range samples() {
		t.Run(f.name, func(t *testing.T) {
			content := f.content(t)
			if *update {
				if err := os.WriteFile(f.name, content, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			committed, err := os.ReadFile(f.name)
			if err != nil {
				t.Fatalf("%v (go test ./samples -update makes it)", err)
			}
			if bytes.Equal(content, committed) {
				return
			}
			if diff := cmp.Diff(cells(t, f, content), cells(t, f, committed)); diff != "" {
				t.Errorf("the file holds other cells than it should; go test ./samples -update (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNoOtherFiles finds files that nothing here makes.
func TestNoOtherFiles(t *testing.T) {
	var known []string
	for _, f := range samples() {
		known = append(known, f.name)
	}
	for _, pattern := range []string{"*.csv", "*.xlsx"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			if !slices.Contains(known, name) {
				t.Errorf("%s is made by nothing in this folder", name)
			}
		}
	}
}

// TestGoodSamplesAreLarge keeps the good samples at 200 rows or more, all of one length.
func TestGoodSamplesAreLarge(t *testing.T) {
	for _, f := range append(contacts(), companies()...) {
		if len(f.rows) < 200 {
			t.Errorf("%s has %d rows", f.name, len(f.rows))
		}
		for i, row := range f.rows {
			if len(row) != len(f.header) {
				t.Fatalf("%s, row %d: %d cells under %d headers", f.name, i+2, len(row), len(f.header))
			}
		}
	}
}
