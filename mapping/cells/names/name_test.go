package names

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
	"crmferry/mapping/headers"
)

func TestNames(t *testing.T) {
	tests := []struct{ full, first, last string }{
		{"Jane Doe", "Jane", "Doe"},
		{"Mary Ann Smith", "Mary Ann", "Smith"},
		{"Jan van der Berg", "Jan", "van der Berg"},
		{"Jan Van Der Berg", "Jan", "Van Der Berg"},
		{"JAN VAN DER BERG", "JAN", "VAN DER BERG"},
		{"J.P. de Vries", "J.P.", "de Vries"},
		{"Jan 't Hart", "Jan", "'t Hart"},
		{"A.B. Bakker-de Boer", "A.B.", "Bakker-de Boer"},
		{"Els Bakker - van der Berg", "Els", "Bakker - van der Berg"},
		{"Jean-Luc Bakker", "Jean-Luc", "Bakker"},
		{"Piet in 't Veld", "Piet", "in 't Veld"},
		{"IJsbrand Jansen", "IJsbrand", "Jansen"},
		{"Berg, Jan van der", "Jan", "van der Berg"},
		{"van der Berg, Jan", "Jan", "van der Berg"},
		{"Doe, Jane", "Jane", "Doe"},
		{"Ludwig von Beethoven", "Ludwig", "von Beethoven"},
		{"María de la Cruz", "María", "de la Cruz"},
		{"Kim Li", "Kim", "Li"},
		{"Grace Wu", "Grace", "Wu"},
		{"Al Smith", "Al", "Smith"},
		{"Van Morrison", "Van", "Morrison"},
		{"Jane Doe, PhD", "Jane", "Doe, PhD"},
		{"John Smith Jr.", "John", "Smith Jr."},
		{"  Jane   Doe ", "Jane", "Doe"},
		{"Jane Doe,", "Jane", "Doe"},
		{"Madonna", "", ""},
		{"van der Berg", "", ""},
		{"De Jong", "", ""},
		{"Den Hartog", "", ""},
		{"Ter Horst Bakker", "", ""},
		{"Van den Berg", "", ""},
		{"VAN DER BERG", "", ""},
		{"Van der Berg J.", "J.", "Van der Berg"},
		{"de Vries P.", "P.", "de Vries"},
		{"Van Dijk", "Van", "Dijk"},
		{"El Khatib", "El", "Khatib"},
		{"Deborah Jong", "Deborah", "Jong"},
		{"Terence Hill", "Terence", "Hill"},
		{"Ben Jansen", "Ben", "Jansen"},
		{"Acme B.V.", "", ""},
		{"Müller GmbH", "", ""},
		{"Widgets Inc.", "", ""},
		{"John & Jane Smith", "", ""},
		{"Jan en Marie Smit", "", ""},
		{"Doe, Jane, Mrs", "Jane", "Doe"},
		{", Jane", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		n, _ := Read(tt.full, Style{})
		if n.Split != (tt.first != "") || n.First != tt.first || n.Split && n.Last != tt.last {
			t.Errorf("%q: got %+v, want %q %q", tt.full, n, tt.first, tt.last)
		}
	}
}

// TestReadDegrees: what a last name keeps behind it is said, of generations it is not.
func TestReadDegrees(t *testing.T) {
	tests := []struct{ full, first, last, says string }{
		{"Una Holm, MBA", "Una", "Holm, MBA", `the last name keeps "MBA"`},
		{"Una Holm, MBA, PMP", "Una", "Holm, MBA, PMP", `the last name keeps "MBA, PMP"`},
		{"Una Holm, Jr., Esq.", "Una", "Holm, Jr., Esq.", `the last name keeps "Jr., Esq."`},
		{"Una Holm, M.Ed., Ed.D", "Una", "Holm, M.Ed., Ed.D", `the last name keeps "M.Ed., Ed.D"`},
		{"Una Holm, CFA, CAIA", "Una", "Holm, CFA, CAIA", `the last name keeps "CFA, CAIA"`},
		{"Holm, Una MBA PMP", "Una", "Holm MBA PMP", `the last name keeps "MBA PMP"`},
		{"Una Holm MBA", "Una", "Holm MBA", `the last name keeps "MBA"`},
		{"Holm, Una", "Una", "Holm", ""},
		{"Holm, Una, Dr.", "Una", "Holm", ""},
		{"Smith, Jr., John", "John", "Smith, Jr.", ""},
		{"Smith, John, III", "John", "Smith, III", ""},
		{"John Smith Jr.", "John", "Smith Jr.", ""},
		{"Ma, Yo-Yo", "Yo-Yo", "Ma", ""},
		{"Do, Kim", "Kim", "Do", ""},
	}
	for _, tt := range tests {
		n, notes := Read(tt.full, Style{})
		said := ""
		for _, r := range notes.Remarks {
			said += r.Text
		}
		if n.First != tt.first || n.Last != tt.last || !strings.Contains(said, tt.says) || tt.says == "" && said != "" {
			t.Errorf("%q: got %q and %q: %s; want %q and %q: %s", tt.full, n.First, n.Last, said, tt.first, tt.last, tt.says)
		}
	}
}

// FuzzRead: every letter of a cell is in a part of the name or is said to be left out, and a name that is split has two parts.
func FuzzRead(f *testing.F) {
	for v := range wantedNames(f) {
		f.Add(v.cell, byte(0))
	}
	for i, v := range []string{"Jan van der Berg", "Berg, Jan van der", "Doe, PhD", ",", "& x", "van van van", "", " ", "Dr.", "Dr. Dr.", "M. M."} {
		f.Add(v, byte(i))
	}
	f.Fuzz(func(t *testing.T, v string, how byte) {
		v = headers.Clean(v)
		s := Style{LastFirst: how&1 != 0, TwoLast: how&2 != 0, capitals: how&4 != 0, behind: how&8 != 0, commas: how&16 != 0, japanese: how&32 != 0}
		if how&64 != 0 {
			s.short = "m "
		}
		s.turned, s.mixed = how&128 != 0, how&3 == 3
		n, notes := Read(v, s)
		if long, said := read(v, s); plainSpace(v) > 0 && !s.LastFirst && !s.turned && !s.mixed && s.short == "" && (n != long || len(said.Remarks) > 0) {
			t.Errorf("%q is plain, and is %+v %+v", v, long, said)
		}
		for _, part := range []string{v, n.First, n.Last} {
			if said := checkSigns(part); isQuiet(part) && len(said.Remarks) > 0 {
				t.Errorf("%q is quiet, and %v", part, said)
			}
		}
		if n.Split && (strings.TrimSpace(n.First) == "" || strings.TrimSpace(n.Last) == "") {
			t.Errorf("%q gave %+v", v, n)
		}
		said := n.First + n.Last + n.Title
		for _, m := range notes.Remarks {
			switch m.Code {
			case cells.RemarkSeveral:
				said += m.Text[strings.Index(m.Text, " holds several people: "):]
			case cells.RemarkComment:
				said += m.Text[strings.LastIndex(m.Text, " was read without "):]
			}
		}
		if missing := lettersBut(v, said); missing != "" && utf8.ValidString(v) && !strings.Contains(said, "…") {
			t.Errorf("%q lost %q: %+v %+v", v, missing, n, notes)
		}
	})
}

// lettersBut are the letters of v that said has fewer of.
func lettersBut(v, said string) string {
	counts := map[rune]int{}
	for _, r := range said {
		counts[r]++
	}
	return strings.Map(func(r rune) rune {
		if counts[r]--; counts[r] >= 0 || !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, v)
}

// TestPeople: of several people with their addresses the first is taken, with the own address, and the others are named.
func TestPeople(t *testing.T) {
	for v, want := range map[string]string{
		"Ann Lee (ann@zed.example);Bo Dorn (bo@zed.example)":                      `Ann|Lee|ann@zed.example|"Bo Dorn (bo@zed.example)"`,
		"Ann Lee <ann@zed.example>, Bo <bo@zed.example>, Cy Day <cy@zed.example>": `Ann|Lee|ann@zed.example|"Bo <bo@zed.example>" and "Cy Day <cy@zed.example>"`,
		"Ann Lee (ann@zed.example)":                                               "Ann|Lee|ann@zed.example|",
		"Lee, Ann (ann@zed.example)":                                              "Ann|Lee|ann@zed.example|",
		"Ann Lee (ann@zed.example; lee@zed.example)":                              "Ann|Lee|ann@zed.example|",
		"Ann Lee ann@zed.example; lee@zed.example":                                "Ann|Lee|ann@zed.example|",
	} {
		n, notes := Read(v, Style{})
		others := ""
		for _, m := range notes.Remarks {
			if m.Code == cells.RemarkSeveral {
				_, others, _ = strings.Cut(strings.TrimSuffix(m.Text, " was left out"), " holds several people: ")
			}
		}
		if got := strings.Join([]string{n.First, n.Last, n.Email, others}, "|"); got != want {
			t.Errorf("%q gave %s", v, got)
		}
	}
}

func TestAgree(t *testing.T) {
	tests := []struct {
		full, first, last string
		want              bool
	}{
		{"Jan Bakker", "Jan", "Bakker", true},
		{"Bakker, Jan", "Jan", "Bakker", true},
		{"JAN BAKKER", "Jan", "Bakker", true},
		{"Dr. Jan P. van den Berg", "Jan", "van den Berg", true},
		{"J. Bakker", "Jan", "Bakker", true},
		{"Jan Bakker", "J.P.", "Bakker", true},
		{"José García", "Jose", "Garcia", true},
		{"Jan Bakker-de Wit", "Jan", "Bakker", true},
		{"Mary Ann Cole", "Mary", "Cole", true},
		{"Jan Bakker Jr.", "Jan", "Bakker", true},
		{"Jan Bakker", "", "Bakker", true},
		{"Jan Bakker", "Jan", "", true},
		{"Acme", "Jan", "Bakker", true},
		{"Acme B.V.", "Jan", "Bakker", true},
		{"Jan Visser", "Jan", "Bakker", false},
		{"Piet Bakker", "Jan", "Bakker", false},
		{"Maria Visser", "Anna", "Jansen", false},
		{"Noor Bos", "", "Kok", false},
	}
	for _, tt := range tests {
		if got := agree(tt.full, tt.first, tt.last); got != tt.want {
			t.Errorf("agree(%q, %q, %q) = %v", tt.full, tt.first, tt.last, got)
		}
	}
}

func TestInAddress(t *testing.T) {
	for v, want := range map[string]bool{"jan.null@example.com": true, "NULL_jan@example.com": true, "jan@null.example": false, "null@example.com": false, "jan.nullen@example.com": false, "Null": false} {
		if got := InAddress("Null", v); got != want {
			t.Errorf("%q: %v", v, got)
		}
	}
}

// TestShortWays: names of two words of the lexicon are read the same in the short way and in the long one.
func TestShortWays(t *testing.T) {
	all := slices.Sorted(maps.Keys(lexicon.All()))
	for i, a := range all {
		for _, b := range [...]string{all[(i*7+3)%len(all)], all[(i*31+5)%len(all)], "berg", "acme", "team"} {
			v := capitalised(a) + " " + capitalised(b)
			if plainSpace(v) == 0 && !isQuiet(v) {
				continue
			}
			short, _ := Read(v, Style{})
			long, said := read(v, Style{})
			if plainSpace(v) > 0 && (short != long || len(said.Remarks) > 0) {
				t.Errorf("%q is plain, and is %+v %+v", v, long, said)
			}
			if said := checkSigns(v); isQuiet(v) && len(said.Remarks) > 0 {
				t.Errorf("%q is quiet, and %v", v, said)
			}
		}
	}
}

func capitalised(word string) string {
	r := []rune(word)
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}
