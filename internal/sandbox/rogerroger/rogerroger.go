package rogerroger

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

// Pages of RogerRoger's documentation.
const (
	rogerPeoplePage = "https://developer.rogerroger.io/crm/people"
	rogerOrgPage    = "https://developer.rogerroger.io/organizations"
	rogerSegPage    = "https://developer.rogerroger.io/segments"
	rogerTagPage    = "https://developer.rogerroger.io/global/tags"
	rogerLimitPage  = "https://developer.rogerroger.io/getting-started/rate-limits"
	rogerErrorPage  = "https://developer.rogerroger.io/getting-started/error-handling"
)

// rogerThing is a tag, segment, organization, user or note category of RogerRoger.
type rogerThing struct {
	api.Record
	values map[string]any // by field, as written
}

type roger struct {
	*api.Vendor
	people api.Collection[*rogerPerson]
	// identifiers finds people by LinkedIn ids, e-mail addresses and phone numbers.
	identifiers api.Index[*rogerPerson]
	notes       map[*rogerPerson]*api.Collection[*rogerNote]
	things      map[string]*api.Collection[*rogerThing] // by the first part of their IRIs: "tags"
}

// Name is the name of the vendor, and the path that it is served under.
const Name = "rogerroger"

// Key is the invented key that the sandbox takes, and no other.
const Key = "rogerroger-sandbox-invented-key"

func environment(base string) []api.Setting {
	return []api.Setting{{Name: "CRMFERRY_ROGERROGER_URL", Value: base + "/rogerroger"}, {Name: "CRMFERRY_ROGERROGER_KEY", Value: Key}}
}

// New makes the vendor.
func New(s api.Settings) *api.Vendor {
	g := &roger{identifiers: api.Index[*rogerPerson]{}, notes: map[*rogerPerson]*api.Collection[*rogerNote]{},
		things: map[string]*api.Collection[*rogerThing]{}}
	for _, kind := range []string{"tags", "segments", "organizations", "users", "note_categories", "media_objects"} {
		g.things[kind] = &api.Collection[*rogerThing]{}
	}
	g.Vendor = &api.Vendor{Name: Name, Environment: environment, Settings: s, Fail: rogerFail, Load: g.seed}
	g.Vendor.Churn, g.Vendor.ContactIDs = g.churn, func() []string { return api.IdsOf(g.people.Live, func(*rogerPerson) bool { return true }) }
	g.Authorized = func(r *http.Request) bool { return r.Header.Get("X-API-KEY") == Key }
	if s.Limits {
		g.Limit = &api.Window{Limit: 20, Span: time.Minute}
	}
	g.Routes = g.peopleRoutes()
	g.Routes = append(g.Routes, g.noteRoutes()...)
	for _, kind := range []string{"tags", "segments", "organizations"} {
		g.Routes = append(g.Routes, g.thingRoutes(kind)...)
	}
	return g.Vendor
}

// The content types of bodies: the samples show the first of rogerMedia, the vendor's own code sends the second.
func rogerMedia() []string { return []string{"application/ld+json", "application/json"} }
func rogerPatch() []string { return []string{"application/merge-patch+json"} }

// rogerPaging are the parameters that every list takes.
func rogerPaging() []api.Field {
	return []api.Field{{Name: "page", Kind: api.Numeral, Min: 1}, {Name: "itemsPerPage", Kind: api.Numeral, Min: 1, Max: 30}}
}

// both is a parameter that may be given once, or several times with [].
func both(name string) []api.Field {
	return []api.Field{{Name: name}, {Name: name + "[]", Kind: api.List, Item: &api.Field{}}}
}

func createdAtFilters() []api.Field {
	var fields []api.Field
	for _, when := range []string{"strictly_after", "after", "strictly_before", "before"} {
		fields = append(fields, api.Field{Name: "createdAt[" + when + "]", Kind: api.DateTime})
	}
	return fields
}

func Rules() []api.Rule {
	rules := []api.Rule{
		{ID: "rogerroger.key", Text: "every request carries a valid key in X-API-KEY", Page: rogerPeoplePage},
		{ID: "rogerroger.limit", Text: "at most 20 requests in any 60 s per tenant, else 429 with Retry-After", Page: rogerLimitPage},
		{ID: "rogerroger.path", Text: "only documented paths exist", Page: rogerErrorPage},
		{ID: "rogerroger.method", Text: "only documented methods are allowed: none deletes", Page: rogerPeoplePage},
		{ID: "rogerroger.query", Text: "no query parameters where none are documented", Page: ""},
		{ID: "rogerroger.size", Text: "a body is at most 1 MiB long", Page: ""},
		{ID: "rogerroger.person.exists", Text: "the person exists", Page: rogerPeoplePage},
		{ID: "rogerroger.note.exists", Text: "the note exists", Page: rogerPeoplePage},
		{ID: "rogerroger.tags.exists", Text: "the tag exists", Page: rogerTagPage},
		{ID: "rogerroger.segments.exists", Text: "the segment exists", Page: rogerSegPage},
		{ID: "rogerroger.organizations.exists", Text: "the organization exists", Page: rogerOrgPage},
		{ID: "rogerroger.iri.exists", Text: "an IRI is of the field's kind and names something that exists", Page: rogerPeoplePage},
	}
	for _, s := range []*api.Schema{rogerPersonSchema("person"), rogerPersonSchema("person-patch"), rogerNoteSchema("note"), rogerNoteSchema("note-patch"),
		rogerThingSchema("tags", ""), rogerThingSchema("segments", ""), rogerThingSchema("organizations", ""),
		rogerThingSchema("tags", "-patch"), rogerThingSchema("segments", "-patch"), rogerThingSchema("organizations", "-patch")} {
		media := strings.Join(rogerMedia(), " or ")
		if strings.HasSuffix(s.Name, "-patch") {
			media = rogerPatch()[0]
			s.Fields = optional(s.Fields)
		}
		rules = append(rules, api.Rule{ID: s.Name + ".content-type", Text: "bodies are " + media, Page: s.Page}, api.Rule{ID: s.Name + ".syntax", Text: "a body is a JSON object", Page: s.Page})
		rules = append(rules, s.Rules()...)
	}
	for _, s := range []*api.Schema{rogerListSchema(), rogerNotesSchema(), rogerThingsSchema("tags"), rogerThingsSchema("segments"), rogerThingsSchema("organizations")} {
		rules = append(rules, s.Rules()...)
	}
	return rules
}

