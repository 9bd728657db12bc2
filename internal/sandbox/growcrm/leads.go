package growcrm

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/sandbox/api"
)

// leadRecord is a lead: what its form holds, and what calls of its own change.
type leadRecord struct {
	api.Record
	texts    map[string]string // by the names they are written with
	custom   map[string]string // no call shows it
	assigned []*contactRecord
	tags     []string
	archived bool
}

// leadStatuses are the statuses of leads, by id. No call lists them.
func leadStatuses() map[string]string {
	return map[string]string{"1": "New", "2": "Contacted", "3": "Qualified", "4": "Lost"}
}

func (g *vendor) leadRoutes() []*api.Route {
	form := []string{api.FormMedia}
	const one = "/api/leads/{id}"
	action := func(name string, s *api.Schema, do func(*api.Call, *leadRecord) *api.Failure, what string) *api.Route {
		r := &api.Route{Method: "PUT", Pattern: one + "/" + name, Body: s,
			Handle: func(c *api.Call) api.Reply { return g.changeLead(c, do, "Lead "+what+" successfully.") }}
		if s != nil {
			r.Media = form
		}
		return r
	}
	archive := func(archived bool) func(*api.Call, *leadRecord) *api.Failure {
		return func(_ *api.Call, l *leadRecord) *api.Failure { l.archived = archived; return nil }
	}
	return []*api.Route{
		{Method: "GET", Pattern: "/api/leads", Query: leadListSchema(), Handle: g.listLeads},
		{Method: "POST", Pattern: "/api/leads", Media: form, Body: g.custom(customOfLeads, leadSchema("growcrm.lead")), Handle: g.createLead},
		{Method: "GET", Pattern: one, Handle: g.getLead},
		{Method: "PATCH", Pattern: one, Media: form, Body: g.custom(customOfLeads, leadSchema("growcrm.lead-update")), Handle: g.updateLead},
		{Method: "DELETE", Pattern: one, Handle: g.deleteLead},
		action("status", leadStatusSchema(), setLeadStatus, "status updated"),
		action("assigned", setSchema("growcrm.lead-assigned", leadsPage, "assigned[]"), g.assignLead, "assignees updated"),
		action("tags", setSchema("growcrm.lead-tags", leadsPage, "tags[]"), tagLead, "tags updated"),
		action("archive", nil, archive(true), "archived"),
		action("activate", nil, archive(false), "activated"),
	}
}

