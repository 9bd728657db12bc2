package importer_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// fake is a vendor within the test: it answers without a network, so that hours pass at once in a bubble of
// testing/synctest. It does all that a vendor can do; the types below it show less.
type fake struct {
	traits crm.Traits
	dates  bool // contacts have the dates of their creation and change
	total  bool // a page tells how many contacts there are
	// delay is how long request n of an operation takes; nil: nothing.
	delay func() time.Duration
	// fail returns why request n (from 1) of an operation fails; "lost" in its code means that it was done all the same.
	fail func(op string, n int) error

	failing  sync.Mutex
	mu       sync.Mutex
	contacts []cloverhound.Contact
	calls    map[string]int
	tokens   map[string]int
	busy     int // writes in flight
	mostBusy int
}

func newFake() *fake {
	return &fake{traits: crm.Traits{UpdateRepeatable: true, PageSize: 100, FindBatch: 1}, total: true, calls: map[string]int{}, tokens: map[string]int{}}
}

// seed makes n contacts, the i-th with the address known.i@example.com.
func (f *fake) seed(n int) {
	for i := range n {
		f.contacts = append(f.contacts, cloverhound.Contact{ID: int64(len(f.contacts) + 1), FullName: fmt.Sprintf("Known %d", i), Email: fmt.Sprintf("known.%d@example.com", i)})
	}
}

// begin counts a request and lets it take its time.
func (f *fake) begin(ctx context.Context, op string) error {
	f.mu.Lock()
	f.calls[op]++
	n := f.calls[op]
	f.mu.Unlock()
	if f.delay != nil {
		time.Sleep(f.delay())
	}
	if f.fail != nil {
		f.failing.Lock() // it may draw from a source of chance
		err := f.fail(op, n)
		f.failing.Unlock()
		if err != nil {
			return err
		}
	}
	if ctx.Err() != nil && (op == "find" || op == "list") {
		return context.Cause(ctx)
	}
	return nil
}

// done is set in the message of errors that come after the work was done.
const doneAllTheSame = "the answer was lost"

func lost(err error) bool {
	var e *crm.Error
	return errors.As(err, &e) && e.Message == doneAllTheSame
}

func (f *fake) Traits() crm.Traits { return f.traits }

