package rogerroger

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"crmferry/internal/crm"
)

// Filters are those of GET /people/{personId}/notes, of which person chooses whose notes are listed at all
// (https://developer.rogerroger.io/crm/people).
func (c *Notes) Filters() []crm.FilterSpec {
	specs := []crm.FilterSpec{{Name: "q"}}
	for _, name := range []string{personFilter, "category.id", "author.id"} {
		specs = append(specs, crm.FilterSpec{Name: name, Several: true})
	}
	specs = append(specs, crm.FilterSpec{Name: "flagged", Values: booleans()})
	return append(append(specs, createdFilters()...), sorts(orderFlagged, orderCreated)...)
}

const (
	personFilter = "person"
	orderFlagged = "order[flagged]"
)

// Sections are the people whose notes are listed: those that q names, else everybody, archived people included. That
// takes a request for every person, or for every thirty.
func (c *Notes) Sections(ctx context.Context, q crm.Query) ([]crm.Section, error) {
	var sections []crm.Section
	if ids := q.Get(personFilter); len(ids) > 0 {
		for _, id := range ids {
			p, err := c.person(ctx, id)
			if err != nil {
				return nil, err
			}
			sections = append(sections, sectionOf(p))
		}
		return sections, nil
	}
	seen := map[string]bool{}
	parts, err := c.people.Sections(ctx, crm.Query{})
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		people, err := c.everybody(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if !seen[p.ID] { // somebody was archived meanwhile
				seen[p.ID] = true
				sections = append(sections, sectionOf(p))
			}
		}
	}
	return sections, nil
}

// person reads a person, who has to exist.
func (c *Notes) person(ctx context.Context, id string) (Person, error) {
	if !isID(lastPart(id)) {
		return Person{}, refuse("read person", fmt.Errorf("%q is neither an id nor an IRI of a person", id))
	}
	return c.people.readPerson(ctx, id)
}

// everybody lists a part of the people from the last page to the first: whoever is added meanwhile falls behind, and
// whoever is deleted only makes others come twice. It begins again if fewer came than there are, at most three times.
func (c *Notes) everybody(ctx context.Context, part crm.Section) ([]Person, error) {
	for range 3 {
		people, total, err := c.backwards(ctx, part)
		if err != nil {
			return nil, err
		}
		if total >= 0 && len(people) >= total {
			return people, nil
		}
	}
	return nil, &crm.Error{Op: opPeople, Class: crm.Transient, Code: crm.CodeServer,
		Message: "three times fewer people came than the vendor says there are, or it does not say"}
}

const opPeople = "list people"

// backwards lists a part of the people, each once. total is how many there were at the start or at the end, whichever is
// less; negative if the vendor does not say.
func (c *Notes) backwards(ctx context.Context, part crm.Section) (people []Person, total int, err error) {
	query := ordered(crm.Query{})
	query.Set(archivedFilter, part.Key)
	seen := map[string]bool{}
	read := func(n int) (crm.NumberedPage[Person], error) {
		page, err := listPage[Person](ctx, c.people, opPeople, "/people", query, n)
		for _, p := range page.Items {
			if p.ID != "" && !seen[p.ID] {
				seen[p.ID] = true
				people = append(people, p)
			}
		}
		return page, err
	}
	page, err := read(1)
	alone := page.Last <= 1
	total = page.Total
	if page.Last > crm.MaxHeld {
		return nil, 0, crm.Endless(opPeople)
	}
	for n := page.Last; n >= 1 && err == nil && !alone; n-- {
		if page, err = read(n); len(people) > crm.MaxHeld {
			return nil, 0, crm.Endless(opPeople)
		}
	}
	return people, min(total, page.Total), err
}

// separator stands between the parts of a section's key; no name holds it.
const separator = "\x1f"

// sectionOf is the section of a person's notes. Its key carries what the notes tell of their person.
func sectionOf(p Person) crm.Section {
	name := p.fullName()
	return crm.Section{Name: "notes of " + cmp.Or(name, p.ID), Key: strings.Join(append([]string{p.ID, name}, p.EmailAddresses...), separator)}
}

// personIn is the person of a section.
func personIn(s crm.Section) Person {
	parts := strings.Split(s.Key, separator)
	p := Person{ID: parts[0]}
	if len(parts) > 1 {
		p.FamilyName, p.EmailAddresses = parts[1], parts[2:]
	}
	return p
}

// ListPage reads page n of the notes of one person (GET /people/{personId}/notes). The vendor puts flagged notes first
// whatever else it is asked for, so that no order lasts longer than a flag.
func (c *Notes) ListPage(ctx context.Context, q crm.Query, s crm.Section, n int) (crm.NumberedPage[Note], error) {
	p := personIn(s)
	query := ordered(q, orderFlagged)
	query.Del(personFilter) // the path has it
	query.Del(personFilter + "[]")
	page, err := listPage[wireNote](ctx, c.people, "list notes", notesPath(p.ID), query, n)
	if err != nil {
		return crm.NumberedPage[Note]{}, err
	}
	out := crm.NumberedPage[Note]{Items: make([]Note, len(page.Items)), Total: page.Total, Last: page.Last}
	for i, w := range page.Items {
		out.Items[i] = w.note(p)
	}
	return out, nil
}
