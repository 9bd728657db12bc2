package match

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// decideAddress keeps the columns of one address where a sheet has several, of those that hold something: mailing before
// work, work before home.
func (u *understanding) decideAddress() {
	kept, chosen := headers.AnyScope, false
	for _, part := range []headers.Concept{headers.Street, headers.City, headers.Zip} {
		if found := u.scopes(part); !chosen && len(found) > 0 {
			kept, chosen = slices.Min(found), true
		}
	}
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept == headers.Street && m.doubt == "" && u.explicit[i] == nil && !u.own && u.column(i).Share(cells.LooksWholeAddress) >= 0.8 {
			m.doubt = headers.WhyWholeOne
		}
		if headers.IsAddressPart(m.concept) && m.scope != headers.AnyScope && chosen && m.scope != kept {
			m.concept = headers.None
		}
	}
}

// decideSecondLines keeps second lines of a street beside its first, unless the sheet has second addresses.
func (u *understanding) decideSecondLines() {
	second := slices.ContainsFunc(u.folded, func(f string) bool {
		hit, _ := headers.Find(strings.TrimSuffix(f, "2"))
		return strings.HasSuffix(f, "2") && (hit.Concept == headers.City || hit.Concept == headers.Zip)
	})
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept == headers.SecondLine && (second || !slices.ContainsFunc(u.meaning, func(o meaning) bool { return o.concept == headers.Street && o.scope == m.scope })) {
			m.concept = headers.None
		}
	}
}

// scopes are the kinds of addresses that a part of an address has columns for.
func (u *understanding) scopes(part headers.Concept) []headers.Scope {
	var found []headers.Scope
	for i, m := range u.meaning {
		if m.concept == part && u.columns[i].State == 0 && !u.empty(i) {
			found = append(found, m.scope)
		}
	}
	return found
}

// findHouseNumbers takes a "number" behind a street for that of the house.
func (u *understanding) findHouseNumbers() {
	for i := range u.meaning {
		if i == 0 || u.meaning[i-1].concept != headers.Street || !headers.IsNumber(u.folded[i]) || u.meaning[i].concept != headers.None {
			continue
		}
		if share := u.column(i).Share(cells.LooksHouseNumber); share >= 0.9 {
			u.meaning[i] = meaning{concept: headers.HouseNumber, rank: 50, scope: u.meaning[i-1].scope, field: -1, how: "alias",
				reason: fmt.Sprintf("it follows %q, and %s", u.columns[i-1].Title(), cells.DescribeShare(share, "numbers of houses"))}
		}
	}
}
