package headers

import "strings"

// Program is a program that writes contacts into sheets: what its headers are recognised by, and what they mean there
// and nowhere else. Lists of headers are parted by |; a * at an end stands for any rest.
type Program struct {
	Name       string   // "a Google Contacts export"
	How        string   // "Google Contacts"
	Marks      []string // headers that only this program writes; all of one line have to be there
	scope      string   // what the headers of a person start with: "Person - "
	means      []meant
	late       []meant // those that any other header of the concept is better than
	exclusions []exclusion
	fillers    string // cells that mean empty: "0/0/00"
	Sep        string // what parts the words of one cell, "" for anything usual
	records    string // the columns that are empty in a row that only continues the one above
	Warning    string // what whoever imports it should know
}

// meant are headers and the concept that they mean.
type meant struct {
	concept Concept
	headers string
}

// exclusion are headers that look like a field, or that a user would look for, and are none.
type exclusion struct{ why, headers string }

// Unscoped is a header without what the headers of a person start with; ok is false if it does not start with that.
func (p *Program) Unscoped(header string) (rest string, ok bool) { return cutScope(header, p.scope) }

// EmptyCells are the cells that the program writes where there is nothing.
func (p *Program) EmptyCells() []string {
	if p.fillers == "" {
		return nil
	}
	return strings.Split(p.fillers, "|")
}

// StartsRecord reports whether a column of a folded header is empty in a row that only continues the one above.
func (p *Program) StartsRecord(folded string) bool {
	return p.records != "" && listed(p.records, folded)
}

// cutScope takes the scope off a header. Scopes are written in any of several languages, parted by |.
func cutScope(header, scopes string) (string, bool) {
	for scope := range strings.SplitSeq(scopes, "|") {
		if rest, ok := strings.CutPrefix(Clean(header), scope); ok && scope != "" {
			return rest, true
		}
	}
	return header, false
}

// Says is what a folded header means in this program; ok is false if it means nothing of its own there. Of several
// headers of a concept, the one that comes first here is preferred; those of late come behind the vocabulary.
func (p *Program) Says(folded string) (Word, bool) {
	for i, list := range [][]meant{p.means, p.late} {
		rank := 10 + 90_000*i
		for _, m := range list {
			for h := range strings.SplitSeq(m.headers, "|") {
				if rank++; listed(h, folded) {
					return Word{Concept: m.concept, Rank: rank}, true
				}
			}
		}
	}
	return Word{}, false
}

// WhyNoField is why a folded header is no field, "" if the program does not say so.
func (p *Program) WhyNoField(folded string) string {
	for _, a := range p.exclusions {
		if listed(a.headers, folded) {
			return a.why
		}
	}
	return ""
}

// listed reports whether a list of headers has a folded one.
func listed(headers, folded string) bool {
	for h := range strings.SplitSeq(headers, "|") {
		start, open := strings.CutSuffix(h, "*")
		if f := FoldHeader(start); f == folded || open && strings.HasPrefix(folded, f) {
			return true
		}
	}
	return false
}
