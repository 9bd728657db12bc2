package rogerroger

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

// rogerPerson is a person of RogerRoger. Values that are written and read alike are kept in one map, because there
// are many and few of them are set.
type rogerPerson struct {
	api.Record
	values   map[string]any        // by field; absent is null
	sample   func() map[string]any // of a seeded person whom nobody changed: the values, made anew to save memory
	words    string                // what q looks through
	family   string                // folded
	archived bool
}

// held are the values of a person. Callers must not change them.
func (p *rogerPerson) held() map[string]any {
	if p.sample != nil {
		return p.sample()
	}
	return p.values
}

func (g *roger) peopleRoutes() []*api.Route {
	return []*api.Route{
		{Method: "GET", Pattern: "/people", Query: rogerListSchema(), Contacts: true, Handle: g.List},
		{Method: "POST", Pattern: "/people", Media: rogerMedia(), Body: rogerPersonSchema("person"), Handle: g.create},
		{Method: "GET", Pattern: "/people/{id}", Handle: g.Get},
		{Method: "PUT", Pattern: "/people/{id}", Media: rogerMedia(), Body: rogerPersonSchema("person"), Handle: g.replace},
		{Method: "PATCH", Pattern: "/people/{id}", Media: rogerPatch(), Body: patchSchema(rogerPersonSchema("person-patch")), Handle: g.patch},
	}
}

func patchSchema(s *api.Schema) *api.Schema {
	s.Fields = optional(s.Fields)
	return s
}

// rogerTexts are the fields of a person that are plain text.
func rogerTexts() []string {
	return []string{"givenName", "additionalName", "initials", "honorificPrefix", "jobTitle", "customerId", "linkedinId", "externalSource"}
}

func rogerCounters() []string {
	return []string{"dealSize", "totalDeals", "totalLostDeals", "totalWonDeals"}
}

// rogerLinks are the fields of a person that hold IRIs, with the kind of thing that they name.
func rogerLinks() map[string]string {
	return map[string]string{"owner": "users", "avatar": "media_objects", "tags": "tags", "segments": "segments", "organizations": "organizations"}
}

func iriList(name string) api.Field { return api.Field{Name: name, Kind: api.List, Item: &api.Field{}} }

func rogerPersonSchema(name string) *api.Schema {
	fields := []api.Field{{Name: "familyName", Nullable: true, Required: true}, {Name: "id", Nullable: true},
		{Name: "isTracked", Kind: api.Boolean, Nullable: true}, {Name: "archivedAt", Kind: api.DateTime, Nullable: true},
		{Name: "owner", Nullable: true}, {Name: "avatar", Nullable: true},
		iriList("tags"), iriList("segments"), iriList("organizations"), emailsField(), phonesField(), addressField()}
	for _, name := range rogerTexts() {
		fields = append(fields, api.Field{Name: name, Nullable: true})
	}
	for _, name := range rogerCounters() {
		fields = append(fields, api.Field{Name: name, Kind: api.Integer, Nullable: true})
	}
	for _, name := range []string{"createdAt", "updatedAt", "importedAt", "avatarUrl", "@context", "@id", "@type", "_organizations", "linkedinEnrichment"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: "rogerroger." + name, Page: rogerPeoplePage, Fields: fields}
}

func emailsField() api.Field {
	return api.Field{Name: "emailAddresses", Kind: api.List, Item: &api.Field{Kind: api.Object, Members: []api.Field{{Name: "email", Nullable: true, Email: true}}}}
}

func phonesField() api.Field {
	types := api.Field{Name: "phoneType", Nullable: true, Words: []string{"fax"}}
	return api.Field{Name: "phoneNumbers", Kind: api.List, Item: &api.Field{Kind: api.Object, Members: []api.Field{{Name: "phoneNumber", Nullable: true}, types}}}
}

func addressField() api.Field {
	address := api.Field{Name: "address", Kind: api.Object, Nullable: true}
	for _, part := range []string{"city", "postalCode", "street", "country"} {
		address.Members = append(address.Members, api.Field{Name: part, Nullable: true})
	}
	return address
}

func rogerListSchema() *api.Schema {
	order := []string{"asc", "desc"}
	fields := slices.Concat(rogerPaging(), both("owner.id"), both("emailAddresses.email"), both("tags.id"), both("segments.uuid"), both("identifiers"),
		createdAtFilters(), []api.Field{{Name: "q"}, {Name: "exists[archivedAt]", Kind: api.Flag}, {Name: "order[familyName]", Words: order},
			{Name: "order[createdAt]", Words: order}, {Name: "view", Words: []string{"idx"}}})
	return &api.Schema{Name: "rogerroger.people", Page: rogerPeoplePage, Texts: true, Fields: fields}
}

