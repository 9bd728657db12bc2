package rogerroger

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"crmferry/internal/crm"
)

// links are the tags, segments and organizations read so far.
type links struct {
	turn  turn // one reads a list, the others wait for it
	mu    sync.Mutex
	known map[string]map[string][]crm.Ref // kind, then folded name
	names map[string]map[string]string    // kind, then IRI; as they were when the list was read
}

func newLinks() links {
	return links{turn: newTurn(), known: map[string]map[string][]crm.Ref{}, names: map[string]map[string]string{}}
}

// thing is a tag, a segment or an organization.
type thing ref

// UnmarshalJSON reads the IRI and the title.
func (t *thing) UnmarshalJSON(b []byte) error { return (*ref)(t).UnmarshalJSON(b) }

// LinkKinds are tags, segments ("lists" in the vendor's own application) and organizations.
func (c *Client) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: "tags", CanCreate: true}, {Name: "segments", CanCreate: true}, {Name: "organizations", CanCreate: true}}
}

// Resolve lists all things of the kind: no filter by title is documented
// (https://developer.rogerroger.io/global/tags).
func (c *Client) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	if err := c.loadLinks(ctx, kind, true); err != nil {
		return nil, err
	}
	return c.links.find(kind, names), nil
}

// loadLinks lists all things of the kind, once unless afresh. Whoever needs them meanwhile waits.
func (c *Client) loadLinks(ctx context.Context, kind string, afresh bool) error {
	if err := c.links.turn.take(ctx); err != nil {
		return err
	}
	defer c.links.turn.pass()
	if c.links.known[kind] != nil && !afresh {
		return nil
	}
	all, err := c.listLinks(ctx, kind)
	if err != nil {
		return err
	}
	c.links.mu.Lock()
	defer c.links.mu.Unlock()
	c.links.known[kind], c.links.names[kind] = all, namesOf(all)
	return nil
}

// namesOf are the names of things by their IRIs, without those that several things bear: such a name would not lead back
// to the thing.
func namesOf(all map[string][]crm.Ref) map[string]string {
	names := map[string]string{}
	for _, refs := range all {
		if len(refs) == 1 {
			names[refs[0].ID] = strings.TrimSpace(refs[0].Name)
		}
	}
	return names
}

// nameLinks gives the tags, segments and organizations of people their names, as far as a name leads back to the thing.
func (c *Client) nameLinks(ctx context.Context, people []Person) error {
	for _, link := range []struct {
		kind string
		of   func(*Person) []crm.Ref
	}{
		{"tags", func(p *Person) []crm.Ref { return p.Tags }},
		{"segments", func(p *Person) []crm.Ref { return p.Segments }},
		{"organizations", func(p *Person) []crm.Ref { return p.Organizations }},
	} {
		if !slices.ContainsFunc(people, func(p Person) bool { return len(link.of(&p)) > 0 }) {
			continue
		}
		if err := c.loadLinks(ctx, link.kind, false); err != nil {
			return err
		}
		names := c.links.namesOf(link.kind)
		for i := range people {
			refs := link.of(&people[i])
			for j := range refs {
				refs[j].Name = names[iri(link.kind, refs[j].ID)]
			}
		}
	}
	return nil
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
		if found := l.known[kind][fold(name)]; len(found) > 0 {
			out[name] = append([]crm.Ref(nil), found...)
		}
	}
	return out
}

func (c *Client) listLinks(ctx context.Context, kind string) (map[string][]crm.Ref, error) {
	op, path := "list "+kind, "/"+kind
	first, err := getPage[thing](ctx, c, op, path, url.Values{"page": {"1"}, "itemsPerPage": {strconv.Itoa(pageSize)}})
	if err != nil {
		return nil, err
	}
	all := map[string][]crm.Ref{}
	var held crm.Held
	for page, err := range follow(ctx, c, op, path, first) {
		if err != nil {
			return nil, err
		}
		for _, t := range page.Items {
			addLink(all, crm.Ref{ID: iri(kind, t.ID), Name: t.Name})
			if err := held.Add(op, t.ID, t.Name); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// addLink adds r unless it is there already, as happens when a list changes between two of its pages.
func addLink(all map[string][]crm.Ref, r crm.Ref) {
	name := fold(r.Name)
	for _, have := range all[name] {
		if have.ID == r.ID {
			return
		}
	}
	all[name] = append(all[name], r)
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
	var made thing
	meta, err := c.api.Do(ctx, call, &made)
	if err != nil {
		return crm.Ref{}, nil, err
	}
	if !crm.IsID(made.ID) {
		return crm.Ref{}, nil, call.NoID(meta)
	}
	return crm.Ref{ID: iri(kind, made.ID), Name: name}, nil, nil
}

// fold makes titles that differ in case or outer space only the same.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// turn is a lock that a caller stops waiting for when its context ends.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (t turn) pass() { <-t }
