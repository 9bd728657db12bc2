package batches

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/sheet"
)

func sheetOf(t *testing.T, lines []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestEach: rows come in their order with what was made of them, up to the limit, and an error ends all.
func TestEach(t *testing.T) {
	lines := []string{"n"}
	for i := range 50 * Rows {
		lines = append(lines, fmt.Sprint(i))
	}
	path, failure := sheetOf(t, lines), errors.New("failure")
	double := func(seq int, row *sheet.Row, made *string) { *made = row.Cells[0] + row.Cells[0] }
	for _, tt := range []struct{ limit, failAt, want int }{
		{0, -1, 50 * Rows}, {1, -1, 1}, {Rows, -1, Rows}, {Rows + 1, -1, Rows + 1}, {0, 0, 0}, {0, 7*Rows + 3, 7*Rows + 3},
	} {
		r, err := sheet.Open(path, sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = Each(t.Context(), r, tt.limit, double, func(seq int, row *sheet.Row, made *string) error {
			if seq == tt.failAt {
				return failure
			}
			if want := fmt.Sprint(n); seq != n || row.Cells[0] != want || *made != want+want || row.Number != n+2 {
				t.Fatalf("row %d is %d, %q, %q", n, seq, row.Cells, *made)
			}
			n++
			return nil
		})
		if n != tt.want || (tt.failAt >= 0) != errors.Is(err, failure) {
			t.Errorf("%+v: %d rows, %v", tt, n, err)
		}
		r.Close()
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	r, err := sheet.Open(path, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := Each(ctx, r, 0, double, func(seq int, _ *sheet.Row, _ *string) error {
		if seq == Rows {
			cancel(failure)
		}
		return nil
	}); !errors.Is(err, failure) {
		t.Errorf("stopped midway: %v", err)
	}
}

// TestBatchesOfLongRows: few long rows travel together, so that a small file of wide or long rows takes little memory.
func TestBatchesOfLongRows(t *testing.T) {
	for name, row := range map[string]string{
		"wide": "x" + strings.Repeat(",", 5000) + "y",
		"long": strings.Repeat("x", batchBytes/3),
	} {
		lines := []string{"n" + strings.Repeat(",c", strings.Count(row, ","))}
		for range Rows {
			lines = append(lines, row)
		}
		r, err := sheet.Open(sheetOf(t, lines), sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b batch[struct{}]
		if err := b.fill(r, 0, Rows); err != nil || len(b.rows) < 2 || len(b.rows) > 4 {
			t.Errorf("%s: %d rows, %v", name, len(b.rows), err)
		}
		r.Close()
	}
}
