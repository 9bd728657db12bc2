package rogerroger

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

func (g *vendor) noteRoutes() []*api.Route {
	const all, one = "/people/{personId}/notes", "/people/{personId}/notes/{id}"
	return []*api.Route{
		{Method: "GET", Pattern: all, Query: noteListSchema(), Handle: g.listNotes},
		{Method: "POST", Pattern: all, Media: mediaTypes(), Body: noteSchema("note"), Handle: g.createNote},
		{Method: "GET", Pattern: one, Handle: g.getNote},
		{Method: "PUT", Pattern: one, Media: mediaTypes(), Body: noteSchema("note"), Handle: func(c *api.Call) api.Reply { return g.updateNote(c, true) }},
		{Method: "PATCH", Pattern: one, Media: patchMediaTypes(), Body: patchSchema(noteSchema("note-patch")), Handle: func(c *api.Call) api.Reply { return g.updateNote(c, false) }},
	}
}

func noteSchema(name string) *api.Schema {
	fields := []api.Field{{Name: "description", Required: true, Nullable: true}, {Name: "category", Required: true, Nullable: true},
		{Name: "title", Nullable: true}, {Name: "flagged", Kind: api.Boolean, Nullable: true}, {Name: "isPrivate", Kind: api.Boolean, Nullable: true},
		{Name: "createdAt", Kind: api.DateTime, Nullable: true}, {Name: "author", Nullable: true}, {Name: "id", Nullable: true}, {Name: "personId", Nullable: true}}
	for _, name := range []string{"@context", "@id", "@type"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: "rogerroger." + name, Page: peoplePage, Fields: fields}
}

func noteListSchema() *api.Schema {
	order := []string{"asc", "desc"}
	return &api.Schema{Name: "rogerroger.notes", Page: peoplePage, Texts: true, Fields: slices.Concat(pagingFields(),
		both("person"), both("category.id"), both("author.id"), createdAtFilters(), []api.Field{{Name: "q"}, {Name: "flagged", Kind: api.Flag},
			{Name: "order[flagged]", Words: order}, {Name: "order[createdAt]", Words: order}})}
}

func (n *noteRecord) view(p *personRecord) any {
	created, ok := api.ParseMoment(api.Str(n.values, "createdAt"))
	if !ok {
		created = n.Created
	}
	view := map[string]any{"@context": "/contexts/PersonNoteResource", "@id": "/people/" + p.ID + "/notes/" + n.ID, "@type": "PersonNoteResource",
		"id": n.ID, "createdAt": created.Format(time.RFC3339)}
	for _, name := range []string{"title", "description", "category", "author"} {
		view[name] = n.values[name]
	}
	for _, name := range []string{"flagged", "isPrivate"} {
		view[name] = n.values[name] == true
	}
	return view
}

func (g *vendor) listNotes(c *api.Call) api.Reply {
	p, f := g.person(c, "personId")
	if f != nil {
		return g.Fail(*f)
	}
	var notes []*noteRecord
	if held := g.notes[p]; held != nil {
		notes = api.Filter(api.Shown(g.Vendor, held.Live), func(n *noteRecord) bool { return n.kept(c.Query, p) })
	}
	newest := c.Query.Get("order[createdAt]") != "asc"
	slices.SortStableFunc(notes, func(a, b *noteRecord) int {
		if newest {
			a, b = b, a
		}
		return a.Seq - b.Seq
	})
	first := c.Query.Get("order[flagged]") != "asc"
	slices.SortStableFunc(notes, func(a, b *noteRecord) int {
		x, y := a.values["flagged"] == true, b.values["flagged"] == true
		switch {
		case x == y:
			return 0
		case x == first:
			return -1
		}
		return 1
	})
	return collect(c, "/people/"+p.ID+"/notes", notes, func(n *noteRecord) any { return n.view(p) })
}

// kept reports whether a note passes a list's filters.
func (n *noteRecord) kept(q url.Values, p *personRecord) bool {
	asked := func(filter, iri string) bool {
		wanted := values(q, filter)
		return wanted == nil || slices.ContainsFunc(wanted, func(w string) bool { return lastPart(w) == lastPart(iri) })
	}
	words := api.Fold(api.Str(n.values, "title") + "\n" + api.Str(n.values, "description"))
	return asked("person", p.ID) && asked("category.id", api.Str(n.values, "category")) && asked("author.id", api.Str(n.values, "author")) &&
		(q.Get("flagged") == "" || (q.Get("flagged") == "true") == (n.values["flagged"] == true)) &&
		strings.Contains(words, api.Fold(q.Get("q"))) && createdWithin(q)(n.Created)
}

// note returns person and note that the path names, or a refusal.
func (g *vendor) note(c *api.Call) (*personRecord, *noteRecord, *api.Failure) {
	p, f := g.person(c, "personId")
	if f != nil {
		return nil, nil, f
	}
	if held := g.notes[p]; held != nil {
		if n, ok := held.Get(c.PathValue("id")); ok {
			return p, n, nil
		}
	}
	return nil, nil, &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.note.exists"}
}

func (g *vendor) getNote(c *api.Call) api.Reply {
	p, n, f := g.note(c)
	if f == nil && !g.Sees(n) {
		f = &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.note.exists"}
	}
	if f != nil {
		return g.Fail(*f)
	}
	return jsonReply(http.StatusOK, n.view(p))
}

func (g *vendor) noteLinks(body map[string]any) *api.Failure {
	if f := g.badIRI("category", "note_categories", body["category"]); f != nil {
		return f
	}
	return g.badIRI("author", "users", body["author"])
}

func (g *vendor) createNote(c *api.Call) api.Reply {
	p, f := g.person(c, "personId")
	if f == nil {
		f = g.noteLinks(c.Values)
	}
	if f != nil {
		return g.Fail(*f)
	}
	n := &noteRecord{values: map[string]any{}}
	mergeValues(n.values, c.Values)
	g.addNote(p, n, c.At)
	g.Commit(c, api.Entry{Action: "create", Kind: "note", ID: n.ID, Name: api.Str(n.values, "title")})
	return jsonReply(http.StatusCreated, n.view(p))
}

func (g *vendor) updateNote(c *api.Call, all bool) api.Reply {
	p, n, f := g.note(c)
	if f == nil {
		f = g.noteLinks(c.Values)
	}
	if f != nil {
		return g.Fail(*f)
	}
	if all {
		n.values = map[string]any{}
	}
	mergeValues(n.values, c.Values)
	g.notes[p].Touch(n, c.At)
	g.Commit(c, api.Entry{Action: "update", Kind: "note", ID: n.ID, Name: api.Str(n.values, "title")})
	return jsonReply(http.StatusOK, n.view(p))
}
