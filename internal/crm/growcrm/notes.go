package growcrm

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

var (
	_ crm.Creator[Note]  = (*Notes)(nil)
	_ crm.Updater[Note]  = (*Notes)(nil)
	_ crm.Deleter[Note]  = (*Notes)(nil)
	_ crm.Finder[Note]   = (*Notes)(nil)
	_ crm.Stepper[Note]  = (*Notes)(nil)
	_ crm.Linker[Note]   = (*Notes)(nil)
	_ crm.Numbered[Note] = (*Notes)(nil)
	_ crm.Filterer       = (*Notes)(nil)
	_ crm.Unnamer        = (*Notes)(nil)
	_ crm.Checker        = (*Notes)(nil)
)

// Notes calls the endpoints of notes (https://docs-api.growcrm.io/notes).
type Notes struct {
	client *Client
	leads  *Leads
	noted  *noted
}

// NewNotes returns a client of one account's notes. It sends nothing.
func NewNotes(c Config) *Notes {
	client, leads := New(c), NewLeads(c)
	return &Notes{client, leads, newNoted(client, leads)}
}

// notesAtOnce is how many notes are looked up together: those on one record take one request.
const notesAtOnce = 50

// Traits says that notes are looked up by the record that they are on, and that an update sends whole values. Notes have no
// crm.Lister: rows may name their records otherwise than a list does.
func (c *Notes) Traits() crm.Traits {
	return crm.Traits{UpdateRepeatable: true, PageSize: answers.PageSize, Paging: paging(), FindBatch: notesAtOnce, FindEach: true}
}

// Check counts the contacts that the key can see: the key is the same for all that the account holds.
func (c *Notes) Check(ctx context.Context) (string, error) { return c.client.Check(ctx) }

// Filters are those of GET /notes.
func (c *Notes) Filters() []crm.FilterSpec {
	return []crm.FilterSpec{
		{Name: "resource_type", Values: []string{NoteOnClient, NoteOnLead, "project", "task", NoteOnUser}},
		{Name: "resource_id"},
		{Name: "visibility", Values: []string{"public", "private"}},
		{Name: "search"},
		{Name: "sort", Values: []string{"note_title", "note_created", "note_updated"}, Sort: true},
		{Name: "order", Values: orders(), Sort: true},
	}
}

// Sections is the list as a whole: without a type it holds the notes of all records.
func (c *Notes) Sections(context.Context, crm.Query) ([]crm.Section, error) {
	return make([]crm.Section, 1), nil
}

// Unnamed counts the records of notes that were not found.
func (c *Notes) Unnamed() int { return c.noted.missed() }

const opListNotes = "list notes"

// ListPage reads page n of GET /notes, and of the lists of records that its notes are on as much as it takes to name these.
func (c *Notes) ListPage(ctx context.Context, q crm.Query, _ crm.Section, n int) (crm.NumberedPage[Note], error) {
	page, err := c.list().Page(ctx, ordered(q, "note_created"), n)
	for i := 0; i < len(page.Items) && err == nil; i++ {
		err = c.noted.name(ctx, &page.Items[i])
	}
	return page, err
}

func (c *Notes) list() answers.List[noteJSON, Note] {
	return answers.List[noteJSON, Note]{API: &c.client.api, Op: opListNotes, Path: "/notes", Read: (*noteJSON).note}
}

// Find reads the notes of the records that keys name by id, or single notes by their ids.
func (c *Notes) Find(ctx context.Context, keys []crm.Key) ([]Note, error) {
	var found []Note
	read := map[string]bool{}
	for _, key := range keys {
		on, of, ok := strings.Cut(key.Of, " ")
		var some []Note
		var err error
		switch {
		case key.ID != "":
			some, err = c.get(ctx, key.ID)
		case !ok || !crm.IsID(of) || strings.HasPrefix(of, `"`) || read[key.Of]:
			continue // a row's own word for a record, which has another key with the id
		default:
			read[key.Of] = true
			some, err = c.of(ctx, on, of)
		}
		if err != nil {
			return nil, err
		}
		if found = append(found, some...); len(found) > crm.MaxHeld {
			return nil, crm.Endless(opListNotes)
		}
	}
	return found, nil
}

