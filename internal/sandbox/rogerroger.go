package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
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
	record
	values map[string]any // by field, as written
}

type roger struct {
	*vendor
	people collection[*rogerPerson]
	// identifiers finds people by LinkedIn ids, e-mail addresses and phone numbers.
	identifiers index[*rogerPerson]
	notes       map[*rogerPerson]*collection[*rogerNote]
	things      map[string]*collection[*rogerThing] // by the first part of their IRIs: "tags"
}

// rogerRoger is the name of the vendor, and the path that it is served under.
const rogerRoger = "rogerroger"

// rogerRogerKey is the invented key that the sandbox takes, and no other.
const rogerRogerKey = "rogerroger-sandbox-invented-key"

func rogerRogerEnvironment(base string) []Setting {
	return []Setting{{"CRMFERRY_ROGERROGER_URL", base + "/rogerroger"}, {"CRMFERRY_ROGERROGER_KEY", rogerRogerKey}}
}

// newRoger makes the vendor.
func newRoger(s settings) *vendor {
	g := &roger{identifiers: index[*rogerPerson]{}, notes: map[*rogerPerson]*collection[*rogerNote]{},
		things: map[string]*collection[*rogerThing]{}}
	for _, kind := range []string{"tags", "segments", "organizations", "users", "note_categories", "media_objects"} {
		g.things[kind] = &collection[*rogerThing]{}
	}
	g.vendor = &vendor{name: rogerRoger, environment: rogerRogerEnvironment, settings: s, fail: rogerFail, load: g.seed}
	g.vendor.churn, g.vendor.ids = g.churn, func() []string { return idsOf(g.people.live, func(*rogerPerson) bool { return true }) }
	g.authorized = func(r *http.Request) bool { return r.Header.Get("X-API-KEY") == rogerRogerKey }
	if s.limits {
		g.limit = &window{limit: 20, span: time.Minute}
	}
	g.routes = g.peopleRoutes()
	g.routes = append(g.routes, g.noteRoutes()...)
	for _, kind := range []string{"tags", "segments", "organizations"} {
		g.routes = append(g.routes, g.thingRoutes(kind)...)
	}
	return g.vendor
}

// The content types of bodies: the samples show the first of rogerMedia, the vendor's own code sends the second.
func rogerMedia() []string { return []string{"application/ld+json", "application/json"} }
func rogerPatch() []string { return []string{"application/merge-patch+json"} }

// rogerPaging are the parameters that every list takes.
func rogerPaging() []field {
	return []field{{name: "page", kind: numeral, min: 1}, {name: "itemsPerPage", kind: numeral, min: 1, max: 30}}
}

// both is a parameter that may be given once, or several times with [].
func both(name string) []field {
	return []field{{name: name}, {name: name + "[]", kind: list, item: &field{}}}
}

func createdAtFilters() []field {
	var fields []field
	for _, when := range []string{"strictly_after", "after", "strictly_before", "before"} {
		fields = append(fields, field{name: "createdAt[" + when + "]", kind: moment})
	}
	return fields
}

func rogerRules() []Rule {
	rules := []Rule{
		{"rogerroger.key", "every request carries a valid key in X-API-KEY", rogerPeoplePage},
		{"rogerroger.limit", "at most 20 requests in any 60 s per tenant, else 429 with Retry-After", rogerLimitPage},
		{"rogerroger.path", "only documented paths exist", rogerErrorPage},
		{"rogerroger.method", "only documented methods are allowed: none deletes", rogerPeoplePage},
		{"rogerroger.query", "no query parameters where none are documented", ""},
		{"rogerroger.size", "a body is at most 1 MiB long", ""},
		{"rogerroger.person.exists", "the person exists", rogerPeoplePage},
		{"rogerroger.note.exists", "the note exists", rogerPeoplePage},
		{"rogerroger.tags.exists", "the tag exists", rogerTagPage},
		{"rogerroger.segments.exists", "the segment exists", rogerSegPage},
		{"rogerroger.organizations.exists", "the organization exists", rogerOrgPage},
		{"rogerroger.iri.exists", "an IRI is of the field's kind and names something that exists", rogerPeoplePage},
	}
	for _, s := range []*schema{rogerPersonSchema("person"), rogerPersonSchema("person-patch"), rogerNoteSchema("note"), rogerNoteSchema("note-patch"),
		rogerThingSchema("tags", ""), rogerThingSchema("segments", ""), rogerThingSchema("organizations", ""),
		rogerThingSchema("tags", "-patch"), rogerThingSchema("segments", "-patch"), rogerThingSchema("organizations", "-patch")} {
		media := strings.Join(rogerMedia(), " or ")
		if strings.HasSuffix(s.name, "-patch") {
			media = rogerPatch()[0]
			s.fields = optional(s.fields)
		}
		rules = append(rules, Rule{s.name + ".content-type", "bodies are " + media, s.page}, Rule{s.name + ".syntax", "a body is a JSON object", s.page})
		rules = append(rules, s.rules()...)
	}
	for _, s := range []*schema{rogerListSchema(), rogerNotesSchema(), rogerThingsSchema("tags"), rogerThingsSchema("segments"), rogerThingsSchema("organizations")} {
		rules = append(rules, s.rules()...)
	}
	return rules
}

