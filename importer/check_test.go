package importer

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
	"crmferry/mapping"
)

// TestCheckTellsAll: a check, which looks again at few rows, tells of each what an import would that judges all of them.
func TestCheckTellsAll(t *testing.T) {
	for round := range 40 {
		rnd := rand.New(rand.NewPCG(1, uint64(round)))
		people := 1 + rnd.IntN(2000) // from all rows alike to hardly any
		lines := []string{"First name,Last name,Email,Company,Phone,Account owner"}
		for range 1 + rnd.IntN(1000) {
			lines = append(lines, growLine(rnd, people))
		}
		mode := []Mode{Upsert, CreateOnly, UpdateOnly}[rnd.IntN(3)]
		o := Options{Path: sheetOf(t, lines), Mode: mode, Limit: rnd.IntN(2) * rnd.IntN(len(lines)),
			Match: mapping.MatchOptions{ConvertOptions: mapping.ConvertOptions{Region: "NL"}}}
		im, err := New(t.Context(), mapping.GrowContacts(), o)
		if err != nil {
			t.Fatal(err)
		}
		var got, want []outcome.Result
		if err := im.Check(t.Context(), func(c Checked) error {
			got = append(got, c.Result)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		want = judgeAll(t, im)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("round %d, %d rows, mode %s (-all judged +check):\n%s", round, len(lines)-1, mode, diff)
		}
	}
}

// TestFileChanges: the readings of one importer are of one file.
func TestFileChanges(t *testing.T) {
	path := sheetOf(t, []string{"First name,Last name,Email", "Jan,Smit,broken"})
	im, err := New(t.Context(), mapping.GrowContacts(), Options{Path: path, Name: "leads.csv", Mode: Upsert})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("Last name,First name,Email\nSmit,Jan,broken,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err = im.Check(t.Context(), func(Checked) error { return nil })
	if want := `read "leads.csv": the file was changed while it was read`; !errors.Is(err, rows.ErrChanged) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func growLine(rnd *rand.Rand, people int) string {
	n := rnd.IntN(people)
	email := fmt.Sprintf("p%d@example.com", n)
	switch rnd.IntN(60) {
	case 0:
		email = "broken"
	case 1:
		email = ""
	case 2:
		email = fmt.Sprintf("p%d@gmial.com", n) // is found
	case 3:
		email = strings.ToUpper(email)
	}
	owner := ""
	if rnd.IntN(50) == 0 {
		owner = "yes" // only one row can claim it
	}
	return fmt.Sprintf("P,Q%d,%s,Acme %d,%s,%s", n%3, email, n%5, []string{"", "+15125550188", "12"}[max(0, rnd.IntN(60)-57)], owner)
}

// judgeAll are the results of the rows that a check tells of.
func judgeAll(t *testing.T, im *Importer[growcrm.Contact]) (all []outcome.Result) {
	t.Helper()
	r, err := im.o.open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	j := newJudge(im)
	err = im.each(t.Context(), r, nil, func(seq int, row sheet.Row, conv *converted[growcrm.Contact]) error {
		if it := j.row(seq, row, conv); it.res.Outcome != "" || len(conv.Findings) > 0 {
			all = append(all, it.res)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestKeySet compares with counting.
func TestKeySet(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 2))
	for range 50 {
		s, rows, count, where := newKeySet(), 1+rnd.IntN(500), map[crm.Key]int{}, map[crm.Key][]int{}
		for row := range rows {
			var keys []crm.Key
			for range max(0, rnd.IntN(5)-1) {
				k := crm.Key{Email: fmt.Sprint(rnd.IntN(rows * 2))}
				keys = append(keys, k)
				count[k]++
				where[k] = append(where[k], row)
			}
			s.add(row, keys)
		}
		if got := s.compare(); got != len(count) {
			t.Fatalf("%d different keys, want %d", got, len(count))
		}
		var got, want rowSet
		for k, n := range count {
			if s.isRepeated(k) != (n > 1) {
				t.Fatalf("key %v occurs %d times", k, n)
			}
			for _, row := range where[k] {
				if n > 1 {
					want.set(row)
				}
			}
		}
		s.markRepeated(&got)
		if !slices.Equal(got.bits, want.bits) {
			t.Fatalf("rows %b have a key of another row, want %b", got.bits, want.bits)
		}
		s.sort()
		for k := range count {
			if !s.has(k) || s.has(crm.Key{Email: k.Email + "x"}) {
				t.Fatalf("key %v", k)
			}
		}
	}
}

// TestInBatches: rows come in their order with what was made of them, up to the limit, and an error ends all.
func TestInBatches(t *testing.T) {
	lines := []string{"n"}
	for i := range 50 * batchRows {
		lines = append(lines, fmt.Sprint(i))
	}
	path, failure := sheetOf(t, lines), errors.New("failure")
	double := func(seq int, row sheet.Row, made *string) { *made = row.Cells[0] + row.Cells[0] }
	for _, tt := range []struct{ limit, failAt, want int }{
		{0, -1, 50 * batchRows}, {1, -1, 1}, {batchRows, -1, batchRows}, {batchRows + 1, -1, batchRows + 1}, {0, 0, 0}, {0, 7*batchRows + 3, 7*batchRows + 3},
	} {
		r, err := sheet.Open(path, sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = inBatches(t.Context(), source{r, tt.limit}, double, func(seq int, row sheet.Row, made *string) error {
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
	if err := inBatches(ctx, source{Reader: r}, double, func(seq int, _ sheet.Row, _ *string) error {
		if seq == batchRows {
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
		for range batchRows {
			lines = append(lines, row)
		}
		r, err := sheet.Open(sheetOf(t, lines), sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b batch[struct{}]
		if err := b.fill(r, 0, batchRows); err != nil || len(b.rows) < 2 || len(b.rows) > 4 {
			t.Errorf("%s: %d rows, %v", name, len(b.rows), err)
		}
		r.Close()
	}
}
