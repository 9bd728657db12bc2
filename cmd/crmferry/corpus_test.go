package main

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var updateCorpus = flag.Bool("update-corpus", false, "rewrite testdata/corpus/findings.txt")

// corpusSheets are the sheets that programs and people write: those of package mapping, whose columns are reviewed there,
// and those with damaged cells. By name.
func corpusSheets(t *testing.T) (names []string, sheets map[string][][]string) {
	t.Helper()
	sheets = map[string][][]string{}
	for _, folder := range []string{"../../mapping/testdata/sources", "testdata/corpus"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".csv")
			if name == "columns" {
				continue
			}
			names, sheets[name] = append(names, name), readCSV(t, file)
		}
	}
	return names, sheets
}

func readCSV(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	return rows
}

// refusedSheet stands in columns.csv for all columns of a sheet that a vendor's import has to refuse.
const refusedSheet = "refused"

// corpusColumns is what each column of the corpus is held to be: by file and letter, the field of each vendor, "" for
// none. The list was begun from what a check said and read over, for RogerRoger whole, for the others in part; no test
// writes it. It shows what changes; it is no proof of its own.
func corpusColumns(t *testing.T) map[string]map[string]string {
	t.Helper()
	columns := map[string]map[string]string{}
	rows := readCSV(t, "testdata/corpus/columns.csv")
	for _, row := range rows[1:] {
		fields := map[string]string{}
		for i, vendor := range rows[0][3:] {
			fields[vendor] = row[3+i]
		}
		columns[row[0]+" "+row[1]] = fields
	}
	return columns
}

// accuracy counts the columns of the corpus.
type accuracy struct{ right, wrong, left int }

func (a *accuracy) count(t *testing.T, name, vendor string, c columnResult, want string) {
	got := ""
	if c.State == "mapped" {
		got = c.Field
	}
	switch {
	case got == want:
		a.right++
	case got == "":
		a.left++
	default:
		a.wrong++
		t.Errorf("%s: %s takes column %s %q for %q, it is %q", name, vendor, c.Letter, c.Header, got, want)
	}
}

// TestCorpus checks every sheet of the corpus, in the encoding and dialect in which it comes, for every vendor. No column
// may be put where it does not belong; the README says how many are found, and testdata/corpus/findings.txt what is found
// in the cells.
//
//	go test ./cmd/crmferry -run 'TestCorpus$' -v
func TestCorpus(t *testing.T) {
	names, sheets := corpusSheets(t)
	columns, folder := corpusColumns(t), t.TempDir()
	var told strings.Builder
	var sum accuracy
	for _, name := range names {
		file := dressOf(name).save(t, folder, name, sheets[name])
		for _, vendor := range sampleVendors() {
			got := runApp(t, nil, "check", vendor, file, "--json", "--mode", "update", "--region", "NL")
			if got.code == exitUsage {
				for i := range sheets[name][0] {
					if want := columns[name+" "+letterAt(i)][vendor]; want != refusedSheet {
						t.Errorf("%s: %s refuses it: %s", name, vendor, got.stderr)
						break
					}
					sum.left++
				}
				continue
			}
			var result checkResult
			if err := json.Unmarshal([]byte(got.stdout), &result); err != nil {
				t.Fatalf("%s, %s: %v\n%s", name, vendor, err, got.stderr)
			}
			if headers := strings.TrimRight(strings.Join(sheets[name][0], "|"), "|"); len(result.Columns) != strings.Count(headers, "|")+1 {
				t.Errorf("%s: %s sees %d columns of %s", name, vendor, len(result.Columns), headers)
			}
			for _, c := range result.Columns {
				want, known := columns[name+" "+c.Letter]
				if !known {
					t.Fatalf("testdata/corpus/columns.csv does not say what column %s %q of %s is", c.Letter, c.Header, name)
				}
				sum.count(t, name, vendor, c, want[vendor])
			}
			if vendor == toldBy(name) {
				tellCorpus(&told, name, &result)
			}
		}
	}
	line := fmt.Sprintf("%d sheets, %d columns: %d right, %d wrong, %d left to the user", len(names), sum.right+sum.wrong+sum.left, sum.right, sum.wrong, sum.left)
	t.Log(line)
	wantGolden(t, "testdata/corpus/findings.txt", told.String())
	wantReadme(t, line)
}

// toldBy is the vendor whose findings are kept: only one has ZIP codes of the USA.
func toldBy(name string) string {
	if name == "cells-zips-us" {
		return "clientcommander"
	}
	return "rogerroger"
}

// letterAt is the letter of one of the first columns.
func letterAt(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letterAt(i/26-1) + letterAt(i%26)
}

// tellCorpus tells how a sheet was understood, and what was found in it.
func tellCorpus(b *strings.Builder, name string, r *checkResult) {
	fmt.Fprintf(b, "# %s: %s, %d rows; %s\n", name, r.Format, r.Rows, r.Source)
	for _, f := range r.Facts {
		fmt.Fprintf(b, "  %s %s (%s)\n", f.What, f.Value, f.Why)
	}
	for _, k := range r.Findings {
		for _, f := range k.First {
			fmt.Fprintf(b, "  %s %s, row %d %s: %q -> %q\n", k.Kind, k.Code, f.Row, f.Letter, f.Before, f.After)
		}
	}
	for _, p := range r.Problems {
		fmt.Fprintf(b, "  %s row %d: %s: %s\n", p.Outcome, p.Row, p.Code, p.Message)
	}
	for _, u := range r.Unmatched {
		fmt.Fprintf(b, "  unmatched %s: %q\n", u.Field, u.Value)
	}
}

func wantGolden(t *testing.T, file, got string) {
	t.Helper()
	if *updateCorpus {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-reviewed +now), -update-corpus rewrites it:\n%s", file, diff)
	}
}

// wantReadme keeps the accuracy in the README true.
func wantReadme(t *testing.T, line string) {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`\d+ sheets, [\d,]+ columns: [^.]*`).FindString(strings.Join(strings.Fields(string(text)), " "))
	if said != line {
		t.Errorf("README.md says %q; it is %q", said, line)
	}
}
