package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

func (g *roger) thingRoutes(kind string) []*route {
	return []*route{
		{method: "GET", pattern: "/" + kind, query: rogerThingsSchema(kind), handle: func(c *call) reply { return g.listThings(c, kind) }},
		{method: "POST", pattern: "/" + kind, media: rogerMedia(), body: rogerThingSchema(kind, ""), handle: func(c *call) reply { return g.createThing(c, kind) }},
		{method: "GET", pattern: "/" + kind + "/{id}", handle: func(c *call) reply { return g.getThing(c, kind) }},
		{method: "PUT", pattern: "/" + kind + "/{id}", media: rogerMedia(), body: rogerThingSchema(kind, ""), handle: func(c *call) reply { return g.updateThing(c, kind, true) }},
		{method: "PATCH", pattern: "/" + kind + "/{id}", media: rogerPatch(), body: patchSchema(rogerThingSchema(kind, "-patch")),
			handle: func(c *call) reply { return g.updateThing(c, kind, false) }},
	}
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

func rogerThingSchema(kind, suffix string) *schema {
	fields := []field{{name: "title", required: true, nullable: true}, {name: "id", nullable: true}}
	for _, name := range thingTexts(kind) {
		fields = append(fields, field{name: name, nullable: true})
	}
	readOnly, pageOf := []string{"createdAt", "updatedAt"}, rogerTagPage
	switch kind {
	case "segments":
		fields = append(fields, field{name: "icon", required: true, nullable: true}, field{name: "sequence", kind: integer, nullable: true})
		readOnly, pageOf = nil, rogerSegPage
	case "organizations":
		fields = append(fields, field{name: "archivedAt", kind: moment, nullable: true}, field{name: "owner", nullable: true}, field{name: "avatar", nullable: true},
			iriList("people"), iriList("tags"), iriList("segments"), iriList("integrationParticipants"), emailsField(), phonesField(), addressField())
		readOnly, pageOf = append(readOnly, "importedAt", "avatarUrl", "linkedinPublicIdentifier", "linkedinInternalId", "companyEnrichment", "linkedinCompanyEnrichment"), rogerOrgPage
	}
	for _, name := range append(readOnly, "@context", "@id", "@type") {
		fields = append(fields, field{name: name, readOnly: true})
	}
	return &schema{name: "rogerroger." + strings.TrimSuffix(kind, "s") + suffix, page: pageOf, fields: fields}
}

func rogerThingsSchema(kind string) *schema {
	s := &schema{name: "rogerroger." + kind, page: rogerTagPage, texts: true, fields: rogerPaging()}
	switch kind {
	case "tags":
		s.fields = append(s.fields, both("id")...)
	case "segments":
		s.page = rogerSegPage
	case "organizations":
		s.page = rogerOrgPage
		s.fields = append(s.fields, field{name: "q"})
	}
	return s
}

func (g *roger) viewThing(kind string) func(*rogerThing) any {
	return func(t *rogerThing) any {
		name := strings.ToUpper(kind[:1]) + kind[1:len(kind)-1]
		view := map[string]any{"@context": "/contexts/" + name, "@id": "/" + kind + "/" + t.id, "@type": name, "id": t.id,
			"createdAt": t.created.Format(time.RFC3339), "updatedAt": t.updated.Format(time.RFC3339)}
		for _, f := range rogerThingSchema(kind, "").fields {
			if !f.readOnly && f.name != "id" && f.name != "avatar" {
				view[f.name] = t.values[f.name]
			}
			if f.kind == list && view[f.name] == nil {
				view[f.name] = []any{}
			}
		}
		return view
	}
}

func (g *roger) listThings(c *call, kind string) reply {
	ids, words := values(c.query, "id"), fold(c.query.Get("q"))
	found := filter(shown(g.vendor, g.things[kind].live), func(t *rogerThing) bool {
		return (ids == nil || slices.ContainsFunc(ids, func(id string) bool { return lastPart(id) == t.id })) &&
			strings.Contains(fold(str(t.values, "title")), words)
	})
	return collect(c, "/"+kind, found, g.viewThing(kind))
}

func (g *roger) thing(c *call, kind string) (*rogerThing, *failure) {
	if t, ok := g.things[kind].get(c.PathValue("id")); ok {
		return t, nil
	}
	return nil, &failure{status: http.StatusNotFound, rule: "rogerroger." + kind + ".exists"}
}

func (g *roger) getThing(c *call, kind string) reply {
	t, f := g.thing(c, kind)
	if f == nil && !g.sees(t) {
		f = &failure{status: http.StatusNotFound, rule: "rogerroger." + kind + ".exists"}
	}
	if f != nil {
		return g.fail(*f)
	}
	return rogerReply(http.StatusOK, g.viewThing(kind)(t))
}

func (g *roger) createThing(c *call, kind string) reply {
	if f := g.thingLinks(c.body); f != nil {
		return g.fail(*f)
	}
	t := &rogerThing{values: map[string]any{}}
	mergeValues(t.values, c.body)
	g.things[kind].add(t, c.at, g.uuid(kind))
	g.logThing(c, kind, t, "create")
	return rogerReply(http.StatusCreated, g.viewThing(kind)(t))
}

// thingLinks refuses IRIs of an organization that name nothing.
func (g *roger) thingLinks(body map[string]any) *failure {
	for _, iri := range texts(anyList(body["people"])) {
		if _, ok := g.people.get(lastPart(iri)); !ok || iri != "/people/"+lastPart(iri) {
			return g.badIRI("people", "media_objects", iri)
		}
	}
	return g.links(body)
}

func (g *roger) updateThing(c *call, kind string, all bool) reply {
	t, f := g.thing(c, kind)
	if f == nil {
		f = g.thingLinks(c.body)
	}
	if f != nil {
		return g.fail(*f)
	}
	if all {
		t.values = map[string]any{}
	}
	mergeValues(t.values, c.body)
	g.things[kind].touch(t, c.at)
	g.logThing(c, kind, t, "update")
	return rogerReply(http.StatusOK, g.viewThing(kind)(t))
}

func (g *roger) logThing(c *call, kind string, t *rogerThing, action string) {
	g.committed(c, Entry{Action: action, Kind: strings.TrimSuffix(kind, "s"), ID: t.id, Name: str(t.values, "title")})
}
