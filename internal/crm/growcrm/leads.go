package growcrm

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

var (
	_ crm.Creator[Lead]  = (*Leads)(nil)
	_ crm.Updater[Lead]  = (*Leads)(nil)
	_ crm.Deleter[Lead]  = (*Leads)(nil)
	_ crm.Lister[Lead]   = (*Leads)(nil)
	_ crm.Finder[Lead]   = (*Leads)(nil)
	_ crm.Stepper[Lead]  = (*Leads)(nil)
	_ crm.Linker[Lead]   = (*Leads)(nil)
	_ crm.Numbered[Lead] = (*Leads)(nil)
	_ crm.Filterer       = (*Leads)(nil)
	_ crm.Checker        = (*Leads)(nil)
	_ crm.Attacher       = (*Leads)(nil)
)

// Leads calls the endpoints of leads (https://docs-api.growcrm.io/leads).
type Leads struct {
	client *Client
	listed atomic.Pointer[[]named] // statuses, as leads showed them last
}

// NewLeads returns a client of one account's leads. It sends nothing.
func NewLeads(c Config) *Leads { return &Leads{client: New(c)} }

// Traits says that an update sends whole values, that active and archived leads are looked up apart, and that pages hold 100.
func (c *Leads) Traits() crm.Traits {
	return crm.Traits{UpdateRepeatable: true, PageSize: answers.PageSize, Paging: paging(), FindBatch: 1, FindRequests: 2, NameRequests: 2 * answers.MostSearched}
}

// Check counts the contacts that the key can see: the key is the same for all that the account holds.
func (c *Leads) Check(ctx context.Context) (string, error) { return c.client.Check(ctx) }

const stateFilter = "active_state"

// Filters are those of GET /leads.
func (c *Leads) Filters() []crm.FilterSpec {
	return []crm.FilterSpec{
		{Name: "status"}, {Name: "category_id"}, {Name: "source"},
		{Name: stateFilter, Values: states(), Archived: true},
		{Name: "assigned_user_id"}, {Name: "search"},
		{Name: "sort", Values: []string{"lead_title", "lead_value", "lead_created", "lead_last_contacted"}, Sort: true},
		{Name: "order", Values: orders(), Sort: true},
	}
}

func states() []string { return []string{StateActive, StateArchived} }

// Sections are the active and the archived leads, or those that q asks for: what a list without a state holds is not
// documented.
func (c *Leads) Sections(_ context.Context, q crm.Query) ([]crm.Section, error) {
	asked := q.Get(stateFilter)
	if asked == nil {
		asked = states()
	}
	var sections []crm.Section
	for _, state := range asked {
		sections = append(sections, crm.Section{Name: state + " leads", Key: state})
	}
	return sections, nil
}

const opListLeads = "list leads"

// ListPage reads page n of GET /leads.
func (c *Leads) ListPage(ctx context.Context, q crm.Query, s crm.Section, n int) (crm.NumberedPage[Lead], error) {
	query := ordered(q, "lead_created")
	query.Set(stateFilter, s.Key)
	return c.list(opListLeads).Page(ctx, query, n)
}

func (c *Leads) list(op string) answers.List[leadJSON, Lead] {
	return answers.List[leadJSON, Lead]{API: &c.client.api, Op: op, Path: "/leads", Read: (*leadJSON).lead}
}

// List yields all leads, first the active ones. A page's total is of both.
func (c *Leads) List(ctx context.Context) iter.Seq2[crm.Page[Lead], error] {
	return func(yield func(crm.Page[Lead], error) bool) {
		archived, err := c.ListPage(ctx, crm.Query{}, crm.Section{Key: StateArchived}, 1)
		if err != nil {
			yield(crm.Page[Lead]{}, err)
			return
		}
		total := -1
		for n, last := 1, 1; n <= last; n++ {
			page, err := c.ListPage(ctx, crm.Query{}, crm.Section{Key: StateActive}, n)
			last, total = page.Last, both(page.Total, archived.Total)
			if !yield(crm.Page[Lead]{Items: page.Items, Total: total}, err) || err != nil {
				return
			}
		}
		for n := 1; ; n++ {
			if !yield(crm.Page[Lead]{Items: archived.Items, Total: total}, nil) || n >= archived.Last {
				return
			}
			if archived, err = c.ListPage(ctx, crm.Query{}, crm.Section{Key: StateArchived}, n+1); err != nil {
				yield(crm.Page[Lead]{}, err)
				return
			}
		}
	}
}

