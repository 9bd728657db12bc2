package mapping

import (
	"strings"
	"testing"

	"crmferry/mapping/cells"
)

// TestPlaceholdersAreSeen: no placeholder is sound, and no name that is like one is a placeholder.
func TestPlaceholdersAreSeen(t *testing.T) {
	for _, v := range strings.Split("-|--|—|.|...|?|/|_|*|n/a|N/A|n.a.|n.a|n.v.t.|N.V.T|nvt|nvt.|k.a.|n/b|none|None|NULL|NaN|nil|unknown|Unknown|"+
		"not available|Not Applicable|empty|blank|(blank)|undefined|geen|onbekend|Onbekend|niet bekend|leeg|keine|keiner|unbekannt|leer|"+
		"-None-|--None--|aucun|aucune|inconnu|inconnue|vide|ninguno|ninguna|desconocido|desconocida", "|") {
		if !cells.IsPlaceholder(v) || cells.IsSound(v) {
			t.Errorf("%q: placeholder %v, sound %v", v, cells.IsPlaceholder(v), cells.IsSound(v))
		}
	}
	for _, v := range []string{"Jane", "Nadia", "No", "Ng", "NA", "Ina", "+31612345678", "Leer-Berg", "van der Berg", "12", "0", "C-42", "1012 LG", "a", "None Such", "x"} {
		if cells.IsPlaceholder(v) || !cells.IsSound(v) {
			t.Errorf("%q: placeholder %v, sound %v", v, cells.IsPlaceholder(v), cells.IsSound(v))
		}
	}
}

// TestDatesOfCodesAreSeen: no date that Excel makes of a code is sound.
func TestDatesOfCodesAreSeen(t *testing.T) {
	for _, v := range strings.Split("1-Mar|12-jan|Mar-01|mrt-01|sept-01|1-sept|12-mrt.|juil-12|1-déc", "|") {
		if !cells.IsDateOfCode(v) || cells.IsSound(v) {
			t.Errorf("%q: date %v, sound %v", v, cells.IsDateOfCode(v), cells.IsSound(v))
		}
	}
	for _, v := range []string{"1-12", "MAR1", "A-12", "mar-1", "May-Li", "Jan-Piet", "12-345", "10-4"} {
		if cells.IsDateOfCode(v) || !cells.IsSound(v) {
			t.Errorf("%q: date %v, sound %v", v, cells.IsDateOfCode(v), cells.IsSound(v))
		}
	}
}

// TestGarbled: text that was encoded twice, and letters that are lost, are reported; letters that only look so are not.
func TestGarbled(t *testing.T) {
	for _, tt := range []struct{ cell, code, once string }{
		{"JosÃ©", FoundTwiceEncoded, `"José"`},
		{"BesanÃ§on; MÃ¼ller", FoundTwiceEncoded, "Müller"},
		{"日本 JosÃ©", FoundTwiceEncoded, `"日本 José"`},
		{"Dâ€™Angelo", FoundTwiceEncoded, "D’Angelo"},
		{"â‚¬ 5", FoundTwiceEncoded, "€ 5"},
		{"Å\u0081Ã³dÅº", FoundLostLetters, "--encoding"},
		{"Jos\uFFFD", FoundLostLetters, "--encoding"},
		{"Jos\u0081", FoundLostLetters, "--encoding"},
		{"José", "", ""}, {"SÃO PAULO", "", ""}, {"Âge Änderung Åse", "", ""}, {"pâte Ä", "", ""}, {"日本 ＡＢ", "", ""},
	} {
		r, s := testReading(ConvertOptions{})
		r.rules.nature = ofProse
		r.cells = []string{tt.cell}
		if got := r.cell(s); got != tt.cell || found(r.findings) != tt.code || tt.code != "" && !strings.Contains(r.findings[0].Message, tt.once) {
			t.Errorf("%q became %q: %+v", tt.cell, got, r.findings)
		}
	}
}
