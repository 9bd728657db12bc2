package rogerroger_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// world is a sandbox with the things that a note needs. All are the same in every sandbox of the same seed.
type world struct {
	handler  http.Handler
	key      string
	config   rogerroger.Config
	person   rogerroger.Person
	category string

	organization crm.Ref
}

func newWorld(t *testing.T, contacts int) world {
	t.Helper()
	s := sandbox.New(sandbox.Options{Contacts: contacts})
	w := world{handler: s.Handler(), key: s.Variable("", "CRMFERRY_ROGERROGER_KEY")}
	tr := transport.New(transport.Options{Authorize: rogerroger.Authorize(w.key), Workers: 4})
	w.config = rogerroger.Config{Base: crmtest.Serve(t, w.handler, "/rogerroger"), HTTP: tr.Client()}
	found, err := rogerroger.New(w.config).Find(t.Context(), []crm.Key{{Email: seed.SamplePerson(seed.FirstSame).Email}})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d people, %v", len(found), err)
	}
	w.person = found[0]
	categories, err := rogerroger.NewNotes(w.config).Suggest(t.Context(), "category")
	if err != nil || len(categories) == 0 {
		t.Fatalf("categories %v, %v", categories, err)
	}
	w.category = categories[0]
	title := seed.Companies[0]
	organizations, err := rogerroger.NewNotes(w.config).Resolve(t.Context(), "organizations", []string{title})
	if err != nil || len(organizations[title]) != 1 {
		t.Fatalf("organizations %v, %v", organizations, err)
	}
	w.organization = organizations[title][0]
	return w
}

func (w world) note(i int) rogerroger.Note {
	flagged := i%2 == 0
	return rogerroger.Note{Person: crm.Ref{ID: w.person.ID}, Title: fmt.Sprintf("Note %d", i), Description: "Two\nlines.",
		Category: crm.Ref{ID: w.category}, Flagged: &flagged}
}

// TestNotesConformance runs the suite that every vendor's client passes.
func TestNotesConformance(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	table := mapping.RogerRogerNotes()
	crmtest.Suite[rogerroger.Note]{
		Handler:   func() http.Handler { return sandbox.New(sandbox.Options{}).Handler() },
		Path:      "/rogerroger",
		Keys:      []string{w.key},
		Authorize: rogerroger.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[rogerroger.Note] {
			return rogerroger.NewNotes(rogerroger.Config{Base: base, HTTP: client})
		},
		Sample: w.note,
		Orphan: func(n *rogerroger.Note) { n.Person.ID = "00000000-0000-4000-8000-000000000000" },
		Fields: crm.Fields{"title", "description", "category", "flagged"},
		WithID: func(n rogerroger.Note, id string) rogerroger.Note {
			n.ID = id[strings.LastIndexByte(id, '/')+1:]
			return n
		},
		ID: func(n rogerroger.Note) string { return n.Identity() },
		FindKeys: func(n rogerroger.Note) []crm.Key {
			byEmail := n
			byEmail.Person = crm.Ref{Name: " " + strings.ToUpper(w.person.EmailAddresses[0])}
			return append(append(n.Keys(), byEmail.Keys()...), crm.Key{ID: n.Identity()})
		},
		Same: table.Same,
		Change: func(n *rogerroger.Note) crm.Fields {
			n.Description, n.Title = "Changed", ""
			return crm.Fields{"title", "description"}
		},
		Clear: func(n *rogerroger.Note) crm.Fields {
			n.Title = ""
			return crm.Fields{"title"}
		},
		FilterValues: noteFilters(w),
		Links: []crmtest.LinkCase{{Kind: "people", One: w.person.EmailAddresses[0], Ambiguous: seed.TwiceEmail, None: "nobody@example.com"},
			{Kind: "people", One: w.person.GivenName + " " + w.person.FamilyName, None: "Nobody Of This Name"}, {Kind: "people", One: w.person.ID, None: "C-42"},
			{Kind: "organizations", One: seed.Companies[0], Ambiguous: seed.TwiceName, None: "Nobody Ltd"}},
		Refusals: []crmtest.Refusal{
			{Name: "detail", Status: 400, Body: `{"detail":"Item not found for \"/users/x\"."}`, Code: crm.CodeInvalid, Text: "/users/x"},
			{Name: "violations", Status: 422, Body: `{"detail":"category: blank","violations":[{"propertyPath":"category","message":"This value should not be blank."}]}`,
				Code: crm.CodeInvalid, Field: "category", Text: "should not be blank"},
		},
	}.Run(t)
}

