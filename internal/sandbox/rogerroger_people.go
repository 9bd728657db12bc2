package sandbox

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// rogerPerson is a person of RogerRoger. Values that are written and read alike are kept in one map, because there
// are many and few of them are set.
type rogerPerson struct {
	record
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

func (g *roger) peopleRoutes() []*route {
	return []*route{
		{method: "GET", pattern: "/people", query: rogerListSchema(), contacts: true, handle: g.list},
		{method: "POST", pattern: "/people", media: rogerMedia(), body: rogerPersonSchema("person"), handle: g.create},
		{method: "GET", pattern: "/people/{id}", handle: g.get},
		{method: "PUT", pattern: "/people/{id}", media: rogerMedia(), body: rogerPersonSchema("person"), handle: g.replace},
		{method: "PATCH", pattern: "/people/{id}", media: rogerPatch(), body: patchSchema(rogerPersonSchema("person-patch")), handle: g.patch},
	}
}

func patchSchema(s *schema) *schema {
	s.fields = optional(s.fields)
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

func iriList(name string) field { return field{name: name, kind: list, item: &field{}} }

func rogerPersonSchema(name string) *schema {
	fields := []field{{name: "familyName", nullable: true, required: true}, {name: "id", nullable: true},
		{name: "isTracked", kind: boolean, nullable: true}, {name: "archivedAt", kind: moment, nullable: true},
		{name: "owner", nullable: true}, {name: "avatar", nullable: true},
		iriList("tags"), iriList("segments"), iriList("organizations"), emailsField(), phonesField(), addressField()}
	for _, name := range rogerTexts() {
		fields = append(fields, field{name: name, nullable: true})
	}
	for _, name := range rogerCounters() {
		fields = append(fields, field{name: name, kind: integer, nullable: true})
	}
	for _, name := range []string{"createdAt", "updatedAt", "importedAt", "avatarUrl", "@context", "@id", "@type", "_organizations", "linkedinEnrichment"} {
		fields = append(fields, field{name: name, readOnly: true})
	}
	return &schema{name: "rogerroger." + name, page: rogerPeoplePage, fields: fields}
}

func emailsField() field {
	return field{name: "emailAddresses", kind: list, item: &field{kind: object, members: []field{{name: "email", nullable: true, email: true}}}}
}

func phonesField() field {
	types := field{name: "phoneType", nullable: true, words: []string{"fax"}}
	return field{name: "phoneNumbers", kind: list, item: &field{kind: object, members: []field{{name: "phoneNumber", nullable: true}, types}}}
}

func addressField() field {
	address := field{name: "address", kind: object, nullable: true}
	for _, part := range []string{"city", "postalCode", "street", "country"} {
		address.members = append(address.members, field{name: part, nullable: true})
	}
	return address
}

func rogerListSchema() *schema {
	order := []string{"asc", "desc"}
	fields := slices.Concat(rogerPaging(), both("owner.id"), both("emailAddresses.email"), both("tags.id"), both("segments.uuid"), both("identifiers"),
		createdAtFilters(), []field{{name: "q"}, {name: "exists[archivedAt]", kind: flag}, {name: "order[familyName]", words: order},
			{name: "order[createdAt]", words: order}, {name: "view", words: []string{"idx"}}})
	return &schema{name: "rogerroger.people", page: rogerPeoplePage, texts: true, fields: fields}
}

func (g *roger) view(p *rogerPerson) any {
	iri, held := "/people/"+p.id, p.held()
	view := map[string]any{"@context": "/contexts/Person", "@id": iri, "@type": "Person", "id": p.id,
		"createdAt": p.created.Format(time.RFC3339), "updatedAt": p.updated.Format(time.RFC3339), "importedAt": nil, "avatarUrl": nil,
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
	for _, item := range anyList(values[list]) {
		if o, ok := item.(map[string]any); ok && str(o, member) != "" {
			all = append(all, str(o, member))
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
		all = append(all, fold(email))
	}
	for _, phone := range rogerPhones(values) {
		all = append(all, digits(phone))
	}
	all = append(all, fold(str(values, "linkedinId")))
	slices.Sort(all)
	return slices.Compact(all)
}

func (g *roger) link(p *rogerPerson) {
	held := p.held()
	p.words = fold(str(held, "givenName") + "\n" + str(held, "familyName") + "\n" + strings.Join(rogerEmails(held), "\n"))
	p.family, p.archived = fold(str(held, "familyName")), held["archivedAt"] != nil
	for _, id := range identifiers(held) {
		g.identifiers.add(id, p)
	}
}

func (g *roger) unlink(p *rogerPerson) {
	for _, id := range identifiers(p.held()) {
		g.identifiers.remove(id, p)
	}
}

func (g *roger) insert(p *rogerPerson, at time.Time) {
	g.people.add(p, at, g.uuid("people"))
	g.link(p)
}

func (g *roger) list(c *call) reply {
	people := shown(g.vendor, g.query(c.query))
	if c.query.Get("view") == "idx" {
		return collect(c, "/people", people, func(p *rogerPerson) any { return p.id })
	}
	return collect(c, "/people", people, g.view)
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
		return choosePeople(g.people.live, q)
	}
	rest := url.Values{}
	for name, all := range q {
		if name != "page" && name != "itemsPerPage" && name != "view" {
			rest[name] = all
		}
	}
	return g.people.orders.list(rest.Encode(), func() []*rogerPerson { return choosePeople(g.people.live, q) })
}

// values are those of a parameter and of its [] form, nil if neither is given.
func values(q url.Values, name string) []string { return slices.Concat(q[name], q[name+"[]"]) }

// identified are the people with one of the identifiers, in order of creation.
func (g *roger) identified(ids []string) []*rogerPerson {
	var found []*rogerPerson
	for _, id := range ids {
		found = append(found, g.identifiers[fold(id)]...)
		if phone := digits(id); phone != fold(id) && strings.Trim(id, "+-.() 0123456789") == "" {
			found = append(found, g.identifiers[phone]...)
		}
	}
	slices.SortFunc(found, func(a, b *rogerPerson) int { return a.seq - b.seq })
	return slices.Compact(found)
}

// choosePeople filters and sorts people.
func choosePeople(people []*rogerPerson, q url.Values) []*rogerPerson {
	archived, words := q.Get("exists[archivedAt]") == "true", fold(q.Get("q"))
	emails := values(q, "emailAddresses.email")
	for i := range emails {
		emails[i] = fold(emails[i])
	}
	within := createdWithin(q)
	owners, tags, segments := values(q, "owner.id"), values(q, "tags.id"), values(q, "segments.uuid")
	found := filter(people, func(p *rogerPerson) bool {
		return p.archived == archived && strings.Contains(p.words, words) && within(p.created) &&
			p.linked("owner", owners) && p.linked("tags", tags) && p.linked("segments", segments) &&
			(emails == nil || slices.ContainsFunc(rogerEmails(p.held()), func(e string) bool { return slices.Contains(emails, fold(e)) }))
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
		if t, ok := parseMoment(q.Get("createdAt[" + name + "]")); ok {
			bounds = append(bounds, bound{t, keep})
		}
	}
	return func(created time.Time) bool {
		return !slices.ContainsFunc(bounds, func(b bound) bool { return !b.keep(created.Compare(b.at)) })
	}
}

func (g *roger) person(c *call, name string) (*rogerPerson, *failure) {
	if p, ok := g.people.get(c.PathValue(name)); ok {
		return p, nil
	}
	return nil, &failure{status: http.StatusNotFound, rule: "rogerroger.person.exists"}
}

func (g *roger) get(c *call) reply {
	p, f := g.person(c, "id")
	if f == nil && !g.sees(p) {
		f = &failure{status: http.StatusNotFound, rule: "rogerroger.person.exists"}
	}
	if f != nil {
		return g.fail(*f)
	}
	return rogerReply(http.StatusOK, g.view(p))
}

// links refuses IRIs that name nothing.
func (g *roger) links(body map[string]any) *failure {
	for _, field := range []string{"owner", "avatar", "tags", "segments", "organizations"} {
		if f := g.badIRI(field, rogerLinks()[field], body[field]); f != nil {
			return f
		}
	}
	return nil
}

func (g *roger) create(c *call) reply {
	if f := g.links(c.body); f != nil {
		return g.fail(*f)
	}
	p := &rogerPerson{values: map[string]any{}}
	mergeValues(p.values, c.body)
	g.insert(p, c.at)
	g.log(c, p, "create")
	return rogerReply(http.StatusCreated, g.view(p))
}

func (g *roger) replace(c *call) reply { return g.update(c, true) }
func (g *roger) patch(c *call) reply   { return g.update(c, false) }

func (g *roger) update(c *call, all bool) reply {
	p, f := g.person(c, "id")
	if f == nil {
		f = g.links(c.body)
	}
	if f != nil {
		return g.fail(*f)
	}
	g.unlink(p)
	if p.values, p.sample = p.held(), nil; all {
		p.values = map[string]any{}
	}
	mergeValues(p.values, c.body)
	g.link(p)
	g.people.touch(p, c.at)
	g.log(c, p, "update")
	return rogerReply(http.StatusOK, g.view(p))
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

func (g *roger) log(c *call, p *rogerPerson, action string) {
	held := p.held()
	e := Entry{Action: action, Kind: "contact", ID: p.id, Name: strings.TrimSpace(str(held, "givenName") + " " + str(held, "familyName"))}
	if emails := rogerEmails(held); len(emails) > 0 {
		e.Email = emails[0]
	}
	if phones := rogerPhones(held); len(phones) > 0 {
		e.Phone = phones[0]
	}
	g.committed(c, e)
}

// churn of RogerRoger archives a person every third time instead, who then is listed elsewhere.
func (g *roger) churn(c *call, p Person, pick int) {
	if pick%3 == 0 {
		g.archive(c, pick)
		return
	}
	if old, ok := victim(g.people.live, pick, func(*rogerPerson) bool { return true }); ok {
		g.unlink(old)
		delete(g.notes, old)
		g.people.remove(old)
		g.stirred(c.at, "delete", old.id, "")
	}
	made := bareRoger(p.First, p.Last, p.Email)
	g.insert(made, c.at)
	g.stirred(c.at, "create", made.id, p.Email)
}

func (g *roger) archive(c *call, pick int) {
	old, ok := victim(g.people.live, pick, func(p *rogerPerson) bool { return !p.archived })
	if !ok {
		return
	}
	g.unlink(old)
	old.values, old.sample = maps.Clone(old.held()), nil
	old.values["archivedAt"] = c.at.Format(time.RFC3339)
	g.link(old)
	g.people.touch(old, c.at)
	g.stirred(c.at, "update", old.id, "")
}