// leadSchema is the body that makes a lead, or changes all of it.
func leadSchema(name string) *api.Schema {
	fields := []api.Field{{Name: "lead_title", Required: true}, {Name: "lead_status", Kind: api.Numeral, Required: true}, {Name: "lead_categoryid", Kind: api.Numeral, Required: true},
		{Name: "lead_email", Pattern: regexp.MustCompile(`^$|^[^@\s]+@[^@\s]+\.[^@\s]+$`)}, {Name: "lead_value", Pattern: regexp.MustCompile(`^(\d+(\.\d+)?)?$`)},
		{Name: "lead_last_contacted", Pattern: regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})?$`)}}
	for _, optional := range []string{"lead_firstname", "lead_lastname", "lead_phone", "lead_job_position", "lead_company_name", "lead_website", "lead_source",
		"lead_description", "lead_street", "lead_city", "lead_state", "lead_zip", "lead_country"} {
		fields = append(fields, api.Field{Name: optional})
	}
	return &api.Schema{Name: name, Page: leadsPage, Texts: true, Fields: fields}
}

func leadStatusSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.lead-status", Page: leadsPage, Texts: true, Fields: []api.Field{{Name: "status", Kind: api.Numeral, Required: true}}}
}

func leadListSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.leads", Page: leadsPage, Texts: true, Fields: append([]api.Field{
		{Name: "status", Kind: api.Numeral}, {Name: "category_id", Kind: api.Numeral}, {Name: "source"}, {Name: "active_state", Words: []string{"active", "archived"}},
		{Name: "assigned_user_id", Kind: api.Numeral}, {Name: "search"},
		{Name: "sort", Words: []string{"lead_title", "lead_value", "lead_created", "lead_last_contacted"}},
	}, pagingFields()...)}
}

func leadRules() []api.Rule {
	rules := []api.Rule{
		{ID: "growcrm.lead.exists", Text: "the lead exists", Page: leadsPage},
		{ID: "growcrm.lead.status", Text: "the status is one of leads", Page: leadsPage},
		{ID: "growcrm.lead.category", Text: "the category exists and is one of leads", Page: leadsPage},
		{ID: "growcrm.lead.assigned", Text: "leads are assigned to members of the team", Page: leadsPage},
	}
	rules = append(rules, leadListSchema().Rules()...)
	return append(rules, formRules(leadSchema("growcrm.lead"), leadSchema("growcrm.lead-update"), leadStatusSchema(),
		setSchema("growcrm.lead-assigned", leadsPage, "assigned[]"), setSchema("growcrm.lead-tags", leadsPage, "tags[]"))...)
}

func (g *vendor) listLeads(c *api.Call) api.Reply {
	q := c.Query
	words, archived := api.Fold(q.Get("search")), q.Get("active_state") == "archived"
	found := api.Filter(api.Shown(g.Vendor, g.leads.Live), func(l *leadRecord) bool {
		is := func(param, field string) bool { return q.Get(param) == "" || q.Get(param) == l.texts[field] }
		return l.archived == archived && is("status", "lead_status") && is("category_id", "lead_categoryid") && is("source", "lead_source") &&
			(q.Get("assigned_user_id") == "" || slices.ContainsFunc(l.assigned, func(u *contactRecord) bool { return u.ID == q.Get("assigned_user_id") })) &&
			strings.Contains(api.Fold(l.texts["lead_title"]+"\n"+l.texts["lead_company_name"]+"\n"+l.texts["lead_email"]), words)
	})
	slices.SortStableFunc(found, leadOrder(q.Get("sort")))
	return listReply(c, found, g.leadView, "Leads retrieved successfully.")
}

func leadOrder(order string) func(a, b *leadRecord) int {
	switch order {
	case "lead_title", "lead_last_contacted":
		return func(a, b *leadRecord) int { return strings.Compare(api.Fold(a.texts[order]), api.Fold(b.texts[order])) }
	case "lead_value":
		return func(a, b *leadRecord) int {
			x, _ := strconv.ParseFloat(a.texts[order], 64)
			y, _ := strconv.ParseFloat(b.texts[order], 64)
			return int(x - y)
		}
	}
	return func(a, b *leadRecord) int { return a.Seq - b.Seq }
}

func (g *vendor) leadView(l *leadRecord) map[string]any {
	parts := func(names ...string) map[string]any {
		m := map[string]any{}
		for _, name := range names {
			field := "lead_" + strings.NewReplacer("first_", "first", "last_", "last").Replace(name)
			m[name] = api.OrNil(l.texts[field])
		}
		return m
	}
	category, _ := g.category(l.texts["lead_categoryid"], leadCategory)
	var value any
	if v, err := strconv.ParseFloat(l.texts["lead_value"], 64); err == nil {
		value = fmt.Sprintf("%.2f", v)
	}
	assigned := make([]map[string]any, 0, len(l.assigned))
	for _, u := range l.assigned {
		assigned = append(assigned, map[string]any{"id": u.Seq, "name": u.name()})
	}
	return map[string]any{
		"id": l.Seq, "title": l.texts["lead_title"],
		"status":   map[string]any{"id": api.NumeralOr(l.texts["lead_status"], 0), "title": leadStatuses()[l.texts["lead_status"]], "color": "default"},
		"category": map[string]any{"id": api.NumeralOr(l.texts["lead_categoryid"], 0), "name": category},
		"contact":  parts("first_name", "last_name", "email", "phone", "job_position", "company_name", "website"),
		"value":    value, "source": api.OrNil(l.texts["lead_source"]), "last_contacted": api.OrNil(l.texts["lead_last_contacted"]),
		"description": api.OrNil(l.texts["lead_description"]), "address": parts("street", "city", "state", "zip", "country"),
		"assigned": assigned, "tags": slices.Clip(append([]string{}, l.tags...)), "active_state": l.state(),
		"converted": map[string]any{"is_converted": false, "client_id": nil, "date": nil}, "dates": datesOf(&l.Record),
	}
}

func (l *leadRecord) state() string {
	if l.archived {
		return "archived"
	}
	return "active"
}

// lead returns the lead that the path names, or a refusal.
func (g *vendor) lead(c *api.Call) (*leadRecord, *api.Failure) {
	if l, ok := g.leads.Get(c.PathValue("id")); ok && (c.Method != http.MethodGet || g.Sees(l)) {
		return l, nil
	}
	return nil, &api.Failure{Status: http.StatusNotFound, Rule: "growcrm.lead.exists", Message: "Lead not found."}
}

func (g *vendor) getLead(c *api.Call) api.Reply {
	l, f := g.lead(c)
	if f != nil {
		return g.Fail(*f)
	}
	return itemReply(http.StatusOK, g.leadView(l), "Lead retrieved successfully.")
}

// badLead refuses a status that there is not, and a category that is none of leads.
func (g *vendor) badLead(body map[string]any) *api.Failure {
	if leadStatuses()[api.Str(body, "lead_status")] == "" {
		return invalid("growcrm.lead.status", "lead_status")
	}
	if _, ok := g.category(api.Str(body, "lead_categoryid"), leadCategory); !ok {
		return invalid("growcrm.lead.category", "lead_categoryid")
	}
	return nil
}

func (l *leadRecord) set(body map[string]any) {
	l.texts = map[string]string{}
	for name := range body {
		l.texts[name] = api.Str(body, name)
	}
}

func (g *vendor) createLead(c *api.Call) api.Reply {
	if f := g.badLead(c.Values); f != nil {
		return g.Fail(*f)
	}
	l := &leadRecord{}
	l.set(c.Values)
	l.custom = g.customIn(customOfLeads, c.Values)
	g.leads.Add(l, c.At, api.Decimal)
	g.logLead(c, l, "create")
	return itemReply(http.StatusCreated, g.leadView(l), "Lead created successfully.")
}

func (g *vendor) logLead(c *api.Call, l *leadRecord, action string) {
	g.Commit(c, api.Entry{Action: action, Kind: "lead", ID: l.ID, Email: l.texts["lead_email"], Name: l.texts["lead_title"], Custom: l.custom})
}

// updateLead takes what the body holds for all of the lead, as the page says.
func (g *vendor) updateLead(c *api.Call) api.Reply {
	return g.changeLead(c, func(c *api.Call, l *leadRecord) *api.Failure {
		if f := g.badLead(c.Values); f != nil {
			return f
		}
		l.set(c.Values)
		l.custom = g.customIn(customOfLeads, c.Values)
		return nil
	}, "Lead updated successfully.")
}

func (g *vendor) changeLead(c *api.Call, do func(*api.Call, *leadRecord) *api.Failure, message string) api.Reply {
	l, f := g.lead(c)
	if f == nil {
		f = do(c, l)
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.leads.Touch(l, c.At)
	g.logLead(c, l, "update")
	return itemReply(http.StatusOK, g.leadView(l), message)
}

func setLeadStatus(c *api.Call, l *leadRecord) *api.Failure {
	id := api.Str(c.Values, "status")
	if leadStatuses()[id] == "" {
		return invalid("growcrm.lead.status", "status")
	}
	l.texts["lead_status"] = id
	return nil
}

func (g *vendor) assignLead(c *api.Call, l *leadRecord) *api.Failure {
	var assigned []*contactRecord
	for _, id := range api.Texts(api.AnyList(c.Values["assigned[]"])) {
		u, ok := g.member(id)
		if !ok {
			return invalid("growcrm.lead.assigned", "assigned")
		}
		assigned = append(assigned, u)
	}
	l.assigned = assigned
	return nil
}

func tagLead(c *api.Call, l *leadRecord) *api.Failure {
	l.tags = api.Texts(api.AnyList(c.Values["tags[]"]))
	return nil
}

func (g *vendor) deleteLead(c *api.Call) api.Reply {
	l, f := g.lead(c)
	if f != nil {
		return g.Fail(*f)
	}
	g.leads.Remove(l)
	g.dropNotes("lead", l.ID)
	g.logLead(c, l, "delete")
	return itemReply(http.StatusOK, map[string]int{"id": l.Seq}, "Lead deleted successfully.")
}