func noteFilters(w world) map[string][]string {
	filters := map[string][]string{"q": {"call"}, "person": {w.person.ID, w.person.IRI}, "organization": {w.organization.ID, w.organization.ID[len("/organizations/"):]}, "category.id": {"1", "2"}, "author.id": {"1", "2"}}
	for _, name := range []string{"createdAt[after]", "createdAt[strictly_after]", "createdAt[before]", "createdAt[strictly_before]"} {
		filters[name] = []string{"2026-01-02"}
	}
	return filters
}

// TestNotesOfAll lists the notes of everybody: some people have none, one has more than a page of them.
func TestNotesOfAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 40)
	client := rogerroger.NewNotes(w.config)
	for i := range 45 {
		note := w.note(i)
		if _, err := client.Create(t.Context(), note, crm.Fields{"title", "description", "category", "flagged"}, ""); err != nil {
			t.Fatal(err)
		}
	}
	sections, err := client.Sections(t.Context(), crm.Query{})
	if err != nil || len(sections) < 70 {
		t.Fatalf("%d people, %v", len(sections), err)
	}
	if !slices.ContainsFunc(sections, func(s crm.Section) bool { return s.Name == "notes of Archie Archived" }) {
		t.Error("archived people are missing")
	}
	mine, others := 0, 0
	for _, s := range sections {
		for n, last := 1, 1; n <= last; n++ {
			page, err := client.ListPage(t.Context(), crm.Query{}, s, n)
			if err != nil {
				t.Fatal(err)
			}
			last = page.Last
			for _, note := range page.Items {
				switch {
				case note.Person.ID != w.person.ID:
					others++
				case note.PersonName != w.person.GivenName+" "+w.person.FamilyName || !slices.Equal(note.PersonEmails, w.person.EmailAddresses):
					t.Errorf("note of %q %q", note.PersonName, note.PersonEmails)
				default:
					mine++
				}
			}
		}
	}
	if mine < 45 || others == 0 {
		t.Errorf("%d notes of one, %d of others", mine, others)
	}
	narrow := crm.Query{Filters: []crm.Filter{{Name: "person", Values: []string{w.person.IRI}}, {Name: "flagged", Values: []string{"true"}}}}
	sections, err = client.Sections(t.Context(), narrow)
	if err != nil || len(sections) != 1 {
		t.Fatalf("%d people, %v", len(sections), err)
	}
	page, err := client.ListPage(t.Context(), narrow, sections[0], 1)
	if err != nil || page.Total != 23 || len(page.Items) != 23 {
		t.Errorf("%d of %d flagged notes, %v", len(page.Items), page.Total, err)
	}
	if _, err := client.Sections(t.Context(), crm.Query{Filters: []crm.Filter{{Name: "person", Values: []string{"nobody"}}}}); err == nil {
		t.Error("a person who does not exist has notes")
	}
}

