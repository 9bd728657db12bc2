package charset

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestGlued reads lists of which one part is in one encoding and the rest in another: what cannot be told is in doubt, and
// nothing else is read wrong, but for a single piece that has no sign in it and might be a name.
func TestGlued(t *testing.T) {
	tests := []struct{ first, one, second, other string }{
		{"german", "windows-1252", "french", "cp850"}, {"spanish", "windows-1252", "danish", "mac-roman"}, {"german", "cp850", "french", "mac-roman"},
		{"czech", "windows-1250", "german", "windows-1252"}, {"french", "windows-1252", "polish", "windows-1250"}, {"polish", "windows-1250", "polish", "cp852"},
		{"spanish", "windows-1252", "czech", "iso-8859-2"}, {"polish", "windows-1250", "czech", "iso-8859-2"}, {"turkish", "windows-1254", "spanish", "mac-roman"},
	}
	languages := loadLanguages()
	total, doubts, missed := 0, 0, 0
	for _, tt := range tests {
		for _, n := range []int{1, 5, 100} {
			rnd := rand.New(rand.NewPCG(uint64(n), 3))
			part := func(people, encoding string, n int) (text, content string) {
				marked, plain := cellsOf(t, "testdata/people/"+people+".txt")
				marked = slices.DeleteFunc(marked, func(cell string) bool { _, ok := encoded(t, encoding, cell); return !ok })
				text = list(rnd, marked, plain, n)
				content, ok := encoded(t, encoding, text)
				if !ok {
					t.Fatal(people, encoding)
				}
				return text, content
			}
			textA, a := part(tt.first, tt.one, 100)
			textB, b := part(tt.second, tt.other, n)
			text, content := textA+textB, a+b
			l, because, err := sniff(strings.NewReader(content), false, func() []language { return languages })
			if err != nil {
				t.Errorf("%v, %d: %v", tt, n, err)
				continue
			}
			r := l.Reader(strings.NewReader(content))
			read, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			odd, doubt := map[int]Odd{}, 0
			for _, o := range r.Odd(1 << 30) {
				odd[o.Line] = o
				if !o.Certain {
					doubt++
				}
			}
			total, doubts = total+n+100, doubts+doubt
			want := strings.Split(text, "\n")
			for i, line := range strings.Split(string(read), "\n") {
				if o, ok := odd[i+1]; line != want[i] && (!ok || o.Certain) {
					if missed++; n == 1 && missed <= 3 {
						continue
					}
					t.Errorf("%v, %d: %q is read as %q; %s: %s", tt, n, want[i], line, l.Name(), because.Why)
				}
			}
		}
	}
	t.Logf("%d of %d rows are in doubt", doubts, total)
	if doubts*50 > total {
		t.Errorf("%d of %d rows are in doubt", doubts, total)
	}
}

// BenchmarkGlued reads a list of two encodings.
func BenchmarkGlued(b *testing.B) {
	var content bytes.Buffer
	for i := range 2000 {
		fmt.Fprintf(&content, "M\xfcller;Jos\xe9;a%d@example.org\nSchr\x94der;Ren\x82;b%d@example.org\n", i, i)
	}
	for b.Loop() {
		l, _, err := Find(bytes.NewReader(content.Bytes()), content.Bytes(), "")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, l.Reader(bytes.NewReader(content.Bytes()))); err != nil {
			b.Fatal(err)
		}
	}
}
