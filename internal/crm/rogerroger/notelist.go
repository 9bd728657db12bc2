package rogerroger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
)

// Filters are those of GET /people/{personId}/notes, of which person chooses whose notes are listed at all
// (https://developer.rogerroger.io/crm/people), and organization, which does the same with GET /organizations/{organizationId}/notes.
func (c *Notes) Filters() []crm.FilterSpec {
	specs := []crm.FilterSpec{{Name: "q"}}
	for _, name := range []string{personFilter, organizationFilter, "category.id", "author.id"} {
		specs = append(specs, crm.FilterSpec{Name: name, Several: true})
	}
	specs = append(specs, crm.FilterSpec{Name: "flagged", Values: booleans()})
	return append(append(specs, createdFilters()...), sorts(orderFlagged, orderCreated)...)
}

const (
	personFilter       = "person"
	organizationFilter = "organization"
	orderFlagged       = "order[flagged]"
)

// Sections are the people and organizations whose notes are listed: those that q names, else everybody, archived people included,
// and where that is asked for all organizations. That takes a request for every one, and for every thirty.
func (c *Notes) Sections(ctx context.Context, q crm.Query) ([]crm.Section, error) {
	var sections []crm.Section
	people, organizations := q.Get(personFilter), q.Get(organizationFilter)
	for _, id := range people {
		p, err := c.person(ctx, id)
		if err != nil {
			return nil, err
		}
		sections = append(sections, sectionOf(noteOf(p)))
	}
	if len(people)+len(organizations) == 0 {
		var err error
		if sections, err = c.everybodys(ctx); err != nil || !c.undocumented {
			return sections, err
		}
	} else if len(organizations) == 0 {
		return sections, nil
	}
	more, err := c.organizations(ctx, organizations)
	return append(sections, more...), err
}

// organizations are the sections of those of some ids or IRIs, of all where there are none. That they are listed is not
// documented: it is what the vendor's own clients do.
func (c *Notes) organizations(ctx context.Context, ids []string) (sections []crm.Section, err error) {
	const op = "list organizations"
	seen, total := map[string]bool{}, 0
	unseen := func(id string) bool { return !seen[lastPart(id)] }
	for page, err := range (&Organizations{c.people}).Scan(ctx) {
		if err != nil {
			return nil, err
		}
		for _, o := range page.Items {
			if !seen[o.ID] && (ids == nil || slices.ContainsFunc(ids, func(id string) bool { return lastPart(id) == o.ID })) {
				sections = append(sections, sectionOf(Note{Organization: crm.Ref{ID: o.IRI, Name: o.Title}}))
			}
			seen[o.ID] = true
		}
		if total = max(total, page.Total); ids != nil && !slices.ContainsFunc(ids, unseen) { // no page behind it matters
			return sections, nil
		}
	}
	if len(seen) < total {
		return nil, &crm.Error{Op: op, Class: crm.Transient, Code: crm.CodeServer, Message: fmt.Sprintf("%d of %d organizations came", len(seen), total)}
	}
	if i := slices.IndexFunc(ids, unseen); i >= 0 {
		return nil, refuse(op, fmt.Errorf("no organization has the id %q", ids[i]))
	}
	return sections, nil
}

// everybodys are the sections of all people.
func (c *Notes) everybodys(ctx context.Context) (sections []crm.Section, err error) {
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
				sections = append(sections, sectionOf(noteOf(p)))
			}
		}
	}
	return sections, nil
}

// person reads a person, who has to exist.
func (c *Notes) person(ctx context.Context, id string) (Person, error) {
	if !isPathPart(lastPart(id)) {
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

// sectionOf is the section of the notes on what one is on. Its key carries what they tell of that.
func sectionOf(of Note) crm.Section {
	id, name := of.Person.ID, of.PersonName
	if id == "" {
		id, name = of.Organization.ID, of.Organization.Name
	}
	return crm.Section{Name: "notes of " + cmp.Or(name, id), Key: strings.Join(append([]string{id, name}, of.PersonEmails...), separator)}
}

// noteIn is a note on what a section is of.
func noteIn(s crm.Section) Note {
	parts := strings.Split(s.Key, separator)
	of := noteOn(parts[0])
	if len(parts) > 1 {
		of.PersonName, of.PersonEmails = parts[1], parts[2:]
	}
	if of.Organization.ID != "" {
		of.Organization.Name, of.PersonName = of.PersonName, ""
	}
	return of
}

// ListPage reads page n of the notes of a section (GET /people/{personId}/notes, /organizations/{organizationId}/notes). The
// vendor puts flagged notes first whatever else it is asked for, so that no order lasts longer than a flag.
func (c *Notes) ListPage(ctx context.Context, q crm.Query, s crm.Section, n int) (crm.NumberedPage[Note], error) {
	of := noteIn(s)
	query := ordered(q, orderFlagged)
	for _, name := range []string{personFilter, organizationFilter} { // the path has it
		query.Del(name)
		query.Del(name + "[]")
	}
	page, err := listPage[wireNote](ctx, c.people, "list notes", of.on()+"/notes", query, n)
	if err != nil {
		return crm.NumberedPage[Note]{}, err
	}
	out := crm.NumberedPage[Note]{Items: make([]Note, len(page.Items)), Total: page.Total, Last: page.Last}
	for i, w := range page.Items {
		out.Items[i] = w.note(of)
	}
	return out, nil
}
