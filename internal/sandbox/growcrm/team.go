package growcrm

import (
	"strings"

	"crmferry/internal/sandbox/api"
)

func (g *vendor) teamRoutes() []*api.Route {
	return []*api.Route{{Method: "GET", Pattern: "/api/team", Query: teamListSchema(), Handle: g.listTeam}}
}

func teamListSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.team", Page: teamPage, Texts: true, Fields: []api.Field{
		{Name: "status", Words: []string{"active", "suspended", "deleted"}}, {Name: "role_id", Kind: api.Numeral}, {Name: "search"},
		{Name: "sort", Words: []string{"first_name", "last_name", "email", "created"}},
		{Name: "order", Words: []string{"asc", "desc"}}, {Name: "limit", Kind: api.Numeral, Min: 1}, {Name: "page", Kind: api.Numeral, Min: 1},
	}}
}

// listTeam lists the users that belong to no client: all are active members of the staff.
func (g *vendor) listTeam(c *api.Call) api.Reply {
	number, size := api.NumeralOr(c.Query.Get("page"), 1), min(api.NumeralOr(c.Query.Get("limit"), 25), 100)
	words, status, role := api.Fold(c.Query.Get("search")), c.Query.Get("status"), c.Query.Get("role_id")
	found := api.Filter(g.contacts.Live, func(u *contactRecord) bool {
		return u.client == nil && !u.deleted && strings.Contains(u.words, words) && (status == "" || status == "active") && (role == "" || role == "3")
	})
	data := make([]map[string]any, 0, size)
	for _, u := range api.Page(found, number, size) {
		data = append(data, map[string]any{
			"id": u.Seq, "first_name": u.first, "last_name": u.last, "name": u.name(), "email": u.email, "phone": api.OrNil(u.phone),
			"job_position": api.OrNil(u.position), "role": map[string]any{"id": 3, "name": "Staff"}, "status": "active", "dashboard_access": "yes",
			"social": map[string]any{"facebook": nil, "twitter": nil, "linkedin": nil, "github": nil, "dribbble": nil}, "dates": datesOf(&u.Record),
		})
	}
	return pageReply(data, len(found), number, size, "Team members retrieved successfully.")
}
