package charset

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// cellsOf are the cells of a list of testdata/people, those with letters that are not ASCII first.
func cellsOf(t testing.TB, file string) (marked, plain []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range strings.Split(strings.TrimSpace(string(text)), ", ") {
		if ASCII([]byte(cell)) < len(cell) {
			marked = append(marked, cell)
		} else {
			plain = append(plain, cell)
		}
	}
	return marked, plain
}

// encoded writes a text in an encoding; ok is false if it has no such letters.
func encoded(t testing.TB, name, text string) (encoded string, ok bool) {
	t.Helper()
	set, known := Named(name)
	if !known {
		t.Fatal(name)
	}
	if set.codec == nil {
		return text, true
	}
	s, err := set.codec.NewEncoder().String(text)
	return s, err == nil
}

// encodingsOf are those that lists in a language come in.
func encodingsOf(language string) []string {
	switch language {
	case "polish", "czech", "slovak", "hungarian", "croatian", "slovene", "romanian":
		return []string{"windows-1250", "iso-8859-2", "cp852", "mac-ce"}
	case "turkish":
		return []string{"windows-1254", "iso-8859-9", "cp857"}
	case "maltese":
		return []string{"iso-8859-3"}
	case "latvian", "lithuanian":
		return []string{"windows-1257", "iso-8859-13"}
	case "estonian":
		return []string{"windows-1257", "windows-1252", "iso-8859-15"}
	case "hebrew":
		return []string{"windows-1255"}
	}
	return []string{"windows-1252", "cp850", "mac-roman", "iso-8859-15"}
}

// list is a table with so many of the marked cells, and others.
func list(rnd *rand.Rand, marked, plain []string, n int) string {
	text := "Name;Email;City\n"
	for i := range n {
		text += fmt.Sprintf("%s;u%d@example.com;%s\n", marked[rnd.IntN(len(marked))], i, plain[rnd.IntN(len(plain))])
	}
	return text
}

// outcomes counts how lists were read.
type outcomes struct{ right, refused, wrong int }

// try reads a list, and counts the outcome.
func (o *outcomes) try(t testing.TB, languages []language, content, text string) {
	t.Helper()
	c, because, err := sniff(bytes.NewReader([]byte(content)), false, func() []language { return languages })
	switch {
	case err != nil:
		o.refused++
	case c.mixed == nil && c.Charset.text([]byte(content)) == text:
		o.right++
	default:
		o.wrong++
		if o.wrong < 4 {
			t.Logf("%q: %s: %s", text, c.Name(), because.Why)
		}
	}
}

// TestLists reads lists of invented people in all encodings that are theirs, with one, two, three or many cells that are
// not ASCII. None is read wrong; where there is little to go by it may be refused.
func TestLists(t *testing.T) {
	files, err := filepath.Glob("testdata/people/*.txt")
	if dir := os.Getenv("CHARSET_PEOPLE"); dir != "" {
		files, err = filepath.Glob(filepath.Join(dir, "*.txt"))
	}
	if err != nil || len(files) == 0 {
		t.Fatal("no lists", err)
	}
	languages, tries := loadLanguages(), 1
	if all := os.Getenv("CHARSET_TRIES"); all != "" {
		tries, err = strconv.Atoi(all)
		if err != nil {
			t.Fatal(err)
		}
	}
	var table strings.Builder
	counts := []int{1, 2, 3, 20}
	total := make([]outcomes, len(counts))
	fmt.Fprintf(&table, "%-12s %-14s", "right/refused/wrong of lists with", "")
	for _, n := range counts {
		fmt.Fprintf(&table, "%10d", n)
	}
	for _, file := range files {
		language := strings.TrimSuffix(filepath.Base(file), ".txt")
		marked, plain := cellsOf(t, file)
		if len(plain) == 0 {
			plain = []string{"Berlin"}
		}
		for _, name := range encodingsOf(language) {
			fmt.Fprintf(&table, "\n%-12s %-14s", language, name)
			for k, n := range counts {
				rnd := rand.New(rand.NewPCG(uint64(n), 7))
				var o outcomes
				for range tries {
					text := list(rnd, marked, plain, n)
					if content, ok := encoded(t, name, text); ok {
						o.try(t, languages, content, text)
					}
				}
				fmt.Fprintf(&table, "%10s", fmt.Sprintf("%d/%d/%d", o.right, o.refused, o.wrong))
				total[k].right += o.right
				total[k].refused += o.refused
				total[k].wrong += o.wrong
			}
		}
	}
	t.Logf("%s\n%v", table.String(), total)
	for _, o := range total {
		if o.wrong > 0 {
			t.Errorf("%d lists were read wrong", o.wrong)
		}
	}
}
