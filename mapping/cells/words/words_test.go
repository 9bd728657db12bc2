package words

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

func TestTags(t *testing.T) {
	tests := map[string][]string{
		"VIP":                                 {"VIP"},
		"VIP, Hot lead;News|Dutch":            {"VIP", "Hot lead", "News", "Dutch"},
		`"VIP, gold", News`:                   {"VIP, gold", "News"},
		`"VIP","Blog"`:                        {"VIP", "Blog"},
		`"say ""hi""", x`:                     {`say "hi"`, "x"},
		`12" screens, x`:                      {`12" screens`, "x"},
		`"open, x`:                            {`"open`, "x"},
		"* myContacts ::: * starred ::: Club": {"Club"},
		"* Family ::: x":                      {"Family", "x"},
		" , ;; ":                              nil,
	}
	for cell, want := range tests {
		if got := SplitAll(nil, cell); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

// profile is a column of cells.
func profile(list ...string) *cells.ColumnProfile {
	p := cells.NewProfile([]string{"Tags"})
	for _, v := range list {
		p.Add([]string{v})
	}
	return p.Column(0)
}

// TestStyles: how a cell is taken apart is decided by those beside it.
func TestStyles(t *testing.T) {
	plain, signs := []string{"VIP", "Buyer", "Buyer, VIP", "Seller"}, []string{"VIP; Buyer", "Seller; VIP", "Hot; Seller", "Cold"}
	tests := []struct {
		firms   bool
		others  []string
		cell    string
		want    []string
		doubted bool
	}{
		{false, plain, "VIP (A, B)", []string{"VIP (A, B)"}, false},
		{false, plain, "VIP (A, B), Buyer", []string{"VIP (A, B)", "Buyer"}, false},
		{false, plain, "[x; y] z, {a|b}", []string{"[x; y] z", "{a|b}"}, false},
		{false, plain, "((a, b), c), d", []string{"((a, b), c)", "d"}, false},
		{false, plain, "a (b, c", []string{"a (b", "c"}, false},
		{false, plain, ":), b", []string{":)", "b"}, false},
		{false, plain, "$500,000+", []string{"$500,000+"}, false},
		{false, plain, "$1,500,000+; Buyer", []string{"$1,500,000+", "Buyer"}, false},
		{false, plain, "1,000 sqft, new", []string{"1,000 sqft", "new"}, false},
		{false, plain, "2024,2025 plan", []string{"2024", "2025 plan"}, false},
		{false, plain, "1,2,3", []string{"1", "2", "3"}, false},
		{false, plain, "100,200", []string{"100", "200"}, true},
		{false, plain, `"Bos, Jan", VIP`, []string{"Bos, Jan", "VIP"}, false},
		{false, plain, "Bos, Jan", []string{"Bos", "Jan"}, false},
		{false, plain, "- VIP\n- Big buyer", []string{"VIP", "Big buyer"}, true},
		{false, plain, "- VIP\nBuyer", []string{"- VIP", "Buyer"}, false},
		{false, plain, "#vip #buyer", []string{"#vip", "#buyer"}, true},
		{false, plain, "- VIP, gold", []string{"VIP", "gold"}, false},
		{false, plain, `c("VIP", NA)`, []string{"VIP"}, true},
		{false, plain, `c(NA, "VIP")`, []string{"VIP"}, true},
		{false, plain, "list(NULL)", nil, true},
		{false, plain, "c(1, 2)", nil, false},
		{false, plain, `c("VIP","Buyer"`, nil, false},
		{true, []string{"Acme", "Delta B.V."}, "#A #B", []string{"#A #B"}, false},
		{false, plain, "#1 buyer", []string{"#1 buyer"}, false},
		{false, signs, "Bos, Jan; VIP", []string{"Bos, Jan", "VIP"}, true},
		{false, signs, "Bos, Jan", []string{"Bos, Jan"}, true},
		{false, signs, "Seller, VIP", []string{"Seller", "VIP"}, false},
		{false, nil, "a, b; c", []string{"a", "b", "c"}, false},
		{false, append(slices.Clone(signs), "Seller, Hot", "Cold, Buyer"), "Bos, Jan", []string{"Bos", "Jan"}, true},

		{true, []string{"Acme", "Delta B.V."}, "R&D;X", []string{"R&D;X"}, true},
		{true, []string{"Acme", "Delta B.V."}, "Barnes; Noble Ltd", []string{"Barnes", "Noble Ltd"}, true},
		{true, []string{"Acme", "Delta B.V."}, "Barnes;Noble Ltd", []string{"Barnes;Noble Ltd"}, true},
		{true, []string{"Acme", "Delta B.V."}, "Delta\nWorks", []string{"Delta Works"}, true},
		{true, []string{"Acme", "Delta B.V."}, "Acme; Beta", []string{"Acme", "Beta"}, false},
		{true, []string{"Acme", "Delta B.V."}, "Beta B.V.; Gamma GmbH", []string{"Beta B.V.", "Gamma GmbH"}, false},
		{true, []string{"Acme", "Delta B.V."}, "Acme\nDelta B.V.", []string{"Acme", "Delta B.V."}, false},
		{true, []string{"Acme", "Delta B.V."}, "Smith, Jones & Co", []string{"Smith, Jones & Co"}, false},
		{true, []string{"Acme", "Delta B.V."}, `"R&D;X"; Acme`, []string{"R&D;X", "Acme"}, false},
	}
	for _, tt := range tests {
		s := Splitter{Style: StyleOf(profile(append(slices.Clone(tt.others), tt.cell)...), tt.firms)}
		got, notes := s.Split(nil, tt.cell)
		if !slices.Equal(got, tt.want) || (notes.Remarks != nil) != tt.doubted {
			t.Errorf("%q among %q: got %q %v, want %q", tt.cell, tt.others, got, notes.Remarks, tt.want)
		}
	}
}

// FuzzSplit: no letter of a cell is lost but what stands for nothing, and an export of the words is read as the same words.
func FuzzSplit(f *testing.F) {
	for _, v := range []string{"VIP (A, B), x", "$500,000+; y", "a, b; c", `"a", b`, "((", "[a;b", "1,000,2", "R&D;X\nY"} {
		f.Add(v, "a; b", true)
		f.Add(v, "x", false)
	}
	f.Fuzz(func(t *testing.T, v, other string, firms bool) {
		v = headers.Clean(v)
		if v == "" || !utf8.ValidString(v) {
			return
		}
		s := Splitter{Style: StyleOf(profile(v, other), firms)}
		got, notes := s.Split(nil, v)
		if len(notes.Faults) > 0 || slices.ContainsFunc(notes.Remarks, func(m cells.Remark) bool { return m.Code == cells.RemarkArray }) {
			return
		}
		kept := func(v string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return r
				}
				return -1
			}, v)
		}
		for _, own := range []string{"myContacts", "starred"} {
			if strings.Contains(v, own) {
				return
			}
		}
		if kept(strings.Join(got, "")) != kept(v) {
			t.Errorf("%q beside %q gave %q", v, other, got)
		}
		shown := make([]string, len(got))
		for i, w := range got {
			shown[i] = Quote(w)
		}
		if again := SplitAll(nil, strings.Join(shown, "; ")); !slices.Equal(again, got) {
			t.Errorf("%q gave %q, which is shown as %q and reads back as %q", v, got, shown, again)
		}
	})
}

// BenchmarkSplit measures how much longer ten times as many tags take: about ten times, not a hundred.
func BenchmarkSplit(b *testing.B) {
	cell := func(n int) string {
		var v strings.Builder
		for i := range n {
			v.WriteString("tag ( " + strconv.Itoa(i) + "; ")
		}
		return v.String()
	}
	many, some := cell(20000), cell(2000)
	s := Splitter{Style: StyleOf(profile("a; b"), false)}
	took := func(v string) time.Duration {
		start := time.Now()
		s.Split(nil, v)
		return time.Since(start)
	}
	var long, short time.Duration
	for b.Loop() {
		long += took(many)
		for range 10 {
			short += took(some)
		}
	}
	b.ReportMetric(10*float64(long)/float64(short), "times_2000")
}