// TestNotesOnOrganizations: they are made where that is asked for, found again, listed with those on people, and never changed.
func TestNotesOnOrganizations(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	note := w.note(1)
	note.Person, note.Organization = crm.Ref{}, w.organization
	fields := crm.Fields{"title", "description", "category"}
	if _, err := rogerroger.NewNotes(w.config).Create(t.Context(), note, fields, ""); err == nil {
		t.Error("a note is made as no page shows, and nobody asked for it")
	}
	client := rogerroger.NewUndocumentedNotes(w.config)
	made, err := client.Create(t.Context(), note, fields, "")
	if err != nil || !strings.HasPrefix(made.ID, w.organization.ID+"/notes/") {
		t.Fatalf("%+v, %v", made, err)
	}
	byName := note
	byName.Organization = crm.Ref{Name: w.organization.Name}
	for _, keys := range [][]crm.Key{note.Keys(), {{ID: made.ID}}} {
		found, err := client.Find(t.Context(), keys)
		if err != nil || len(found) != 1 || found[0].Identity() != made.ID {
			t.Errorf("%v finds %+v, %v", keys, found, err)
		}
	}
	if found, err := client.Find(t.Context(), byName.Keys()); err != nil || len(found) > 0 {
		t.Errorf("a title alone finds %+v, %v", found, err)
	}
	if _, err := client.Update(t.Context(), *made.Contact, note, fields); err == nil {
		t.Error("it is changed as no page shows")
	}
	for _, c := range []struct {
		client *rogerroger.Notes
		q      crm.Query
		more   bool
	}{{client, crm.Query{}, true}, {rogerroger.NewNotes(w.config), crm.Query{}, false},
		{rogerroger.NewNotes(w.config), crm.Query{Filters: []crm.Filter{{Name: "organization", Values: []string{w.organization.ID}}}}, true}} {
		sections, err := c.client.Sections(t.Context(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(sections, func(s crm.Section) bool { return s.Name == "notes of "+seed.Companies[0] })
		if (i >= 0) != c.more {
			t.Fatalf("%+v: the organization is listed: %v", c.q, i >= 0)
		}
		if i < 0 {
			continue
		}
		page, err := c.client.ListPage(t.Context(), c.q, sections[i], 1)
		if err != nil || len(page.Items) != 1 || page.Items[0].Identity() != made.ID || page.Items[0].Organization.Name != seed.Companies[0] {
			t.Errorf("%+v, %v", page.Items, err)
		}
	}
	if _, err := client.Sections(t.Context(), crm.Query{Filters: []crm.Filter{{Name: "organization", Values: []string{"nobody"}}}}); err == nil {
		t.Error("an organization that does not exist has notes")
	}
}

// TestNamesOfLinks: a list has the names of what people are linked to, but for names that several things bear.
func TestNamesOfLinks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	client := rogerroger.New(w.config)
	twice, err := client.Resolve(t.Context(), "organizations", []string{seed.TwiceName})
	if err != nil {
		t.Fatal(err)
	}
	want := w.person
	want.Organizations = append(slices.Clone(w.person.Organizations), twice[seed.TwiceName][0])
	if _, err := client.Update(t.Context(), w.person, want, crm.Fields{"organizations"}); err != nil {
		t.Fatal(err)
	}
	sections, err := client.Sections(t.Context(), crm.Query{})
	if err != nil || len(sections) != 2 {
		t.Fatalf("%v, %v", sections, err)
	}
	q := crm.Query{Filters: []crm.Filter{{Name: "emailAddresses.email", Values: w.person.EmailAddresses}}}
	page, err := client.ListPage(t.Context(), q, sections[0], 1)
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%d people, %v", len(page.Items), err)
	}
	sample := seed.SamplePerson(seed.FirstSame)
	got := page.Items[0]
	if got.Tags[0].Name != sample.Tags[0] || got.Segments[0].Name != sample.Segment || got.Organizations[0].Name != sample.Company {
		t.Errorf("names %v %v %v", got.Tags, got.Segments, got.Organizations)
	}
	if last := got.Organizations[1]; last.Name != "" || last.ID != twice[seed.TwiceName][0].ID {
		t.Errorf("a name that leads to several things is given: %v", last)
	}
}
