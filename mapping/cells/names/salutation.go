package names

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
)

// ReadSalutation reads what somebody is addressed by: Mr., Frau Dr. Of the first words of a letter, only titles are one: Dear Mr. Stone. It
// doubts what people do: CEO.
func ReadSalutation(v string) (string, cells.Notes) {
	var notes cells.Notes
	if greeting, rest := cutGreeting(v + " "); greeting != "" {
		words := strings.Fields(rest)
		end := titleEnd(words, "")
		if end == 0 && len(words) > 0 && (cells.LooksSalutation(words[0]) || lexicon.RolesOf(words[0])&lexicon.Title != 0) {
			end = 1
		}
		titles := strings.Join(words[:end], " ")
		if titles == "" {
			notes.Repair(cells.RemarkComment, v, "", "%s was left out: it is the beginning of a letter", cells.Quote(v))
			return "", notes
		}
		notes.Repair(cells.RemarkComment, v, titles, "%s was read as %s: it is the beginning of a letter", cells.Quote(v), cells.Quote(titles))
		return titles, notes
	}
	if slices.ContainsFunc(strings.Fields(v), func(w string) bool {
		return isJob(w) && lexicon.RolesOf(w)&(lexicon.Title|lexicon.Rank|lexicon.Named|lexicon.Dotted|lexicon.Qualifier) == 0
	}) {
		notes.Doubt(cells.RemarkNoName, v, "%s is what somebody does, and no salutation; it was taken as it stands", cells.Quote(v))
	}
	if isNoSalutation(v) {
		notes.Doubt(cells.RemarkNoName, v, "%s is no salutation; it was taken as it stands", cells.Quote(v))
	}
	return v, notes
}

// isNoSalutation reports whether a cell is a code, or leaves open which of two somebody is addressed by: 1, F, Mr/Mrs.
func isNoSalutation(v string) bool {
	one, other, several := strings.Cut(v, "/")
	switch {
	case several:
		return cells.LooksSalutation(strings.TrimSpace(one)) && cells.LooksSalutation(strings.TrimSpace(other))
	case len(v) == 1:
		return v != "M" && v != "D"
	}
	return !strings.ContainsFunc(v, unicode.IsLetter)
}
