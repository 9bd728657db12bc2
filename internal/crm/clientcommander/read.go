package clientcommander

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
)

// searchSize is the most people that a search returns (https://docs.clientcommander.com/api-reference/people/search).
const searchSize = 10

// List yields all people, page by page. An answer whose count is not that of its people, or whose cursor was there
// before, is an error: people would be missed.
func (c *Client) List(ctx context.Context) iter.Seq2[crm.Page[Contact], error] {
	return func(yield func(crm.Page[Contact], error) bool) {
		seen := map[string]bool{"": true}
		for cursor := ""; ; {
			page, err := c.ListAfter(ctx, crm.Query{}, cursor)
			if err == nil && page.Count >= 0 && page.Count != len(page.Items) {
				err = brokenList(fmt.Sprintf("the answer holds %d people and says %d", len(page.Items), page.Count))
			}
			if err != nil {
				yield(crm.Page[Contact]{}, err)
				return
			}
			if !yield(crm.Page[Contact]{Items: page.Items, Total: -1}, nil) || !page.More {
				return
			}
			if seen[page.Next] {
				yield(crm.Page[Contact]{}, brokenList(fmt.Sprintf("the answer says that more people follow, but its cursor %q leads nowhere new", crm.Clip(page.Next, 100))))
				return
			}
			cursor = page.Next
			if seen[cursor] = true; len(seen) > crm.MaxHeld {
				yield(crm.Page[Contact]{}, crm.Endless(opList))
				return
			}
		}
	}
}

// ListAfter reads the page behind cursor (GET /v1/people). The vendor documents no filters of it and no order
// (https://docs.clientcommander.com/api-reference/people/list).
func (c *Client) ListAfter(ctx context.Context, q crm.Query, cursor string) (crm.CursorPage[Contact], error) {
	query := q.Values()
	query.Set("limit", strconv.Itoa(pageSize))
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	var page listJSON
	if _, err := c.api.Do(ctx, crm.Call{Op: opList, Method: http.MethodGet, Path: "/v1/people", Query: query}, &page); err != nil {
		return crm.CursorPage[Contact]{}, err
	}
	meta := page.Meta.Value
	out := crm.CursorPage[Contact]{Items: contacts(page.Data), Count: -1, More: *meta.HasMore, Next: string(meta.NextCursor)}
	if meta.Count != nil {
		out.Count = *meta.Count
	}
	return out, nil
}

const (
	opList = "list people"
	opFind = "find person"

	opStages = "find stages"
)

func brokenList(message string) error {
	return &crm.Error{Op: opList, Class: crm.WrongServer, Code: crm.CodeServer, Message: message}
}

// Find looks up one key (GET /v1/people/search). A search returns ten people at most, so that of many who share a
// phone number one may be missed: then the name is searched for as well.
func (c *Client) Find(ctx context.Context, keys []crm.Key) ([]Contact, error) {
	var found []Contact
	for _, k := range keys {
		some, err := c.search(ctx, searchFor(k))
		if err == nil && k.Phone != "" && len(some) >= searchSize && len(k.Name) > 1 {
			var more []Contact
			more, err = c.search(ctx, url.Values{"name": {k.Name}})
			some = append(some, more...)
		}
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			if !slices.ContainsFunc(found, func(f Contact) bool { return f.ID == p.ID }) {
				found = append(found, p)
			}
		}
	}
	return found, nil
}

// searchFor is the query for a key. The vendor compares addresses exactly and phone numbers "normalized".
func searchFor(k crm.Key) url.Values {
	switch {
	case k.ID != "":
		return url.Values{"id": {k.ID}}
	case k.Email != "":
		return url.Values{"email": {k.Email}}
	}
	return url.Values{"phone": {"+" + k.Phone}}
}

func (c *Client) search(ctx context.Context, query url.Values) ([]Contact, error) {
	var body foundJSON
	_, err := c.api.Do(ctx, crm.Call{Op: opFind, Method: http.MethodGet, Path: "/v1/people/search", Query: query}, &body)
	if query.Has("id") && crm.IsNotFound(err) {
		return nil, nil // which of an empty list and a 404 an unknown id gets is not documented
	}
	if err != nil {
		return nil, err
	}
	return contacts(body.Data), nil
}

// kindStages are the stages that people are in.
const kindStages = "stages"

// LinkKinds says that stages can be found, but not made.
func (c *Client) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: kindStages, One: "stage",
		Unfound: "a stage that no contact is in cannot be found by its name, as Client Commander documents no list of them: write its id, or put a contact into it there"}}
}

// Resolve finds stages by name, or by id as they stand in a cell, among those of all people: the vendor documents no
// list of stages. A stage that nobody is in is not found.
func (c *Client) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	if kind != kindStages {
		return nil, noKind(opStages, kind)
	}
	stages := map[crm.Ref]bool{}
	var held crm.Held
	for page, err := range c.List(ctx) {
		if err != nil {
			return nil, err
		}
		for _, p := range page.Items {
			if p.Stage.ID == "" || stages[p.Stage] {
				continue
			}
			stages[p.Stage] = true
			if err := held.Add(opStages, p.Stage.ID, p.Stage.Name); err != nil {
				return nil, err
			}
		}
	}
	found := map[string][]crm.Ref{}
	for _, name := range names {
		if refs := named(stages, name); len(refs) > 0 {
			found[name] = refs
		}
	}
	return found, nil
}

// named are the stages of that id, or else of that name, each id once.
func named(stages map[crm.Ref]bool, name string) []crm.Ref {
	byName := map[string]crm.Ref{}
	for s := range stages {
		if s.ID == strings.TrimSpace(name) {
			return []crm.Ref{s}
		}
		if crm.Fold(s.Name) == crm.Fold(name) {
			byName[s.ID] = s
		}
	}
	var refs []crm.Ref
	for _, s := range byName {
		refs = append(refs, s)
	}
	slices.SortFunc(refs, func(a, b crm.Ref) int { return strings.Compare(a.ID, b.ID) })
	return refs
}

// CreateLink refuses: the vendor documents no way to make a stage.
func (c *Client) CreateLink(_ context.Context, kind, _ string, _ Contact) (crm.Ref, *Contact, error) {
	return crm.Ref{}, nil, noKind("create link", kind)
}

func noKind(op, kind string) error {
	return &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Message: fmt.Sprintf("the vendor documents no way to do so for %q", kind)}
}
