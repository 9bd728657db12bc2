package crm

import (
	"context"
	"net/url"
)

// Filter is one of a vendor's own documented filters or sorts of a list, by the vendor's name.
type Filter struct {
	Name   string
	Values []string // several go out in the vendor's own form for several
}

// Query narrows a list. The zero value selects everything.
type Query struct{ Filters []Filter }

// Values is the query as parameters: a filter of one value by its name, one of several values by its name and "[]".
func (q Query) Values() url.Values {
	out := url.Values{}
	for _, f := range q.Filters {
		name := f.Name
		if len(f.Values) > 1 {
			name += "[]"
		}
		out[name] = append(out[name], f.Values...)
	}
	return out
}

// Get returns the values of a filter, nil if q does not have it.
func (q Query) Get(name string) []string {
	var values []string
	for _, f := range q.Filters {
		if f.Name == name {
			values = append(values, f.Values...)
		}
	}
	return values
}

// FilterSpec describes a filter that a vendor documents.
type FilterSpec struct {
	Name     string   // as documented: "emailAddresses.email", "createdAt[after]"
	Values   []string // all it takes, nil for any text
	Several  bool     // may be given several times
	Sort     bool     // changes the order of the list
	Archived bool     // chooses between archived and other contacts
}

// Filterer is a client of a list with documented filters.
type Filterer interface {
	Filters() []FilterSpec
}

// Section is a part of a list that is counted and paged apart: RogerRoger's archived people, the notes of one person.
// Most lists have just one, the zero value.
type Section struct {
	Name string // for people: "archived people"
	Key  string // the client's own
}

// NumberedPage is a page of a list that is read by page number.
type NumberedPage[C any] struct {
	Items []C
	// Total is the number of contacts in the section, -1 if the vendor does not say.
	Total int
	// Last is the number of the last page, as the vendor says or as the total implies. Where neither is known, it is the
	// number of the next page as long as there may be one.
	Last int
}

// Numbered is a client of a list that is read by page number.
type Numbered[C any] interface {
	// Sections lists the parts of the list that q selects; it may have to ask the vendor for them.
	Sections(ctx context.Context, q Query) ([]Section, error)
	// ListPage reads page n, from 1, of at most Traits.PageSize contacts, in an order that does not change while a
	// contact exists (created, oldest first), or in the order that q asks for; with Traits.Unordered in any order.
	ListPage(ctx context.Context, q Query, s Section, n int) (NumberedPage[C], error)
}

// CursorPage is a page of a list that is read by cursor.
type CursorPage[C any] struct {
	Items []C
	Count int    // what the vendor says Items holds, -1 if it does not say
	More  bool   // the vendor says that there is a next page
	Next  string // its cursor
}

// Cursored is a client of a list that is read by cursor.
type Cursored[C any] interface {
	// ListAfter reads the page behind cursor, "" for the first, of at most Traits.PageSize contacts.
	ListAfter(ctx context.Context, q Query, cursor string) (CursorPage[C], error)
}

// Unnamer is a client of a list whose records show names and addresses of others, which it finds in the lists of these.
type Unnamer interface {
	// Unnamed counts the others that were not found so far: what the list says of them is empty.
	Unnamed() int
}

// Suggester is a client that can show values of a field that no documented list holds, out of existing records.
type Suggester interface {
	// Suggest reads a few records and returns values of the field that they have, the most frequent first; none for a
	// field of which the client knows no better than the user.
	Suggest(ctx context.Context, field string) ([]string, error)
}