func (g *roger) View(p *rogerPerson) any {
	iri, held := "/people/"+p.Id, p.held()
	view := map[string]any{"@context": "/contexts/Person", "@id": iri, "@type": "Person", "id": p.Id,
		"createdAt": p.Created.Format(time.RFC3339), "updatedAt": p.Updated.Format(time.RFC3339), "importedAt": nil, "avatarUrl": nil,
		"linkedinEnrichment": []any{}}
	for _, name := range slices.Concat([]string{"familyName", "isTracked", "archivedAt", "owner"}, rogerTexts(), rogerCounters()) {
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

// each lists one member of the objects in a list.
func each(values map[string]any, list, member string) []string {
	var all []string
	for _, item := range api.AnyList(values[list]) {
		if o, ok := item.(map[string]any); ok && api.Str(o, member) != "" {
			all = append(all, api.Str(o, member))
		}
	}
	return all
}

func rogerEmails(values map[string]any) []string { return each(values, "emailAddresses", "email") }
func rogerPhones(values map[string]any) []string { return each(values, "phoneNumbers", "phoneNumber") }

// identifiers are what the filter of that name knows a person by, each once.
func identifiers(values map[string]any) []string {
	var all []string
	for _, email := range rogerEmails(values) {
		all = append(all, api.Fold(email))
	}
	for _, phone := range rogerPhones(values) {
		all = append(all, api.Digits(phone))
	}
	all = append(all, api.Fold(api.Str(values, "linkedinId")))
	slices.Sort(all)
	return slices.Compact(all)
}

func (g *roger) link(p *rogerPerson) {
	held := p.held()
	p.words = api.Fold(api.Str(held, "givenName") + "\n" + api.Str(held, "familyName") + "\n" + strings.Join(rogerEmails(held), "\n"))
	p.family, p.archived = api.Fold(api.Str(held, "familyName")), held["archivedAt"] != nil
	for _, id := range identifiers(held) {
		g.identifiers.Add(id, p)
	}
}

func (g *roger) unlink(p *rogerPerson) {
	for _, id := range identifiers(p.held()) {
		g.identifiers.Remove(id, p)
	}
}

func (g *roger) insert(p *rogerPerson, at time.Time) {
	g.people.Add(p, at, g.uuid("people"))
	g.link(p)
}

func (g *roger) List(c *api.Call) api.Reply {
	people := api.Shown(g.Vendor, g.query(c.Query))
	if c.Query.Get("view") == "idx" {
		return collect(c, "/people", people, func(p *rogerPerson) any { return p.Id })
	}
	return collect(c, "/people", people, g.View)
}

// query returns the people that a list's parameters ask for, in order.
func (g *roger) query(q url.Values) []*rogerPerson {
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
	return g.people.Orders.List(rest.Encode(), func() []*rogerPerson { return choosePeople(g.people.Live, q) })
}

// values are those of a parameter and of its [] form, nil if neither is given.
func values(q url.Values, name string) []string { return slices.Concat(q[name], q[name+"[]"]) }

// identified are the people with one of the identifiers, in order of creation.
func (g *roger) identified(ids []string) []*rogerPerson {
	var found []*rogerPerson
	for _, id := range ids {
		found = append(found, g.identifiers[api.Fold(id)]...)
		if phone := api.Digits(id); phone != api.Fold(id) && strings.Trim(id, "+-.() 0123456789") == "" {
			found = append(found, g.identifiers[phone]...)
		}
	}
	slices.SortFunc(found, func(a, b *rogerPerson) int { return a.Seq - b.Seq })
	return slices.Compact(found)
}

// choosePeople filters and sorts people.
func choosePeople(people []*rogerPerson, q url.Values) []*rogerPerson {
	archived, words := q.Get("exists[archivedAt]") == "true", api.Fold(q.Get("q"))
	emails := values(q, "emailAddresses.email")
	for i := range emails {
		emails[i] = api.Fold(emails[i])
	}
	within := createdWithin(q)
	owners, tags, segments := values(q, "owner.id"), values(q, "tags.id"), values(q, "segments.uuid")
	found := api.Filter(people, func(p *rogerPerson) bool {
		return p.archived == archived && strings.Contains(p.words, words) && within(p.Created) &&
			p.linked("owner", owners) && p.linked("tags", tags) && p.linked("segments", segments) &&
			(emails == nil || slices.ContainsFunc(rogerEmails(p.held()), func(e string) bool { return slices.Contains(emails, api.Fold(e)) }))
	})
	name, at := q.Get("order[familyName]"), q.Get("order[createdAt]")
	if name != "" {
		slices.SortStableFunc(found, func(a, b *rogerPerson) int {
			return strings.Compare(a.family, b.family)
		})
	}
	if name == "desc" || name == "" && at == "desc" {
		slices.Reverse(found)
	}
	return found
}

// linked says whether a field names one of the ids (or IRIs) that a filter asks for, or nothing is asked.
func (p *rogerPerson) linked(field string, wanted []string) bool {
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

// createdWithin says which times of creation a list's parameters ask for.
func createdWithin(q url.Values) func(created time.Time) bool {
	type bound struct {
		at   time.Time
		keep func(order int) bool
	}
	var bounds []bound
	for name, keep := range map[string]func(order int) bool{
		"strictly_after": func(o int) bool { return o > 0 }, "after": func(o int) bool { return o >= 0 },
		"strictly_before": func(o int) bool { return o < 0 }, "before": func(o int) bool { return o <= 0 },
	} {
		if t, ok := api.ParseMoment(q.Get("createdAt[" + name + "]")); ok {
			bounds = append(bounds, bound{t, keep})
		}
	}
	return func(created time.Time) bool {
		return !slices.ContainsFunc(bounds, func(b bound) bool { return !b.keep(created.Compare(b.at)) })
	}
}

func (g *roger) person(c *api.Call, name string) (*rogerPerson, *api.Failure) {
	if p, ok := g.people.Get(c.PathValue(name)); ok {
		return p, nil
	}
	return nil, &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.person.exists"}
}

func (g *roger) Get(c *api.Call) api.Reply {
	p, f := g.person(c, "id")
	if f == nil && !g.Sees(p) {
		f = &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.person.exists"}
	}
	if f != nil {
		return g.Fail(*f)
	}
	return rogerReply(http.StatusOK, g.View(p))
}

// links refuses IRIs that name nothing.
func (g *roger) links(body map[string]any) *api.Failure {
	for _, field := range []string{"owner", "avatar", "tags", "segments", "organizations"} {
		if f := g.badIRI(field, rogerLinks()[field], body[field]); f != nil {
			return f
		}
	}
	return nil
}

func (g *roger) create(c *api.Call) api.Reply {
	if f := g.links(c.Values); f != nil {
		return g.Fail(*f)
	}
	p := &rogerPerson{values: map[string]any{}}
	mergeValues(p.values, c.Values)
	g.insert(p, c.At)
	g.log(c, p, "create")
	return rogerReply(http.StatusCreated, g.View(p))
}

func (g *roger) replace(c *api.Call) api.Reply { return g.update(c, true) }
func (g *roger) patch(c *api.Call) api.Reply   { return g.update(c, false) }

func (g *roger) update(c *api.Call, all bool) api.Reply {
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
	return rogerReply(http.StatusOK, g.View(p))
}

// mergeValues lays what a body says over what is held, as merge-patch does. Objects are replaced by merged copies, so
// that what was handed out before stays as it was.
func mergeValues(values, body map[string]any) {
	for name, v := range body {
		switch v := v.(type) {
		case map[string]any:
			merged := map[string]any{}
			held, _ := values[name].(map[string]any)
			mergeValues(merged, held)
			mergeValues(merged, v)
			values[name] = merged
		case nil:
			delete(values, name)
		default:
			if values[name] = v; v == "" || name == "id" || name == "avatar" || name == "personId" {
				delete(values, name)
			}
		}
	}
}

func (g *roger) log(c *api.Call, p *rogerPerson, action string) {
	held := p.held()
	e := api.Entry{Action: action, Kind: "contact", ID: p.Id, Name: strings.TrimSpace(api.Str(held, "givenName") + " " + api.Str(held, "familyName"))}
	if emails := rogerEmails(held); len(emails) > 0 {
		e.Email = emails[0]
	}
	if phones := rogerPhones(held); len(phones) > 0 {
		e.Phone = phones[0]
	}
	g.Commit(c, e)
}

// churn of RogerRoger archives a person every third time instead, who then is listed elsewhere.
func (g *roger) churn(c *api.Call, p seed.Person, pick int) {
	if pick%3 == 0 {
		g.archive(c, pick)
		return
	}
	if old, ok := api.Victim(g.people.Live, pick, func(*rogerPerson) bool { return true }); ok {
		g.unlink(old)
		delete(g.notes, old)
		g.people.Remove(old)
		g.CommitChurn(c.At, "delete", old.Id, "")
	}
	made := bareRoger(p.First, p.Last, p.Email)
	g.insert(made, c.At)
	g.CommitChurn(c.At, "create", made.Id, p.Email)
}

func (g *roger) archive(c *api.Call, pick int) {
	old, ok := api.Victim(g.people.Live, pick, func(p *rogerPerson) bool { return !p.archived })
	if !ok {
		return
	}
	g.unlink(old)
	old.values, old.sample = maps.Clone(old.held()), nil
	old.values["archivedAt"] = c.At.Format(time.RFC3339)
	g.link(old)
	g.people.Touch(old, c.At)
	g.CommitChurn(c.At, "update", old.Id, "")
}
