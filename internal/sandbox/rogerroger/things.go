package rogerroger

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

func (g *vendor) thingRoutes(kind string) []*api.Route {
	routes := []*api.Route{
		{Method: "GET", Pattern: "/" + kind, Query: thingListSchema(kind), Handle: func(c *api.Call) api.Reply { return g.listThings(c, kind) }},
		{Method: "POST", Pattern: "/" + kind, Media: mediaTypes(), Body: thingSchema(kind, ""), Handle: func(c *api.Call) api.Reply { return g.createThing(c, kind) }},
		{Method: "GET", Pattern: "/" + kind + "/{id}", Handle: func(c *api.Call) api.Reply { return g.getThing(c, kind) }},
		{Method: "PUT", Pattern: "/" + kind + "/{id}", Media: mediaTypes(), Body: thingSchema(kind, ""), Handle: func(c *api.Call) api.Reply { return g.updateThing(c, kind, true) }},
		{Method: "PATCH", Pattern: "/" + kind + "/{id}", Media: patchMediaTypes(), Body: patchSchema(thingSchema(kind, "-patch")),
			Handle: func(c *api.Call) api.Reply { return g.updateThing(c, kind, false) }},
	}
	if kind == "organizations" {
		routes = append(routes, &api.Route{Method: "DELETE", Pattern: "/" + kind + "/{id}", Handle: func(c *api.Call) api.Reply { return g.deleteThing(c, kind) }})
	}
	return routes
}

