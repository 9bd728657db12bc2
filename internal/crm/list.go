package crm

import "context"

// Filter is one of a vendor's own documented filters or sorts of a list, by the vendor's name.
type Filter struct {
	Name   string
	Values []string // several go out in the vendor's own form for several
}

// Query narrows a list. The zero value selects everything.
type Query struct{ Filters []Filter }

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
	Total int // contacts in the section
	Last  int // number of the last page, as the vendor says or as the total implies
}

// Numbered is a client of a list that is read by page number.
type Numbered[C any] interface {
	// Sections lists the parts of the list that q selects; it may have to ask the vendor for them.
	Sections(ctx context.Context, q Query) ([]Section, error)
	// ListPage reads page n, from 1, of at most Traits.PageSize contacts, in an order that does not change while a
	// contact exists (created, oldest first), or in the order that q asks for.
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
