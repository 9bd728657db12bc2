package planfile

import (
	"cmp"

	"crmferry/importer/outcome"
)

// rank is where a row stands on the sheet Plan: what takes most from people first.
type rank struct {
	class   class
	changes int // the more, the earlier
}

// class is what a row does to a contact.
type class int

const (
	deletes class = iota
	empties
	updates
	creates
	rejects // the rest is not sent
	skips
	leaves
)

// mostRanked is the number of changes above which rows are alike: contacts have few fields, and each rank takes memory.
const mostRanked = 50

func rankOf(r *Row) rank {
	switch r.Outcome {
	case "":
	case outcome.Rejected:
		return rank{class: rejects}
	case outcome.Skipped:
		return rank{class: skips}
	default:
		return rank{class: leaves}
	}
	switch r.Action {
	case outcome.ActionDelete:
		return rank{class: deletes}
	case outcome.ActionCreate:
		return rank{class: creates}
	}
	lost := 0
	for _, c := range r.Changes {
		if c.kind() == emptied {
			lost++
		}
	}
	if lost > 0 {
		return rank{empties, min(lost, mostRanked)}
	}
	return rank{updates, min(len(r.Changes), mostRanked)}
}

func (r rank) compare(s rank) int {
	return cmp.Or(cmp.Compare(r.class, s.class), cmp.Compare(s.changes, r.changes))
}

// tint is the word whose colour shows what is done, "" for none.
func (r rank) tint() string {
	switch r.class {
	case empties:
		return emptied.String()
	case rejects:
		return string(outcome.Rejected)
	}
	return ""
}
