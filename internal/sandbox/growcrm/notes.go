package growcrm

import (
	"net/http"
	"slices"
	"strings"

	"crmferry/internal/sandbox/api"
)

// noteRecord is a note on a record, or one that stands alone.
type noteRecord struct {
	api.Record
	title, text, visibility string
	on, of                  string // type and id of the record
	tags                    []string
}

func (g *vendor) noteRoutes() []*api.Route {
	form := []string{api.FormMedia}
	return []*api.Route{
		{Method: "GET", Pattern: "/api/notes", Query: noteListSchema(), Handle: g.listNotes},
		{Method: "POST", Pattern: "/api/notes", Media: form, Body: noteSchema("growcrm.note", true), Handle: g.createNote},
		{Method: "GET", Pattern: "/api/notes/{id}", Handle: g.getNote},
		{Method: "PATCH", Pattern: "/api/notes/{id}", Media: form, Body: noteSchema("growcrm.note-update", false), Handle: g.updateNote},
		{Method: "DELETE", Pattern: "/api/notes/{id}", Handle: g.deleteNote},
		{Method: "PUT", Pattern: "/api/notes/{id}/tags", Media: form, Body: setSchema("growcrm.note-tags", notesPage, "tags[]"), Handle: g.tagNote},
	}
}

func noteSchema(name string, create bool) *api.Schema {
	fields := []api.Field{{Name: "note_title", Required: true}, {Name: "note_description", Required: true}, {Name: "note_visibility", Words: []string{"public", "private"}}}
	if create {
		fields = append(fields, api.Field{Name: "noteresource_type", Words: noteResources()}, api.Field{Name: "noteresource_id", Kind: api.Numeral})
	}
	return &api.Schema{Name: name, Page: notesPage, Texts: true, Fields: fields}
}

func noteResources() []string { return []string{"client", "lead", "project", "task", "user"} }

func noteListSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.notes", Page: notesPage, Texts: true, Fields: append([]api.Field{
		{Name: "resource_type", Words: noteResources()}, {Name: "resource_id", Kind: api.Numeral}, {Name: "visibility", Words: []string{"public", "private"}},
		{Name: "search"}, {Name: "sort", Words: []string{"note_title", "note_created", "note_updated"}},
	}, pagingFields()...)}
}

// setSchema is the body of an action that replaces a set.
func setSchema(name, page, field string) *api.Schema {
	return &api.Schema{Name: name, Page: page, Texts: true, Fields: []api.Field{{Name: field, Kind: api.List, Required: true, Item: &api.Field{}}}}
}

func noteRules() []api.Rule {
	rules := []api.Rule{
		{ID: "growcrm.note.exists", Text: "the note exists", Page: notesPage},
		{ID: "growcrm.note.resource", Text: "a note's record exists, and is named by type and id", Page: notesPage},
	}
	rules = append(rules, noteListSchema().Rules()...)
	return append(rules, formRules(noteSchema("growcrm.note", true), noteSchema("growcrm.note-update", false), setSchema("growcrm.note-tags", notesPage, "tags[]"))...)
}

// formRules are those of bodies that are forms.
func formRules(schemas ...*api.Schema) (rules []api.Rule) {
	for _, s := range schemas {
		rules = append(rules, api.Rule{ID: s.Name + ".content-type", Text: "bodies are form-encoded", Page: startPage}, api.Rule{ID: s.Name + ".syntax", Text: "a body can be decoded", Page: ""})
		rules = append(rules, s.Rules()...)
	}
	return rules
}

func (g *vendor) listNotes(c *api.Call) api.Reply {
	on, of, visibility, words := c.Query.Get("resource_type"), c.Query.Get("resource_id"), c.Query.Get("visibility"), api.Fold(c.Query.Get("search"))
	found := api.Filter(api.Shown(g.Vendor, g.notes.Live), func(n *noteRecord) bool {
		return (on == "" || n.on == on) && (of == "" || n.of == of) && (visibility == "" || n.visibility == visibility) &&
			strings.Contains(api.Fold(n.title+"\n"+n.text), words)
	})
	order := c.Query.Get("sort")
	slices.SortStableFunc(found, func(a, b *noteRecord) int {
		switch order {
		case "note_title":
			return strings.Compare(api.Fold(a.title), api.Fold(b.title))
		case "note_updated":
			return a.Updated.Compare(b.Updated)
		}
		return a.Seq - b.Seq
	})
	return listReply(c, found, (*noteRecord).view, "Notes retrieved successfully.")
}