// optional are the fields of a PATCH: nothing has to be there, but what must always be held cannot become null.
func optional(fields []field) []field {
	for i := range fields {
		if fields[i].required {
			fields[i].required, fields[i].nullable, fields[i].min = false, false, 1
		}
	}
	return fields
}

func rogerChoices() []string {
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
func rogerFail(f failure) reply {
	message := map[int]string{
		http.StatusUnauthorized: "JWT Token not found", http.StatusNotFound: "Not Found",
		http.StatusMethodNotAllowed: "Method Not Allowed", http.StatusTooManyRequests: "Too Many Requests",
	}[f.status]
	if f.message != "" {
		message = f.message
	}
	if f.status == http.StatusUnauthorized {
		return reply{status: f.status, body: map[string]any{"code": f.status, "message": message}, rule: f.ruleOf()}
	}
	body := map[string]any{}
	if len(f.problems) > 0 {
		message, body["violations"] = rogerViolations(f.problems)
	}
	header := map[string]string{}
	if f.wait > 0 {
		header["Retry-After"] = retryAfter(f.wait)
	}
	body["status"], body["message"], body["detail"] = f.status, message, message
	return reply{status: f.status, header: header, body: body, rule: f.ruleOf()}
}

func rogerViolations(problems []problem) (string, []map[string]string) {
	var lines []string
	var violations []map[string]string
	for _, p := range problems {
		text := "This value " + p.want + "."
		if p.code == badMissing {
			text = "This value should not be blank."
		}
		lines = append(lines, p.field+": "+text)
		violations = append(violations, map[string]string{"propertyPath": p.field, "message": text})
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
		x := scramble(n, g.settings.seed)
		return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(x>>32), uint16(x>>16), x&0xfff, seq>>36&0xfff, (x&0xf000)<<32|uint64(seq)&0xfffffffff)
	}
}

// collect is a page of a list.
func collect[T any](c *call, path string, all []T, view func(T) any) reply {
	number, size := numeralOr(c.query.Get("page"), 1), numeralOr(c.query.Get("itemsPerPage"), 15)
	member := []any{}
	for _, t := range page(all, number, size) {
		member = append(member, view(t))
	}
	last := lastPage(len(all), size)
	at := func(n int) string {
		q := url.Values{}
		for name, values := range c.query {
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

func rogerReply(status int, body any) reply {
	return reply{status: status, header: map[string]string{"Content-Type": "application/ld+json; charset=utf-8"}, body: body}
}

// lastPart is the id in an IRI.
func lastPart(iri string) string { return iri[strings.LastIndexByte(iri, '/')+1:] }

// badIRI refuses the first IRI among the values of a field that names nothing of the kind.
func (g *roger) badIRI(field, kind string, value any) *failure {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	for _, item := range items {
		iri, _ := item.(string)
		if iri == "" {
			continue
		}
		if _, ok := g.things[kind].get(lastPart(iri)); !ok || iri != "/"+kind+"/"+lastPart(iri) {
			return &failure{status: http.StatusBadRequest, rule: "rogerroger.iri.exists", message: fmt.Sprintf("%s: Item not found for %q.", field, iri)}
		}
	}
	return nil
}
