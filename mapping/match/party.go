package match

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/kinds"
	"crmferry/mapping/match/parties"
)

// findPerson finds whom the contacts are where no column has a name by itself: the seller, the member, the owner of a list of
// houses. All columns of that person are read, and those of the others are not. Of several people that could be meant, one is
// only proposed.
func (u *understanding) findPerson() {
	if u.own {
		return
	}
	list := u.parties()
	for _, p := range list {
		u.compareOwn(p)
	}
	if u.hasOwnName() {
		return
	}
	person, doubt := u.choosePerson(list)
	if person == nil {
		return
	}
	for _, p := range list {
		if p != person {
			u.leave(p)
			u.leaveAddress(p)
		}
	}
	u.takePerson(person, doubt)
}

// leaveAddress sets aside the address of somebody else who has a name here: what is sent to a friend is not sent to who pays for it.
func (u *understanding) leaveAddress(p *parties.Party) {
	if u.nameOf(p) < 0 {
		return
	}
	for i := range u.meaning {
		if m := &u.meaning[i]; headers.IsAddressPart(m.concept) && u.explicit[i] == nil {
			if who, _, ok := headers.ReadParty(u.columns[i].Header); ok && who.Role == p.Role {
				m.concept, m.field, m.excluded = headers.None, -1, headers.WhyOther
			}
		}
	}
}

// compareOwn sets aside the names, e-mails and phones of nobody in particular that are the same few in every row, beside those of people
// whom lists are made of: they are the host's, or the charity's. Where both are of many people, whose the contacts are is in doubt.
func (u *understanding) compareOwn(p *parties.Party) {
	if p.Kind != headers.Listed || p.Host || !p.IsWhole() || p.Count(headers.Email) == 0 || u.nameOf(p) < 0 {
		return
	}
	mapped, differ := u.isMapped(p), false
	var doubtful []int
	for i := range u.meaning {
		kin := parties.Kin(u.means(i))
		if kin != headers.FullName && kin != headers.Email && kin != headers.Phone || u.explicit[i] != nil || u.column(i) == nil {
			continue
		}
		for _, other := range p.Columns() {
			if parties.Kin(p.Says[other].Concept) != kin || u.column(other) == nil || !u.isVaried(other) {
				continue
			}
			if mapped || !u.isVaried(i) {
				u.meaning[i] = meaning{field: -1, excluded: fmt.Sprintf("the contacts are those of %q", u.columns[other].Title())}
				break
			}
			doubtful = append(doubtful, i)
			differ = differ || kin == headers.Email && parties.Differ(u.request.Profile.Head, i, other)
		}
	}
	if differ && !u.saysName() {
		name := u.columns[u.nameOf(p)].Title()
		for _, i := range doubtful {
			u.meaning[i].doubt = fmt.Sprintf("%q has other people, who may be the contacts", name)
		}
		for i := range p.Says {
			u.meaning[i].excluded = "the contacts may be other people, or those of " + strconv.Quote(name)
		}
	}
}

