package match

import (
	"crmferry/mapping/headers"
)

// readWords understands headers that say a field and beside it only words that say nothing more: "Customer E-mail". Cells
// have to agree, or else the column is only proposed.
func (u *understanding) readWords() {
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept != headers.None || m.field >= 0 || m.excluded != "" || u.columns[i].State != 0 || u.headerConcept(i) != headers.None {
			continue
		}
		words := headers.Tokens(u.columns[i].Header)
		means := headers.AmongWords(words)
		if means == headers.None || u.column(i) != nil && u.cellsContradict(i, means) {
			continue
		}
		*m = meaning{concept: means, field: -1, how: "words", rank: 50_000 + i}
		if headers.SaysPrivate(words) {
			m.rank += 10_000
		}
		switch share := u.column(i).Share(looks(means)); {
		case share >= 0.8:
			m.reason = "its cells agree"
		case !u.empty(i):
			m.doubt = "its header says so among other words"
		}
	}
}
