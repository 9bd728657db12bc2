package rogerroger

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

// thingRecord is a tag, segment, organization, user or note category of RogerRoger.
type thingRecord struct {
	api.Record
	values map[string]any // by field, as written
}

// vendor is RogerRoger, simulated: its records, and what finds them.
type vendor struct {
	*api.Vendor
	people api.Collection[*personRecord]
	// identifiers finds people by LinkedIn ids, e-mail addresses and phone numbers.
	identifiers api.Index[*personRecord]
	notes       map[string]*api.Collection[*noteRecord]  // by the IRI of what they are on
	things      map[string]*api.Collection[*thingRecord] // by the first part of their IRIs: "tags"
}

// uuid makes an id of the kind's records.
func (g *vendor) uuid(kind string) func(seq int) string {
	return func(seq int) string {
		n := seq
		for _, r := range kind {
			n = n*31 + int(r)
		}
		x := api.Scramble(n, g.Settings.Seed)
		return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(x>>32), uint16(x>>16), x&0xfff, seq>>36&0xfff, (x&0xf000)<<32|uint64(seq)&0xfffffffff)
	}
}

// lastPart is the id in an IRI.
func lastPart(iri string) string { return iri[strings.LastIndexByte(iri, '/')+1:] }

// badIRI refuses the first IRI among the values of a field that names nothing of the kind.
func (g *vendor) badIRI(field, kind string, value any) *api.Failure {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	for _, item := range items {
		iri, _ := item.(string)
		if iri == "" {
			continue
		}
		if _, ok := g.things[kind].Get(lastPart(iri)); !ok || iri != "/"+kind+"/"+lastPart(iri) {
			return &api.Failure{Status: http.StatusBadRequest, Rule: "rogerroger.iri.exists", Message: fmt.Sprintf("%s: Item not found for %q.", field, iri)}
		}
	}
	return nil
}

// personRecord is a person of RogerRoger. Values that are written and read alike are kept in one map, because there
// are many and few of them are set.
type personRecord struct {
	api.Record
	values   map[string]any        // by field; absent is null
	sample   func() map[string]any // of a seeded person whom nobody changed: the values, made anew to save memory
	words    string                // what q looks through
	family   string                // folded
	archived bool
}

// held are the values of a person. Callers must not change them.
func (p *personRecord) held() map[string]any {
	if p.sample != nil {
		return p.sample()
	}
	return p.values
}

// linkFields are the fields of a person that hold IRIs, with the kind of thing that they name.
func linkFields() map[string]string {
	return map[string]string{"owner": "users", "avatar": "media_objects", "tags": "tags", "segments": "segments", "organizations": "organizations"}
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

func emailsOf(values map[string]any) []string { return each(values, "emailAddresses", "email") }

func phonesOf(values map[string]any) []string { return each(values, "phoneNumbers", "phoneNumber") }

// identifiers are what the filter of that name knows a person by, each once.
func identifiers(values map[string]any) []string {
	var all []string
	for _, email := range emailsOf(values) {
		all = append(all, api.Fold(email))
	}
	for _, phone := range phonesOf(values) {
		all = append(all, api.Digits(phone))
	}
	all = append(all, api.Fold(api.Str(values, "linkedinId")))
	slices.Sort(all)
	return slices.Compact(all)
}

func (g *vendor) link(p *personRecord) {
	held := p.held()
	p.words = api.Fold(api.Str(held, "givenName") + "\n" + api.Str(held, "familyName") + "\n" + strings.Join(emailsOf(held), "\n"))
	p.family, p.archived = api.Fold(api.Str(held, "familyName")), held["archivedAt"] != nil
	for _, id := range identifiers(held) {
		g.identifiers.Add(id, p)
	}
}

func (g *vendor) unlink(p *personRecord) {
	for _, id := range identifiers(p.held()) {
		g.identifiers.Remove(id, p)
	}
}

func (g *vendor) insert(p *personRecord, at time.Time) {
	g.people.Add(p, at, g.uuid("people"))
	g.link(p)
}

func (g *vendor) erase(p *personRecord) {
	g.unlink(p)
	delete(g.notes, p.iri())
	g.people.Remove(p)
}

func (g *vendor) person(c *api.Call, name string) (*personRecord, *api.Failure) {
	if p, ok := g.people.Get(c.PathValue(name)); ok {
		return p, nil
	}
	return nil, &api.Failure{Status: http.StatusNotFound, Rule: "rogerroger.person.exists"}
}

// links refuses IRIs that name nothing.
func (g *vendor) links(body map[string]any) *api.Failure {
	for _, field := range []string{"owner", "avatar", "tags", "segments", "organizations"} {
		if f := g.badIRI(field, linkFields()[field], body[field]); f != nil {
			return f
		}
	}
	return nil
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

func (g *vendor) log(c *api.Call, p *personRecord, action string) {
	held := p.held()
	e := api.Entry{Action: action, Kind: "contact", ID: p.ID, Name: strings.TrimSpace(api.Str(held, "givenName") + " " + api.Str(held, "familyName"))}
	if emails := emailsOf(held); len(emails) > 0 {
		e.Email = emails[0]
	}
	if phones := phonesOf(held); len(phones) > 0 {
		e.Phone = phones[0]
	}
	g.Commit(c, e)
}

// noteRecord is a note on a person or an organization.
type noteRecord struct {
	api.Record
	values map[string]any
}

func (p *personRecord) iri() string { return "/people/" + p.ID }

func (g *vendor) addNote(on string, n *noteRecord, at time.Time) {
	if g.notes[on] == nil {
		g.notes[on] = &api.Collection[*noteRecord]{}
	}
	g.notes[on].Add(n, at, g.uuid("notes/"+lastPart(on)))
}

func newPerson(given, family, email string) *personRecord {
	return &personRecord{values: map[string]any{"givenName": given, "familyName": family, "emailAddresses": []any{map[string]any{"email": email}}}}
}
