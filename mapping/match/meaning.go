package match

import (
	"slices"

	"crmferry/mapping/cells/phones/plan"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/sources"
)

// meaning is what a header says, by itself and then beside the other columns and above its cells.
type meaning struct {
	concept headers.Concept
	rank    int
	listed  int           // the rank of its header among those of its concept
	scope   headers.Scope // of a part of an address
	number  int           // of the address, where several are numbered; 0 for none
	field   int           // whose name, label or extra name it is; -1 for none
	how     string

	reason   string // what else decided, if anything did
	excluded string // why the column is left aside
	wrong    string // why its cells are not what the header says
	doubt    string // why the column is only proposed
}

// isWith reports whether two parts of addresses are of one.
func (m *meaning) isWith(other *meaning) bool {
	return m.scope == other.scope && m.number == other.number
}

// understanding is what the headers of a sheet mean.
type understanding struct {
	*sheet
	meaning []meaning               // by column
	calling []int                   // columns of calling codes
	areas   map[int]*sources.Source // by column of phones: that of their area codes
	nations []int                   // columns of countries that no header names

	phoneNations []int // columns of countries that are about phones
	addresses    []int // the numbers of the addresses that a row may have, those before others; nil for one
	plans        plan.Plans
}

// has reports whether a column that is not empty means c, whether by itself or because the user says so.
func (u *understanding) has(c headers.Concept) bool {
	for i := range u.meaning {
		if u.means(i) == c && !u.empty(i) {
			return true
		}
	}
	return false
}

// hasAny reports whether a column means any of several concepts.
func (u *understanding) hasAny(concepts ...headers.Concept) bool {
	return slices.ContainsFunc(concepts, u.has)
}

// means is the concept of a column: what the user says, else the field it names, else its header.
func (u *understanding) means(i int) headers.Concept {
	if targets, ok := u.explicit[i]; ok {
		if len(targets) == 0 {
			return headers.None
		}
		return targets[0].Part
	}
	if f := u.meaning[i].field; f >= 0 && u.spec.Fields[f].Writable {
		return u.spec.Fields[f].Main
	}
	return u.meaning[i].concept
}

// fieldName is the field that a column would be, "" if there is none.
func (u *understanding) fieldName(i int) string {
	if f := u.meaning[i].field; f >= 0 && u.spec.Fields[f].Writable {
		return u.spec.Fields[f].Name
	}
	return u.spec.FieldNames(u.meaning[i].concept)
}

// replace takes another concept for c, which of two depends on when.
func (u *understanding) replace(c headers.Concept, when bool, then, otherwise headers.Concept) {
	for i := range u.meaning {
		if u.meaning[i].concept == c {
			u.meaning[i].concept = otherwise
			if when {
				u.meaning[i].concept = then
			}
		}
	}
}
