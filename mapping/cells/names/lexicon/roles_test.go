package lexicon

import (
	"testing"

	"crmferry/mapping/headers"
)

// TestAll: the short ways of a look-up hide no word that is known.
func TestAll(t *testing.T) {
	for word, is := range All() {
		if isDigit(word[len(word)-1]) || len(word) > Longest || headers.Fold(word) != word || LookUp(word) != is {
			t.Errorf("%q cannot be looked up", word)
		}
	}
}

// TestLookUp: case and signs on letters do not matter, and what is no word of names means nothing.
func TestLookUp(t *testing.T) {
	for word, want := range map[string]Role{"Dr": Title, "PhD": Degree, "FAMILIE": Household, "Froken": Title, "Frøken": Title, "Alice": Given, "Gmbh": 0, "x": 0, "": 0, "12": 0, "a word that is much too long": 0} {
		if got := LookUp(word); got&want != want || want == 0 && got != 0 {
			t.Errorf("%q: %b, want %b", word, got, want)
		}
	}
	if RolesOf("Familie") != 0 || RolesOf("Dr")&Title == 0 {
		t.Error("only what stands beside a name has a role there")
	}
}
