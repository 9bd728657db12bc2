package names

import (
	"strings"

	"crmferry/mapping/cells/names/lexicon"
)

// isCompany reports whether a name ends in the legal form of a company, or starts with a word of one.
func isCompany(v string) bool {
	if isInstitution(v) {
		return true
	}
	at := len(v)
	for at > 0 && v[at-1] != ' ' && v[at-1] != ',' {
		at--
	}
	last := strings.Trim(v[at:], ",()")
	if len(last) == len(v) || !isLegalForm(last) {
		return false
	}
	if len(last) == len("B.A.") && last[0]|0x20 == 'b' && last[1] == '.' && last[2]|0x20 == 'a' { // of a Dutch cooperative, or a degree: Uwe Kern B.A.
		first, _, _ := strings.Cut(v, " ")
		return !mayBeGiven(first)
	}
	return true
}

// isInstitution reports whether a name starts with a word of clubs, foundations or towns.
func isInstitution(v string) bool {
	return strings.HasPrefix(v, "Stichting ") || strings.HasPrefix(v, "Vereniging ") || strings.HasPrefix(v, "Gemeente ")
}

// isLegalForm reports whether a word is the legal form of a company.
func isLegalForm(word string) bool {
	const longest = len("corporation.")
	if len(word) > longest {
		return false
	}
	var b [longest]byte
	form := b[:0]
	for i := range len(word) {
		if word[i] != '.' {
			form = append(form, word[i]|0x20)
		}
	}
	switch string(form) {
	case "as", "asa", "ab", "oy", "oyj", "sia", "scs", "snc", "sca": // names as well, or words
		return isUpper(word)
	case "sro", "doo", "aps", "kft", "zrt", "ltda", "lda", "pty", "pte", "eurl", "uab", "oo", "gbr", "mbh", "partg", "egmbh", "ba",
		"bv", "nv", "vof", "cv", "bvba", "srl", "gmbh", "ag", "kg", "ohg", "ug", "ev", "inc", "llc", "llp", "ltd", "limited", "plc", "corp",
		"corporation", "company", "co", "sa", "sas", "sarl", "sl", "slu", "spa", "holding", "group", "stichting", "foundation":
		return true
	}
	return false
}

// isCouple reports whether a name is that of two people: "John & Jane Smith".
func isCouple(v string) bool {
	if strings.ContainsAny(v, "&/;") {
		return true
	}
	before := ""
	for w := range strings.FieldsSeq(v) {
		prior := before
		if before = w; len(w) > 3 || strings.EqualFold(prior, "von") || prior == "" { // von und zu
			continue
		}
		switch w {
		case "+", "and", "en", "und", "et", "og", "And", "En", "Und", "Et", "AND", "EN", "UND", "ET":
			return true
		}
	}
	return false
}

// cutFirm takes the company off that stands behind a name: "Jan Bakker | Acme B.V." It says false of other words there, which may be a
// company as well, or a name.
func cutFirm(v string) (person, firm string, ok bool) {
	if at := strings.IndexAny(v, "|<>=\\:•·"); at >= 0 {
		before := strings.TrimSpace(v[:at])
		if strings.IndexByte(before, ' ') > 0 && isCompany(v[at:]) {
			return before, v[at:], true
		}
		return v, "", false
	}
	if strings.ContainsFunc(v, func(r rune) bool { return r != '?' && isOrnament(r) }) {
		return v, "", false
	}
	if at := strings.Index(v, " @"); at > 0 && strings.IndexByte(strings.TrimSpace(v[:at]), ' ') > 0 { // Ann Lee @ Acme
		return strings.TrimSpace(v[:at]), strings.TrimSpace(v[at:]), true
	}
	if strings.IndexByte(v, '@') >= 0 {
		return v, "", false
	}
	for _, dash := range [...]string{" - ", " – ", " — ", " -- "} {
		before, behind, ok := strings.Cut(v, dash)
		if !ok {
			continue
		}
		words := strings.Fields(behind)
		if strings.IndexByte(strings.TrimSpace(before), ' ') > 0 && isCompany(behind) {
			return strings.TrimSpace(before), strings.TrimSpace(v[len(before):]), true
		}
		return v, "", dash == " - " && strings.IndexByte(before, ' ') > 0 && len(words) > 0 && (len(words) == 1 && !isJob(words[0]) || isParticle(words[0])) // Els Bakker - van der Berg
	}
	return v, "", true
}

// isFirm reports whether a name of several words ends in a word for what companies do, or has one of institutions.
func isFirm(v string) bool {
	at := strings.LastIndexByte(v, ' ')
	return at > 0 && (strings.HasPrefix(v, "The ") && titleEnd(strings.Fields(v), "") < 2 || isTrade(v[at+1:]))
}

// isTrade reports whether a word is what companies do.
func isTrade(word string) bool { return lexicon.LookUp(word)&lexicon.Trade != 0 }

// isJob reports whether a word is what people do, in the languages that write it behind a comma.
func isJob(word string) bool {
	switch strings.ToLower(word) {
	case "realtor", "broker", "nurse", "chef", "agent", "ceo", "cfo", "cto", "coo", "cmo", "founder", "co-founder", "owner", "director", "manager", "president", "consultant", "coach",
		"engineer", "partner", "attorney", "lawyer", "developer", "designer", "architect", "sales", "marketing", "secretary", "treasurer", "chairman", "direktor",
		"geschäftsführer", "inhaber", "inhaberin", "leiter", "rechtsanwalt", "steuerberater", "directeur", "eigenaar", "gérant", "gerente", "direttore", "titolare":
		return true
	}
	return false
}
