package rogerroger

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

func (g *vendor) peopleRoutes() []*api.Route {
	return []*api.Route{
		{Method: "GET", Pattern: "/people", Query: personListSchema(), Contacts: true, Handle: g.list},
		{Method: "POST", Pattern: "/people", Media: mediaTypes(), Body: personSchema("person"), Handle: g.create},
		{Method: "GET", Pattern: "/people/{id}", Handle: g.get},
		{Method: "PUT", Pattern: "/people/{id}", Media: mediaTypes(), Body: personSchema("person"), Handle: g.replace},
		{Method: "DELETE", Pattern: "/people/{id}", Handle: g.remove},
		{Method: "PATCH", Pattern: "/people/{id}", Media: patchMediaTypes(), Body: patchSchema(personSchema("person-patch")), Handle: g.patch},
	}
}

// textFields are the fields of a person that are plain text.
func textFields() []string {
	return []string{"givenName", "additionalName", "initials", "honorificPrefix", "jobTitle", "customerId", "linkedinId", "externalSource"}
}

func counterFields() []string {
	return []string{"dealSize", "totalDeals", "totalLostDeals", "totalWonDeals"}
}

func personSchema(name string) *api.Schema {
	fields := []api.Field{{Name: "familyName", Nullable: true, Required: true}, {Name: "id", Nullable: true},
		{Name: "isTracked", Kind: api.Boolean, Nullable: true}, {Name: "archivedAt", Kind: api.DateTime, Nullable: true},
		{Name: "owner", Nullable: true}, {Name: "avatar", Nullable: true},
		iriList("tags"), iriList("segments"), iriList("organizations"), emailsField(), phonesField(), addressField()}
	for _, name := range textFields() {
		fields = append(fields, api.Field{Name: name, Nullable: true})
	}
	for _, name := range counterFields() {
		fields = append(fields, api.Field{Name: name, Kind: api.Integer, Nullable: true})
	}
	for _, name := range []string{"createdAt", "updatedAt", "importedAt", "avatarUrl", "@context", "@id", "@type", "_organizations", "linkedinEnrichment"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: "rogerroger." + name, Page: peoplePage, Fields: fields}
}

func personListSchema() *api.Schema {
	order := []string{"asc", "desc"}
	fields := slices.Concat(pagingFields(), both("owner.id"), both("emailAddresses.email"), both("tags.id"), both("segments.uuid"), both("identifiers"),
		createdAtFilters(), []api.Field{{Name: "q"}, {Name: "exists[archivedAt]", Kind: api.Flag}, {Name: "order[familyName]", Words: order},
			{Name: "order[createdAt]", Words: order}, {Name: "view", Words: []string{"idx"}}})
	return &api.Schema{Name: "rogerroger.people", Page: peoplePage, Texts: true, Fields: fields}
}

func (g *vendor) view(p *personRecord) any {
	iri, held := "/people/"+p.ID, p.held()
	view := map[string]any{"@context": "/contexts/Person", "@id": iri, "@type": "Person", "id": p.ID,
		"createdAt": p.Created.Format(time.RFC3339), "updatedAt": p.Updated.Format(time.RFC3339), "importedAt": nil, "avatarUrl": nil,
		"linkedinEnrichment": []any{}}
	for _, name := range slices.Concat([]string{"familyName", "isTracked", "archivedAt", "owner"}, textFields(), counterFields()) {
		view[name] = held[name]
	}
	for _, name := range []string{"tags", "segments", "organizations", "emailAddresses", "phoneNumbers"} {
		if view[name] = held[name]; view[name] == nil {
			view[name] = []any{}
		}
	}
	address, _ := held["address"].(map[string]any)
	view["address"] = map[string]any{"city": address["city"], "postalCode": address["postalCode"], "street": address["street"], "country": address["country"]}
	return view
}

func (g *vendor) list(c *api.Call) api.Reply {
	people := api.Shown(g.Vendor, g.query(c.Query))
	if c.Query.Get("view") == "idx" {
		return collect(c, "/people", people, func(p *personRecord) any { return p.ID })
	}
	return collect(c, "/people", people, g.view)
}

// query returns the people that a list's parameters ask for, in order.
func (g *vendor) query(q url.Values) []*personRecord {
	if ids := values(q, "identifiers"); ids != nil {
		return choosePeople(g.identified(ids), q)
	}
	if emails := values(q, "emailAddresses.email"); emails != nil {
		return choosePeople(g.identified(emails), q)
	}
	if q.Get("q") != "" {
		return choosePeople(g.people.Live, q)
	}
	rest := url.Values{}
	for name, all := range q {
		if name != "page" && name != "itemsPerPage" && name != "view" {
			rest[name] = all
		}
	}
	return g.people.Orders.List(rest.Encode(), func() []*personRecord { return choosePeople(g.people.Live, q) })
}