// optional are the fields of a PATCH: nothing has to be there, but what must always be held cannot become null.
func optional(fields []api.Field) []api.Field {
	for i := range fields {
		if fields[i].Required {
			fields[i].Required, fields[i].Nullable, fields[i].Min = false, false, 1
		}
	}
	return fields
}

func Choices() []string {
	return []string{
		"archived people are listed only with exists[archivedAt]=true",
		"values of identifiers[] and emailAddresses.email[] are alternatives, compared exactly, without case; phones by digits; different filters narrow",
		"q finds whatever first, last or e-mail contains; lists are in order of creation unless order[...] says asc or desc",
		"itemsPerPage above 30 is a 400, not cut down to 30; view.next is a relative path; view=idx answers the ids as member",
		"e-mail addresses are not unique, but must look like one; texts have no length limit; phoneType takes only fax, the one value that the documentation shows",
		"a broken rule is a 422 with message, detail and violations [{propertyPath, message}], an IRI of nothing a 400",
		"read-only and unknown fields and unknown query parameters are refused; @context, @id, @type are read-only; id is taken and ignored",
		"there is no DELETE: the people page does not document one",
		"PUT empties what it leaves out; a PATCH replaces arrays and merges address; an empty text is held as null",
		"the title of a tag, segment or organization need not be unique; users and note categories can be named but not listed",
		"a PATCH cannot set what must always be there to null",
		"a refused request does not count against the limit",
	}
}

// rogerFail writes a refusal with both members that the vendor is known to use, message and detail.
func rogerFail(f api.Failure) api.Reply {
	message := map[int]string{
		http.StatusUnauthorized: "JWT Token not found", http.StatusNotFound: "Not Found",
		http.StatusMethodNotAllowed: "Method Not Allowed", http.StatusTooManyRequests: "Too Many Requests",
	}[f.Status]
	if f.Message != "" {
		message = f.Message
	}
	if f.Status == http.StatusUnauthorized {
		return api.Reply{Status: f.Status, Body: map[string]any{"code": f.Status, "message": message}, Rule: f.RuleOf()}
	}
	body := map[string]any{}
	if len(f.Problems) > 0 {
		message, body["violations"] = rogerViolations(f.Problems)
	}
	header := map[string]string{}
	if f.Wait > 0 {
		header["Retry-After"] = api.RetryAfter(f.Wait)
	}
	body["status"], body["message"], body["detail"] = f.Status, message, message
	return api.Reply{Status: f.Status, Header: header, Body: body, Rule: f.RuleOf()}
}

func rogerViolations(problems []api.Problem) (string, []map[string]string) {
	var lines []string
	var violations []map[string]string
	for _, p := range problems {
		text := "This value " + p.Want + "."
		if p.Code == api.BadMissing {
			text = "This value should not be blank."
		}
		lines = append(lines, p.Field+": "+text)
		violations = append(violations, map[string]string{"propertyPath": p.Field, "message": text})
	}
	return strings.Join(lines, "\n"), violations
}

// uuid makes an id of the kind's records.
func (g *roger) uuid(kind string) func(seq int) string {
	return func(seq int) string {
		n := seq
		for _, r := range kind {
			n = n*31 + int(r)
		}
		x := api.Scramble(n, g.Settings.Seed)
		return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(x>>32), uint16(x>>16), x&0xfff, seq>>36&0xfff, (x&0xf000)<<32|uint64(seq)&0xfffffffff)
	}
}

// collect is a page of a list.
func collect[T any](c *api.Call, path string, all []T, view func(T) any) api.Reply {
	number, size := api.NumeralOr(c.Query.Get("page"), 1), api.NumeralOr(c.Query.Get("itemsPerPage"), 15)
	member := []any{}
	for _, t := range api.Page(all, number, size) {
		member = append(member, view(t))
	}
	last := api.LastPage(len(all), size)
	at := func(n int) string {
		q := url.Values{}
		for name, values := range c.Query {
			q[name] = values
		}
		q.Set("page", fmt.Sprint(n))
		return path + "?" + q.Encode()
	}
	links := map[string]string{"@id": at(number), "type": "PartialCollectionView", "first": at(1), "last": at(last)}
	if number > 1 {
		links["previous"] = at(number - 1)
	}
	if number < last {
		links["next"] = at(number + 1)
	}
	search := map[string]any{"@type": "IriTemplate", "template": path + "{?page,itemsPerPage}", "variableRepresentation": "BasicRepresentation", "mapping": []any{}}
	return rogerReply(http.StatusOK, map[string]any{"member": member, "totalItems": len(all), "view": links, "search": search})
}

func rogerReply(status int, body any) api.Reply {
	return api.Reply{Status: status, Header: map[string]string{"Content-Type": "application/ld+json; charset=utf-8"}, Body: body}
}

// lastPart is the id in an IRI.
func lastPart(iri string) string { return iri[strings.LastIndexByte(iri, '/')+1:] }

// badIRI refuses the first IRI among the values of a field that names nothing of the kind.
func (g *roger) badIRI(field, kind string, value any) *api.Failure {
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