// of reads all notes on a record.
func (c *Notes) of(ctx context.Context, on, id string) ([]Note, error) {
	var notes []Note
	total := 0
	query := url.Values{"resource_type": {on}, "resource_id": {id}, "sort": {"note_created"}, "order": {"asc"}}
	for page, err := range answers.Pages[noteJSON](ctx, &c.client.api, opListNotes, "/notes", query) {
		if err != nil {
			return nil, err
		}
		notes = append(notes, c.list().Items(page.Data)...)
		if total = page.Total(); len(notes) > crm.MaxHeld {
			return nil, crm.Endless(opListNotes)
		}
	}
	if len(notes) < total { // a note that is missing would be made again
		return nil, &crm.Error{Op: opListNotes, Class: crm.Transient, Code: crm.CodeServer, Message: fmt.Sprintf("%d of %d notes came", len(notes), total)}
	}
	return notes, nil
}

// get reads one note; none if the vendor does not know the id.
func (c *Notes) get(ctx context.Context, id string) ([]Note, error) {
	one, err := answers.Read[noteJSON](ctx, &c.client.api, "read note", id, notePath)
	if one == nil {
		return nil, err
	}
	return []Note{one.note()}, nil
}

// Create makes a note (POST /notes). The vendor documents no idempotency key: token is not sent, and a lost answer leaves it
// open whether the note exists. Tags are no part of it.
func (c *Notes) Create(ctx context.Context, want Note, fields crm.Fields, _ string) (crm.Answer[Note], error) {
	form := url.Values{"note_title": {want.Title}, "note_description": {want.Description}}
	if want.Visibility != "" && fields.Has("note_visibility") {
		form.Set("note_visibility", want.Visibility)
	}
	if want.Of.ID != "" {
		form.Set("noteresource_type", cmp.Or(want.On, NoteOnClient))
		form.Set("noteresource_id", want.Of.ID)
	}
	answer, err := c.write(ctx, crm.Call{Op: "create note", Method: http.MethodPost, Path: "/notes", ContentType: typeForm, Body: []byte(form.Encode())}, "")
	answer.Created = err == nil
	return answer, err
}

// Update changes the given fields (PATCH /notes/{id}). The vendor always wants title and text, and does not say whether
// what is left out is kept: what fields does not have is sent as found. The record cannot be changed.
func (c *Notes) Update(ctx context.Context, found, want Note, fields crm.Fields) (crm.Answer[Note], error) {
	form := url.Values{}
	for name, value := range map[string][2]string{
		"note_title": {found.Title, want.Title}, "note_description": {found.Description, want.Description}, "note_visibility": {found.Visibility, want.Visibility},
	} {
		send := value[0]
		if fields.Has(name) {
			send = value[1]
		}
		if send != "" || name != "note_visibility" {
			form.Set(name, send)
		}
	}
	return c.write(ctx, crm.Call{Op: "update note", Method: http.MethodPatch, Path: notePath(found.ID), ContentType: typeForm,
		Body: []byte(form.Encode()), Repeatable: true}, formatID(found.ID))
}

// Delete deletes a note (DELETE /notes/{id}).
func (c *Notes) Delete(ctx context.Context, id string) (crm.Answer[Note], error) {
	const op = "delete note"
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return crm.Answer[Note]{}, noID(op, id)
	}
	body := answers.One[noteJSON]{Asked: formatID(n)}
	meta, err := c.client.api.Do(ctx, crm.Call{Op: op, Method: http.MethodDelete, Path: notePath(n)}, &body)
	return crm.Answer[Note]{ID: id, Meta: meta}, err
}

// Deleted says that deleted notes are gone.
func (c *Notes) Deleted() string { return c.client.Deleted() }

// fieldTags is the name of the tags of notes and leads.
const fieldTags = "tags"

// StepFields says that tags are set by a call of their own.
func (c *Notes) StepFields() crm.Fields { return crm.Fields{fieldTags} }

// Steps returns one step if the note is to have other tags than it has. A form cannot take all tags away.
func (c *Notes) Steps(have *Note, want Note, fields crm.Fields) []crm.Step {
	if !fields.Has(fieldTags) || len(want.Tags) == 0 || have != nil && sameTags(have.Tags, want.Tags) {
		return nil
	}
	return []crm.Step{tagStep()}
}

