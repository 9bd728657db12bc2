package growcrm

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"crmferry/internal/sandbox/api"
)

// categoryRecord is a category of one type of records.
type categoryRecord struct {
	api.Record
	name, kind string
}

// clientCategory is the type of categories of clients.
const clientCategory = "client"

// leadCategory is the type of categories of leads. The vendor's page does not name it.
const leadCategory = "lead"

func (g *vendor) categoryRoutes() []*api.Route {
	return []*api.Route{
		{Method: "GET", Pattern: "/api/categories", Query: categoryListSchema(), Handle: g.listCategories},
		{Method: "POST", Pattern: "/api/categories", Media: []string{api.FormMedia}, Body: categorySchema(), Handle: g.createCategory},
	}
}

func categoryListSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.categories", Page: categoriesPage, Texts: true, Fields: append([]api.Field{
		{Name: "type"}, {Name: "visibility"}, {Name: "search"},
		{Name: "sort", Words: []string{"category_name", "category_type", "category_created"}},
	}, pagingFields()...)}
}

func categorySchema() *api.Schema {
	return &api.Schema{Name: "growcrm.category", Page: categoriesPage, Texts: true, Fields: []api.Field{{Name: "category_name", Required: true}, {Name: "category_type", Required: true}}}
}

// createCategory makes a category, whose name no other of its type has.
func (g *vendor) createCategory(c *api.Call) api.Reply {
	made := &categoryRecord{name: api.Str(c.Values, "category_name"), kind: api.Str(c.Values, "category_type")}
	if slices.ContainsFunc(g.categories.Live, func(r *categoryRecord) bool { return r.kind == made.kind && api.Fold(r.name) == api.Fold(made.name) }) {
		return g.Fail(api.Failure{Status: http.StatusUnprocessableEntity, Problems: []api.Problem{
			{Rule: "growcrm.category.taken", Field: "category_name", Text: "A category with this name already exists."}}})
	}
	g.categories.Add(made, c.At, api.Decimal)
	g.Commit(c, api.Entry{Action: "create", Kind: "category", ID: made.ID, Name: made.name})
	return itemReply(http.StatusCreated, made.view(), "Category created successfully.")
}

// pagingFields are the parameters of every list but its sort.
func pagingFields() []api.Field {
	return []api.Field{{Name: "order", Words: []string{"asc", "desc"}}, {Name: "limit", Kind: api.Numeral, Min: 1}, {Name: "page", Kind: api.Numeral, Min: 1}}
}

// seedCategories makes the categories of all types. The first ones have the ids that clients without a category show.
func (g *vendor) seedCategories() {
	for _, c := range []categoryRecord{{name: "Default", kind: "project"}, {name: "Default", kind: clientCategory}, {name: "Default", kind: leadCategory},
		{name: "Inbound", kind: leadCategory}, {name: "Partners", kind: clientCategory}, {name: "Default", kind: "ticket"}} {
		g.categories.Add(&c, g.SeedTime(), api.Decimal)
	}
}

// category is the name of a category of a type; false if there is none of that id.
func (g *vendor) category(id, kind string) (string, bool) {
	c, ok := g.categories.Get(id)
	if !ok || c.kind != kind {
		return "", false
	}
	return c.name, true
}

func (g *vendor) listCategories(c *api.Call) api.Reply {
	kind, words := c.Query.Get("type"), api.Fold(c.Query.Get("search"))
	found := api.Filter(g.categories.Live, func(r *categoryRecord) bool {
		return (kind == "" || r.kind == kind) && strings.Contains(api.Fold(r.name), words)
	})
	slices.SortStableFunc(found, func(a, b *categoryRecord) int {
		switch c.Query.Get("sort") {
		case "category_name":
			return strings.Compare(api.Fold(a.name), api.Fold(b.name))
		case "category_type":
			return strings.Compare(a.kind, b.kind)
		}
		return a.Seq - b.Seq
	})
	return listReply(c, found, (*categoryRecord).view, "Categories retrieved successfully.")
}

func (r *categoryRecord) view() map[string]any {
	return map[string]any{"id": r.Seq, "name": r.name, "description": nil, "type": r.kind, "visibility": "everyone", "icon": nil,
		"system_default": yesNo(r.name == "Default"), "slug": api.Fold(r.name), "count": 0, "users_count": 0, "dates": datesOf(&r.Record)}
}

// listReply is a page of a list, the other way round unless it is to rise.
func listReply[T any](c *api.Call, found []T, view func(T) map[string]any, message string) api.Reply {
	number, size := api.NumeralOr(c.Query.Get("page"), 1), min(api.NumeralOr(c.Query.Get("limit"), 25), 100)
	if c.Query.Get("order") != "asc" {
		slices.Reverse(found)
	}
	data := make([]map[string]any, 0, size)
	for _, r := range api.Page(found, number, size) {
		data = append(data, view(r))
	}
	return pageReply(data, len(found), number, size, message)
}

// member is a user of the team.
func (g *vendor) member(id string) (*contactRecord, bool) {
	u, ok := g.contacts.Get(id)
	return u, ok && u.client == nil && !u.deleted
}

// invalid refuses a value that names nothing.
func invalid(rule, field string) *api.Failure {
	return &api.Failure{Status: http.StatusUnprocessableEntity, Problems: []api.Problem{
		{Rule: rule, Field: field, Text: fmt.Sprintf("The selected %s is invalid.", strings.ReplaceAll(field, "_", " "))}}}
}
