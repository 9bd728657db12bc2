package rogerroger

import (
	"net/http"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

// Name is the name of the vendor, and the path that it is served under.
const Name = "rogerroger"

// Key is the invented key that the sandbox takes, and no other.
const Key = "rogerroger-sandbox-invented-key"

func environment(base string) []api.Setting {
	return []api.Setting{{Name: "CRMFERRY_ROGERROGER_URL", Value: base + "/rogerroger"}, {Name: "CRMFERRY_ROGERROGER_KEY", Value: Key}}
}

// New makes the simulated vendor.
func New(s api.Settings) *api.Vendor {
	g := &vendor{identifiers: api.Index[*personRecord]{}, notes: map[string]*api.Collection[*noteRecord]{},
		things: map[string]*api.Collection[*thingRecord]{}}
	for _, kind := range []string{"tags", "segments", "organizations", "users", "note_categories", "media_objects"} {
		g.things[kind] = &api.Collection[*thingRecord]{}
	}
	g.Vendor = &api.Vendor{Name: Name, Environment: environment, Settings: s, Fail: writeRefusal, Load: g.seed}
	g.Vendor.Churn, g.Vendor.ContactIDs = g.churn, func() []string { return api.IDsOf(g.people.Live, func(*personRecord) bool { return true }) }
	g.Vendor.View = func(id string) any {
		c, _ := g.people.Get(id)
		return g.view(c)
	}
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

// Rules lists the documented rules that the simulated vendor keeps, and its limit.
func Rules() []api.Rule {
	rules := []api.Rule{
		{ID: "rogerroger.key", Text: "every request carries a valid key in X-API-KEY", Page: peoplePage},
		{ID: "rogerroger.limit", Text: "at most 20 requests in any 60 s per tenant, else 429 with Retry-After", Page: limitPage},
		{ID: "rogerroger.path", Text: "only documented paths exist", Page: errorPage},
		{ID: "rogerroger.method", Text: "only documented methods are allowed, and DELETE of a person or organization", Page: peoplePage},
		{ID: "rogerroger.query", Text: "no query parameters where none are documented", Page: ""},
		{ID: "rogerroger.size", Text: "a body is at most 1 MiB long", Page: ""},
		{ID: "rogerroger.person.exists", Text: "the person exists", Page: peoplePage},
		{ID: "rogerroger.person.delete", Text: "a DELETE of a person has no body", Page: ""},
		{ID: "rogerroger.organization.delete", Text: "a DELETE of an organization has no body", Page: ""},
		{ID: "rogerroger.note.exists", Text: "the note exists", Page: peoplePage},
		{ID: "rogerroger.tags.exists", Text: "the tag exists", Page: tagPage},
		{ID: "rogerroger.segments.exists", Text: "the segment exists", Page: segmentPage},
		{ID: "rogerroger.organizations.exists", Text: "the organization exists", Page: organizationPage},
		{ID: "rogerroger.iri.exists", Text: "an IRI is of the field's kind and names something that exists", Page: peoplePage},
	}
	for _, s := range []*api.Schema{personSchema("person"), personSchema("person-patch"), noteSchema("note"), noteSchema("organization-note"), noteSchema("note-patch"),
		thingSchema("tags", ""), thingSchema("segments", ""), thingSchema("organizations", ""),
		thingSchema("tags", "-patch"), thingSchema("segments", "-patch"), thingSchema("organizations", "-patch")} {
		media := strings.Join(mediaTypes(), " or ")
		if strings.HasSuffix(s.Name, "-patch") {
			media = patchMediaTypes()[0]
			s.Fields = optional(s.Fields)
		}
		rules = append(rules, api.Rule{ID: s.Name + ".content-type", Text: "bodies are " + media, Page: s.Page}, api.Rule{ID: s.Name + ".syntax", Text: "a body is a JSON object", Page: s.Page})
		rules = append(rules, s.Rules()...)
	}
	for _, s := range []*api.Schema{personListSchema(), noteListSchema("person"), noteListSchema("organization"), thingListSchema("tags"), thingListSchema("segments"), thingListSchema("organizations")} {
		rules = append(rules, s.Rules()...)
	}
	return rules
}

// Choices lists what the simulated vendor does where the documentation is silent.
func Choices() []string {
	return []string{
		"archived people are listed only with exists[archivedAt]=true",
		"values of identifiers[] and emailAddresses.email[] are alternatives, compared exactly, without case; phones by digits; different filters narrow",
		"q finds whatever first, last or e-mail contains; lists are in order of creation unless order[...] says asc or desc",
		"itemsPerPage above 30 is a 400, not cut down to 30; view.next is a relative path; view=idx answers the ids as member",
		"e-mail addresses are not unique, but must look like one; texts have no length limit; phoneType takes any text: the documentation shows fax and lists no values",
		"a broken rule is a 422 with message, detail and violations [{propertyPath, message}], an IRI of nothing a 400",
		"read-only and unknown fields and unknown query parameters are refused; @context, @id, @type are read-only; id is taken and ignored",
		"DELETE of a person or an organization, which no page documents and the vendor's own clients send, takes no body and answers 204 with nothing; nothing else can be deleted",
		"organizations are listed in order of creation, archived ones too, and read and patched as the vendor's own clients do",
		"notes on organizations, of which the documentation has the list alone, are made with the body of those on people, and neither read by their ids nor changed",
		"PUT empties what it leaves out; a PATCH replaces arrays and merges address; an empty text is held as null",
		"the title of a tag, segment or organization need not be unique; users and note categories can be named but not listed",
		"a PATCH cannot set what must always be there to null",
		"a refused request does not count against the limit",
	}
}
