package exporter_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"crmferry/exporter"
	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
)

// sink keeps the ids that an export of Grow CRM's contacts wrote.
type sink struct {
	column int
	ids    []string
	fail   error
}

func (s *sink) Write(cells []cell.Cell) error {
	if s.fail != nil {
		return s.fail
	}
	s.ids = append(s.ids, cells[s.column].String())
	return nil
}

// twice lists what was written more than once.
func (s *sink) twice() []string {
	sorted := slices.Sorted(slices.Values(s.ids))
	var again []string
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			again = append(again, sorted[i])
		}
	}
	return again
}

// watcher is told how far an export is.
type watcher struct {
	met, total int
	again      []string
}

func (w *watcher) Contacts(met, total int) { w.met, w.total = met, total }
func (w *watcher) Again(list, reason string, try, tries int) {
	w.again = append(w.again, fmt.Sprintf("%s (%d of %d): %s", list, try, tries, reason))
}

// list is a page-numbered list in memory. Before each request, at is called with its number, from 1, and may change
// ids; after it, lie may change the answer.
type list struct {
	mu       sync.Mutex
	ids      []int64
	size     int
	requests int
	at       func(l *list, request int)
	lie      func(n int, p *crm.NumberedPage[growcrm.Contact]) error
	sortBy   func(a, b int64) int // for a query with a sort, and of an unordered list
	traits   crm.Traits
	sections []crm.Section
}

func newList(n, size int) *list {
	l := &list{size: size}
	for i := range n {
		l.ids = append(l.ids, int64(i+1))
	}
	return l
}

func (l *list) Traits() crm.Traits {
	l.traits.PageSize = l.size
	return l.traits
}

func (l *list) Filters() []crm.FilterSpec {
	return []crm.FilterSpec{{Name: "sort", Sort: true}, {Name: "search"}}
}

func (l *list) Sections(context.Context, crm.Query) ([]crm.Section, error) {
	if l.sections != nil {
		return l.sections, nil
	}
	return make([]crm.Section, 1), nil
}

func (l *list) ListPage(ctx context.Context, q crm.Query, s crm.Section, n int) (crm.NumberedPage[growcrm.Contact], error) {
	if ctx.Err() != nil {
		return crm.NumberedPage[growcrm.Contact]{}, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests++
	if l.at != nil {
		l.at(l, l.requests)
	}
	ids := l.ids
	if q.Get("sort") != nil || l.traits.Unordered && l.sortBy != nil {
		ids = slices.SortedStableFunc(slices.Values(ids), l.sortBy)
	}
	from := min((n-1)*l.size, len(ids))
	p := crm.NumberedPage[growcrm.Contact]{Total: len(ids), Last: max((len(ids)+l.size-1)/l.size, 1)}
	for _, id := range ids[from:min(from+l.size, len(ids))] {
		p.Items = append(p.Items, growcrm.Contact{ID: id})
	}
	if l.lie != nil {
		if err := l.lie(n, &p); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (l *list) remove(id int64) {
	l.ids = slices.DeleteFunc(slices.Clone(l.ids), func(other int64) bool { return other == id })
}

func (l *list) add(id int64) { l.ids = append(slices.Clone(l.ids), id) }

// result is what an export ended with.
type result struct {
	sink
	watch watcher
	*exporter.Summary
	err error
}

// missing lists those of ids that were not written.
func (r *result) missing(ids []int64) []string {
	written := map[string]bool{}
	for _, id := range r.ids {
		written[id] = true
	}
	var missing []string
	for _, id := range ids {
		if !written[fmt.Sprint(id)] {
			missing = append(missing, fmt.Sprint(id))
		}
	}
	return missing
}

func export(t testing.TB, client any, o exporter.Options) *result {
	t.Helper()
	if o.Workers == 0 {
		o.Workers = 4
	}
	return exportTo(t, client, o, &result{})
}

func exportTo(t testing.TB, client any, o exporter.Options, r *result) *result {
	t.Helper()
	r.Summary, r.err = newExporter(t, client, o, r).Run(t.Context(), &r.sink, &r.watch)
	return r
}

func newExporter(t testing.TB, client any, o exporter.Options, r *result) *exporter.Exporter[growcrm.Contact] {
	t.Helper()
	e, err := exporter.New(mapping.GrowContacts(), client, o)
	if err != nil {
		t.Fatal(err)
	}
	r.column = slices.IndexFunc(e.Columns(), func(c mapping.ExportColumn) bool { return c.Name == "id" })
	return e
}

// incomplete checks that an export failed because it could not be shown to be complete, and returns why.
func (r *result) incomplete(t *testing.T) *exporter.IncompleteError {
	t.Helper()
	var e *exporter.IncompleteError
	if !errors.Is(r.err, exporter.ErrIncomplete) || !errors.As(r.err, &e) {
		t.Fatalf("error %v, want ErrIncomplete", r.err)
	}
	return e
}
