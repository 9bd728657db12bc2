package match

import (
	"fmt"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/kinds"
)

// exclude sets aside the columns of unknown headers that have a known word in them and are something else, or say by yes or
// no what a person has agreed to.
func (u *understanding) exclude() {
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept != headers.None || m.field >= 0 || m.excluded != "" || u.columns[i].State != 0 {
			continue
		}
		words := u.words(i)
		if stem := u.companionOf(i); stem != "" && len(words) == len(headers.Tokens(u.columns[i].Header)) {
			m.excluded = fmt.Sprintf("it holds the ids of what column %q names", stem)
			continue
		}
		why := headers.WhyNoField(words)
		agreed := u.saysAgreement(i, words, why)
		switch {
		case agreed:
			m.excluded = headers.WhyConsent
		case len(words) > 1 && headers.SaysField(words):
			m.excluded = why
		}
	}
}

// saysAgreement reports whether the cells of a column say what a person has agreed to: by yes or no, by the day of a refusal, or
// by words such as unsubscribed, which are also the status of an address.
func (u *understanding) saysAgreement(i int, words []string, why string) bool {
	c := u.column(i)
	switch {
	case why == "" && headers.IsContacting(words):
		return c.Share(cells.LooksYesNo) >= 0.8
	case why != headers.WhyConsent:
		return headers.SaysStatus(words) && c.Share(cells.SaysRefusal) > 0
	}
	dated := headers.IsRefusal(words)
	return c.Share(cells.SaysRefusal) > 0 || c.Share(func(v string) bool { return cells.SaysYesOrNo(v) || dated && cells.LooksDate(v) }) >= 0.8
}

// companionOf finds the column whose ids a column holds, "" if it is none: "Account.id" beside "Account".
func (u *understanding) companionOf(i int) string {
	h := headers.Clean(u.columns[i].Header)
	for _, end := range []string{".id", "/id", "/.id", "/Database ID", "/External ID", " ID", "_id"} {
		if n := len(h) - len(end); n > 0 && strings.EqualFold(h[n:], end) {
			for _, c := range u.columns {
				if c.Index != i && strings.EqualFold(headers.Clean(c.Header), h[:n]) {
					return c.Title()
				}
			}
		}
	}
	return ""
}

// doubtForeignWords doubts headers that are a word of one language in a sheet whose other headers are of another: "Land" is a
// country in Dutch and German only.
func (u *understanding) doubtForeignWords() {
	for i := range u.meaning {
		m := &u.meaning[i]
		if !headers.IsForeign(u.folded[i], u.folded) || m.how != "alias" || m.concept == headers.None || u.explicit[i] != nil {
			continue
		}
		if share := u.column(i).Share(kinds.Of(m.concept)); share >= 0.5 {
			m.reason = "its cells agree"
			continue
		}
		m.doubt = "the word is of another language than the other headers"
	}
}
