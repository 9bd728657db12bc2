package cloverhound

import (
	"context"
	"net/http"
	"net/url"

	"crmferry/internal/crm"
)

var _ crm.Creator[Contact] = (*Client)(nil)

// Config is what a client needs.
type Config struct {
	// Base is what /{organization_id}/contacts is appended to. The vendor documents the hosts
	// https://cloud-staging.cloverhound.com (in its sample) and https://cloud.cloverhound.com (of its documentation),
	// but not whether a path comes before the organization: there is no default.
	Base         *url.URL
	HTTP         *http.Client // authenticates with Authorize, paces and repeats reads
	Organization string       // the organization's id, a number
}

// Client makes contacts: the only call that the vendor documents
// (https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact).
type Client struct {
	api  crm.API
	path string // of the organization's contacts
}

// New returns a client of one organization. It sends nothing.
func New(c Config) *Client {
	return &Client{
		api:  crm.API{Base: c.Base, HTTP: c.HTTP, Accept: "application/json", DecodeError: decodeError, Refusals: refusalMembers()},
		path: "/" + url.PathEscape(c.Organization) + "/contacts",
	}
}

// Authorize returns what adds HTTP Basic authentication to a request. It takes the API key's id and its secret
// (https://cloud.cloverhound.com/docs/admin/api-keys).
func Authorize(key ...string) func(*http.Request) {
	var id, secret string
	if len(key) > 0 {
		id = key[0]
	}
	if len(key) > 1 {
		secret = key[1]
	}
	return func(req *http.Request) { req.SetBasicAuth(id, secret) }
}

// Traits says that a create cannot be repeated safely and that nothing can be looked up.
func (c *Client) Traits() crm.Traits { return crm.Traits{} }

// Create makes a contact (POST /{organization_id}/contacts). The vendor documents no idempotency key: token is not
// sent, and a lost answer leaves it open whether the contact exists. A field whose value is zero is left out.
func (c *Client) Create(ctx context.Context, want Contact, fields crm.Fields, _ string) (crm.Answer[Contact], error) {
	answer, err := c.write(ctx, crm.Call{Op: "create contact", Method: http.MethodPost, Path: c.path, Body: encodeNew(want, fields)}, 0)
	answer.Created = err == nil
	return answer, err
}

// write sends a contact and reads the contact that comes back, which has the id unless that is 0.
func (c *Client) write(ctx context.Context, call crm.Call, id int64) (crm.Answer[Contact], error) {
	call.ContentType = "application/json"
	got := wireAnswer{asked: id}
	meta, err := c.api.Do(ctx, call, &got)
	if err != nil {
		return crm.Answer[Contact]{Meta: meta}, err
	}
	return crm.Answer[Contact]{ID: got.contact.id(), Contact: &got.contact, Meta: meta}, nil
}
