package names

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"crmferry/mapping/cells/names/lexicon"
	"crmferry/mapping/headers"
)

// TestCells: the parts of a name that stand in the wrong column or in two. The parts are first, middle, infix and last name,
// and the titles.
func TestCells(t *testing.T) {
	tests := []struct{ cells, want, codes string }{
		{"John|||Smith, John", "John|||Smith|", "repeated_name"},
		{"John|||Smith, John Q.", "John|||Smith|", "repeated_name"},
		{"Jon|||Smith, John", "Jon|||Smith, John|", "name_split"},
		{"Ann|||Lee, PhD", "Ann|||Lee, PhD|", "title"},
		{"Ann|||Lee, Jr.", "Ann|||Lee, Jr.|", ""},
		{"Ann|||Byron, MA, PMP", "Ann|||Byron, MA, PMP|", "title"},
		{"Bo|||Berg,", "Bo|||Berg|", "remark"},
		{"Yo-Yo|||Ma", "Yo-Yo|||Ma|", ""},
		{"Bob|||Smith Jr.", "Bob|||Smith Jr.|", ""},
		{"Bob|||Smith Jr.||Jr", "Bob|||Smith Jr.|", "repeated_name"},
		{"Bob|||Smith||Jr.", "Bob|||Smith||Jr.", ""},
		{"Bo 🌟|||Berg", "Bo|||Berg|", "remark"},
		{"Bo|||Berg 🌟", "Bo|||Berg|", "remark"},
		{"🌟|||Berg", "🌟|||Berg|", ""},
		{"Eva|||Berg • Sales Guru", "Eva|||Berg • Sales Guru|", "no_name"},
		{"Sam (she/her)|||Whit", "Sam|||Whit|", "remark"},
		{"Kim|||Whit (they/them)", "Kim|||Whit|", "remark"},
		{"Kim (Kimberley)|||Whit", "Kim (Kimberley)|||Whit|", ""},
		{"Sales|||Team", "Sales|||Team|", "no_name"},
		{"Project|||Team", "Project|||Team|", "no_name"},
		{"Deleted|||User", "Deleted|||User|", "no_name"},
		{"Familie|||Jansen", "Familie|||Jansen|", "several_people"},
		{"Stadt|||Köln", "Stadt|||Köln|", "company_name"},
		{"Val|||Guest", "Val|||Guest|", ""},
		{"Front||de|Berg", "Front||de|Berg|", ""},
		{"M.|||Bos", "M.|||Bos|", ""},
		{"M|||Bos", "M|||Bos|", ""},
		{"Zoë|||Müller", "Zoë|||Müller|", ""},
		{"Łukasz|||Ożóg", "Łukasz|||Ożóg|", ""},
		{"O’Neil|||D’Arcy", "O’Neil|||D’Arcy|", ""},
		{"Jan|||Bakker", "Jan|||Bakker|", ""},
		{"Ali|||Ali", "Ali|||Ali|", ""},
		{"Jan||van der|Berg", "Jan||van der|Berg|", ""},
		{"Ann|Marie||Lee", "Ann|Marie||Lee|", ""},
		{"Mary Ann|||Lee", "Mary Ann|||Lee|", ""},
		{"M. Jean|||Lee", "M. Jean|||Lee|", ""},
		{"Jan|||van den Berg", "Jan|||van den Berg|", ""},
		{"Jan2|||de Vries 3", "Jan2|||de Vries 3|", ""},
		{"|||van den Berg", "|||van den Berg|", ""},
		{"|||García-López", "|||García-López|", ""},
		{"Ana|||Ana-Sofia", "Ana|||Ana-Sofia|", ""},
		{"Dean|||Major", "Dean|||Major|", ""},
		{"Judge|||Reed", "Judge|||Reed|", ""},

		{"Piet|||Piet Jansen", "Piet|||Jansen|", "repeated_name"},
		{"piet|||PIET JANSEN", "piet|||JANSEN|", "repeated_name"},
		{"Els|||Els de Wit", "Els|||de Wit|", "repeated_name"},
		{"Jan Bakker|||Bakker", "Jan|||Bakker|", "repeated_name"},
		{"Jan van der Berg||van der|Berg", "Jan||van der|Berg|", "repeated_name"},
		{"Jan Bakker|||Jan Bakker", "Jan|||Bakker|", "repeated_name repeated_name"},
		{"A||de|de Vries", "A|||de Vries|", "repeated_name"},
		{"A||van der|van der Berg", "A|||van der Berg|", "repeated_name"},
		{"A||van der|der Berg", "A||van|der Berg|", "repeated_name"},
		{"A||Van|van Dijk", "A|||van Dijk|", "repeated_name"},
		{"A||de|Vries, de", "A|||de Vries|", "repeated_name"},
		{"A|||Vries, de", "A|||de Vries|", ""},
		{"E|-|-|Bos", "E|||Bos|", "placeholder placeholder"},
		{"E|n/a||Bos", "E|||Bos|", "placeholder"},
		{"Mr. Bob|||Stone", "Bob|||Stone|Mr.", ""},
		{"Prof. Dr. Eva|||Stone", "Eva|||Stone|Prof. Dr.", ""},
		{"Dr.|||Stone", "|||Stone|Dr.", ""},
		{"Mr|||Stone", "|||Stone|Mr", ""},
		{"Dear Jan|||Bos", "Jan|||Bos|", "remark"},
		{"Sehr geehrter Herr|||Bos", "|||Bos|Herr", "remark"},
		{"Geachte heer|||Bos", "|||Bos|heer", "remark"},
		{"Dear Mr. Jan|||Bos", "Jan|||Bos|Mr.", "remark"},
		{"Els|||els@acme.example", "Els|||els@acme.example|", "no_name"},
		{"https://example.com|||Bos", "https://example.com|||Bos|", "no_name"},
		{"Els|||+31 6 12345678", "Els|||+31 6 12345678|", "no_name"},
		{"Henderson|||Family", "Henderson|||Family|", "several_people"},
		{"Jansen|||Familie", "Jansen|||Familie|", "several_people"},
		{"Ann|||Sales Team", "Ann|||Sales Team|", "no_name"},
		{"|||Karel Bos", "|||Karel Bos|", "name_split"},
		{"Karel Bos|||", "Karel Bos||||", "name_split"},
		{"Mr. Karel Bos|||", "Karel Bos||||Mr.", "name_split"},
		{"|||Bos Trading B.V.", "|||Bos Trading B.V.|", ""},
	}
	for _, tt := range tests {
		var c Cells
		copy(c.Parts[:], strings.Split(tt.cells, "|"))
		plain := c.IsPlain()
		c.Mend()
		var codes []string
		for _, n := range c.Notes {
			for _, m := range n.Remarks {
				codes = append(codes, m.Code)
			}
		}
		got := strings.Join(c.Parts[:Last+1], "|") + "|" + c.Titles
		if c.Parts[Suffix] != "" {
			got += "|" + c.Parts[Suffix]
		}
		if got != tt.want || strings.Join(codes, " ") != tt.codes {
			t.Errorf("%q: got %q %v, want %q %s", tt.cells, got, codes, tt.want, tt.codes)
		}
		if plain && (tt.cells+"|" != tt.want || tt.codes != "") {
			t.Errorf("%q is taken for plain", tt.cells)
		}
	}
}

