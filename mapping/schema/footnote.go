package schema

import (
	"strings"
	"unicode/utf8"

	"crmferry/mapping/cells"
)

// doubtMark remarks on a text of a few words that ends in the mark of a footnote: Dallas†, Houston¹. 30 m² ends in a unit.
func (r *Reader) doubtMark(s *Source, v string) {
	bare := strings.TrimRight(v, "*†‡¹²³⁴⁵")
	if bare == v || bare == "" || r.Rules.nature == cells.Values || r.Rules.nature == cells.Prose {
		return
	}
	if last := bare[strings.LastIndexByte(bare, ' ')+1:]; utf8.RuneCountInString(last) < 3 && last != "" {
		return
	}
	what := "the mark of a footnote"
	if strings.Contains(v[len(bare):], "†") {
		what += ", or of somebody who has died"
	}
	r.Repair(cells.RemarkFootnote, &s.Source, v, v, "%s ends in %s: %s", cells.Quote(v), cells.Quote(v[len(bare):]), what)
}
