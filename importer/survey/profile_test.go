package survey

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/importer/survey/batches"
)

func sheetOf(t testing.TB, lines []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestProfileOfAllRows: the whole sheet is looked at, whatever the limit, and in more batches than are on their way at once.
func TestProfileOfAllRows(t *testing.T) {
	lines := []string{"Name,Email"}
	for i := range batches.Rows*100 + 7 {
		lines = append(lines, fmt.Sprintf("Jane %d,", i))
	}
	lines = append(lines, "Jan,jan@example.com")
	path := sheetOf(t, lines)
	p, err := (&input{o: Options{Path: path, Limit: 1}}).profile(t.Context(), func([]string) []bool { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if n, example := p.Filled(0); n != len(lines)-1 || example != "Jane 0" {
		t.Errorf("names: %d, %q", n, example)
	}
	if n, example := p.Filled(1); n != 1 || example != "jan@example.com" {
		t.Errorf("the last row was not seen: %d, %q", n, example)
	}
	stopped, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("stopped")
	cancel(cause)
	if _, err := (&input{o: Options{Path: path}}).profile(stopped, func([]string) []bool { return nil }); !errors.Is(err, cause) {
		t.Errorf("stopped: %v", err)
	}
}

// BenchmarkProfile reads 50,000 rows for what their columns hold.
func BenchmarkProfile(b *testing.B) {
	path := sheetOf(b, leads(50_000))
	for b.Loop() {
		if _, err := (&input{o: Options{Path: path}}).profile(b.Context(), func([]string) []bool { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/50_000, "ns/row")
}

// leads are the lines of a sheet with so many rows.
func leads(rows int) []string {
	lines := []string{"First name,Last name,Email,Phone,City,Country,Company,Title,Notes,Created"}
	for i := range rows {
		lines = append(lines, fmt.Sprintf("Jan,Jansen %d,jan.%d@example.com,+31612345678,Delft,NL,Voorbeeld B.V.,Engineer,plain words of a note,2026-01-31", i, i))
	}
	return lines
}
