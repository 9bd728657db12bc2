package rogerroger

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
)

// Kinds of what notes belong to: people, named by an e-mail address, and organizations, named by their titles.
const (
	kindPeople        = "people"
	kindOrganizations = "organizations"
)

var (
	_ crm.Creator[Note]  = (*Notes)(nil)
	_ crm.Updater[Note]  = (*Notes)(nil)
	_ crm.Finder[Note]   = (*Notes)(nil)
	_ crm.Linker[Note]   = (*Notes)(nil)
	_ crm.Numbered[Note] = (*Notes)(nil)
	_ crm.Filterer       = (*Notes)(nil)
	_ crm.Suggester      = (*Notes)(nil)
	_ crm.Checker        = (*Notes)(nil)
)

// Notes calls the endpoints of notes on people (https://developer.rogerroger.io/crm/people). Of notes on organizations the
// documentation has the list alone: they are made, and looked for in all organizations, where that is asked for.
type Notes struct {
	people       *Client
	seen         seen
	undocumented bool
}

// NewNotes returns a client of the notes of the account that the key of c.HTTP belongs to. It sends nothing.
func NewNotes(c Config) *Notes { return &Notes{people: New(c), seen: newSeen()} }

// NewUndocumentedNotes returns one that lists the notes of all organizations, too, and makes some. It sends nothing.
func NewUndocumentedNotes(c Config) *Notes {
	return &Notes{people: New(c), seen: newSeen(), undocumented: true}
}

// Traits says that notes are listed 30 at a time, flagged ones first, that looking one up takes a request for its person,
// and that an update sends whole values.
func (c *Notes) Traits() crm.Traits {
	t := crm.Traits{UpdateRepeatable: true, PageSize: pageSize, Paging: []string{"page", "itemsPerPage"}, FindBatch: findBatch, FindEach: true, Unordered: true}
	if !c.undocumented {
		t.Lacks = "those on organizations"
	}
	return t
}

// Check counts the people that the key can see: there is no list of all notes.
func (c *Notes) Check(ctx context.Context) (string, error) { return c.people.Check(ctx) }

// Identity is the note's IRI, by which the core knows it; "" while the note's id or that of what it is on is not known.
func (n *Note) Identity() string {
	if n.ID == "" || n.on() == "" {
		return ""
	}
	return notePath(n.on(), n.ID)
}

// on is the path of the person or the organization that a note is on, "" where it is not known.
func (n *Note) on() string {
	switch {
	case n.Person.ID != "":
		return personPath(n.Person.ID)
	case n.Organization.ID != "":
		return organizationPath(n.Organization.ID)
	}
	return ""
}

// Keys are what the note is matched by where a row has no id: its person or organization together with what it says. There is
// one for each way in which a row may name that: by the id, and by its own word, such as an e-mail address.
func (n *Note) Keys() []crm.Key {
	says := n.says()
	var keys []crm.Key
	if n.Organization.Name != "" {
		keys = append(keys, crm.Key{Of: quoted + "organization " + crm.Fold(n.Organization.Name) + quoted, Name: says})
	}
	if n.Organization.ID != "" {
		keys = append(keys, crm.Key{Of: organizationPath(n.Organization.ID), Name: says})
	}
	if n.Person.Name != "" { // a row's own word for the person, which it has before the id is found
		of := crm.Fold(n.Person.Name)
		if !strings.Contains(of, "@") { // nobody is found by it: the id is, that it led to
			of = quoted + of + quoted
		}
		keys = append(keys, crm.Key{Of: of, Name: says})
	}
	if n.Person.ID != "" {
		keys = append(keys, crm.Key{Of: lastPart(n.Person.ID), Name: says})
	}
	for _, e := range n.PersonEmails {
		keys = append(keys, crm.Key{Of: crm.Fold(e), Name: says})
	}
	return keys
}

// quoted stands around a name in a key, so that it is not taken for an id.
const quoted = `"`

// says is what makes two notes on a person or an organization the same note: title, description and category. Some spreadsheets and some
// servers end lines differently.
func (n *Note) says() string {
	return crm.Compose(n.Title) + "\n" + crm.Compose(n.Description) + "\n" + lastPart(n.Category.ID)
}

