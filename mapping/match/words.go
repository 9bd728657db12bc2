package match

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
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
		means := u.wordsMean(words)
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

// wordsMean is the concept that words say among others that say nothing more, none if they say more or nothing.
func (u *understanding) wordsMean(words []string) headers.Concept {
	var core strings.Builder
	reach := headers.None // what every word says by itself
	for i, word := range words {
		if headers.IsIdle(word) {
			continue
		}
		core.WriteString(word)
		if i > 0 && (word == "no" || word == "n") || headers.IsQualifier(word) || len(word) == 1 && cells.IsDigits(word) {
			continue
		}
		hit, ok := headers.Find(word)
		if !ok {
			hit, ok = headers.Find(strings.TrimSuffix(word, "nr"))
		}
		if !ok || hit.Concept != headers.Email && hit.Concept != headers.Phone || reach != headers.None && reach != hit.Concept {
			reach = headers.ConceptCount // of which there is none
			continue
		}
		reach = hit.Concept
	}
	hit, ok := headers.Find(core.String())
	switch {
	case ok && slices.Contains([]headers.Concept{headers.Name, headers.Nombre, headers.Title, headers.Customer, headers.Company, headers.FullName}, hit.Concept), ok && headers.IsAddressPart(hit.Concept) && hit.Scope != headers.AnyScope:
		return headers.None
	case ok:
		return hit.Concept
	case reach == headers.ConceptCount:
		return headers.None
	}
	return reach
}
