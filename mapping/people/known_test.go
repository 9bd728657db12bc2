package people

import (
	"slices"
	"testing"
)

func TestQuestion(t *testing.T) {
	ann := Known{Person{First: "Ann-Marié", Last: "Bee", Emails: []string{"Ann@Example.com", "bee@home.example"}, Phones: []string{"+31 6 1234 5678", "12345"}}, []string{"4711", ""}}
	for text, want := range map[string]bool{
		"ann@example.COM":    true,
		" bee@home.example ": true,
		"an@example.com":     false,
		"example.com":        false,
		"+31612345678":       true,
		"06-12345678":        true,
		"612345678":          true,
		"2345678":            false, // more digits are missing than a country has
		"5678":               false,
		"12345":              true,
		"bee, ann marie":     true,
		"Ann":                false,
		"4711":               true,
		"/people/4711":       true,
		"471":                false,
		"00000":              false,
		"":                   false,
		" - ":                false,
	} {
		q := Ask(text)
		if got := q.Means(ann); got != want {
			t.Errorf("%q means Ann: %v", text, got)
		}
		shared := slices.ContainsFunc(q.Marks(), func(m string) bool { return slices.Contains(ann.Marks(), m) })
		if want && !shared {
			t.Errorf("%q means Ann, and has none of her marks: %q, %q", text, q.Marks(), ann.Marks())
		}
		if len(q.Marks()) == 0 && q.Means(Known{}) {
			t.Errorf("%q means somebody of whom nothing is known", text)
		}
	}
}

func TestFromKey(t *testing.T) {
	for key, texts := range map[string][]string{
		"ann@example.com":               {"Ann@example.com"},
		"31612345678 ann bee":           {"0612345678", "Ann Bee"},
		"4711":                          {"4711"},
		"ann@example.com Called again.": {"ann@example.com"},
	} {
		for _, text := range texts {
			if !Ask(text).Means(FromKey(key)) {
				t.Errorf("%q is not the contact of %q", text, key)
			}
		}
	}
}