func (f *fake) Create(ctx context.Context, want cloverhound.Contact, _ crm.Fields, token string) (crm.Answer[cloverhound.Contact], error) {
	f.write(1)
	defer f.write(-1)
	err := f.begin(ctx, "create")
	if err != nil && !lost(err) {
		return crm.Answer[cloverhound.Contact]{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tokens[token]++
	if f.tokens[token] == 1 || !f.traits.Idempotent {
		want.ID = f.nextID()
		if f.dates {
			want.CreatedAt = time.Now()
			want.UpdatedAt = want.CreatedAt
		}
		f.contacts = append(f.contacts, want)
	}
	if err != nil {
		return crm.Answer[cloverhound.Contact]{}, err
	}
	return crm.Answer[cloverhound.Contact]{ID: fmt.Sprint(want.ID), Created: true, Meta: crm.Meta{Status: 201}}, nil
}

func (f *fake) nextID() int64 {
	if len(f.contacts) == 0 {
		return 1
	}
	return f.contacts[len(f.contacts)-1].ID + 1
}

func (f *fake) write(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.busy += n
	f.mostBusy = max(f.mostBusy, f.busy)
}

func (f *fake) Update(ctx context.Context, found, want cloverhound.Contact, _ crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	f.write(1)
	defer f.write(-1)
	err := f.begin(ctx, "update")
	if err != nil && !lost(err) {
		return crm.Answer[cloverhound.Contact]{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	want.ID = found.ID
	for i := range f.contacts { // some may be deleted
		if f.contacts[i].ID == found.ID {
			f.contacts[i] = want
		}
	}
	if err != nil {
		return crm.Answer[cloverhound.Contact]{}, err
	}
	return crm.Answer[cloverhound.Contact]{ID: fmt.Sprint(found.ID), Meta: crm.Meta{Status: 200}}, nil
}

func (f *fake) Find(ctx context.Context, keys []crm.Key) ([]cloverhound.Contact, error) {
	if len(keys) > f.traits.FindBatch {
		return nil, fmt.Errorf("%d keys in one request of at most %d", len(keys), f.traits.FindBatch)
	}
	if err := f.begin(ctx, "find"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []cloverhound.Contact
	for _, c := range f.contacts {
		for _, k := range keys {
			if k.ID == fmt.Sprint(c.ID) || k.ID == "" && strings.EqualFold(c.Email, k.Email) {
				found = append(found, c)
			}
		}
	}
	return found, nil
}

func (f *fake) List(ctx context.Context) iter.Seq2[crm.Page[cloverhound.Contact], error] {
	return func(yield func(crm.Page[cloverhound.Contact], error) bool) {
		for from := 0; from == 0 || from < f.count(); from += f.traits.PageSize {
			if err := f.begin(ctx, "list"); err != nil {
				yield(crm.Page[cloverhound.Contact]{}, err)
				return
			}
			if !yield(f.page(from), nil) {
				return
			}
		}
	}
}

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.contacts)
}

func (f *fake) page(from int) crm.Page[cloverhound.Contact] {
	f.mu.Lock()
	defer f.mu.Unlock()
	page := crm.Page[cloverhound.Contact]{Items: slices.Clone(f.contacts[from:min(from+f.traits.PageSize, len(f.contacts))]), Total: -1}
	if f.total {
		page.Total = len(f.contacts)
	}
	return page
}

// creates shows only that the vendor can create.
type creates struct{ f *fake }

func (c creates) Traits() crm.Traits { return c.f.traits }
func (c creates) Create(ctx context.Context, want cloverhound.Contact, fields crm.Fields, token string) (crm.Answer[cloverhound.Contact], error) {
	return c.f.Create(ctx, want, fields, token)
}

// finds can look up one by one and not list.
type finds struct{ creates }

func (c finds) Find(ctx context.Context, keys []crm.Key) ([]cloverhound.Contact, error) {
	return c.f.Find(ctx, keys)
}
func (c finds) Update(ctx context.Context, found, want cloverhound.Contact, fields crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	return c.f.Update(ctx, found, want, fields)
}

// lists can list and not look up.
type lists struct{ creates }

func (c lists) List(ctx context.Context) iter.Seq2[crm.Page[cloverhound.Contact], error] {
	return c.f.List(ctx)
}
func (c lists) Update(ctx context.Context, found, want cloverhound.Contact, fields crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	return c.f.Update(ctx, found, want, fields)
}

var (
	_ crm.Creator[cloverhound.Contact] = creates{}
	_ crm.Finder[cloverhound.Contact]  = finds{}
	_ crm.Lister[cloverhound.Contact]  = lists{}
	_ crm.Finder[cloverhound.Contact]  = &fake{}
	_ crm.Lister[cloverhound.Contact]  = &fake{}
	_ crm.Updater[cloverhound.Contact] = &fake{}
)

// outcome of one run against a fake.
type faked struct {
	results results
	summary *outcome.Summary
	plan    *importer.Plan
	err     error
	left    []int // requests left, as they were told
}

// Rows keeps what the run forecasts.
func (f *faked) Became(outcome.Outcome) {}

func (f *faked) Rows(_, left int) { f.left = append(f.left, left) }

// importInto imports a file into a fake, as it shows itself to be.
func importInto(t *testing.T, ctx context.Context, vendor crm.Creator[cloverhound.Contact], path string, o importer.Options) *faked {
	t.Helper()
	o.Path = path
	return importAny(t, ctx, mapping.CloverhoundContacts(), vendor, o)
}

// importAny imports a file into any vendor.
func importAny[C any](t *testing.T, ctx context.Context, table *mapping.Table[C], vendor crm.Creator[C], o importer.Options) *faked {
	t.Helper()
	o.Name = "in.csv"
	if o.Run == "" {
		o.Run = t.Name()
	}
	if o.Mode == "" && o.From == modes.FromFile {
		o.Mode = modes.Default(vendor)
	}
	if o.Workers == 0 {
		o.Workers = 8
	}
	im, err := importer.New(ctx, table, o)
	if err != nil {
		t.Fatal(err)
	}
	got := &faked{}
	if got.plan, got.err = im.Connect(ctx, vendor); got.err != nil {
		return got
	}
	got.summary, got.err = im.Run(ctx, &got.results, got)
	var wrong *phase.Error
	if errors.As(got.err, &wrong) {
		t.Fatal(got.err)
	}
	return got
}

// people are rows of newcomers from the first number on.
func people(first, n int) []string {
	lines := []string{"Full name,Email"}
	for i := range n {
		lines = append(lines, fmt.Sprintf("New %d,new.%d@example.com", first+i, first+i))
	}
	return lines
}

// known are rows of contacts that fake.seed made; the i-th is unchanged unless change says so.
func known(n int, change func(i int) bool) []string {
	lines := []string{"Full name,Email"}
	for i := range n {
		name := "Known"
		if change != nil && change(i) {
			name = "Changed"
		}
		lines = append(lines, fmt.Sprintf("%s %d,known.%d@example.com", name, i, i))
	}
	return lines
}

// twice fails if an address exists twice at the vendor.
func (f *fake) noneTwice(t *testing.T) {
	t.Helper()
	seen := map[string]bool{}
	for _, c := range f.contacts {
		if seen[c.Email] {
			t.Errorf("%s exists twice", c.Email)
		}
		seen[c.Email] = true
	}
}

// random is a source of its own for a test, always the same.
func random(t *testing.T) *rand.Rand {
	t.Helper()
	return rand.New(rand.NewPCG(20261121, uint64(len(t.Name()))))
}
