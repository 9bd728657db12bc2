package names

import (
	"iter"
	"os"
	"strings"
	"testing"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// wanted is a line of testdata/names.txt.
type wanted struct {
	cell  string
	right Name
	left  bool // it has to be left alone
	style Style
}

// wantedNames reads testdata/names.txt.
func wantedNames(t testing.TB) iter.Seq[wanted] {
	t.Helper()
	text, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(wanted) bool) {
		_, columns, _ := strings.Cut(string(text), "\n@ ")
		for column := range strings.SplitSeq(columns, "\n@ ") {
			header, lines, _ := strings.Cut(column, "\n")
			list := wantedOf(lines)
			style := styleOf(strings.Split(header, "|"), list)
			for _, w := range list {
				if w.style = style; !yield(w) {
					return
				}
			}
		}
	}
}

func wantedOf(lines string) (list []wanted) {
	for line := range strings.SplitSeq(lines, "\n") {
		cell, right, ok := strings.Cut(line, "=>")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(right+" + + ", "+")
		w := wanted{cell: headers.Clean(cell), left: strings.TrimSpace(right) == "?"}
		w.right = Name{First: strings.TrimSpace(parts[0]), Last: strings.TrimSpace(parts[1]), Title: strings.TrimSpace(parts[2])}
		w.right.Split = w.right.First != ""
		list = append(list, w)
	}
	return list
}

func styleOf(header []string, list []wanted) Style {
	folded := make([]string, len(header))
	for i := range header {
		folded[i] = headers.FoldHeader(header[i])
	}
	p := cells.NewProfile(header)
	for _, w := range list {
		p.Add([]string{w.cell})
	}
	return StyleOf(header[0], folded, p.Column(0))
}

// TestTable counts the names of testdata/names.txt that are read right, left alone and read wrong. None is read wrong without a remark.
func TestTable(t *testing.T) {
	var right, left, wrong, all int
	for w := range wantedNames(t) {
		n, notes := Read(w.cell, w.style)
		n.Email = ""
		all++
		switch {
		case !w.left && n == w.right, w.left && !n.Split:
			right++
		case !n.Split:
			left++
			t.Logf("left: %q: %+v", w.cell, n)
		default:
			wrong++
			t.Logf("wrong: %q: got %+v, want %+v; %v", w.cell, n, w.right, notes.Remarks)
		}
		if (w.left || n.Split && n != w.right) && notes.Remarks == nil && n.Title == "" {
			t.Errorf("%q: got %+v without a word", w.cell, n)
		}
	}
	t.Logf("%d names: %d right, %d left, %d wrong", all, right, left, wrong)
	if floor := all * 97 / 100; right < floor {
		t.Errorf("%d names of %d are read right, fewer than %d", right, all, floor)
	}
}
