package clientcommander

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"crmferry/internal/crm"
)

var (
	_ crm.Creator[Contact]  = (*Client)(nil)
	_ crm.Lister[Contact]   = (*Client)(nil)
	_ crm.Cursored[Contact] = (*Client)(nil)
	_ crm.Finder[Contact]   = (*Client)(nil)
	_ crm.Updater[Contact]  = (*Client)(nil)
	_ crm.Deleter[Contact]  = (*Client)(nil)
	_ crm.Stepper[Contact]  = (*Client)(nil)
	_ crm.Linker[Contact]   = (*Client)(nil)
	_ crm.Checker           = (*Client)(nil)
)

// Config is what a client needs.
type Config struct {
	Base *url.URL     // what /v1/... is appended to; may carry a path
	HTTP *http.Client // authenticates with Authorize, paces and repeats reads
}

// Client calls the people endpoints.
type Client struct {
	api     crm.API
	creates sync.Pool // of *create
}

// New returns a client of the account that the key of c.HTTP belongs to. It sends nothing.
func New(c Config) *Client {
	return &Client{api: crm.API{Base: c.Base, HTTP: c.HTTP, PageSize: pageSize, Accept: typeJSON, DecodeError: decodeError, Refusals: refusalMembers(), RequestID: requestID}}
}

// Authorize returns what adds the API key to a request. It takes one key.
func Authorize(key ...string) func(*http.Request) {
	value := []string{"Bearer " + strings.Join(key, "")}
	return func(req *http.Request) { req.Header["Authorization"] = value }
}

// Traits says that a create is an upsert, which may go by phones (that is not documented), and may be repeated with its token,
// that an update sends whole values, that a page holds 100 people and that they are looked up one by one.
func (c *Client) Traits() crm.Traits {
	return crm.Traits{CreateUpserts: true, MatchesPhones: true, Idempotent: true, UpdateRepeatable: true, PageSize: pageSize, Paging: []string{"limit", "cursor"}, FindBatch: 1}
}

// Check reads the user behind the key (GET /v1/me).
func (c *Client) Check(ctx context.Context) (string, error) {
	var body meJSON
	if _, err := c.api.Do(ctx, crm.Call{Op: "check the key", Method: http.MethodGet, Path: "/v1/me"}, &body); err != nil {
		return "", err
	}
	return "the key belongs to " + body.Data.Value.String(), nil
}

func personPath(id string) string { return "/v1/people/" + url.PathEscape(id) }
