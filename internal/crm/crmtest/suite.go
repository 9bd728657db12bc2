package crmtest

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"crmferry/internal/crm"
)

// Suite tries what package crm promises on the client of one vendor. What the client cannot do is not tried: Run finds
// its capabilities as the core does. Each definition is a subtest with a server of its own.
type Suite[C any] struct {
	// Handler returns a fresh simulation of the vendor with at least two pages of contacts, if it can list them.
	Handler func() http.Handler
	// Path is where the vendor's base URL lies below the root of Handler: "/growcrm/api".
	Path string
	// Keys are the credentials that the simulation takes, as Authorize wants them.
	Keys []string
	// Authorize is the vendor's function of that name.
	Authorize func(key ...string) func(*http.Request)
	// New is the vendor's function of that name.
	New func(base *url.URL, client *http.Client) crm.Creator[C]

	// Sample returns contact i, which the simulation does not have, as a row would describe it. All samples differ in
	// all keys.
	Sample func(i int) C
	// Fields are those that the samples set, the ones of steps included.
	Fields crm.Fields
	// WithID returns the contact with that id.
	WithID func(c C, id string) C
	// ID is the id of a contact, "" if it has none.
	ID func(c C) string
	// FindKeys are the keys by which the contact, which has an id, can be looked up: one of each kind; nil if there is
	// no look-up.
	FindKeys func(c C) []crm.Key
	// Same names the given fields in which the contact read differs from the one wanted; write-only fields never do.
	Same func(want, read C, fields crm.Fields) []string
	// Change changes a contact and says in which fields; nil if there is no update.
	Change func(c *C) crm.Fields
	// Clear empties a contact in every field that the samples set, that can be read and that the vendor lets be emptied,
	// and says in which; nil if there is no update.
	Clear func(c *C) crm.Fields

	// FilterValues are values to try, by filter, for filters that take any text; two for those that take several.
	FilterValues map[string][]string

	// Links are what Resolve has to find.
	Links []LinkCase
	// Refusals are answers to a create that break a rule, as the vendor writes them.
	Refusals []Refusal
}

// LinkCase is a kind of link and names of it in the simulation.
type LinkCase struct {
	Kind      string
	One       string // borne by exactly one thing; tried in other case and with outer space, too
	Ambiguous string // borne by several things; "" if the simulation has no such name
	None      string // borne by nothing; made if the kind can be made
}

// Refusal is an answer and what has to be read out of it.
type Refusal struct {
	Name   string
	Status int
	Body   string
	Code   string // of the error
	Field  string // of one of its problems; "" if the vendor names none
	Text   string // has to be in the text of the error
}

// definition is one promise.
type definition[C any] struct {
	name string
	run  func(*testing.T, *env[C])
}

func (s Suite[C]) definitions() []definition[C] {
	return []definition[C]{
		{"create", testCreate[C]},
		{"create is seen once with one token", testIdempotent[C]},
		{"update", testUpdate[C]},
		{"clear", testClear[C]},
		{"delete", testDelete[C]},
		{"steps", testSteps[C]},
		{"create who is known to be new", testKnownNew[C]},
		{"find by each key", testFind[C]},
		{"find a batch", testFindBatch[C]},
		{"find nobody", testFindNobody[C]},
		{"list everybody once", testList[C]},
		{"list ends when told", testListBreak[C]},
		{"pages make up the list", testPages[C]},
		{"pages do not move", testPagesStay[C]},
		{"filters", testFilters[C]},
		{"an answer that is no list", testNoList[C]},
		{"links", testLinks[C]},
		{"check the key", testCheck[C]},
		{"several at once", testConcurrent[C]},
		{"base URL with a path", testPrefix[C]},
		{"wrong key", testUnauthorized[C]},
		{"forbidden", testForbidden[C]},
		{"refused values", testRefusals[C]},
		{"not found", testNotFound[C]},
		{"web page instead of JSON", testHTML[C]},
		{"redirect to another host", testRedirect[C]},
		{"rate limit", testRateLimit[C]},
		{"quota used up", testExhausted[C]},
		{"lost answer to a create", testLostCreate[C]},
		{"lost answer to what may be repeated", testLostRepeatable[C]},
		{"answer of another form", testForeign[C]},
		{"status of a refusal", testRefusedPlainly[C]},
		{"nobody answers", testRefusedConnection[C]},
		{"keys are in no error", testCanary[C]},
		{"cancelled", testCancel[C]},
	}
}

// Run runs all definitions.
func (s Suite[C]) Run(t *testing.T) {
	for _, d := range s.definitions() {
		t.Run(d.name, func(t *testing.T) { d.run(t, newEnv(t, s)) })
	}
}

// call is one thing that a client can be asked for.
type call[C any] struct {
	name       string
	write      bool
	repeatable bool
	do         func(ctx context.Context) error
}

// calls lists what client can do with a contact that exists and a sample that does not.
func (e *env[C]) calls(client crm.Creator[C], found C) []call[C] {
	s, traits := e.Suite, client.Traits()
	fresh := s.Sample(900)
	list := []call[C]{{"Create", true, false, func(ctx context.Context) error {
		_, err := client.Create(ctx, fresh, e.createFields(client), token(900))
		return err
	}}}
	add := func(name string, repeatable bool, do func(ctx context.Context) error) {
		list = append(list, call[C]{name, name == "Update" || name == "Delete", repeatable, do})
	}
	if u, ok := client.(crm.Updater[C]); ok && s.Change != nil {
		want := found
		fields := s.Change(&want)
		add("Update", traits.UpdateRepeatable, func(ctx context.Context) error {
			_, err := u.Update(ctx, found, want, fields)
			return err
		})
	}
	list = append(list, e.listCalls(client)...)
	if f, ok := client.(crm.Finder[C]); ok && s.FindKeys != nil {
		for _, key := range s.FindKeys(found) {
			add("Find "+kindOf(key), true, func(ctx context.Context) error {
				_, err := f.Find(ctx, []crm.Key{key})
				return err
			})
		}
	}
	if l, ok := client.(crm.Linker[C]); ok {
		for _, link := range s.Links {
			add("Resolve "+link.Kind, true, func(ctx context.Context) error {
				_, err := l.Resolve(ctx, link.Kind, []string{link.One})
				return err
			})
		}
	}
	if c, ok := client.(crm.Checker); ok {
		add("Check", true, func(ctx context.Context) error {
			_, err := c.Check(ctx)
			return err
		})
	}
	if d, ok := client.(crm.Deleter[C]); ok { // last: what it is asked for is gone then
		add("Delete", false, func(ctx context.Context) error {
			_, err := d.Delete(ctx, s.ID(found))
			return err
		})
	}
	return list
}

func kindOf(k crm.Key) string {
	switch {
	case k.ID != "":
		return "by id"
	case k.Email != "":
		return "by e-mail"
	}
	return "by phone and name"
}