// both is the sum of two totals, -1 if one is not known.
func both(a, b int) int {
	if a < 0 || b < 0 {
		return -1
	}
	return a + b
}

// Find looks up one key: an id, or what a lead is known by, for which both states are searched: its e-mail address, else words
// of its title.
func (c *Leads) Find(ctx context.Context, keys []crm.Key) ([]Lead, error) {
	return answers.Find(ctx, keys, c.get, func(ctx context.Context, key crm.Key) (found []Lead, err error) {
		for _, state := range states() {
			query := url.Values{stateFilter: {state}, "sort": {"lead_created"}, "order": {"asc"}}
			some, err := c.list("find lead").Search(ctx, query, sought(key))
			if err != nil {
				return nil, err
			}
			found = append(found, some...)
		}
		return found, nil
	})
}

// get reads one lead; none if the vendor does not know the id.
func (c *Leads) get(ctx context.Context, id string) ([]Lead, error) {
	one, err := answers.Read[leadJSON](ctx, &c.client.api, "read lead", id, leadPath)
	if one == nil {
		return nil, err
	}
	return []Lead{one.lead()}, nil
}

// Create makes a lead (POST /leads). The vendor documents no idempotency key: token is not sent, and a lost answer leaves it
// open whether the lead exists. Who it is assigned to, tags and state are no part of it.
func (c *Leads) Create(ctx context.Context, want Lead, fields crm.Fields, _ string) (crm.Answer[Lead], error) {
	form := url.Values{}
	for _, f := range leadTexts() {
		if v := f.value(&want); v != "" && fields.Has(f.name) {
			form.Set(f.name, v)
		}
	}
	setCustom(form, want.Custom, fields)
	answer, err := c.write(ctx, crm.Call{Op: "create lead", Method: http.MethodPost, Path: "/leads", ContentType: typeForm, Body: []byte(form.Encode())}, "")
	answer.Created = err == nil
	return answer, err
}

// Update changes the given fields (PATCH /leads/{id}). The vendor wants all that is to be kept: what fields does not have is
// sent as found, but for custom fields, which cannot be read.
func (c *Leads) Update(ctx context.Context, found, want Lead, fields crm.Fields) (crm.Answer[Lead], error) {
	form := url.Values{}
	for _, f := range leadTexts() {
		v := f.value(&found)
		if fields.Has(f.name) {
			form.Set(f.name, f.value(&want))
		} else if v != "" {
			form.Set(f.name, v)
		}
	}
	setCustom(form, want.Custom, fields)
	return c.write(ctx, crm.Call{Op: "update lead", Method: http.MethodPatch, Path: leadPath(found.ID), ContentType: typeForm,
		Body: []byte(form.Encode()), Repeatable: true}, formatID(found.ID))
}

// Delete deletes a lead, and with it what is related to it (DELETE /leads/{id}).
func (c *Leads) Delete(ctx context.Context, id string) (crm.Answer[Lead], error) {
	const op = "delete lead"
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return crm.Answer[Lead]{}, noID(op, id)
	}
	body := answers.One[leadJSON]{Asked: formatID(n)}
	meta, err := c.client.api.Do(ctx, crm.Call{Op: op, Method: http.MethodDelete, Path: leadPath(n)}, &body)
	return crm.Answer[Lead]{ID: id, Meta: meta}, err
}

// Deleted says that deleted leads are gone.
func (c *Leads) Deleted() string {
	return "they are gone for good, with their notes, comments and files: Grow CRM documents no way to restore them"
}

