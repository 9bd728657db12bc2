package schema

import (
	"strings"

	"crmferry/mapping/cells"
)

// LeaveOutOthers remarks on the cells of a field that are of another address than the one of the row that is taken, unless that one
// says the same. There are none where a row has one address at most.
func (r *Reader) LeaveOutOthers(addresses [][]Source) {
	if addresses == nil {
		return
	}
	taken := addresses[r.Address]
	text := r.JoinedAs(taken, r.Plain)
	for _, other := range addresses {
		if strings.EqualFold(r.JoinedAs(other, r.Plain), text) {
			continue
		}
		for i := range other {
			s := &other[i]
			v := r.Plain(s)
			if v == "" || v == r.Options.Clear || cells.IsPlaceholder(v) || isAmong(taken, s) {
				continue
			}
			r.Repair(cells.RemarkLeftOut, &s.Source, v, "", "%s was left out: the row has another address, which is taken, and a record has one", cells.Quote(v))
		}
	}
}

// isAmong reports whether a source is one of several.
func isAmong(sources []Source, s *Source) bool {
	for i := range sources {
		if sources[i].Index == s.Index {
			return true
		}
	}
	return false
}
