package growcrm

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

// Create makes a client and its primary contact (POST /clients), who becomes its account owner. The vendor documents no
// idempotency key: token is not sent, and a lost answer leaves it open whether they exist. An address that a user has is
// refused with code "taken". The welcome mail is always switched off.
func (c *Clients) Create(ctx context.Context, want ClientRecord, fields crm.Fields, _ string) (crm.Answer[ClientRecord], error) {
	call := crm.Call{Op: "create client", Method: http.MethodPost, Path: "/clients", ContentType: typeForm, Body: encodeNewClient(want, fields)}
	answer, err := c.write(ctx, call, "")
	if answer.Created = err == nil; answer.Contact != nil {
		answer.Contact.setOwner(&Contact{FirstName: want.FirstName, LastName: want.LastName, Email: want.Email})
	}
	return answer, err
}

// Update changes the given fields (PATCH /clients/{id}). What fields does not have is sent as it was found. The primary contact
// is not changed here, and tags, status and owner have calls of their own.
func (c *Clients) Update(ctx context.Context, found, want ClientRecord, fields crm.Fields) (crm.Answer[ClientRecord], error) {
	call := crm.Call{Op: "update client", Method: http.MethodPatch, Path: clientPath(found.ID), ContentType: typeForm,
		Body: encodeClient(found, want, fields), Repeatable: true}
	answer, err := c.write(ctx, call, formatID(found.ID))
	if err != nil {
		return answer, err
	}
	if answer.Contact == nil { // no update changes these
		after := want
		after.Tags, after.Status, after.Owner = found.Tags, found.Status, found.Owner
		answer.Contact = &after
	}
	answer.Contact.setOwner(&Contact{FirstName: found.FirstName, LastName: found.LastName, Email: found.Email})
	return answer, nil
}

// Spared says what a delete would take along.
func (c *Clients) Spared() string {
	return "a delete of a client takes its users, projects and invoices along, so that none is ever sent"
}

// write sends a client and reads the client that comes back, which has the id unless that is "".
func (c *Clients) write(ctx context.Context, call crm.Call, id string) (crm.Answer[ClientRecord], error) {
	body := answers.One[clientRecordJSON]{Asked: id}
	meta, err := c.client.api.Do(ctx, call, &body)
	if err != nil {
		return crm.Answer[ClientRecord]{Meta: meta}, err
	}
	answer := crm.Answer[ClientRecord]{ID: string(body.Data.Value.ID), Meta: meta}
	if body.Data.Value.complete() {
		got := body.Data.Value.record()
		answer.Contact = &got
	}
	return answer, nil
}

// StepFields says that tags, status and owner are set by calls of their own. A new client may have its tags at once.
func (c *Clients) StepFields() crm.Fields { return crm.Fields{"tags", "status", "owner"} }

// Steps lists what differs. Of a client of which nothing was returned, everything may.
func (c *Clients) Steps(have *ClientRecord, want ClientRecord, fields crm.Fields) []crm.Step {
	var steps []crm.Step
	add := func(name, field string, differs bool) {
		if fields.Has(field) && differs {
			steps = append(steps, crm.Step{Name: name, Fields: crm.Fields{field}})
		}
	}
	known := have != nil
	add("set tags", "tags", len(want.Tags) > 0 && !(known && sameTags(have.Tags, want.Tags)))
	add("set status", "status", want.Status != "" && !(known && have.Status == want.Status))
	add("set account owner", "owner", want.Owner.ID != "" && !(known && have.Owner.ID == want.Owner.ID))
	return steps
}

// Do sets the tags, the status or the owner of a client (PUT /clients/{id}/tags and so on), the tags as a full set. The owner
// has to be one of its contacts.
func (c *Clients) Do(ctx context.Context, step crm.Step, id string, have *ClientRecord, want ClientRecord) (crm.Answer[ClientRecord], error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return crm.Answer[ClientRecord]{}, &crm.Error{Op: step.Name, Class: crm.Permanent, Code: crm.CodeInvalid, Message: fmt.Sprintf("%q is no id of a client", id)}
	}
	field, form := step.Fields[0], url.Values{}
	switch field {
	case "tags":
		setTags(form, want.Tags)
	case "status":
		form.Set("status", want.Status)
	case "owner":
		form.Set("owner", want.Owner.ID)
	}
	answer, err := c.write(ctx, crm.Call{Op: step.Name, Method: http.MethodPut, Path: clientPath(n) + "/" + field, ContentType: typeForm,
		Body: []byte(form.Encode()), Repeatable: true}, formatID(n))
	if answer.Contact != nil && have != nil {
		answer.Contact.setOwner(&Contact{FirstName: have.FirstName, LastName: have.LastName, Email: have.Email})
	}
	return answer, err
}

func clientPath(id int64) string { return "/clients/" + formatID(id) }
