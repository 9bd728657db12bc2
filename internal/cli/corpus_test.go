package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/cli/text/verdict"
	"crmferry/internal/failure"
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
	rows, err := csvReader(f).ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	return rows
}

// csvReader reads a file of crmferry as CSV: with or without the byte order mark, its header says the delimiter.
func csvReader(src io.Reader) *csv.Reader {
	text := bufio.NewReader(src)
	if mark, err := text.Peek(3); err == nil && string(mark) == "\uFEFF" {
		text.Discard(3)
	}
	r := csv.NewReader(text)
	if start, _ := text.Peek(64); strings.ContainsAny(string(start), ";\t|,:\n") {
		if d := rune(start[strings.IndexAny(string(start), ";\t|,:\n")]); d != '\n' {
			r.Comma = d
		}
	}
	return r
}

// label is what a column of the corpus is held to be.
type label struct {
	letter, header string
	answers        map[string]string // by vendor: the fields that are right, parted by " | "; "?" if none is right, too
}

// corpusLabels are the labels of every column of the corpus, by sheet. They were made by hand from the cells and from the
// vendors' pages, apart from the program; no test writes them.
func corpusLabels(t *testing.T) map[string][]label {
	t.Helper()
	labels := map[string][]label{}
	rows := readCSV(t, "testdata/corpus/columns.csv")
	for _, row := range rows[1:] {
		l := label{row[1], row[2], map[string]string{}}
		for i, vendor := range rows[0][3:] {
			l.answers[vendor] = row[3+i]
		}
		labels[row[0]] = append(labels[row[0]], l)
	}
	return labels
}

// mustRefuse says which sheets nobody but the user can decide: two full columns are headed "Email" where the vendor takes
// one, or all dates can be read in two ways.
func mustRefuse(name, vendor string) bool {
	return name == "trap-duplicates" && vendor != "rogerroger" || name == "cells-dates-undecidable" && vendor == "rogerroger"
}

// accuracy counts the columns of the corpus; open are those of the right ones that are left to the user because the label
// allows that beside a field.
type accuracy struct{ right, wrong, left, open int }

// count holds what a check found against the labels of a sheet.
func (a *accuracy) count(t *testing.T, name, vendor string, labels []label, found []verdict.ColumnJSON) {
	t.Helper()
	fields := map[string]string{}
	for _, c := range found {
		if !slices.ContainsFunc(labels, func(l label) bool { return l.letter == c.Letter && l.header == c.Header }) {
			t.Fatalf("testdata/corpus/columns.csv does not say what column %s %q of %s is", c.Letter, c.Header, name)
		}
		if c.State == "mapped" {
			fields[c.Letter] = c.Field
		}
	}
	for _, l := range labels {
		answers, field := strings.Split(l.answers[vendor], " | "), fields[l.letter]
		switch {
		case slices.Contains(answers, field):
			a.right++
		case field != "":
			a.wrong++
			t.Errorf("%s: %s takes column %s %q for %q, it is %q", name, vendor, l.letter, l.header, field, l.answers[vendor])
		case slices.Contains(answers, "?"):
			a.right++
			a.open++
		default:
			a.left++
			t.Logf("%s: %s leaves column %s %q, which is %q", name, vendor, l.letter, l.header, l.answers[vendor])
		}
	}
}

func (a *accuracy) String() string {
	return fmt.Sprintf("%d columns: %d right, %d wrong, %d left to the user; of the right ones, %d are left to the user because their label allows that",
		a.right+a.wrong+a.left, a.right, a.wrong, a.left, a.open)
}

// TestCorpus checks every sheet of the corpus, in the encoding and dialect in which it comes, for every vendor. No column
// may be put where it does not belong; the README says how many are found, and testdata/corpus/findings.txt what is found
// in the cells. It lists the columns that are left to the user and have a field:
//
//	go test ./internal/cli -run 'TestCorpus$' -v
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("a check of one file is in TestGoodCheck")
	}
	names, sheets := corpusSheets(t)
	labels, folder := corpusLabels(t), t.TempDir()
	var told strings.Builder
	var sum accuracy
	for _, name := range names {
		file := dressOf(name).save(t, folder, name, sheets[name])
		if len(labels[name]) != len(sheets[name][0]) {
			t.Fatalf("testdata/corpus/columns.csv has %d columns of %s", len(labels[name]), name)
		}
		for _, vendor := range allVendors() {
			got := runApp(t, nil, "check", vendor, file, "--json", "--mode", "update", "--region", "NL")
			if refused := got.code == failure.ExitUsage; refused != mustRefuse(name, vendor) {
				t.Errorf("%s: %s exits with %d: %s", name, vendor, got.code, got.stderr)
			}
			var result verdict.CheckJSON
			if err := json.Unmarshal([]byte(got.stdout), &result); err != nil {
				t.Fatalf("%s, %s: %v\n%s", name, vendor, err, got.stderr)
			}
			sum.count(t, name, vendor, labels[name], result.Columns)
			if vendor == toldBy(name) && got.code != failure.ExitUsage {
				tellCorpus(&told, name, &result)
			}
		}
	}
	line := fmt.Sprintf("%d sheets, %v", len(names), &sum)
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

// tellCorpus tells how a sheet was understood, and what was found in it.
func tellCorpus(b *strings.Builder, name string, r *verdict.CheckJSON) {
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