// deleteThing takes an organization away, and its notes. People who belong to it keep its IRI.
func (g *vendor) deleteThing(c *api.Call, kind string) api.Reply {
	t, f := g.thing(c, kind)
	if f == nil && hasBody(c) {
		f = &api.Failure{Status: http.StatusBadRequest, Rule: "rogerroger.organization.delete", Message: "A DELETE has no body."}
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.logThing(c, kind, t, "delete")
	g.things[kind].Remove(t)
	delete(g.notes, "/"+kind+"/"+t.ID)
	return api.Reply{Status: http.StatusNoContent}
}

// thingTexts are the fields of a kind of thing that are plain text, but for its title.
func thingTexts(kind string) []string {
	switch kind {
	case "tags":
		return []string{"backgroundColor", "textColor", "description"}
	case "organizations":
		return []string{"description", "website", "customerId", "externalSource", "chamberOfCommerceNumber", "linkedinId"}
	}
	return nil
}

func thingSchema(kind, suffix string) *api.Schema {
	fields := []api.Field{{Name: "title", Required: true, Nullable: true}, {Name: "id", Nullable: true}}
	for _, name := range thingTexts(kind) {
		fields = append(fields, api.Field{Name: name, Nullable: true})
	}
	readOnly, pageOf := []string{"createdAt", "updatedAt"}, tagPage
	switch kind {
	case "segments":
		fields = append(fields, api.Field{Name: "icon", Required: true, Nullable: true}, api.Field{Name: "sequence", Kind: api.Integer, Nullable: true})
		readOnly, pageOf = nil, segmentPage
	case "organizations":
		fields = append(fields, api.Field{Name: "archivedAt", Kind: api.DateTime, Nullable: true}, api.Field{Name: "owner", Nullable: true}, api.Field{Name: "avatar", Nullable: true},
			iriList("people"), iriList("tags"), iriList("segments"), iriList("integrationParticipants"), emailsField(), phonesField(), addressField())
		readOnly, pageOf = append(readOnly, "importedAt", "avatarUrl", "linkedinPublicIdentifier", "linkedinInternalId", "companyEnrichment", "linkedinCompanyEnrichment"), organizationPage
	}
	for _, name := range append(readOnly, "@context", "@id", "@type") {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: "rogerroger." + strings.TrimSuffix(kind, "s") + suffix, Page: pageOf, Fields: fields}
}

func thingListSchema(kind string) *api.Schema {
	s := &api.Schema{Name: "rogerroger." + kind, Page: tagPage, Texts: true, Fields: pagingFields()}
	switch kind {
	case "tags":
		s.Fields = append(s.Fields, both("id")...)
	case "segments":
		s.Page = segmentPage
	case "organizations":
		s.Page = organizationPage
		s.Fields = append(s.Fields, api.Field{Name: "q"})
	}
	return s
}

func (g *vendor) viewThing(kind string) func(*thingRecord) any {
	return func(t *thingRecord) any {
		name := strings.ToUpper(kind[:1]) + kind[1:len(kind)-1]
		view := map[string]any{"@context": "/contexts/" + name, "@id": "/" + kind + "/" + t.ID, "@type": name, "id": t.ID,
			"createdAt": t.Created.Format(time.RFC3339), "updatedAt": t.Updated.Format(time.RFC3339)}
		for _, f := range thingSchema(kind, "").Fields {
			if !f.ReadOnly && f.Name != "id" && f.Name != "avatar" {
				view[f.Name] = t.values[f.Name]
			}
			if f.Kind == api.List && view[f.Name] == nil {
				view[f.Name] = []any{}
			}
		}
		return view
	}
}

func (g *vendor) listThings(c *api.Call, kind string) api.Reply {
	ids, words := values(c.Query, "id"), api.Fold(c.Query.Get("q"))
	found := api.Filter(api.Shown(g.Vendor, g.things[kind].Live), func(t *thingRecord) bool {
		return (ids == nil || slices.ContainsFunc(ids, func(id string) bool { return lastPart(id) == t.ID })) &&
			strings.Contains(api.Fold(api.Str(t.values, "title")), words)
	})
	return collect(c, "/"+kind, found, g.viewThing(kind))
}

func (g *vendor) thing(c *api.Call, kind string) (*thingRecord, *api.Failure) {
	if t, ok := g.things[kind].Get(c.PathValue("id")); ok {
		return t, nil
	}
	return nil, &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger." + kind + ".exists"}
}

func (g *vendor) getThing(c *api.Call, kind string) api.Reply {
	t, f := g.thing(c, kind)
	if f == nil && !g.Sees(t) {
		f = &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger." + kind + ".exists"}
	}
	if f != nil {
		return g.Fail(*f)
	}
	return jsonReply(http.StatusOK, g.viewThing(kind)(t))
}

func (g *vendor) createThing(c *api.Call, kind string) api.Reply {
	if f := g.thingLinks(c.Values); f != nil {
		return g.Fail(*f)
	}
	t := &thingRecord{values: map[string]any{}}
	mergeValues(t.values, c.Values)
	g.things[kind].Add(t, c.At, g.uuid(kind))
	g.logThing(c, kind, t, "create")
	return jsonReply(http.StatusCreated, g.viewThing(kind)(t))
}

// thingLinks refuses IRIs of an organization that name nothing.
func (g *vendor) thingLinks(body map[string]any) *api.Failure {
	for _, iri := range api.Texts(api.AnyList(body["people"])) {
		if _, ok := g.people.Get(lastPart(iri)); !ok || iri != "/people/"+lastPart(iri) {
			return g.badIRI("people", "media_objects", iri)
		}
	}
	return g.links(body)
}

func (g *vendor) updateThing(c *api.Call, kind string, all bool) api.Reply {
	t, f := g.thing(c, kind)
	if f == nil {
		f = g.thingLinks(c.Values)
	}
	if f != nil {
		return g.Fail(*f)
	}
	if all {
		t.values = map[string]any{}
	}
	mergeValues(t.values, c.Values)
	g.things[kind].Touch(t, c.At)
	g.logThing(c, kind, t, "update")
	return jsonReply(http.StatusOK, g.viewThing(kind)(t))
}

func (g *vendor) logThing(c *api.Call, kind string, t *thingRecord, action string) {
	g.Commit(c, api.Entry{Action: action, Kind: strings.TrimSuffix(kind, "s"), ID: t.ID, Name: api.Str(t.values, "title")})
}
