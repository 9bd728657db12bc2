package headers

import (
	"slices"
	"strings"
	"testing"
)

// TestVocabulary: every concept has headers, and no header means two things.
func TestVocabulary(t *testing.T) {
	seen := map[string]Concept{}
	for c := None + 1; c < ConceptCount; c++ {
		if len(Vocabulary(c)) == 0 && !IsJoined(c) {
			t.Errorf("concept %d has no words", c)
		}
		for _, w := range Vocabulary(c) {
			if other, ok := seen[FoldHeader(w)]; ok && other != c {
				t.Errorf("%q is in concepts %d and %d", w, other, c)
			}
			seen[FoldHeader(w)] = c
		}
	}
}

// TestLanguages: a language has what its headers are recognised by, and words that are compared folded are written so.
func TestLanguages(t *testing.T) {
	for _, l := range languages() {
		if l.name == "" || len(l.required) == 0 || len(l.words) == 0 || len(l.signs) == 0 || len(l.your) == 0 {
			t.Errorf("%q lacks its name, words, signs, or what a required field is marked with", l.name)
		}
		lists := [][]string{l.signs, l.localMeanings, l.your, l.statuses, l.numbers, l.titles, l.negations, l.contacting, l.fields, l.idle,
			l.private, l.qualifiers, l.refusals, l.latest, l.nameWords, l.behindNames, l.numberEndings, l.salutations, l.stages, l.refused, l.shortTitles}
		for _, names := range l.months {
			lists = append(lists, strings.Split(names, "|"))
		}
		for _, a := range l.exclusions {
			lists = append(lists, a.words)
		}
		for _, word := range slices.Concat(lists...) {
			if word != Fold(word) {
				t.Errorf("%s: %q is not folded: no header is ever that", l.name, word)
			}
		}
		for _, w := range l.words {
			if w.concept <= None || w.concept >= ConceptCount || w.group < 0 || w.group >= groupCount || len(w.headers) == 0 {
				t.Errorf("%s: %q are of no concept", l.name, w.headers)
			}
		}
	}
}

// TestSigns: a header that tells the language of a sheet tells only one.
func TestSigns(t *testing.T) {
	seen := map[string]string{}
	for _, l := range languages() {
		for _, sign := range l.signs {
			if other, ok := seen[sign]; ok {
				t.Errorf("%q is a sign of %s and of %s", sign, other, l.name)
			}
			seen[sign] = l.name
		}
	}
}

// TestCellWords: a language says how its cells are read, in words of the form that cells are compared in.
func TestCellWords(t *testing.T) {
	for _, l := range languages() {
		if len(l.yes) == 0 || len(l.no) == 0 || len(l.nothing) == 0 || len(l.salutations) == 0 || slices.Contains(l.months[:], "") || l.countries == nil {
			t.Errorf("%s lacks yes, no, words for nothing, salutations, months or names of countries", l.name)
		}
		for _, word := range l.nothing {
			if len(word) < 3 || len(word) > maxNothing || word[0] < 'a' || word[0] > 'z' || !BeginsNothing(word[0], len(word)) || !IsNothing([]byte(word)) {
				t.Errorf("%s: %q is never found in a cell", l.name, word)
			}
		}
		for _, word := range slices.Concat(l.yes, l.no, l.nothing, l.absent) {
			if word != strings.ToLower(word) {
				t.Errorf("%s: %q is not in lower case: no cell is ever that", l.name, word)
			}
		}
	}
}

// TestAnswers: no word is yes in one language and no in another.
func TestAnswers(t *testing.T) {
	for _, l := range languages() {
		for _, word := range l.no {
			if yes, ok := Answer([]byte(word)); yes || !ok {
				t.Errorf("%q is no in %s, and yes elsewhere", word, l.name)
			}
		}
	}
}
