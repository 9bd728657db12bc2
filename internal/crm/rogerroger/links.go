package rogerroger

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
)

// LinkKinds are tags, segments ("lists" in the vendor's own application) and organizations.
func (c *Client) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: "tags", One: "tag", CanCreate: true}, {Name: "segments", One: "segment", CanCreate: true}, {Name: "organizations", One: "organization", CanCreate: true}}
}

// Resolve lists all things of the kind: no filter by title is documented
// (https://developer.rogerroger.io/global/tags). That organizations are listed as tags are is not documented: the vendor's
// own clients do it.
func (c *Client) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	if err := c.loadLinks(ctx, kind, true); err != nil {
		return nil, err
	}
	return c.links.find(kind, names), nil
}

// loadLinks lists all things of the kind, once unless afresh. Whoever needs them meanwhile waits.
func (c *Client) loadLinks(ctx context.Context, kind string, afresh bool) error {
	if err := c.links.turn.Take(ctx); err != nil {
		return err
	}
	defer c.links.turn.Pass()
	if c.links.known[kind] != nil && !afresh {
		return nil
	}
	all, numbers, err := c.listLinks(ctx, kind)
	if err != nil {
		return err
	}
	c.links.mu.Lock()
	defer c.links.mu.Unlock()
	c.links.known[kind], c.links.names[kind] = all, namesOf(all)
	if kind == "organizations" {
		c.links.numbers = numbers
	}
	return nil
}

// linked are the things of a kind that records are linked to.
type linked[T any] struct {
	kind string
	of   func(*T) []crm.Ref
}

func personLinks() []linked[Person] {
	return []linked[Person]{
		{"tags", func(p *Person) []crm.Ref { return p.Tags }},
		{"segments", func(p *Person) []crm.Ref { return p.Segments }},
		{"organizations", func(p *Person) []crm.Ref { return p.Organizations }},
	}
}

// nameLinks gives the things that records are linked to their names, as far as a name leads back to the thing.
func nameLinks[T any](ctx context.Context, c *Client, records []T, links []linked[T]) error {
	for _, link := range links {
		if !slices.ContainsFunc(records, func(r T) bool { return len(link.of(&r)) > 0 }) {
			continue
		}
		if err := c.loadLinks(ctx, link.kind, false); err != nil {
			return err
		}
	}
	nameKnown(c, records, links)
	return nil
}

// nameKnown is nameLinks without a request: things of a kind that was not listed so far get none.
func nameKnown[T any](c *Client, records []T, links []linked[T]) {
	for _, link := range links {
		names := c.links.namesOf(link.kind)
		if names == nil {
			continue
		}
		for i := range records {
			refs := link.of(&records[i])
			for j := range refs {
				refs[j].Name = names[iri(link.kind, refs[j].ID)]
			}
		}
	}
}

// namesOf are the names of a kind by IRI; never written once they were read.
func (l *links) namesOf(kind string) map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.names[kind]
}

func (l *links) find(kind string, names []string) map[string][]crm.Ref {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[string][]crm.Ref{}
	for _, name := range names {
		found := l.known[kind][crm.Fold(name)]
		if len(found) == 0 && kind == "organizations" { // their users may know them by number
			found = l.numbers[crm.Fold(name)]
		}
		if len(found) > 0 {
			out[name] = append([]crm.Ref(nil), found...)
		}
	}
	return out
}

func (c *Client) listLinks(ctx context.Context, kind string) (all, numbers map[string][]crm.Ref, err error) {
	op, path := "list "+kind, "/"+kind
	first, err := getPage[thing](ctx, c, op, path, url.Values{"page": {"1"}, "itemsPerPage": {strconv.Itoa(pageSize)}})
	if err != nil {
		return nil, nil, err
	}
	all, numbers = map[string][]crm.Ref{}, map[string][]crm.Ref{}
	var held crm.Held
	for page, err := range follow(ctx, c, op, path, first) {
		if err != nil {
			return nil, nil, err
		}
		for _, t := range page.Items {
			r := crm.Ref{ID: iri(kind, t.ID), Name: t.Name}
			addLink(all, r.Name, r)
			if t.number != "" {
				addLink(numbers, t.number, r)
			}
			if err := held.Add(op, t.ID, t.Name, t.number); err != nil {
				return nil, nil, err
			}
		}
	}
	return all, numbers, nil
}

// CreateLink makes a tag, segment or organization of that title. A segment needs an icon, which no row has: it gets
// the vendor's own example, a star.
func (c *Client) CreateLink(ctx context.Context, kind, name string, _ Person) (crm.Ref, *Person, error) {
	body := object{"title": name}
	if kind == "segments" {
		body["icon"] = "star"
	}
	call := crm.Call{Op: "create " + strings.TrimSuffix(kind, "s"), Method: http.MethodPost, Path: "/" + kind,
		ContentType: typeLD, Body: crm.JSON(body)}
	var made answer[thing]
	if _, err := c.api.Do(ctx, call, &made); err != nil {
		return crm.Ref{}, nil, err
	}
	return crm.Ref{ID: iri(kind, made.record.ID), Name: name}, nil, nil
}
