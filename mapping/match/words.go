package match

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/kinds"
)

// words are the words of a header, without those that its cells prove wrong: an "Email ID" full of addresses holds no ids.
func (u *understanding) words(i int) []string {
	words := headers.Tokens(u.columns[i].Header)
	bare := headers.WithoutIDs(words)
	if slices.Equal(words, bare) {
		return words
	}
	means := headers.AmongWords(bare)
	if found, ok := headers.Find(strings.Join(bare, "")); ok && found.Concept == headers.Name {
		means = headers.FullName
	}
	share := u.column(i).Share(kinds.Of(means))
	if means == headers.FullName {
		share = u.column(i).Share(names.LooksFullName)
	}
	if share >= 0.8 {
		return bare
	}
	return words
}

// readWords understands headers that say a field and beside it only words that say nothing more: "Customer E-mail". Cells
// have to agree, or else the column is only proposed, unless an address would be half without it.
func (u *understanding) readWords() {
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept != headers.None || m.field >= 0 || m.excluded != "" || u.columns[i].State != 0 || u.headerConcept(i) != headers.None {
			continue
		}
		words := u.words(i)
		means := headers.AmongWords(words)
		if means == headers.None && headers.SaysOnlyWhich(words) && u.isAmongPhones(i) {
			means = headers.Phone
		}
		if means == headers.None || u.column(i) != nil && (u.cellsContradict(i, means) || u.column(i).Share(cells.SaysYesOrNo) >= 0.8) {
			continue
		}
		*m = meaning{concept: means, field: -1, how: "words", rank: 50_000 + i}
		if headers.SaysPrivate(words) {
			m.rank += 10_000
		}
		looks := kinds.Of(means)
		if means == headers.Phone { // with extensions and remarks
			looks = hasNumber
		}
		switch share := u.column(i).Share(looks); {
		case share >= 0.8:
			m.reason = "its cells agree"
		case !u.empty(i):
			m.doubt = "its header says so among other words"
		}
	}
	u.completeAddress()
}

// isAmongPhones reports whether a column that says only Home or Work is one of several of phones, by the cells of all.
func (u *understanding) isAmongPhones(i int) bool {
	others := 0
	for k := range u.meaning {
		if k != i && (u.means(k) == headers.Phone || headers.SaysOnlyWhich(headers.Tokens(u.columns[k].Header))) && u.column(k).Share(cells.LooksPhone) >= 0.8 {
			others++
		}
	}
	return others > 0 && u.column(i).Share(cells.LooksPhone) >= 0.8
}

// completeAddress takes the parts of an address that are only doubted where the sheet has no other column for them: half an
// address is worse than none.
func (u *understanding) completeAddress() {
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.how != "words" || m.doubt == "" || m.scope != headers.AnyScope || !headers.IsAddressPart(m.concept) {
			continue
		}
		rest := slices.IndexFunc(u.meaning, func(o meaning) bool {
			return (o.concept == headers.City || o.concept == headers.Zip || o.concept == headers.Street) && o.doubt+o.excluded == ""
		})
		rival := slices.ContainsFunc(u.meaning, func(o meaning) bool { return o.concept == m.concept && o.doubt == "" })
		if rest >= 0 && !rival {
			m.doubt, m.reason = "", fmt.Sprintf("it goes with %q", u.columns[rest].Title())
		}
	}
}

// recall doubts what sets a column of addresses aside by a word of its header, where no other column has any: they are not
// the same few in every row, as those of whoever looks after the contacts are.
func (u *understanding) recall() {
	if u.has(headers.Email) || u.own {
		return
	}
	for i := range u.meaning {
		m, c := &u.meaning[i], u.column(i)
		aside := m.excluded
		switch aside {
		case headers.WhyID, headers.WhyFact, headers.WhyOwner, headers.WhyOther:
		default:
			continue
		}
		share := c.Share(cells.LooksEmail)
		if share >= 0.9 && u.explicit[i] == nil && u.isVaried(i) {
			*m = meaning{concept: headers.Email, field: -1, how: "words", rank: 60_000 + i, reason: cells.DescribeShare(share, kinds.Emails.What())}
			if words := u.words(i); aside != headers.WhyID || !headers.SaysEmail(words[:max(0, len(words)-1)]) { // Candidate Mail ID
				m.doubt = m.reason + ", and no other column has any; but by its header " + aside
			}
		}
	}
}
