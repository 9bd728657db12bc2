package growcrm

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

// Kinds of things that leads are linked to.
const (
	kindStatuses   = "statuses"
	kindCategories = "categories"
	kindTeam       = "team"
)

// LinkKinds are the statuses and categories of leads, and the members of the team whom they are assigned to.
func (c *Leads) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{
		{Name: kindStatuses, One: "status", Unfound: "a status that no lead has cannot be found by name, as Grow CRM documents no list of them: write its id" + c.knownStatuses()},
		{Name: kindCategories, One: "category of leads", Unfound: "categories of clients and other records are none of leads"},
		{Name: kindTeam, One: "team member"},
	}
}

// mostStatuses is how many statuses are named.
const mostStatuses = 12

// knownStatuses names the statuses that leads have, with their ids, once they were read.
func (c *Leads) knownStatuses() string {
	all := c.listed.Load()
	if all == nil || len(*all) == 0 {
		return ""
	}
	var words []string
	for _, s := range (*all)[:min(len(*all), mostStatuses)] {
		words = append(words, fmt.Sprintf("%s (%s)", s.ref.Name, s.ref.ID))
	}
	if more := len(*all) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return "; leads have " + strings.Join(words, ", ")
}

// Resolve finds categories by name, members of the team by e-mail address or full name, and statuses by the title that a lead
// shows: the vendor documents no list of statuses.
func (c *Leads) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	var all []named
	var err error
	switch kind {
	case kindStatuses:
		all, err = c.statuses(ctx)
	case kindCategories:
		all, err = c.categories(ctx)
	case kindTeam:
		all, err = c.team(ctx)
	default:
		return nil, checkKind("find "+kind, kind)
	}
	return bearers(all, names), err
}

// named is a thing and what it is called.
type named struct {
	ref   crm.Ref
	names []string
}

// bearers chooses the things that bear one of the names, each once.
func bearers(all []named, names []string) map[string][]crm.Ref {
	byName := map[string][]crm.Ref{}
	for _, thing := range all {
		for _, name := range thing.names {
			if key := crm.Fold(name); key != "" && !slices.ContainsFunc(byName[key], func(r crm.Ref) bool { return r.ID == thing.ref.ID }) {
				byName[key] = append(byName[key], thing.ref)
			}
		}
	}
	found := map[string][]crm.Ref{}
	for _, name := range names {
		if refs := byName[crm.Fold(name)]; len(refs) > 0 {
			found[name] = refs
		}
	}
	return found
}

// statuses are those of the leads that exist.
func (c *Leads) statuses(ctx context.Context) ([]named, error) {
	seen := map[string]bool{}
	var all []named
	for page, err := range c.List(ctx) {
		if err != nil {
			return nil, err
		}
		for _, l := range page.Items {
			if s := l.Status; s.ID != "" && !seen[s.ID] {
				seen[s.ID] = true
				all = append(all, named{s, []string{s.Name}})
			}
		}
	}
	c.listed.Store(&all)
	return all, nil
}

// categoryType is the type of categories of leads. The vendor's page names others as examples, and not this one.
const categoryType = "lead"

// categories are those of leads (GET /categories).
func (c *Leads) categories(ctx context.Context) ([]named, error) {
	query := url.Values{"type": {categoryType}, "sort": {"category_created"}, "order": {"asc"}}
	return namedIn(ctx, c.client, "find categories", "/categories", query, categoryJSON.named)
}

// team are the users whom leads can be assigned to (GET /team).
func (c *Leads) team(ctx context.Context) ([]named, error) {
	return namedIn(ctx, c.client, "find team members", "/team", url.Values{"sort": {"created"}, "order": {"asc"}}, func(j memberJSON) (crm.Ref, []string) {
		name := cmp.Or(string(j.Name), string(j.FirstName)+" "+string(j.LastName))
		return crm.Ref{ID: string(j.ID), Name: name}, []string{name, string(j.Email)}
	})
}

// categoryJSON is what is read of a category.
type categoryJSON struct {
	ID   crm.Text `json:"id"`
	Name crm.Text `json:"name"`
}

func (j categoryJSON) RecordID() string { return string(j.ID) }

func (j categoryJSON) named() (crm.Ref, []string) {
	return crm.Ref{ID: string(j.ID), Name: string(j.Name)}, []string{string(j.Name)}
}

// namedIn reads a whole list of things.
func namedIn[W answers.Record](ctx context.Context, c *Client, op, path string, query url.Values, read func(W) (crm.Ref, []string)) ([]named, error) {
	var all []named
	var held crm.Held
	for page, err := range answers.Pages[W](ctx, &c.api, op, path, query) {
		if err != nil {
			return nil, err
		}
		for _, j := range page.Data {
			ref, names := read(j)
			if err := held.Add(op, append(names, ref.ID)...); err != nil {
				return nil, err
			}
			all = append(all, named{ref, names})
		}
	}
	return all, nil
}

// named finds leads by title or e-mail address.
func (c *Leads) named(ctx context.Context, names []string) (map[string][]crm.Ref, error) {
	var all []named
	var held crm.Held
	for page, err := range c.List(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range page.Items {
			l := &page.Items[i]
			if err := held.Add(opListLeads, l.Title, l.Email); err != nil {
				return nil, err
			}
			all = append(all, named{crm.Ref{ID: l.Identity(), Name: l.Title}, []string{l.Title, l.Email}})
		}
	}
	return bearers(all, names), nil
}
