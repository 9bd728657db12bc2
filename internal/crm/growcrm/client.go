package growcrm

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

var (
	_ crm.Creator[Contact]   = (*Client)(nil)
	_ crm.Lister[Contact]    = (*Client)(nil)
	_ crm.Finder[Contact]    = (*Client)(nil)
	_ crm.Updater[Contact]   = (*Client)(nil)
	_ crm.Deleter[Contact]   = (*Client)(nil)
	_ crm.Stepper[Contact]   = (*Client)(nil)
	_ crm.Displacer[Contact] = (*Client)(nil)
	_ crm.Linker[Contact]    = (*Client)(nil)
	_ crm.Checker            = (*Client)(nil)
)

// Config is what a client needs.
type Config struct {
	// Base is https://DOMAIN/api: the domain chooses the account (https://docs-api.growcrm.io/getting-started).
	Base *url.URL
	HTTP *http.Client // authenticates with Authorize, paces and repeats reads
}

// Client calls the contacts and clients endpoints.
type Client struct {
	api  crm.API
	team team
}

// New returns a client of one account. It sends nothing.
func New(c Config) *Client {
	return &Client{api: crm.API{Base: c.Base, HTTP: c.HTTP, PageSize: answers.PageSize, Accept: "application/json", DecodeError: decodeError, Refusals: []string{"message"}}}
}

// Authorize returns what adds the API key to a request (https://docs-api.growcrm.io/authentication). It takes one key.
func Authorize(key ...string) func(*http.Request) {
	value := []string{"Bearer " + strings.Join(key, "")}
	return func(req *http.Request) { req.Header["Authorization"] = value }
}

// Traits says that an update sends whole values, that a page holds 100 contacts and that they are looked up one by one.
func (c *Client) Traits() crm.Traits {
	return crm.Traits{UniqueEmail: true, UpdateRepeatable: true, PageSize: answers.PageSize, Paging: paging(), FindBatch: 1, NameRequests: answers.MostSearched}
}

// paging are the parameters that pages of all lists are read by.
func paging() []string { return []string{"page", "limit"} }

// Create makes a contact (POST /contacts). The vendor documents no idempotency key: token is not sent, and a lost
// answer leaves it open whether the contact exists. An address that any user has, a member of the team included, is
// refused with code "taken". The welcome mail is switched off unless fields has send_email.
func (c *Client) Create(ctx context.Context, want Contact, fields crm.Fields, _ string) (crm.Answer[Contact], error) {
	answer, err := c.write(ctx, crm.Call{Op: "create contact", Method: http.MethodPost, Path: "/contacts",
		ContentType: typeForm, Body: encodeNew(want, fields)}, "")
	answer.Created = err == nil
	return answer, err
}

// Update changes the given fields (PATCH /contacts/{id}). The vendor always wants the names and the e-mail, and does
// not say whether a phone or position that is left out is kept: what fields does not have is sent as found. The client
// and send_email cannot be updated and are never sent.
func (c *Client) Update(ctx context.Context, found, want Contact, fields crm.Fields) (crm.Answer[Contact], error) {
	answer, err := c.write(ctx, crm.Call{Op: "update contact", Method: http.MethodPatch, Path: contactPath(found.ID),
		ContentType: typeForm, Body: encodeUpdate(found, want, fields), Repeatable: true}, formatID(found.ID))
	if err == nil && answer.Contact == nil {
		after := want
		after.AccountOwner = found.AccountOwner // which no update changes
		answer.Contact = &after
	}
	return answer, err
}

// Delete deletes a contact (DELETE /contacts/{id}). The vendor keeps it without e-mail and password and documents no way to
// restore it.
func (c *Client) Delete(ctx context.Context, id string) (crm.Answer[Contact], error) {
	call := crm.Call{Op: "delete contact", Method: http.MethodDelete}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return crm.Answer[Contact]{}, noID(call.Op, id)
	}
	call.Path = contactPath(n)
	body := answers.One[contactJSON]{Asked: formatID(n)}
	meta, err := c.api.Do(ctx, call, &body)
	return crm.Answer[Contact]{ID: id, Meta: meta}, err
}

// Deleted says that deleted contacts are gone.
func (c *Client) Deleted() string {
	return "they are gone for good, as Grow CRM documents no way to restore them"
}

// noID is the error of an id that no contact can have.
func noID(op, id string) error {
	return &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Message: fmt.Sprintf("%q is no id of a contact", id)}
}

// StepFields says that account_owner is set by a call of its own.
func (c *Client) StepFields() crm.Fields { return crm.Fields{"account_owner"} }

// Steps returns one step if want is to become account owner and have is not. Nothing takes the role away from a contact
// but giving it to another.
func (c *Client) Steps(have *Contact, want Contact, fields crm.Fields) []crm.Step {
	if !fields.Has("account_owner") || want.AccountOwner != yes || have != nil && have.AccountOwner == yes {
		return nil
	}
	return []crm.Step{{Name: "set account owner", Fields: crm.Fields{"account_owner"}}}
}

// Do makes a contact the account owner of its client (PUT /contacts/{id}/account-owner), instead of the one before. The
// vendor answers 409 if the contact belongs to no client.
func (c *Client) Do(ctx context.Context, step crm.Step, id string, _ *Contact, _ Contact) (crm.Answer[Contact], error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return crm.Answer[Contact]{}, noID(step.Name, id)
	}
	return c.write(ctx, crm.Call{Op: step.Name, Method: http.MethodPut, Path: contactPath(n) + "/account-owner", Repeatable: true}, formatID(n))
}

// Holder is the account owner of a contact's client (GET /contacts?client_id=ID&account_owner=yes).
func (c *Client) Holder(ctx context.Context, _ crm.Step, have *Contact, want Contact) (*Contact, error) {
	const op = "find account owner"
	client := want.Client.ID
	if have != nil && have.Client.ID != "" {
		client = have.Client.ID
	}
	if client == "" {
		return nil, &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Message: "which client the contact belongs to is not known"}
	}
	for page, err := range c.contacts(ctx, op, url.Values{"client_id": {client}, "account_owner": {yes}}) {
		if err != nil {
			return nil, err
		}
		for i, found := range page.Items {
			if found.AccountOwner == yes && found.Client.ID == client {
				return &page.Items[i], nil
			}
		}
	}
	return nil, nil
}

// write sends a contact and reads the contact that comes back, which has the id unless that is "".
func (c *Client) write(ctx context.Context, call crm.Call, id string) (crm.Answer[Contact], error) {
	body := answers.One[contactJSON]{Asked: id}
	meta, err := c.api.Do(ctx, call, &body)
	if err != nil {
		return crm.Answer[Contact]{Meta: meta}, err
	}
	got := body.Data.Value.contact()
	answer := crm.Answer[Contact]{ID: formatID(got.ID), Meta: meta}
	if got.Email != "" { // else the answer is as short as in the vendor's examples: id and name only
		answer.Contact = &got
	}
	return answer, nil
}

// Check counts the contacts that the key can see.
func (c *Client) Check(ctx context.Context) (string, error) {
	var page answers.Page[contactJSON]
	call := crm.Call{Op: "check the key", Method: http.MethodGet, Path: "/contacts", Query: url.Values{"limit": {"1"}}}
	if _, err := c.api.Do(ctx, call, &page); err != nil {
		return "", err
	}
	if page.Total() < 0 {
		return "the key can read contacts", nil
	}
	return fmt.Sprintf("the key can read contacts; the account has %d contacts", page.Total()), nil
}

func contactPath(id int64) string { return "/contacts/" + formatID(id) }

func formatID(id int64) string { return strconv.FormatInt(id, 10) }
