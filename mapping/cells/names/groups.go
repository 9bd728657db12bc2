package names

import (
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
)

// group is what a cell in a column of names holds in place of a person.
type group struct {
	code string // of a remark
	what string // for people, behind the cell
}

// groupOf says what a cell in place of a name is, if it is no person. The zero value is a name, as far as that shows.
func groupOf(v string) group {
	first, rest, several := strings.Cut(v, " ")
	switch r := lexicon.LookUp(first); {
	case r&lexicon.Household != 0 && several, several && endsInFamily(rest):
		return group{cells.RemarkPeople, "looks like the name of several people"}
	case r&lexicon.Body != 0 && several, several && (isOwned(rest) || strings.HasPrefix(rest, "Municipal")):
		return group{cells.RemarkCompany, "looks like the name of a company"}
	case r&lexicon.Desk != 0 && areDesk(rest), several && (strings.EqualFold(first, "team") || endsInTeam(rest) || isWhich(first) && areDesk(rest)):
		return group{cells.RemarkNoName, "is hardly the name of a person"}
	}
	return group{}
}

// areDesk reports whether all words, of which there may be none, are of accounts or departments.
func areDesk(v string) bool {
	for word := range strings.FieldsSeq(v) {
		if lexicon.LookUp(word)&lexicon.Desk == 0 {
			return false
		}
	}
	return true
}

// isWhich reports whether a word says which of several offices is meant: General Inbox, Main Office. By itself it may be a last name.
func isWhich(word string) bool {
	switch word {
	case "General", "Main", "Head", "Back", "Central", "Shared", "Regional", "Local", "GENERAL", "MAIN", "general", "main", "head":
		return true
	}
	return false
}

// endsInTeam reports whether the last word is Team.
func endsInTeam(v string) bool {
	return len(v) >= 4 && strings.EqualFold(v[len(v)-4:], "team") && (len(v) == 4 || v[len(v)-5] == ' ')
}

// endsInFamily reports whether the last word is Family: Henderson Family.
func endsInFamily(v string) bool {
	word := v[strings.LastIndexByte(v, ' ')+1:]
	return len(word) > len("fami") && word[0]|0x20 == 'f' && lexicon.LookUp(word)&lexicon.Household != 0
}

// isOwned reports whether words hold one that stands between a firm and its owner: Schulz Bau Inh. Peter Schulz.
func isOwned(v string) bool {
	at := strings.Index(v, "Inh")
	if at < 0 {
		return false
	}
	word, _, more := strings.Cut(v[at:], " ")
	return more && (word == "Inh." || word == "Inhaber" || word == "Inhaberin")
}
