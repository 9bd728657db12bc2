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
	const all, one, ofOrganization = "/people/{personId}/notes", "/people/{personId}/notes/{id}", "/organizations/{organizationId}/notes"
	return []*api.Route{
		{Method: "GET", Pattern: ofOrganization, Query: noteListSchema("organization"), Handle: g.listNotes},
		{Method: "POST", Pattern: ofOrganization, Media: mediaTypes(), Body: noteSchema("organization-note"), Handle: g.createNote},
		{Method: "GET", Pattern: all, Query: noteListSchema("person"), Handle: g.listNotes},
		{Method: "POST", Pattern: all, Media: mediaTypes(), Body: noteSchema("note"), Handle: g.createNote},
		{Method: "GET", Pattern: one, Handle: g.getNote},
		{Method: "PUT", Pattern: one, Media: mediaTypes(), Body: noteSchema("note"), Handle: func(c *api.Call) api.Reply { return g.updateNote(c, true) }},
		{Method: "PATCH", Pattern: one, Media: patchMediaTypes(), Body: patchSchema(noteSchema("note-patch")), Handle: func(c *api.Call) api.Reply { return g.updateNote(c, false) }},
	}
}

// noteSchema is the body of a note. That of a note on an organization is on no page: it is taken to be that of a note on a person.
func noteSchema(name string) *api.Schema {
	pageOf := peoplePage
	fields := []api.Field{{Name: "description", Required: true, Nullable: true}, {Name: "category", Required: true, Nullable: true},
		{Name: "title", Nullable: true}, {Name: "flagged", Kind: api.Boolean, Nullable: true}, {Name: "isPrivate", Kind: api.Boolean, Nullable: true},
		{Name: "createdAt", Kind: api.DateTime, Nullable: true}, {Name: "author", Nullable: true}, {Name: "id", Nullable: true}}
	if name == "organization-note" {
		pageOf = ""
	} else {
		fields = append(fields, api.Field{Name: "personId", Nullable: true})
	}
	for _, name := range []string{"@context", "@id", "@type"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: "rogerroger." + name, Page: pageOf, Fields: fields}
}

// noteListSchema are the parameters of the notes on a person or an organization.
func noteListSchema(on string) *api.Schema {
	name, pageOf := "rogerroger.notes", peoplePage
	if on == "organization" {
		name, pageOf = "rogerroger.organization-notes", organizationPage
	}
	order := []string{"asc", "desc"}
	return &api.Schema{Name: name, Page: pageOf, Texts: true, Fields: slices.Concat(pagingFields(),
		both(on), both("category.id"), both("author.id"), createdAtFilters(), []api.Field{{Name: "q"}, {Name: "flagged", Kind: api.Flag},
			{Name: "order[flagged]", Words: order}, {Name: "order[createdAt]", Words: order}})}
}

func (n *noteRecord) view(on string) any {
	created, ok := api.ParseMoment(api.Str(n.values, "createdAt"))
	if !ok {
		created = n.Created
	}
	resource := "PersonNoteResource"
	if strings.HasPrefix(on, "/organizations/") {
		resource = "OrganizationNoteResource"
	}
	view := map[string]any{"@context": "/contexts/" + resource, "@id": on + "/notes/" + n.ID, "@type": resource,
		"id": n.ID, "createdAt": created.Format(time.RFC3339)}
	for _, name := range []string{"title", "description", "category", "author"} {
		view[name] = n.values[name]
	}
	for _, name := range []string{"flagged", "isPrivate"} {
		view[name] = n.values[name] == true
	}
	return view
}

// noted is what the notes of a path are on: the IRI of a person or of an organization.
func (g *vendor) noted(c *api.Call) (string, *api.Failure) {
	if id := c.PathValue("organizationId"); id != "" {
		if _, ok := g.things["organizations"].Get(id); !ok {
			return "", &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.organizations.exists"}
		}
		return "/organizations/" + id, nil
	}
	p, f := g.person(c, "personId")
	if f != nil {
		return "", f
	}
	return p.iri(), nil
}

func (g *vendor) listNotes(c *api.Call) api.Reply {
	on, f := g.noted(c)
	if f != nil {
		return g.Fail(*f)
	}
	var notes []*noteRecord
	if held := g.notes[on]; held != nil {
		notes = api.Filter(api.Shown(g.Vendor, held.Live), func(n *noteRecord) bool { return n.kept(c.Query, on) })
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
	return collect(c, on+"/notes", notes, func(n *noteRecord) any { return n.view(on) })
}

// kept reports whether a note passes a list's filters.
func (n *noteRecord) kept(q url.Values, on string) bool {
	asked := func(filter, iri string) bool {
		wanted := values(q, filter)
		return wanted == nil || slices.ContainsFunc(wanted, func(w string) bool { return lastPart(w) == lastPart(iri) })
	}
	words := api.Fold(api.Str(n.values, "title") + "\n" + api.Str(n.values, "description"))
	return asked("person", on) && asked("organization", on) && asked("category.id", api.Str(n.values, "category")) && asked("author.id", api.Str(n.values, "author")) &&
		(q.Get("flagged") == "" || (q.Get("flagged") == "true") == (n.values["flagged"] == true)) &&
		strings.Contains(words, api.Fold(q.Get("q"))) && createdWithin(q)(n.Created)
}

// note returns the note that the path names and what it is on, or a refusal.
func (g *vendor) note(c *api.Call) (string, *noteRecord, *api.Failure) {
	on, f := g.noted(c)
	if f != nil {
		return "", nil, f
	}
	if held := g.notes[on]; held != nil {
		if n, ok := held.Get(c.PathValue("id")); ok {
			return on, n, nil
		}
	}
	return "", nil, &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.note.exists"}
}

func (g *vendor) getNote(c *api.Call) api.Reply {
	on, n, f := g.note(c)
	if f == nil && !g.Sees(n) {
		f = &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.note.exists"}
	}
	if f != nil {
		return g.Fail(*f)
	}
	return jsonReply(http.StatusOK, n.view(on))
}

func (g *vendor) noteLinks(body map[string]any) *api.Failure {
	if f := g.badIRI("category", "note_categories", body["category"]); f != nil {
		return f
	}
	return g.badIRI("author", "users", body["author"])
}

func (g *vendor) createNote(c *api.Call) api.Reply {
	on, f := g.noted(c)
	if f == nil {
		f = g.noteLinks(c.Values)
	}
	if f != nil {
		return g.Fail(*f)
	}
	n := &noteRecord{values: map[string]any{}}
	mergeValues(n.values, c.Values)
	g.addNote(on, n, c.At)
	g.Commit(c, api.Entry{Action: "create", Kind: "note", ID: n.ID, Name: api.Str(n.values, "title")})
	return jsonReply(http.StatusCreated, n.view(on))
}

func (g *vendor) updateNote(c *api.Call, all bool) api.Reply {
	on, n, f := g.note(c)
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
	g.notes[on].Touch(n, c.At)
	g.Commit(c, api.Entry{Action: "update", Kind: "note", ID: n.ID, Name: api.Str(n.values, "title")})
	return jsonReply(http.StatusOK, n.view(on))
}
