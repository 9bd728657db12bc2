package match

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/kinds"
)

// party is one of the people whom the rows of a sheet name beside their fields: "Seller First Name", "Seller Email".
type party struct {
	headers.Party
	says map[int]headers.Word // by column
}

// findPerson finds whom the contacts are where no column has a name by itself: the seller, the member, the owner of a list of
// houses. All columns of that person are read, and those of the others are not. Of several people that could be meant, one is
// only proposed.
func (u *understanding) findPerson() {
	if u.own || u.hasOwnName() {
		return
	}
	list := u.parties()
	person, doubt := u.choosePerson(list)
	if person == nil {
		return
	}
	for _, p := range list {
		if p != person {
			p.leave(u)
		}
	}
	u.takePerson(person, doubt)
}

// hasOwnName reports whether a column has the name of a person by itself, and no company's.
func (u *understanding) hasOwnName() bool {
	for i := range u.meaning {
		if c := u.means(i); headers.IsNamePart(c) && c != headers.Infix && c != headers.MiddleName && !u.empty(i) && u.explicit[i] == nil &&
			u.column(i).Share(names.LooksCompany) < 0.5 {
			return true
		}
	}
	return false
}

// parties are the people that columns without a meaning of their own are about, in the order of the sheet.
func (u *understanding) parties() (list []*party) {
	for i := range u.meaning {
		said, isSaid := u.explicit[i]
		if m := &u.meaning[i]; m.concept != headers.None || m.field >= 0 || m.excluded != "" || u.columns[i].State != 0 || isSaid && len(said) == 0 {
			continue
		}
		who, says, ok := headers.ReadParty(u.columns[i].Header)
		if !ok && !(says.Concept == headers.FullName && who.Kind != headers.Relative && u.column(i).Share(names.LooksFullName) >= 0.5) {
			continue
		}
		at := slices.IndexFunc(list, func(p *party) bool { return p.Role == who.Role && p.Number == who.Number })
		if at < 0 {
			at, list = len(list), append(list, &party{who, map[int]headers.Word{}})
		}
		list[at].says[i] = says
	}
	return list
}

// choosePerson chooses whom the contacts are: whoever the user maps a name of, else the one whose name the sheet has, people
// whom lists are made of before others. doubt says why that is not certain.
func (u *understanding) choosePerson(list []*party) (person *party, doubt string) {
	named := slices.DeleteFunc(slices.Clone(list), func(p *party) bool { return !u.names(p) })
	for _, p := range named {
		if u.isMapped(p) {
			return p, ""
		}
	}
	if u.hasAny(headers.FirstName, headers.LastName, headers.FullName) || len(named) == 0 {
		return nil, "" // the user maps the name of nobody here
	}
	slices.SortStableFunc(named, func(a, b *party) int { // the reachable before others
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Number, b.Number), -cmp.Compare(a.count(headers.Email), b.count(headers.Email)))
	})
	best := named[0]
	rivals := slices.DeleteFunc(named[1:], func(p *party) bool { return p.Kind != best.Kind || p.Role == best.Role })
	reachable := slices.IndexFunc(list, func(p *party) bool { return p.count(headers.Email) > 0 && u.names(p) })
	switch {
	case len(rivals) > 0:
		return best, u.severalPeople(best, rivals[0])
	case best.Kind != headers.Keeper && best.count(headers.Email) == 0 && !u.has(headers.Email) && reachable >= 0:
		return list[reachable], u.severalPeople(list[reachable], best)
	case best.Kind == headers.Relative:
		return best, "it may belong to somebody else than the contact, and no other column has a name"
	case best.Kind == headers.Keeper && !u.isListed(best):
		return best, "it may say who looks after the contact, and no other column has a name"
	}
	return best, ""
}

func (u *understanding) severalPeople(a, b *party) string {
	return fmt.Sprintf("%q names another person than %q", u.columns[u.nameOf(b)].Title(), u.columns[u.nameOf(a)].Title())
}

// names reports whether a party has a name that its cells agree with; somebody beside the person has to have a whole one.
func (u *understanding) names(p *party) bool {
	whole := p.count(headers.FirstName)*p.count(headers.LastName)+p.count(headers.FullName)+p.count(headers.Name) > 0
	return u.nameOf(p) >= 0 && (whole || p.Kind != headers.Relative)
}

// nameOf is the first column with a name of a party, -1 for none.
func (u *understanding) nameOf(p *party) int {
	for _, i := range slices.Sorted(maps.Keys(p.says)) {
		if headers.IsNamePart(p.says[i].Concept) && !u.empty(i) && !(u.column(i) != nil && u.cellsContradict(i, headers.FullName)) {
			return i
		}
	}
	return -1
}

// isMapped reports whether the user maps a name of a party.
func (u *understanding) isMapped(p *party) bool {
	for i := range p.says {
		if len(u.explicit[i]) > 0 && headers.IsNamePart(p.says[i].Concept) {
			return true
		}
	}
	return false
}

// isListed reports whether an owner is the person that a row is about, and not who looks after it: the sheet tells more of
// them than a name, and not the same few in every row.
func (u *understanding) isListed(p *party) bool {
	varied := false
	for i, says := range p.says {
		varied = varied || headers.IsNamePart(says.Concept) && u.isVaried(i)
	}
	parts := p.count(headers.FirstName) + p.count(headers.LastName) + p.count(headers.Name) + p.count(headers.Nombre) + p.count(headers.FullName)
	return varied && (parts > 1 || parts < len(p.says))
}

// isVaried reports whether the cells of a column are mostly different ones. Without cells, nothing speaks against it.
func (u *understanding) isVaried(i int) bool {
	c := u.column(i)
	return c == nil || len(c.Values)*2 > c.Counted
}

// count is how many columns of a party say a concept.
func (p *party) count(c headers.Concept) (n int) {
	for _, says := range p.says {
		if says.Concept == c {
			n++
		}
	}
	return n
}

// leave sets aside the columns of somebody who is not the contact.
func (p *party) leave(u *understanding) {
	for i := range p.says {
		u.meaning[i].excluded = headers.WhyOther
	}
}

// takePerson gives the columns of a person their meanings, unless their cells are something else. Of what a person has one of,
// a column of nobody in particular comes first, and no address is made of two.
func (u *understanding) takePerson(p *party, doubt string) {
	address := !u.hasAny(slices.DeleteFunc(p.concepts(), func(c headers.Concept) bool { return !headers.IsAddressPart(c) })...)
	for _, i := range slices.Sorted(maps.Keys(p.says)) {
		says, m := p.says[i], &u.meaning[i]
		switch {
		case u.column(i) != nil && u.cellsContradict(i, says.Concept):
			continue
		case says.Concept == headers.Email || says.Concept == headers.Phone:
			if !u.empty(i) && u.column(i).Share(kinds.Of(says.Concept)) < 0.5 {
				continue
			}
		case headers.IsAddressPart(says.Concept) && !address:
			continue
		}
		*m = meaning{concept: says.Concept, field: -1, how: "words", rank: 50_000 + says.Rank, doubt: doubt, reason: "no other column has the name"}
		if !headers.IsNamePart(says.Concept) {
			m.reason = fmt.Sprintf("it goes with %q", u.columns[u.nameOf(p)].Title())
		}
	}
}

// concepts are those that a party has columns for.
func (p *party) concepts() (list []headers.Concept) {
	for _, says := range p.says {
		list = append(list, says.Concept)
	}
	return list
}
