package runrows

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

type row struct{ Email, Phone string }

func (r *row) marks() []string { return []string{"e" + r.Email, "p" + r.Phone} }

// writeRows writes rows of which every seventh has the phone of the one before, and returns where they stand.
func writeRows(t *testing.T, n int) (path string, rows []row) {
	t.Helper()
	path = filepath.Join(t.TempDir(), Name)
	w, err := Create[row, struct{}](path, (*row).marks)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		r := row{fmt.Sprintf("jane.%d@example.com", i), fmt.Sprint(i - i%7/6)}
		rows = append(rows, r)
		w.Add(&r)
	}
	if err := w.Finish(&struct{}{}); err != nil {
		t.Fatal(err)
	}
	return path, rows
}

// found are the rows that Find hands out for a mark.
func found(t *testing.T, path string, mark string) []int {
	t.Helper()
	var seqs []int
	err := Find[row, struct{}](context.Background(), path, []string{mark}, func(seq int, r *row) error {
		if slices.Contains(r.marks(), mark) {
			seqs = append(seqs, seq)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(seqs)
	return seqs
}

func TestFind(t *testing.T) {
	for _, n := range []int{1, 101, 102, 103, 500, perSection / 2, perSection/2 + 1, perSection*3/2 + 5} {
		path, rows := writeRows(t, n)
		for _, file := range []string{path, indexPath(path)} {
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Fatalf("%s: %v, %v", file, info.Mode(), err)
			}
		}
		if _, ok, err := places(path, nil); !ok || err != nil {
			t.Fatalf("%d rows: the index is not used: %v", n, err)
		}
		for range 40 {
			i := rand.IntN(n)
			if got := found(t, path, "e"+rows[i].Email); !slices.Equal(got, []int{i}) {
				t.Fatalf("%d rows: %q is in %d, want %d", n, rows[i].Email, got, i)
			}
			var want []int
			for seq := max(0, i-1); seq <= min(n-1, i+1); seq++ {
				if rows[seq].Phone == rows[i].Phone {
					want = append(want, seq)
				}
			}
			if got := found(t, path, "p"+rows[i].Phone); !slices.Equal(got, want) {
				t.Fatalf("%d rows: %q is in %d, want %d", n, rows[i].Phone, got, want)
			}
		}
		if got := found(t, path, "ejane.@example.com"); got != nil {
			t.Errorf("%d rows: nobody's address is in %d", n, got)
		}
	}
}

// TestFindWithoutIndex: an index that is gone, damaged or of other rows costs time, and no row.
func TestFindWithoutIndex(t *testing.T) {
	path, rows := writeRows(t, 1000)
	whole, err := os.ReadFile(indexPath(path))
	if err != nil {
		t.Fatal(err)
	}
	other, _ := writeRows(t, 999)
	foreign, err := os.ReadFile(indexPath(other))
	if err != nil {
		t.Fatal(err)
	}
	bitten := slices.Clone(whole)
	for page := 0; page < len(bitten); page += pageSize {
		bitten[page+100] ^= 1
	}
	for name, index := range map[string][]byte{"empty": {}, "cut": whole[:len(whole)-pageSize], "torn": whole[:len(whole)-7], "bitten": bitten, "foreign": foreign} {
		if err := os.WriteFile(indexPath(path), index, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := places(path, (&rows[500]).marks()); ok || err != nil {
			t.Errorf("%s: the index is used, %v", name, err)
		}
		if got := found(t, path, "e"+rows[500].Email); !slices.Equal(got, []int{500}) {
			t.Errorf("%s: found %d", name, got)
		}
	}
	if err := Remove(path); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) > 0 {
		t.Errorf("Remove left %v, %v", left, err)
	}
}

func TestPick(t *testing.T) {
	path, rows := writeRows(t, 50)
	var got []row
	err := Pick[row, struct{}](context.Background(), path, func(seq int) bool { return seq%20 == 7 }, func(_ int, r *row) error {
		got = append(got, *r)
		return nil
	})
	if want := []row{rows[7], rows[27], rows[47]}; err != nil || !slices.Equal(got, want) {
		t.Errorf("Pick = %v, %v, want %v", got, err, want)
	}
}
