package planfile

import "testing"

func TestReadMark(t *testing.T) {
	for _, tt := range []struct {
		approved bool
		words    []string
	}{
		{true, []string{"", " ", "\u00a0", "yes", "YES", " Yes\r\n", "y", "true", "TRUE", "1", "ja", "Ja", "j", "oui", "sí", "si", "WAHR", "VRAI", "WAAR", "VERDADERO"}},
		{false, []string{"no", "No ", "n", "N", "x", "X", " x ", "0", "FALSE", "false", "nee", "nein", "non", "FALSCH", "FAUX", "ONWAAR", "FALSO"}},
	} {
		for _, word := range tt.words {
			if approved, ok := readMark(word); approved != tt.approved || !ok {
				t.Errorf("%q is read as %v, %v", word, approved, ok)
			}
		}
	}
	for _, word := range []string{"maybe", "xx", "?", "ok", "-", "yes?", "no!", "2", "y n", "#N/A", "later", "nope, not him"} {
		if approved, ok := readMark(word); ok {
			t.Errorf("%q is read as %v", word, approved)
		}
	}
}
