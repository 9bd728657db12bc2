package rogerroger

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

// maxURL is how long, in bytes, the URL of a look-up may be. The vendor documents no limit; servers commonly take 8 KB.
const maxURL = 4000

// Find looks people up: by id one request each; by e-mail address or phone number up to 30 with one request (two, if
// the account has archived people who are not found otherwise). Archived people are found too. Tags, segments and
// organizations have their names where those were listed before.
func (c *Client) Find(ctx context.Context, keys []crm.Key) ([]Person, error) {
	found, err := c.find(ctx, keys)
	nameKnown(c, found, personLinks())
	return found, err
}

func (c *Client) find(ctx context.Context, keys []crm.Key) ([]Person, error) {
	switch {
	case len(keys) == 0:
		return nil, nil
	case keys[0].ID != "":
		return c.findIDs(ctx, keys)
	}
	k := kindOf(keys[0])
	how, err := c.plan(ctx, k)
	switch {
	case err != nil:
		return nil, err
	case how.everybody != nil:
		return carriers(how.everybody, k.values(keys), k), nil
	case how.param == "":
		return c.findAmongAll(ctx, k, keys)
	}
	var found people
	for _, batch := range c.batches(how.param, k.values(keys)) {
		for _, archived := range how.passes() {
			if err := c.search(ctx, query(how.param, batch, archived), &found); err != nil {
				return nil, err
			}
		}
	}
	return found.list, nil
}

// findIDs reads people one by one (GET /people/{id}).
func (c *Client) findIDs(ctx context.Context, keys []crm.Key) ([]Person, error) {
	var found people
	for _, key := range keys {
		if !isPathPart(lastPart(key.ID)) {
			continue
		}
		p, err := c.readPerson(ctx, key.ID)
		if crm.IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found.add(p)
	}
	return found.list, nil
}

// readPerson reads a person by id or IRI.
func (c *Client) readPerson(ctx context.Context, id string) (Person, error) {
	got := answer[Person]{asked: lastPart(id)}
	_, err := c.api.Do(ctx, crm.Call{Op: "read person", Method: http.MethodGet, Path: personPath(id)}, &got)
	return got.record, err
}

// findAmongAll lists everybody: the way that needs no filter.
func (c *Client) findAmongAll(ctx context.Context, k kind, keys []crm.Key) ([]Person, error) {
	values := k.values(keys)
	var found people
	for page, err := range c.List(ctx) {
		if err != nil {
			return nil, err
		}
		found.add(carriers(page.Items, values, k)...)
	}
	return found.list, nil
}

// search adds to found all people on all pages that answer q.
func (c *Client) search(ctx context.Context, q url.Values, found *people) error {
	const op = "find people"
	first, err := getPage[Person](ctx, c, op, "/people", q)
	if err != nil {
		return err
	}
	n := 0
	for page, err := range follow(ctx, c, op, "/people", first) {
		if err != nil {
			return err
		}
		if n += len(page.Items); n > crm.MaxHeld {
			return crm.Endless(op)
		}
		found.add(page.Items...)
	}
	if n < first.Total { // whoever is missing would be created again
		return &crm.Error{Op: op, Class: crm.Transient, Code: crm.CodeServer,
			Message: strconv.Itoa(n) + " of " + strconv.Itoa(first.Total) + " people came"}
	}
	return nil
}

// batches splits values so that one request takes no more than 30 and its URL stays within maxURL.
func (c *Client) batches(param string, values []string) [][]string {
	var out [][]string
	start := 0
	for end := 1; end <= len(values); end++ {
		fits := end-start <= findBatch && c.length(query(param, values[start:end], "false")) <= maxURL
		if !fits && end-start > 1 {
			out = append(out, values[start:end-1])
			start = end - 1
		}
	}
	if start < len(values) {
		out = append(out, values[start:])
	}
	return out
}

func (c *Client) length(q url.Values) int {
	return len(c.api.Base.String()) + len("/people?") + len(q.Encode())
}

// people collects people, each once.
type people struct {
	list []Person
	seen map[string]bool
}

func (s *people) add(list ...Person) {
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	for _, p := range list {
		if p.ID != "" && s.seen[p.ID] {
			continue
		}
		s.seen[p.ID] = true
		s.list = append(s.list, p)
	}
}

// passes are the values of exists[archivedAt] to ask with, "" for a question without it.
func (p plan) passes() []string {
	if p.archive == archiveSeparate {
		return []string{"false", "true"}
	}
	return []string{""}
}
