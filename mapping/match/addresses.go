package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/match/told"
)

// decideAddress chooses which address comes first where a sheet has several, of those that hold something: mailing before work, work
// before home.
func (u *understanding) decideAddress() {
	kept, chosen := headers.AnyScope, false
	for _, part := range []headers.Concept{headers.Street, headers.City, headers.Zip} {
		if found := u.scopes(part); !chosen && len(found) > 0 {
			kept, chosen = slices.Min(found), true
		}
	}
	for i := range u.meaning {
		m := &u.meaning[i]
		if m.concept == headers.None && m.field < 0 && m.excluded == "" && headers.SaysAddress(u.words(i)) && u.column(i).Share(cells.LooksWholeAddress) >= 0.8 {
			m.excluded = headers.WhyWholeOne
		}
		if m.concept == headers.Street && m.doubt == "" && u.explicit[i] == nil && !u.own && u.column(i).Share(cells.LooksWholeAddress) >= 0.8 {
			m.doubt = headers.WhyWholeOne
		}
		if headers.IsJoined(m.concept) && u.explicit[i] == nil && u.column(i) != nil {
			if share := u.column(i).Share(cells.LooksJoined); share < 0.5 {
				m.concept, m.excluded = headers.None, headers.WhyJoined
			} else {
				m.reason = "each cell is taken apart"
			}
		}
	}
	if chosen {
		u.numberScopes(kept)
	}
}

// numberScopes numbers the addresses of a sheet that has several kinds of them, and no numbers of its own: the one that is kept first,
// with the parts of no kind.
func (u *understanding) numberScopes(kept headers.Scope) {
	const first, last = 50, 99
	part := func(m meaning) bool { return headers.IsAddressPart(m.concept) }
	apart := kept != headers.AnyScope && u.isApart(kept)
	if u.own || !apart && !slices.ContainsFunc(u.meaning, func(m meaning) bool { return part(m) && m.scope != headers.AnyScope && m.scope != kept }) {
		return
	}
	numbered := slices.ContainsFunc(u.meaning, func(m meaning) bool { return part(m) && m.number > 0 })
	for i := range u.meaning {
		switch m := &u.meaning[i]; {
		case !part(*m):
		case apart && m.scope == headers.AnyScope:
			if !numbered {
				m.number = last
			}
		case m.scope == headers.AnyScope || m.scope == kept:
			if !numbered {
				m.number = first
			}
		case numbered || !u.hasStreet(m.scope): // half an address
			m.concept = headers.None
		default:
			m.number = first + int(m.scope)
		}
	}
}

// isApart reports whether the parts of no kind are of another address than the one that is kept: both have a city, or a postal code.
func (u *understanding) isApart(kept headers.Scope) bool {
	return slices.ContainsFunc(u.meaning, func(m meaning) bool {
		return (m.concept == headers.City || m.concept == headers.Zip) && m.scope == kept &&
			slices.ContainsFunc(u.meaning, func(o meaning) bool { return o.concept == m.concept && o.scope == headers.AnyScope })
	})
}

// hasStreet reports whether an address of a kind has a column for its street.
func (u *understanding) hasStreet(of headers.Scope) bool {
	return slices.ContainsFunc(u.meaning, func(m meaning) bool { return m.concept == headers.Street && m.scope == of })
}

// decideSecondLines keeps second lines of a street beside its first, unless the sheet has second addresses.
func (u *understanding) decideSecondLines() {
	second := slices.ContainsFunc(u.folded, func(f string) bool {
		hit, _ := headers.Find(strings.TrimSuffix(f, "2"))
		return strings.HasSuffix(f, "2") && (hit.Concept == headers.City || hit.Concept == headers.Zip)
	})
	for i := range u.meaning {
		m := &u.meaning[i]
		if stem, _ := headers.Find(strings.TrimSuffix(u.folded[i], "2")); second && m.concept == headers.SecondLine && stem.Concept == headers.Street {
			m.concept, m.number = headers.Street, 2
		} else if m.concept == headers.SecondLine && (second || !slices.ContainsFunc(u.meaning, func(o meaning) bool { return o.concept == headers.Street && o.scope == m.scope })) {
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

// findAddresses finds the numbered addresses of a sheet that hold something. No address is made of two: each row has the first of
// which it has a street, a city or a postal code.
func (u *understanding) findAddresses() {
	var parts [100][]headers.Concept // by number
	var numbers []int
	for i := range u.meaning {
		if m := &u.meaning[i]; headers.IsAddressPart(m.concept) && !u.own {
			parts[m.number] = append(parts[m.number], m.concept)
			numbers = append(numbers, m.number)
		}
	}
	slices.Sort(numbers)
	if numbers = slices.Compact(numbers); len(numbers) < 2 {
		return
	}
	rival := func(c headers.Concept) bool { return slices.Contains(parts[numbers[1]], c) }
	if numbers[0] == 0 && !slices.ContainsFunc(parts[0], rival) { // what has no number completes the first that has
		for i := range u.meaning {
			if m := &u.meaning[i]; headers.IsAddressPart(m.concept) && m.number == 0 {
				m.number = numbers[1]
			}
		}
		numbers = numbers[1:]
	}
	filled := slices.DeleteFunc(slices.Clone(numbers), func(n int) bool {
		return !slices.ContainsFunc(u.partsOf(n).Main, func(i int) bool { return !u.empty(i) })
	})
	if u.addresses = filled; len(filled) == 0 {
		u.addresses = numbers[:1]
	}
}

// partsOf are the columns of a numbered address.
func (u *understanding) partsOf(number int) (a sources.Address) {
	for i := range u.meaning {
		switch m := &u.meaning[i]; {
		case m.number != number || !headers.IsAddressPart(m.concept):
		case m.concept == headers.State || m.concept == headers.Country:
			a.Rest = append(a.Rest, i)
		default:
			a.Main = append(a.Main, i)
		}
	}
	return a
}

// ofAddress leaves those of the candidates of a field that are of a numbered address. What the user maps is of all.
func (w *matcher) ofAddress(number int, list []candidate) []candidate {
	return slices.DeleteFunc(slices.Clone(list), func(c candidate) bool {
		return w.meaning[c.column].number != number && (c.rank >= 0 || c.how == told.MapFile)
	})
}

// assignAddresses chooses the columns of a field of addresses for each address that a row may have.
func (w *matcher) assignAddresses(f *resource.Field, list []candidate) (feed Feed, first *Error) {
	feed.Field = f
	for k, number := range w.addresses {
		from, err := w.choose(f, w.ofAddress(number, list))
		first = cmp.Or(first, err)
		feed.Addresses = append(feed.Addresses, from)
		if feed.From == nil {
			feed.From = from
		}
		for _, s := range from {
			if k > 0 && len(w.explicit[s.Index]) == 0 {
				w.notes[s.Index] = "where the addresses before it are empty"
			}
		}
	}
	return feed, first
}

// addressList are the columns of the addresses that a row may have, nil for one.
func (u *understanding) addressList() (list []sources.Address) {
	if len(u.addresses) < 2 {
		return nil
	}
	for _, number := range u.addresses {
		list = append(list, u.partsOf(number))
	}
	return list
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
