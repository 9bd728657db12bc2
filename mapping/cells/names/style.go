package names

import (
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// Style is how full names are written in a column. The zero value is that of names such as Jane Doe.
type Style struct {
	LastFirst bool // the header says so: "Nachname Vorname"
	TwoLast   bool // people have two last names, as in Spain
	Whole     bool // the cells are whole names, and no parts

	capitals bool   // the last names in front are in capitals: DUPONT Jean
	behind   bool   // those behind are: Jean DUPONT
	commas   bool   // most are Last, First
	firms    bool   // what stands before the commas of most are companies, and whole names behind them
	japanese bool   // some have signs of Japanese only
	turned   bool   // the last name of most stands first, as their words show
	unshown  bool   // no name shows which of its words is the first name
	mixed    bool   // more names show that the last name stands first than the other order
	initials int    // more names have the initial of the last name behind them than that of the first one, or less
	short    string // titles that are initials or names elsewhere, each with a space behind it: "m "
}

// StyleOf tells how the names of a column are written, by its header, the folded headers of its sheet, and its cells.
func StyleOf(header string, folded []string, c *cells.ColumnProfile) Style {
	s := Style{LastFirst: headers.LastNameFirst(header), TwoLast: headers.HaveTwoLastNames(folded)}
	for _, word := range headers.ShortTitles(folded) {
		s.short += word + " "
	}
	if c == nil {
		return s
	}
	const few = 5 // of so many names, one in capitals at least
	lead, tail, commas, first, last, firms, unshown := 0, 0, 0, 0, 0, 0, 0
	for v, n := range c.Values {
		words := strings.Fields(v)
		switch before, behind := capitalRuns(words); {
		case strings.IndexByte(v, ',') > 0:
			commas += n
			if before, behind, _ := strings.Cut(v, ","); isCompany(before) || isWholeName(strings.Fields(behind)) {
				firms += n
			}
		case before > 0 && !isShort(words[:before]):
			lead += n
		case behind > 0:
			tail += n
		case len(words) < 2, initialsBehind(words) > 0:
		case standsFirst(words), isFamilyName(words[len(words)-1]):
			first += n
		case standsLast(words), isFamilyName(words[0]):
			last += n
		case len(words) == 2:
			unshown += n
		}
		if initialsBehind(words) == 1 {
			if mayBeGiven(words[0]) {
				s.initials += n
			} else {
				s.initials -= n
			}
		}
		s.japanese = s.japanese || hasKana(v)
		if s.short == "" {
			s.short = shortTitles(v)
		}
	}
	s.capitals, s.behind = lead > 1 && lead > tail && few*lead >= c.Counted, tail > 1 && tail > lead && few*tail >= c.Counted
	s.turned = last > 1 && last > 3*first && few*last >= c.Counted
	s.mixed = !s.turned && last > 1 && last > first
	s.unshown = unshown > few && first+last+lead+tail+commas == 0
	s.firms = firms > 1 && 2*firms > commas
	s.commas = commas > 1 && 2*commas > c.Counted
	return s
}

// shortTitles are the short titles that others are beside: M. beside Mme, D. beside Dña, Pan beside Pani.
func shortTitles(v string) string {
	word, _, _ := strings.Cut(v, " ")
	if len(word) > 5 {
		return ""
	}
	switch headers.Fold(word) {
	case "pani":
		return "pan "
	case "mme", "mlle":
		return "m me "
	case "dna", "da":
		if strings.HasSuffix(word, ".") || strings.HasSuffix(word, "ª") {
			return "d "
		}
	}
	return ""
}

// capitalRuns counts the words of a last name in capitals at the start and at the end of a name of which other words are not: DUPONT
// Jean, Jean DE LA TOUR. Both are 0 if there is no such, and if it could be initials.
func capitalRuns(words []string) (lead, tail int) {
	lead, tail = capitalLead(words), capitalTail(words)
	if lead > 0 && tail > 0 || lead == len(words) {
		return 0, 0
	}
	return lead, tail
}

func capitalLead(words []string) (n int) {
	last := 0
	for n < len(words) && (isCapitalName(words[n]) || isParticle(words[n])) {
		n++
		if isCapitalName(words[n-1]) {
			last = n
		}
	}
	return last
}

func capitalTail(words []string) int {
	at := len(words)
	for at > 0 && (isCapitalName(words[at-1]) || at < len(words) && isParticle(words[at-1])) {
		at--
	}
	if at == len(words) {
		return 0
	}
	return len(words) - at
}