// Attached counts the notes on a lead (GET /notes): an import of leads makes none, so that they are of others.
func (c *Leads) Attached(ctx context.Context, id string) (string, error) {
	query := url.Values{"resource_type": {NoteOnLead}, "resource_id": {id}}
	for page, err := range answers.Pages[noteJSON](ctx, &c.client.api, opListNotes, "/notes", query) {
		if err != nil {
			return "", err
		}
		if n := max(page.Total(), len(page.Data)); n > 0 {
			return fmt.Sprintf("the lead has notes (%d), which the run did not make and which would be deleted with it", n), nil
		}
		break
	}
	return "", nil
}

// Fields that calls of their own write.
const (
	fieldAssigned = "assigned"
	fieldState    = "active_state"
)

// StepFields says that assignees, tags and state are set by calls of their own.
func (c *Leads) StepFields() crm.Fields { return crm.Fields{fieldAssigned, fieldTags, fieldState} }

// Steps returns what is left to do, the state last. A form can take neither all tags nor all assignees away.
func (c *Leads) Steps(have *Lead, want Lead, fields crm.Fields) (steps []crm.Step) {
	if fields.Has(fieldAssigned) && len(want.Assigned) > 0 && (have == nil || !sameTags(ids(have.Assigned), ids(want.Assigned))) {
		steps = append(steps, crm.Step{Name: "assign", Fields: crm.Fields{fieldAssigned}})
	}
	if fields.Has(fieldTags) && len(want.Tags) > 0 && (have == nil || !sameTags(have.Tags, want.Tags)) {
		steps = append(steps, tagStep())
	}
	if fields.Has(fieldState) && want.ActiveState != "" && (have == nil && want.ActiveState != StateActive || have != nil && have.ActiveState != want.ActiveState) {
		name := "archive"
		if want.ActiveState == StateActive {
			name = "activate"
		}
		steps = append(steps, crm.Step{Name: name, Fields: crm.Fields{fieldState}})
	}
	return steps
}

func ids(list []crm.Ref) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = r.ID
	}
	return out
}

// Do makes one step (PUT /leads/{id}/assigned, tags, archive, activate).
func (c *Leads) Do(ctx context.Context, step crm.Step, id string, _ *Lead, want Lead) (crm.Answer[Lead], error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return crm.Answer[Lead]{}, noID(step.Name, id)
	}
	call := crm.Call{Op: step.Name, Method: http.MethodPut, Path: leadPath(n) + "/" + step.Name, Repeatable: true}
	switch {
	case step.Fields.Has(fieldAssigned):
		call = putSet(step.Name, leadPath(n)+"/assigned", "assigned[]", ids(want.Assigned))
	case step.Fields.Has(fieldTags):
		call = putSet(step.Name, leadPath(n)+"/tags", "tags[]", want.Tags)
	}
	return c.write(ctx, call, formatID(n))
}

// write sends a lead and reads the lead that comes back, which has the id unless that is "".
func (c *Leads) write(ctx context.Context, call crm.Call, id string) (crm.Answer[Lead], error) {
	body := answers.One[leadJSON]{Asked: id}
	meta, err := c.client.api.Do(ctx, call, &body)
	if err != nil {
		return crm.Answer[Lead]{Meta: meta}, err
	}
	got := body.Data.Value.lead()
	answer := crm.Answer[Lead]{ID: got.Identity(), Meta: meta}
	if got.Title != "" && got.Status.ID != "" { // else the answer is as short as in the vendor's examples
		answer.Contact = &got
	}
	return answer, nil
}

func leadPath(id int64) string { return "/leads/" + formatID(id) }

// CreateLink refuses: statuses, categories and the team are made in Grow CRM itself.
func (c *Leads) CreateLink(_ context.Context, kind, name string, _ Lead) (crm.Ref, *Lead, error) {
	return crm.Ref{}, nil, &crm.Error{Op: "create " + kind, Class: crm.Permanent, Code: crm.CodeInvalid, Message: fmt.Sprintf("%q has to be made in Grow CRM", name)}
}
