package crmtest

import (
	"context"
	"net/http"
	"net/url"
	"slices"
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
	// Orphan puts a sample on what the simulation does not have; nil where nothing is on anything.
	Orphan func(c *C)
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

	// BareLists: no form of a list is documented, so that an empty array counts as an empty list.
	BareLists bool

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
		{"ids are proved", testProve[C]},
		{"on what is not there", testOrphan[C]},
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
		{"JSON of another shape", testForeignJSON[C]},
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
	list := slices.Concat(e.writeCalls(client, found), e.listCalls(client))
	read := func(name string, do func(ctx context.Context) error) {
		list = append(list, call[C]{name, false, true, do})
	}
	if f, ok := client.(crm.Finder[C]); ok && e.FindKeys != nil {
		for _, key := range e.FindKeys(found) {
			read("Find "+kindOf(key), func(ctx context.Context) error {
				_, err := f.Find(ctx, []crm.Key{key})
				return err
			})
		}
	}
	if l, ok := client.(crm.Linker[C]); ok {
		for _, link := range e.Links {
			read("Resolve "+link.Kind, func(ctx context.Context) error {
				_, err := l.Resolve(ctx, link.Kind, []string{link.One})
				return err
			})
		}
	}
	if c, ok := client.(crm.Checker); ok {
		read("Check", func(ctx context.Context) error {
			_, err := c.Check(ctx)
			return err
		})
	}
	if d, ok := client.(crm.Deleter[C]); ok { // last: what it is asked for is gone then
		list = append(list, call[C]{"Delete", true, false, func(ctx context.Context) error {
			_, err := d.Delete(ctx, e.ID(found))
			return err
		}})
	}
	return list
}

// writeCalls lists the ways in which client can write.
func (e *env[C]) writeCalls(client crm.Creator[C], found C) (list []call[C]) {
	fresh := e.Sample(900)
	add := func(name string, repeatable bool, do func(ctx context.Context) error) {
		list = append(list, call[C]{name, true, repeatable, do})
	}
	add("Create", false, func(ctx context.Context) error {
		_, err := client.Create(ctx, fresh, e.createFields(client), token(900))
		return err
	})
	if u, ok := client.(crm.Updater[C]); ok && e.Change != nil {
		want := found
		fields := e.Change(&want)
		add("Update", client.Traits().UpdateRepeatable, func(ctx context.Context) error {
			_, err := u.Update(ctx, found, want, fields)
			return err
		})
	}
	if st, ok := client.(crm.Stepper[C]); ok {
		for _, step := range st.Steps(nil, fresh, e.Fields) {
			add("Do "+step.Name, true, func(ctx context.Context) error {
				_, err := st.Do(ctx, step, e.ID(found), nil, fresh)
				return err
			})
		}
	}
	if l, ok := client.(crm.Linker[C]); ok {
		for _, kind := range l.LinkKinds() {
			if kind.CanCreate {
				add("CreateLink "+kind.Name, false, func(ctx context.Context) error {
					_, _, err := l.CreateLink(ctx, kind.Name, "Nobody's yet", e.Sample(901))
					return err
				})
			}
		}
	}
	return list
}

func kindOf(k crm.Key) string {
	switch {
	case k.ID != "":
		return "by id"
	case k.Email != "":
		return "by e-mail"
	case k.IsName():
		return "by name"
	}
	return "by phone and name"
}
