package cloverhound

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"crmferry/internal/crm"
)

var (
	_ crm.Creator[Contact]  = (*Undocumented)(nil)
	_ crm.Lister[Contact]   = (*Undocumented)(nil)
	_ crm.Numbered[Contact] = (*Undocumented)(nil)
	_ crm.Updater[Contact]  = (*Undocumented)(nil)
)

// Undocumented adds to a client what the vendor does not document: reading and changing contacts the way Rails
// applications usually let one. The create page mentions that updates exist; their method and path, and everything
// about lists, are conventions. It is for users who asked for it.
type Undocumented struct{ *Client }

// NewUndocumented returns a client of one organization that also lists, reads and updates. It sends nothing.
func NewUndocumented(c Config) *Undocumented { return &Undocumented{Client: New(c)} }

// Traits says that an update cannot be repeated without thought: a phone that it adds would be added twice. How many
// contacts a page holds is for the server to say, and in which order they stand; 25 is what a common pager of Rails takes
// for a page.
func (c *Undocumented) Traits() crm.Traits {
	return crm.Traits{PageSize: 25, Paging: []string{"page"}, Unordered: true}
}

// List yields all contacts (GET /{organization_id}/contacts?page=N, undocumented convention), each once. It ends at a page
// on which nobody is new: an empty one, or the same again from a server that does not page at all. That a page is
// shorter than the one before proves nothing, as its full length is not documented.
func (c *Undocumented) List(ctx context.Context) iter.Seq2[crm.Page[Contact], error] {
	return func(yield func(crm.Page[Contact], error) bool) {
		seen := map[int64]bool{}
		for n := 1; ; n++ {
			items, err := c.page(ctx, n)
			if err != nil {
				yield(crm.Page[Contact]{}, err)
				return
			}
			items = slices.DeleteFunc(items, func(k Contact) bool { return seen[k.ID] })
			if n > 1 && len(items) == 0 {
				return
			}
			for _, k := range items {
				seen[k.ID] = true
			}
			if !yield(crm.Page[Contact]{Items: items, Total: -1}, nil) || len(items) == 0 {
				return
			}
			if n >= crm.MaxHeld {
				yield(crm.Page[Contact]{}, crm.Endless("list contacts"))
				return
			}
		}
	}
}

// Sections is the list as a whole.
func (c *Undocumented) Sections(context.Context, crm.Query) ([]crm.Section, error) {
	return make([]crm.Section, 1), nil
}

// ListPage reads page n of GET /{organization_id}/contacts?page=N (undocumented convention). Neither the number of
// contacts nor that of pages is known: only an empty page is the last.
func (c *Undocumented) ListPage(ctx context.Context, q crm.Query, _ crm.Section, n int) (crm.NumberedPage[Contact], error) {
	items, err := c.page(ctx, n)
	if err != nil {
		return crm.NumberedPage[Contact]{}, err
	}
	out := crm.NumberedPage[Contact]{Items: items, Total: -1, Last: n}
	if len(items) > 0 {
		out.Last = n + 1
	}
	return out, nil
}

func (c *Undocumented) page(ctx context.Context, n int) ([]Contact, error) {
	call := crm.Call{Op: "list contacts", Method: http.MethodGet, Path: c.path, Query: url.Values{"page": {strconv.Itoa(n)}}}
	var page wirePage
	_, err := c.api.Do(ctx, call, &page)
	return page.contacts, err
}

// Get reads one contact (GET /{organization_id}/contacts/{id}, undocumented convention).
func (c *Undocumented) Get(ctx context.Context, id string) (Contact, error) {
	call := crm.Call{Op: "read contact", Method: http.MethodGet, Path: c.path + "/" + url.PathEscape(id)}
	var got wireAnswer
	_, err := c.api.Do(ctx, call, &got)
	return got.contact, err
}

// Update changes the given fields (PATCH /{organization_id}/contacts/{id}, undocumented convention). Phones are nested
// attributes: known numbers keep their id, those that want has not are destroyed, the others are added.
func (c *Undocumented) Update(ctx context.Context, found, want Contact, fields crm.Fields) (crm.Answer[Contact], error) {
	const op = "update contact"
	if found.ID == 0 {
		return crm.Answer[Contact]{}, &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Message: "the contact has no id"}
	}
	body, adds := encodePatch(found, want, fields)
	return c.write(ctx, crm.Call{Op: op, Method: http.MethodPatch, Path: c.path + "/" + found.id(),
		Body: body, Repeatable: !adds}, found.ID)
}