// TestPlainIsQuiet: of what is taken for plain, nothing would be said; a first name of one word, and a last name of up to three, of
// all words that mean something and of some that do not.
func TestPlainIsQuiet(t *testing.T) {
	words := strings.Fields("Ann Lee Jan Müller Jansen O'Neil Henderson de van y and GmbH III III. Zoë 12")
	for _, word := range slices.Sorted(maps.Keys(lexicon.All())) {
		if lexicon.LookUp(word)&(lexicon.Household|lexicon.Body|lexicon.Trade|lexicon.Desk) != 0 {
			words = append(words, strings.ToUpper(word[:1])+word[1:])
		}
	}
	plain := 0
	for i, first := range words {
		for j, last := range words {
			for _, last := range [...]string{last, words[(7*i+j)%len(words)] + " " + last, "de " + words[(i+3*j)%len(words)] + " " + strings.ToUpper(last)} {
				c := Cells{Parts: [PartCount]string{First: first, Last: last}}
				if !c.IsPlain() {
					continue
				}
				plain++
				mended := c
				if mended.Mend(); !reflect.DeepEqual(mended, c) {
					t.Errorf("%q %q is taken for plain: %+v", first, last, mended)
				}
			}
		}
	}
	if plain == 0 {
		t.Error("nothing is plain")
	}
}

// FuzzCells: a part of a name is lost only where another one holds it or something is said of it.
func FuzzCells(f *testing.F) {
	for _, v := range [][4]string{{"Jan", "", "van der", "Berg"}, {"Piet", "-", "", "Piet Jansen"}, {"Dr.", "", "de", "de Vries"}, {"Dear Mr. Jan Bos", "", "", "Bos"}, {"a a", "", "", "a a"}} {
		f.Add(v[0], v[1], v[2], v[3])
	}
	f.Fuzz(func(t *testing.T, first, middle, infix, last string) {
		c := Cells{Parts: [PartCount]string{first, middle, infix, last}}
		for i, v := range c.Parts {
			c.Parts[i] = strings.TrimSpace(v)
		}
		before, plain := c.Parts, c.IsPlain()
		c.Mend()
		for at, v := range c.Parts {
			if plain && headers.Clean(before[at]) == before[at] && (v != before[at] || c.Notes[at].Remarks != nil || c.Titles != "") {
				t.Errorf("%q is taken for plain, and became %q", before, c.Parts)
			}
			if v != before[at] && len(c.Notes[at].Remarks) == 0 && (at != First || c.Titles == "") && lettersBut(before[at], v) != "" {
				t.Errorf("%q became %q without a word: %q", before[at], v, before)
			}
		}
	})
}
