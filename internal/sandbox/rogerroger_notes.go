package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// rogerNote is a note attached to a person.
type rogerNote struct {
	record
	values map[string]any
}

func (g *roger) noteRoutes() []*route {
	const all, one = "/people/{personId}/notes", "/people/{personId}/notes/{id}"
	return []*route{
		{method: "GET", pattern: all, query: rogerNotesSchema(), handle: g.listNotes},
		{method: "POST", pattern: all, media: rogerMedia(), body: rogerNoteSchema("note"), handle: g.createNote},
		{method: "GET", pattern: one, handle: g.getNote},
		{method: "PUT", pattern: one, media: rogerMedia(), body: rogerNoteSchema("note"), handle: func(c *call) reply { return g.updateNote(c, true) }},
		{method: "PATCH", pattern: one, media: rogerPatch(), body: patchSchema(rogerNoteSchema("note-patch")), handle: func(c *call) reply { return g.updateNote(c, false) }},
	}
}

func rogerNoteSchema(name string) *schema {
	fields := []field{{name: "description", required: true, nullable: true}, {name: "category", required: true, nullable: true},
		{name: "title", nullable: true}, {name: "flagged", kind: boolean, nullable: true}, {name: "isPrivate", kind: boolean, nullable: true},
		{name: "createdAt", kind: moment, nullable: true}, {name: "author", nullable: true}, {name: "id", nullable: true}, {name: "personId", nullable: true}}
	for _, name := range []string{"@context", "@id", "@type"} {
		fields = append(fields, field{name: name, readOnly: true})
	}
	return &schema{name: "rogerroger." + name, page: rogerPeoplePage, fields: fields}
}

func rogerNotesSchema() *schema {
	order := []string{"asc", "desc"}
	return &schema{name: "rogerroger.notes", page: rogerPeoplePage, texts: true, fields: slices.Concat(rogerPaging(),
		both("person"), both("category.id"), both("author.id"), createdAtFilters(), []field{{name: "q"}, {name: "flagged", kind: flag},
			{name: "order[flagged]", words: order}, {name: "order[createdAt]", words: order}})}
}

func (n *rogerNote) view(p *rogerPerson) any {
	created, ok := parseMoment(str(n.values, "createdAt"))
	if !ok {
		created = n.created
	}
	view := map[string]any{"@context": "/contexts/PersonNoteResource", "@id": "/people/" + p.id + "/notes/" + n.id, "@type": "PersonNoteResource",
		"id": n.id, "createdAt": created.Format(time.RFC3339)}
	for _, name := range []string{"title", "description", "category", "author"} {
		view[name] = n.values[name]
	}
	for _, name := range []string{"flagged", "isPrivate"} {
		view[name] = n.values[name] == true
	}
	return view
}

func (g *roger) listNotes(c *call) reply {
	p, f := g.person(c, "personId")
	if f != nil {
		return g.fail(*f)
	}
	var notes []*rogerNote
	if held := g.notes[p]; held != nil {
		notes = filter(shown(g.vendor, held.live), func(n *rogerNote) bool { return n.kept(c.query, p) })
	}
	newest := c.query.Get("order[createdAt]") != "asc"
	slices.SortStableFunc(notes, func(a, b *rogerNote) int {
		if newest {
			a, b = b, a
		}
		return a.seq - b.seq
	})
	first := c.query.Get("order[flagged]") != "asc"
	slices.SortStableFunc(notes, func(a, b *rogerNote) int {
		x, y := a.values["flagged"] == true, b.values["flagged"] == true
		switch {
		case x == y:
			return 0
		case x == first:
			return -1
		}
		return 1
	})
	return collect(c, "/people/"+p.id+"/notes", notes, func(n *rogerNote) any { return n.view(p) })
}

// kept says whether a note passes a list's filters.
func (n *rogerNote) kept(q url.Values, p *rogerPerson) bool {
	asked := func(filter, iri string) bool {
		wanted := values(q, filter)
		return wanted == nil || slices.ContainsFunc(wanted, func(w string) bool { return lastPart(w) == lastPart(iri) })
	}
	words := fold(str(n.values, "title") + "\n" + str(n.values, "description"))
	return asked("person", p.id) && asked("category.id", str(n.values, "category")) && asked("author.id", str(n.values, "author")) &&
		(q.Get("flagged") == "" || (q.Get("flagged") == "true") == (n.values["flagged"] == true)) &&
		strings.Contains(words, fold(q.Get("q"))) && createdWithin(q)(n.created)
}

// note returns person and note that the path names, or a refusal.
func (g *roger) note(c *call) (*rogerPerson, *rogerNote, *failure) {
	p, f := g.person(c, "personId")
	if f != nil {
		return nil, nil, f
	}
	if held := g.notes[p]; held != nil {
		if n, ok := held.get(c.PathValue("id")); ok {
			return p, n, nil
		}
	}
	return nil, nil, &failure{status: http.StatusNotFound, rule: "rogerroger.note.exists"}
}

func (g *roger) getNote(c *call) reply {
	p, n, f := g.note(c)
	if f == nil && !g.sees(n) {
		f = &failure{status: http.StatusNotFound, rule: "rogerroger.note.exists"}
	}
	if f != nil {
		return g.fail(*f)
	}
	return rogerReply(http.StatusOK, n.view(p))
}

func (g *roger) noteLinks(body map[string]any) *failure {
	if f := g.badIRI("category", "note_categories", body["category"]); f != nil {
		return f
	}
	return g.badIRI("author", "users", body["author"])
}

func (g *roger) createNote(c *call) reply {
	p, f := g.person(c, "personId")
	if f == nil {
		f = g.noteLinks(c.body)
	}
	if f != nil {
		return g.fail(*f)
	}
	n := &rogerNote{values: map[string]any{}}
	mergeValues(n.values, c.body)
	g.addNote(p, n, c.at)
	g.committed(c, Entry{Action: "create", Kind: "note", ID: n.id, Name: str(n.values, "title")})
	return rogerReply(http.StatusCreated, n.view(p))
}

func (g *roger) addNote(p *rogerPerson, n *rogerNote, at time.Time) {
	if g.notes[p] == nil {
		g.notes[p] = &collection[*rogerNote]{}
	}
	g.notes[p].add(n, at, g.uuid("notes/"+p.id))
}

func (g *roger) updateNote(c *call, all bool) reply {
	p, n, f := g.note(c)
	if f == nil {
		f = g.noteLinks(c.body)
	}
	if f != nil {
		return g.fail(*f)
	}
	if all {
		n.values = map[string]any{}
	}
	mergeValues(n.values, c.body)
	g.notes[p].touch(n, c.at)
	g.committed(c, Entry{Action: "update", Kind: "note", ID: n.id, Name: str(n.values, "title")})
	return rogerReply(http.StatusOK, n.view(p))
}
