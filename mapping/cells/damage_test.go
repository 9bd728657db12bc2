package cells

import (
	"strings"
	"testing"

	"crmferry/mapping/hint"
)

// TestPlaceholdersAreSeen: no placeholder is sound, and no name that is like one is a placeholder.
func TestPlaceholdersAreSeen(t *testing.T) {
	for _, v := range strings.Split("-|--|—|.|...|?|/|_|*|n/a|N/A|n.a.|n.a|n.v.t.|N.V.T|nvt|nvt.|k.a.|n/b|none|None|NULL|NaN|nil|unknown|Unknown|"+
		"not available|Not Applicable|empty|blank|(blank)|undefined|geen|onbekend|Onbekend|niet bekend|leeg|keine|keiner|unbekannt|leer|"+
		"-None-|--None--|aucun|aucune|inconnu|inconnue|vide|ninguno|ninguna|desconocido|desconocida", "|") {
		if !IsPlaceholder(v) || IsSound(v) {
			t.Errorf("%q: placeholder %v, sound %v", v, IsPlaceholder(v), IsSound(v))
		}
	}
	for _, v := range []string{"Jane", "Nadia", "No", "Ng", "NA", "Ina", "+31612345678", "Leer-Berg", "van der Berg", "12", "0", "C-42", "1012 LG", "a", "None Such", "x"} {
		if IsPlaceholder(v) || !IsSound(v) {
			t.Errorf("%q: placeholder %v, sound %v", v, IsPlaceholder(v), IsSound(v))
		}
	}
}

// TestDatesOfCodesAreSeen: no date that Excel makes of a code is sound.
func TestDatesOfCodesAreSeen(t *testing.T) {
	for _, v := range strings.Split("1-Mar|12-jan|Mar-01|mrt-01|sept-01|1-sept|12-mrt.|juil-12|1-déc|01. Feb|1. Dez.|02. mrt", "|") {
		if !isDateOfCode(v) || IsSound(v) {
			t.Errorf("%q: date %v, sound %v", v, isDateOfCode(v), IsSound(v))
		}
	}
	for _, v := range []string{"1-12", "MAR1", "A-12", "mar-1", "May-Li", "Jan-Piet", "12-345", "10-4", "1. Stock", "St. Jan", "5. Etage", "3. OG"} {
		if isDateOfCode(v) || !IsSound(v) {
			t.Errorf("%q: date %v, sound %v", v, isDateOfCode(v), IsSound(v))
		}
	}
}

// TestGarbled: text that was encoded twice, and letters that are lost, are reported; letters that only look so are not.
func TestGarbled(t *testing.T) {
	for _, tt := range []struct{ cell, code, once string }{
		{"JosÃ©", RemarkTwiceEncoded, `"José"`},
		{"BesanÃ§on; MÃ¼ller", RemarkTwiceEncoded, "Müller"},
		{"日本 JosÃ©", RemarkTwiceEncoded, `"日本 José"`},
		{"Dâ€™Angelo", RemarkTwiceEncoded, "D’Angelo"},
		{"â‚¬ 5", RemarkTwiceEncoded, "€ 5"},
		{"Å\u0081Ã³dÅº", RemarkLostLetters, string(hint.Encoding)},
		{"Jos\uFFFD", RemarkLostLetters, string(hint.Encoding)},
		{"Jos\u0081", RemarkLostLetters, string(hint.Encoding)},
		{"José", "", ""}, {"SÃO PAULO", "", ""}, {"Âge Änderung Åse", "", ""}, {"pâte Ä", "", ""}, {"日本 ＡＢ", "", ""},
	} {
		got, n := (&Mending{Nature: Prose}).Mend(tt.cell)
		if got != tt.cell || (tt.code == "") != (len(n.Remarks) == 0) || tt.code != "" && (len(n.Remarks) != 1 || n.Remarks[0].Code != tt.code || !strings.Contains(n.Remarks[0].Text+string(n.Remarks[0].Hint), tt.once)) {
			t.Errorf("%q became %q: %+v", tt.cell, got, n.Remarks)
		}
	}
}