// saysName reports whether the user maps a name.
func (u *understanding) saysName() bool {
	for i := range u.explicit {
		if headers.IsNamePart(u.means(i)) {
			return true
		}
	}
	return false
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
func (u *understanding) parties() (list []*parties.Party) {
	for i := range u.meaning {
		said, isSaid := u.explicit[i]
		if m := &u.meaning[i]; m.concept != headers.None || m.field >= 0 || m.excluded != "" || u.columns[i].State != 0 || isSaid && len(said) == 0 {
			continue
		}
		who, says, ok := headers.ReadParty(u.columns[i].Header)
		if !ok && !(says.Concept == headers.FullName && who.Kind != headers.Relative && u.column(i).Share(names.LooksFullName) >= 0.5) {
			continue
		}
		at := slices.IndexFunc(list, func(p *parties.Party) bool { return p.Role == who.Role && p.Number == who.Number })
		if at < 0 {
			at, list = len(list), append(list, &parties.Party{Party: who, Says: map[int]headers.Word{}})
		}
		list[at].Says[i] = says
	}
	return list
}

// choosePerson chooses whom the contacts are: whoever the user maps a name of, else the one whose name the sheet has, people
// whom lists are made of before others. doubt says why that is not certain.
func (u *understanding) choosePerson(list []*parties.Party) (person *parties.Party, doubt string) {
	named := slices.DeleteFunc(slices.Clone(list), func(p *parties.Party) bool { return !u.names(p) })
	for _, p := range named {
		if u.isMapped(p) {
			return p, ""
		}
	}
	if u.hasAny(headers.FirstName, headers.LastName, headers.FullName) || len(named) == 0 {
		return nil, "" // the user maps the name of nobody here
	}
	slices.SortStableFunc(named, func(a, b *parties.Party) int { // the reachable before others
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), u.compareHosts(a, b), cmp.Compare(a.Number, b.Number), -cmp.Compare(a.Count(headers.Email), b.Count(headers.Email)))
	})
	best := named[0]
	rivals := slices.DeleteFunc(named[1:], func(p *parties.Party) bool {
		return p.Kind != best.Kind || p.Role == best.Role || u.compareHosts(best, p) < 0
	})
	reachable := slices.IndexFunc(list, func(p *parties.Party) bool { return p.Count(headers.Email) > 0 && u.names(p) })
	switch {
	case len(rivals) > 0:
		return best, u.severalPeople(best, rivals[0])
	case best.Kind != headers.Keeper && best.Count(headers.Email) == 0 && !u.has(headers.Email) && reachable >= 0:
		return list[reachable], u.severalPeople(list[reachable], best)
	case best.Kind == headers.Relative:
		return best, "it may belong to somebody else than the contact, and no other column has a name"
	case best.Kind == headers.Keeper && !u.isListed(best):
		return best, "it may say who looks after the contact, and no other column has a name"
	}
	return best, ""
}

// compareHosts puts a party behind one beside it whose account the sheet is from, or whose names are the same few in every row.
func (u *understanding) compareHosts(a, b *parties.Party) int {
	stays := func(p *parties.Party) int {
		if p.Host || !u.isVaried(u.nameOf(p)) {
			return 1
		}
		return 0
	}
	return stays(a) - stays(b)
}

func (u *understanding) severalPeople(a, b *parties.Party) string {
	return fmt.Sprintf("%q names another person than %q", u.columns[u.nameOf(b)].Title(), u.columns[u.nameOf(a)].Title())
}

// names reports whether a party has a name that its cells agree with; somebody beside the person has to have a whole one.
func (u *understanding) names(p *parties.Party) bool {
	return u.nameOf(p) >= 0 && (p.IsWhole() || p.Kind != headers.Relative)
}

// nameOf is the first column with a name of a party, -1 for none.
func (u *understanding) nameOf(p *parties.Party) int {
	for _, i := range p.Columns() {
		if headers.IsNamePart(p.Says[i].Concept) && !u.empty(i) && !(u.column(i) != nil && u.cellsContradict(i, headers.FullName)) {
			return i
		}
	}
	return -1
}

// isMapped reports whether the user maps a name of a party.
func (u *understanding) isMapped(p *parties.Party) bool {
	for i := range p.Says {
		if len(u.explicit[i]) > 0 && headers.IsNamePart(p.Says[i].Concept) {
			return true
		}
	}
	return false
}

// isListed reports whether an owner is the person that a row is about, and not who looks after it: the sheet tells more of
// them than a name, and not the same few in every row.
func (u *understanding) isListed(p *parties.Party) bool {
	varied := false
	for i, says := range p.Says {
		varied = varied || headers.IsNamePart(says.Concept) && u.isVaried(i)
	}
	parts := p.Count(headers.FirstName, headers.LastName, headers.Name, headers.Nombre, headers.FullName)
	return varied && (parts > 1 || parts < len(p.Says))
}

// isVaried reports whether the cells of a column are mostly different ones. Without cells, nothing speaks against it.
func (u *understanding) isVaried(i int) bool {
	c := u.column(i)
	return c == nil || len(c.Values)*2 > c.Counted
}

// leave sets aside the columns of somebody who is not the contact.
func (u *understanding) leave(p *parties.Party) {
	for i := range p.Says {
		u.meaning[i].excluded = headers.WhyOther
	}
}

// takePerson gives the columns of a person their meanings, unless their cells are something else. Of what a person has one of,
// a column of nobody in particular comes first, and no address is made of two.
func (u *understanding) takePerson(p *parties.Party, doubt string) {
	address := !u.hasAny(slices.DeleteFunc(p.Concepts(), func(c headers.Concept) bool { return !headers.IsAddressPart(c) })...)
	for _, i := range p.Columns() {
		says, m := p.Says[i], &u.meaning[i]
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
