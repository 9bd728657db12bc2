package crmtest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"crmferry/internal/crm"
)

// Paging tries what package crm promises of a list that an export reads page by page. A Suite does so by itself; this
// is for clients that can do no more than list.
type Paging[C any] struct {
	// Client implements crm.Numbered or crm.Cursored of a list of more than a page.
	Client any
	// PageSize is the most contacts on a page.
	PageSize int
	// ID is the id of a contact.
	ID func(c C) string
	// FilterValues are values to try, by filter, for filters that take any text; two for those that take several.
	FilterValues map[string][]string
}

// Run runs all definitions but those that need a contact to be made.
func (p Paging[C]) Run(t *testing.T) {
	t.Run("pages make up the list", func(t *testing.T) { p.complete(t) })
	t.Run("filters", func(t *testing.T) { p.filters(t) })
}

func (e *env[C]) paging() Paging[C] {
	return Paging[C]{Client: e.good, PageSize: e.good.Traits().PageSize, ID: e.ID, FilterValues: e.FilterValues}
}

// readPages reads page after page of one section, or by cursor.
func (p Paging[C]) readPages(t *testing.T, q crm.Query) (bySection [][]string) {
	t.Helper()
	if c, ok := p.Client.(crm.Cursored[C]); ok {
		return [][]string{p.follow(t, c, q)}
	}
	numbered, ok := p.Client.(crm.Numbered[C])
	if !ok {
		t.Skip("the client lists nothing page by page")
	}
	sections, err := numbered.Sections(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections {
		bySection = append(bySection, p.section(t, numbered, q, s))
	}
	return bySection
}

func (p Paging[C]) section(t *testing.T, client crm.Numbered[C], q crm.Query, s crm.Section) (ids []string) {
	t.Helper()
	total := -1
	for n, last := 1, 1; n <= last; n++ {
		page, err := client.ListPage(t.Context(), q, s, n)
		if err != nil {
			t.Fatal(err)
		}
		if page.Last < last && n > 1 && page.Total >= 0 {
			t.Errorf("page %d says that %d is the last, the one before said %d", n, page.Last, last)
		}
		last, total = page.Last, page.Total
		ids = append(ids, p.page(t, page.Items)...)
	}
	if total >= 0 && total != len(ids) {
		t.Errorf("section %q has %d contacts and says %d", s.Name, len(ids), total)
	}
	return ids
}

func (p Paging[C]) follow(t *testing.T, client crm.Cursored[C], q crm.Query) (ids []string) {
	t.Helper()
	seen := map[string]bool{}
	for cursor := ""; ; {
		page, err := client.ListAfter(t.Context(), q, cursor)
		if err != nil {
			t.Fatal(err)
		}
		if page.Count >= 0 && page.Count != len(page.Items) {
			t.Errorf("a page has %d contacts and says %d", len(page.Items), page.Count)
		}
		ids = append(ids, p.page(t, page.Items)...)
		if !page.More {
			return ids
		}
		if cursor = page.Next; cursor == "" || seen[cursor] {
			t.Fatalf("cursor %q leads nowhere new", cursor)
		}
		seen[cursor] = true
	}
}

func (p Paging[C]) page(t *testing.T, items []C) (ids []string) {
	t.Helper()
	if len(items) > p.PageSize {
		t.Errorf("a page has %d contacts, more than %d", len(items), p.PageSize)
	}
	for _, c := range items {
		ids = append(ids, p.ID(c))
	}
	return ids
}

func (p Paging[C]) complete(t *testing.T) {
	all := slices.Concat(p.readPages(t, crm.Query{})...)
	if len(all) <= p.PageSize {
		t.Errorf("the simulation has %d contacts, too few for two pages of %d", len(all), p.PageSize)
	}
	slices.Sort(all)
	if distinct := slices.Compact(slices.Clone(all)); len(distinct) != len(all) || len(all) > 0 && all[0] == "" {
		t.Errorf("%d contacts listed, of which %d differ", len(all), len(distinct))
	}
}

// filters asks for a page by each filter: the simulations refuse what is not documented.
func (p Paging[C]) filters(t *testing.T) {
	filterer, ok := p.Client.(crm.Filterer)
	if !ok {
		t.Skip("the vendor documents no filters")
	}
	known := map[string]bool{}
	for _, spec := range filterer.Filters() {
		t.Run(spec.Name, func(t *testing.T) {
			if known[spec.Name] {
				t.Error("it is there twice")
			}
			known[spec.Name] = true
			values := spec.Values
			if values == nil {
				values = p.FilterValues[spec.Name]
			}
			if len(values) == 0 {
				t.Fatal("there is no value to try")
			}
			for _, v := range values {
				p.readPages(t, crm.Query{Filters: []crm.Filter{{Name: spec.Name, Values: []string{v}}}})
			}
			if spec.Several {
				p.readPages(t, crm.Query{Filters: []crm.Filter{{Name: spec.Name, Values: values}}})
			}
		})
	}
	for name := range p.FilterValues {
		if !known[name] {
			t.Errorf("%q is no filter", name)
		}
	}
}

func testPages[C any](t *testing.T, e *env[C]) {
	p := e.paging()
	made := 3
	if _, ok := e.good.(crm.Lister[C]); !ok { // then the simulation may have too few
		made = p.PageSize
	}
	for i := range made {
		e.make(t, i)
	}
	p.complete(t)
	if l, ok := e.good.(crm.Lister[C]); ok {
		paged, listed := slices.Concat(p.readPages(t, crm.Query{})...), []string(nil)
		for _, c := range e.all(t, l) {
			listed = append(listed, e.ID(c))
		}
		if !slices.Equal(paged, listed) {
			t.Errorf("%d contacts page by page, %d by List, or in another order", len(paged), len(listed))
		}
	}
}

// testPagesStay adds a contact: it comes last, and nobody moves.
func testPagesStay[C any](t *testing.T, e *env[C]) {
	if _, ok := e.good.(crm.Numbered[C]); !ok {
		t.Skip("the client lists nothing by page number")
	}
	e.make(t, 0)
	before := e.paging().readPages(t, crm.Query{})
	made := e.ID(e.make(t, 1))
	after := e.paging().readPages(t, crm.Query{})
	if len(before) != len(after) {
		t.Fatalf("%d sections became %d", len(before), len(after))
	}
	for i, ids := range before {
		if slices.Equal(ids, after[i]) {
			continue
		}
		if !slices.Equal(append(slices.Clip(ids), made), after[i]) {
			t.Errorf("section %d: %d contacts and one more are not those, in that order, that are listed now", i, len(ids))
		}
	}
}

func testFilters[C any](t *testing.T, e *env[C]) { e.paging().filters(t) }

// testNoList lets the server answer with JSON that is no list: it must not look like a list of nobody.
func testNoList[C any](t *testing.T, e *env[C]) {
	for _, body := range []string{`{}`, `{"message": "Welcome"}`, `{"data": null, "member": null, "meta": null}`} {
		e.answer(200, typeJSON, body)
		for _, c := range e.listCalls(e.good) {
			if err := c.do(context.Background()); crm.ClassOf(err) != crm.WrongServer {
				t.Errorf("%s: %s: %v", c.name, body, err)
			}
		}
	}
}

// listCalls lists the ways in which client can be asked for a list.
func (e *env[C]) listCalls(client crm.Creator[C]) (list []call[C]) {
	add := func(name string, do func(ctx context.Context) error) {
		list = append(list, call[C]{name, false, true, do})
	}
	if l, ok := client.(crm.Lister[C]); ok {
		add("List", func(ctx context.Context) error {
			for _, err := range l.List(ctx) {
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	if l, ok := client.(crm.Cursored[C]); ok {
		add("ListAfter", func(ctx context.Context) error {
			_, err := l.ListAfter(ctx, crm.Query{}, "")
			return err
		})
	}
	if l, ok := client.(crm.Numbered[C]); ok {
		add("ListPage", func(ctx context.Context) error {
			sections, err := l.Sections(ctx, crm.Query{})
			if err != nil {
				return err
			}
			if len(sections) == 0 {
				return fmt.Errorf("the list has no sections")
			}
			_, err = l.ListPage(ctx, crm.Query{}, sections[0], 1)
			return err
		})
	}
	return list
}
