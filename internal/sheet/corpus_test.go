package sheet

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// TestCorpus reads invented files in the encodings and dialects that people bring, and compares all that was
// understood and found with the golden file beside each.
func TestCorpus(t *testing.T) {
	paths, err := filepath.Glob("testdata/text/*.[ct][sx][vt]")
	if err != nil || len(paths) < 20 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			got := understood(path)
			golden := path + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// understood is all that a reader says of a file.
func understood(path string) string {
	r, err := Open(path, Options{})
	if err != nil {
		return err.Error() + "\n"
	}
	defer r.Close()
	var b strings.Builder
	for _, f := range r.Facts() {
		fmt.Fprintf(&b, "%s: %s (%s)\n", f.What, f.Value, reason(f))
	}
	fmt.Fprintf(&b, "\nrow %d: %q\n", r.HeaderRow(), r.Header())
	for {
		row, err := r.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				fmt.Fprintln(&b, err)
			}
			break
		}
		fmt.Fprintf(&b, "row %d, line %d: %q\n", row.Number, row.Line, row.Cells)
	}
	b.WriteByte('\n')
	for _, c := range r.Findings() {
		fmt.Fprintf(&b, "%s: %d\n", c.Code, c.Count)
		for _, f := range c.First {
			fmt.Fprintf(&b, "  row %d, column %d: %q: %s\n", f.Row, f.Column, f.Text, f.Message)
		}
	}
	return b.String()
}