// Find reads the notes of the people that keys name, by id or e-mail address, and of organizations by their paths, or single
// notes by their IRIs. Archived people are found too. What does not exist has no notes.
func (c *Notes) Find(ctx context.Context, keys []crm.Key) ([]Note, error) {
	var found []Note
	read := map[string]bool{}
	for _, key := range keys {
		var some []Note
		var err error
		switch {
		case key.ID != "":
			some, err = c.get(ctx, key.ID)
		case key.Of == "" || read[key.Of] || strings.HasPrefix(key.Of, quoted):
			continue
		default:
			read[key.Of] = true
			some, err = c.of(ctx, key.Of, read)
		}
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	return found, nil
}

// get reads one note by its IRI; none if the vendor does not know it. What its person is called is not read. No page shows how
// one on an organization is read: it is looked for among the others there.
func (c *Notes) get(ctx context.Context, iri string) ([]Note, error) {
	on, id, ok := strings.Cut(iri, "/notes/")
	of := noteOn(on)
	if !ok || !isPathPart(lastPart(of.on())) || !isPathPart(id) || id != lastPart(id) {
		return nil, nil // no id of anything; as a path it would name something else
	}
	if of.Organization.ID != "" {
		notes, err := c.all(ctx, of)
		return slices.DeleteFunc(notes, func(n Note) bool { return n.ID != id }), err
	}
	w := answer[wireNote]{asked: id}
	_, err := c.people.api.Do(ctx, crm.Call{Op: "read note", Method: http.MethodGet, Path: notePath(of.on(), id)}, &w)
	if crm.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n := w.record.note(of)
	c.seen.add(n)
	return []Note{n}, nil
}

// noteOn is a note on what has an id or an IRI: an organization by its IRI only, else a person.
func noteOn(id string) (n Note) {
	if strings.HasPrefix(id, organizationPath("")) {
		n.Organization.ID = id
	} else {
		n.Person.ID = strings.TrimPrefix(id, personPath(""))
	}
	return n
}

// of reads all notes on the organization of that path, or on the people who have that id or e-mail address. It adds to read
// whose notes it read.
func (c *Notes) of(ctx context.Context, who string, read map[string]bool) ([]Note, error) {
	if !strings.Contains(who, "@") {
		return c.all(ctx, noteOn(who))
	}
	people, err := c.named(ctx, []string{who})
	if err != nil {
		return nil, err
	}
	var found []Note
	for _, p := range people {
		notes, err := c.all(ctx, noteOf(p))
		if err != nil {
			return nil, err
		}
		read[p.ID] = true
		found = append(found, notes...)
	}
	return found, nil
}

// named are the people who have one of the addresses.
func (c *Notes) named(ctx context.Context, addresses []string) ([]Person, error) {
	keys := make([]crm.Key, len(addresses))
	for i, a := range addresses {
		keys[i] = crm.Key{Email: crm.Fold(a)}
	}
	people, err := c.people.Find(ctx, keys)
	return carriers(people, byEmail.values(keys), byEmail), err
}

// all reads all notes on what one note is on.
func (c *Notes) all(ctx context.Context, of Note) ([]Note, error) {
	const op = "list notes"
	if !isPathPart(lastPart(of.on())) {
		return nil, nil
	}
	path := of.on() + "/notes"
	first, err := getPage[wireNote](ctx, c.people, op, path,
		url.Values{"page": {"1"}, "itemsPerPage": {strconv.Itoa(pageSize)}, orderCreated: {"asc"}})
	if crm.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var notes []Note
	for page, err := range follow(ctx, c.people, op, path, first) {
		if err != nil {
			return nil, err
		}
		for _, w := range page.Items {
			notes = append(notes, w.note(of))
		}
		if len(notes) > crm.MaxHeld {
			return nil, crm.Endless(op)
		}
	}
	c.seen.add(notes...)
	if len(notes) < first.Total { // a note that is missing would be made again
		return nil, &crm.Error{Op: op, Class: crm.Transient, Code: crm.CodeServer,
			Message: fmt.Sprintf("%d of %d notes came", len(notes), first.Total)}
	}
	return notes, nil
}

// LinkKinds are the people that rows name by an e-mail address, and the organizations that they name by title.
func (c *Notes) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: kindPeople, One: "person"}, {Name: kindOrganizations, One: "organization"}}
}

// Resolve finds people by e-mail address, or by full name, customerId or id, for which all people are read, and organizations by
// title or customerId. The reference keeps the name as the row has it.
func (c *Notes) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	if kind == kindOrganizations {
		found, err := c.people.Resolve(ctx, kind, names)
		for name, refs := range found {
			for i := range refs {
				refs[i].Name = strings.TrimSpace(name)
			}
		}
		return found, err
	}
	if kind != kindPeople {
		return nil, refuse("find "+kind, fmt.Errorf("no links of kind %q", kind))
	}
	var addresses, others []string
	for _, name := range names {
		if strings.Contains(name, "@") {
			addresses = append(addresses, name)
		} else {
			others = append(others, name)
		}
	}
	found, err := c.called(ctx, others)
	if err != nil || len(addresses) == 0 {
		return found, err
	}
	people, err := c.named(ctx, addresses)
	if err != nil {
		return nil, err
	}
	for _, name := range addresses {
		for _, p := range carriers(people, []string{crm.Fold(name)}, byEmail) {
			found[name] = append(found[name], crm.Ref{ID: p.ID, Name: strings.TrimSpace(name)})
		}
	}
	return found, nil
}

// called finds people by full name, customerId or id. No filter of the vendor's compares any of these exactly.
func (c *Notes) called(ctx context.Context, names []string) (map[string][]crm.Ref, error) {
	found := map[string][]crm.Ref{}
	if len(names) == 0 {
		return found, nil
	}
	wanted := map[string][]string{} // names as rows have them, by what they are compared by
	for _, name := range names {
		wanted[crm.Fold(name)] = append(wanted[crm.Fold(name)], name)
	}
	parts, err := c.people.Sections(ctx, crm.Query{})
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, part := range parts {
		people, err := c.everybody(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if seen[p.ID] {
				continue // archived meanwhile
			}
			seen[p.ID] = true
			for _, name := range slices.Concat(wanted[crm.Fold(p.fullName())], wanted[crm.Fold(p.CustomerID)], wanted[crm.Fold(p.ID)]) {
				if refs := found[name]; len(refs) == 0 || refs[len(refs)-1].ID != p.ID {
					found[name] = append(refs, crm.Ref{ID: p.ID, Name: strings.TrimSpace(name)})
				}
			}
		}
	}
	return found, nil
}

// CreateLink refuses: what a note is on is made by an import of its own.
func (c *Notes) CreateLink(_ context.Context, kind, name string, _ Note) (crm.Ref, *Note, error) {
	return crm.Ref{}, nil, refuse("create "+kind, fmt.Errorf("%q has to be imported first", name))
}

// notePath is the path of a note on what has a path.
func notePath(on, id string) string { return on + "/notes/" + url.PathEscape(lastPart(id)) }
