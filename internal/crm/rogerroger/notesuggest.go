package rogerroger

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
)

// Suggest returns the categories or authors of notes that were read before; if none was, those of a few people's notes.
func (c *Notes) Suggest(ctx context.Context, field string) ([]string, error) {
	if _, ok := c.seen.counts[field]; !ok {
		return nil, nil
	}
	if err := c.seen.turn.Take(ctx); err != nil {
		return nil, err
	}
	defer c.seen.turn.Pass()
	if values := c.seen.of(field); len(values) > 0 || c.seen.tried {
		return values, nil
	}
	for _, order := range []string{"desc", "asc"} { // those who were last added may have no notes yet
		if err := c.sample(ctx, order); err != nil {
			return nil, err
		}
		if values := c.seen.of(field); len(values) > 0 {
			return values, nil
		}
	}
	c.seen.tried = true
	return nil, nil
}

// sample reads the notes of the first people in an order of creation.
func (c *Notes) sample(ctx context.Context, order string) error {
	q := url.Values{"page": {"1"}, "itemsPerPage": {strconv.Itoa(sampled)}, orderCreated: {order}}
	people, err := getPage[Person](ctx, c.people, opPeople, "/people", q)
	if err != nil {
		return err
	}
	for _, p := range people.Items {
		if _, err := c.all(ctx, noteOf(p)); err != nil {
			return err
		}
	}
	return nil
}

// explain adds to the refusal of a category or an author which ones there are.
func (c *Notes) explain(ctx context.Context, err error) error {
	var e *crm.Error
	if !errors.As(err, &e) || e.Class != crm.Permanent {
		return err
	}
	for field, kind := range map[string]string{"category": "note_categories", "author": "users"} {
		if !mentions(e, field, kind) {
			continue
		}
		values, failed := c.Suggest(ctx, field)
		if failed != nil || len(values) == 0 {
			continue // the refusal tells more than that
		}
		hint := "existing notes have " + field + " " + strings.Join(values, ", ")
		explained := *e
		explained.Message = strings.TrimSpace(e.Message + "; " + hint)
		if i := slices.IndexFunc(e.Problems, func(p crm.FieldProblem) bool { return p.Field == field }); i >= 0 {
			explained.Problems = slices.Clone(e.Problems)
			explained.Problems[i].Message += "; " + hint
			explained.Message = e.Message
		}
		return &explained
	}
	return err
}

// mentions reports whether a refusal is about a field, or about the IRI of a kind of thing.
func mentions(e *crm.Error, field, kind string) bool {
	return strings.Contains(e.Message, "/"+kind+"/") || strings.HasPrefix(e.Message, field+":") ||
		slices.ContainsFunc(e.Problems, func(p crm.FieldProblem) bool { return p.Field == field })
}
