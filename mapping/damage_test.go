package mapping

import (
	"strings"
	"testing"

	"crmferry/mapping/cells"
)

// TestGarbled: text that was encoded twice, and letters that are lost, are reported; letters that only look so are not.
func TestGarbled(t *testing.T) {
	for _, tt := range []struct{ cell, code, once string }{
		{"JosÃ©", cells.RemarkTwiceEncoded, `"José"`},
		{"BesanÃ§on; MÃ¼ller", cells.RemarkTwiceEncoded, "Müller"},
		{"日本 JosÃ©", cells.RemarkTwiceEncoded, `"日本 José"`},
		{"Dâ€™Angelo", cells.RemarkTwiceEncoded, "D’Angelo"},
		{"â‚¬ 5", cells.RemarkTwiceEncoded, "€ 5"},
		{"Å\u0081Ã³dÅº", cells.RemarkLostLetters, "--encoding"},
		{"Jos\uFFFD", cells.RemarkLostLetters, "--encoding"},
		{"Jos\u0081", cells.RemarkLostLetters, "--encoding"},
		{"José", "", ""}, {"SÃO PAULO", "", ""}, {"Âge Änderung Åse", "", ""}, {"pâte Ä", "", ""}, {"日本 ＡＢ", "", ""},
	} {
		r, s := testReading(ConvertOptions{})
		r.rules.nature = cells.Prose
		r.cells = []string{tt.cell}
		if got := r.cell(s); got != tt.cell || found(r.findings) != tt.code || tt.code != "" && !strings.Contains(r.findings[0].Message, tt.once) {
			t.Errorf("%q became %q: %+v", tt.cell, got, r.findings)
		}
	}
}