// Do sets the tags of a note (PUT /notes/{id}/tags).
func (c *Notes) Do(ctx context.Context, step crm.Step, id string, _ *Note, want Note) (crm.Answer[Note], error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return crm.Answer[Note]{}, noID(step.Name, id)
	}
	return c.write(ctx, putSet(step.Name, notePath(n)+"/tags", "tags[]", want.Tags), formatID(n))
}

// write sends a note and reads the note that comes back, which has the id unless that is "".
func (c *Notes) write(ctx context.Context, call crm.Call, id string) (crm.Answer[Note], error) {
	body := answers.One[noteJSON]{Asked: id}
	meta, err := c.client.api.Do(ctx, call, &body)
	if err != nil {
		return crm.Answer[Note]{Meta: meta}, err
	}
	got := body.Data.Value.note()
	answer := crm.Answer[Note]{ID: got.Identity(), Meta: meta}
	if got.Title != "" { // else the answer is as short as in the vendor's examples
		answer.Contact = &got
	}
	return answer, nil
}

// LinkKinds are the kinds of records that rows name: clients, contacts and leads.
func (c *Notes) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: kindClients, One: "client"}, {Name: kindContacts, One: "contact"}, {Name: kindLeads, One: "lead"}}
}

const (
	kindContacts = "contacts"
	kindLeads    = "leads"
)

// Resolve finds clients by company name or by the e-mail address of one of their contacts, contacts by address, and leads by
// title or address.
func (c *Notes) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	if kind == kindLeads {
		return c.leads.named(ctx, names)
	}
	var companies []string
	found := map[string][]crm.Ref{}
	for _, name := range names {
		email, company := crm.BesideOf(name)
		if kind == kindClients && !strings.Contains(email, "@") {
			companies = append(companies, name)
			continue
		}
		if kind == kindClients && company != "" && !slices.Contains(names, company) {
			companies = append(companies, company)
		}
		for address := range strings.SplitSeq(email, "; ") { // a person may have several, and a contact one
			contacts, err := c.client.addressed(ctx, address)
			if err != nil {
				return nil, err
			}
			for _, k := range contacts {
				ref := crm.Ref{ID: formatID(k.ID), Name: name}
				if kind == kindClients {
					ref.ID = k.Client.ID
				}
				if !slices.Contains(found[name], ref) {
					found[name] = append(found[name], ref)
				}
			}
		}
	}
	if len(companies) == 0 {
		return found, nil
	}
	slices.Sort(companies)
	clients, err := c.client.Resolve(ctx, kindClients, slices.Compact(companies))
	for _, name := range names {
		_, company := crm.BesideOf(name)
		if refs := agreed(found[name], clients[cmp.Or(company, name)]); len(refs) > 0 {
			found[name] = refs
		}
	}
	return found, err
}

// agreed are the clients that an address and a company name together: those that both do, all where they contradict each other.
func agreed(addressed, called []crm.Ref) []crm.Ref {
	if len(addressed) == 0 || len(called) == 0 {
		return slices.Concat(addressed, called)
	}
	both := slices.DeleteFunc(slices.Clone(addressed), func(a crm.Ref) bool {
		return !slices.ContainsFunc(called, func(b crm.Ref) bool { return a.ID == b.ID })
	})
	if len(both) == 0 {
		return slices.Concat(addressed, called)
	}
	return both
}

// addressed are the contacts of a client who have an e-mail address.
func (c *Client) addressed(ctx context.Context, email string) ([]Contact, error) {
	found, err := c.Find(ctx, []crm.Key{{Email: crm.Fold(email)}})
	if err != nil {
		return nil, err
	}
	var out []Contact
	for _, k := range found {
		if crm.Fold(k.Email) == crm.Fold(email) && k.Client.ID != "" {
			out = append(out, k)
		}
	}
	return out, nil
}

// CreateLink refuses: what a note is on has to be imported first.
func (c *Notes) CreateLink(_ context.Context, kind, name string, _ Note) (crm.Ref, *Note, error) {
	return crm.Ref{}, nil, &crm.Error{Op: "create " + kind, Class: crm.Permanent, Code: crm.CodeInvalid, Message: fmt.Sprintf("%q has to be imported first", name)}
}

func notePath(id int64) string { return "/notes/" + formatID(id) }