// identified are the people with one of the identifiers, in order of creation.
func (g *vendor) identified(ids []string) []*personRecord {
	var found []*personRecord
	for _, id := range ids {
		found = append(found, g.identifiers[api.Fold(id)]...)
		if phone := api.Digits(id); phone != api.Fold(id) && strings.Trim(id, "+-.() 0123456789") == "" {
			found = append(found, g.identifiers[phone]...)
		}
	}
	slices.SortFunc(found, func(a, b *personRecord) int { return a.Seq - b.Seq })
	return slices.Compact(found)
}

// choosePeople filters and sorts people.
func choosePeople(people []*personRecord, q url.Values) []*personRecord {
	archived, words := q.Get("exists[archivedAt]") == "true", api.Fold(q.Get("q"))
	emails := values(q, "emailAddresses.email")
	for i := range emails {
		emails[i] = api.Fold(emails[i])
	}
	within := createdWithin(q)
	owners, tags, segments := values(q, "owner.id"), values(q, "tags.id"), values(q, "segments.uuid")
	found := api.Filter(people, func(p *personRecord) bool {
		return p.archived == archived && strings.Contains(p.words, words) && within(p.Created) &&
			p.linked("owner", owners) && p.linked("tags", tags) && p.linked("segments", segments) &&
			(emails == nil || slices.ContainsFunc(emailsOf(p.held()), func(e string) bool { return slices.Contains(emails, api.Fold(e)) }))
	})
	name, at := q.Get("order[familyName]"), q.Get("order[createdAt]")
	if name != "" {
		slices.SortStableFunc(found, func(a, b *personRecord) int {
			return strings.Compare(a.family, b.family)
		})
	}
	if name == "desc" || name == "" && at == "desc" {
		slices.Reverse(found)
	}
	return found
}

// linked reports whether a field names one of the ids (or IRIs) that a filter asks for, or nothing is asked.
func (p *personRecord) linked(field string, wanted []string) bool {
	if wanted == nil {
		return true
	}
	value := p.held()[field]
	iris, ok := value.([]any)
	if !ok {
		iris = []any{value}
	}
	return slices.ContainsFunc(iris, func(v any) bool {
		iri, _ := v.(string)
		return iri != "" && slices.ContainsFunc(wanted, func(w string) bool { return lastPart(w) == lastPart(iri) })
	})
}

func (g *vendor) get(c *api.Call) api.Reply {
	p, f := g.person(c, "id")
	if f == nil && !g.Sees(p) {
		f = &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.person.exists"}
	}
	if f != nil {
		return g.Fail(*f)
	}
	return jsonReply(http.StatusOK, g.view(p))
}

func (g *vendor) create(c *api.Call) api.Reply {
	if f := g.links(c.Values); f != nil {
		return g.Fail(*f)
	}
	p := &personRecord{values: map[string]any{}}
	mergeValues(p.values, c.Values)
	g.insert(p, c.At)
	g.log(c, p, "create")
	return jsonReply(http.StatusCreated, g.view(p))
}

// remove deletes a person, which only the vendor's own clients show; the person's notes go too.
func hasBody(c *api.Call) bool {
	n, _ := io.ReadFull(c.Body, make([]byte, 1))
	return n > 0
}

func (g *vendor) remove(c *api.Call) api.Reply {
	p, f := g.person(c, "id")
	if f == nil && hasBody(c) {
		f = &api.Failure{Status: http.StatusBadRequest, Rule: "rogerroger.person.delete", Message: "A DELETE has no body."}
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.log(c, p, "delete")
	g.erase(p)
	return api.Reply{Status: http.StatusNoContent}
}

func (g *vendor) replace(c *api.Call) api.Reply { return g.update(c, true) }
func (g *vendor) patch(c *api.Call) api.Reply   { return g.update(c, false) }

func (g *vendor) update(c *api.Call, all bool) api.Reply {
	p, f := g.person(c, "id")
	if f == nil {
		f = g.links(c.Values)
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.unlink(p)
	if p.values, p.sample = p.held(), nil; all {
		p.values = map[string]any{}
	}
	mergeValues(p.values, c.Values)
	g.link(p)
	g.people.Touch(p, c.At)
	g.log(c, p, "update")
	return jsonReply(http.StatusOK, g.view(p))
}