func (n *noteRecord) view() map[string]any {
	resource := map[string]any{"type": nil, "id": nil}
	if n.on != "" {
		resource = map[string]any{"type": n.on, "id": api.NumeralOr(n.of, 0)}
	}
	return map[string]any{"id": n.Seq, "title": n.title, "description": n.text, "visibility": n.visibility, "resource": resource,
		"creator_id": 1, "tags": slices.Clip(append([]string{}, n.tags...)), "dates": datesOf(&n.Record)}
}

// note returns the note that the path names, or a refusal.
func (g *vendor) note(c *api.Call) (*noteRecord, *api.Failure) {
	if n, ok := g.notes.Get(c.PathValue("id")); ok && (c.Method != http.MethodGet || g.Sees(n)) {
		return n, nil
	}
	return nil, &api.Failure{Status: http.StatusNotFound, Rule: "growcrm.note.exists", Message: "Note not found."}
}

func (g *vendor) getNote(c *api.Call) api.Reply {
	n, f := g.note(c)
	if f != nil {
		return g.Fail(*f)
	}
	return itemReply(http.StatusOK, n.view(), "Note retrieved successfully.")
}

// hasResource reports whether a record of a type exists. There are neither projects nor tasks.
func (g *vendor) hasResource(on, of string) bool {
	switch on {
	case "client":
		_, ok := g.clients.Get(of)
		return ok
	case "lead":
		_, ok := g.leads.Get(of)
		return ok
	case "user":
		u, ok := g.contacts.Get(of)
		return ok && !u.deleted
	}
	return on == "" && of == ""
}

func (g *vendor) createNote(c *api.Call) api.Reply {
	n := &noteRecord{on: api.Str(c.Values, "noteresource_type"), of: api.Str(c.Values, "noteresource_id")}
	if !g.hasResource(n.on, n.of) {
		return g.Fail(*invalid("growcrm.note.resource", "noteresource_id"))
	}
	n.set(c.Values)
	g.notes.Add(n, c.At, api.Decimal)
	g.logNote(c, n, "create")
	return itemReply(http.StatusCreated, n.view(), "Note created successfully.")
}

func (n *noteRecord) set(body map[string]any) {
	n.title, n.text = api.Str(body, "note_title"), api.Str(body, "note_description")
	if n.visibility = api.Str(body, "note_visibility"); n.visibility == "" {
		n.visibility = "public"
	}
}

func (g *vendor) logNote(c *api.Call, n *noteRecord, action string) {
	g.Commit(c, api.Entry{Action: action, Kind: "note", ID: n.ID, Name: n.title})
}

func (g *vendor) updateNote(c *api.Call) api.Reply {
	return g.changeNote(c, func(n *noteRecord) { n.set(c.Values) }, "Note updated successfully.")
}

func (g *vendor) tagNote(c *api.Call) api.Reply {
	return g.changeNote(c, func(n *noteRecord) { n.tags = api.Texts(api.AnyList(c.Values["tags[]"])) }, "Note tags updated successfully.")
}

func (g *vendor) changeNote(c *api.Call, do func(*noteRecord), message string) api.Reply {
	n, f := g.note(c)
	if f != nil {
		return g.Fail(*f)
	}
	do(n)
	g.notes.Touch(n, c.At)
	g.logNote(c, n, "update")
	return itemReply(http.StatusOK, n.view(), message)
}

func (g *vendor) deleteNote(c *api.Call) api.Reply {
	n, f := g.note(c)
	if f != nil {
		return g.Fail(*f)
	}
	g.notes.Remove(n)
	g.logNote(c, n, "delete")
	return itemReply(http.StatusOK, map[string]int{"id": n.Seq}, "Note deleted successfully.")
}

// dropNotes takes the notes of a record away with it.
func (g *vendor) dropNotes(on, of string) {
	for _, n := range slices.Clone(g.notes.Live) {
		if n.on == on && n.of == of {
			g.notes.Remove(n)
		}
	}
}
