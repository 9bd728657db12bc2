package rogerroger

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"crmferry/internal/crm"
)

const (
	pageSize  = 30 // the most people on a page, https://developer.rogerroger.io/getting-started/pagination
	findBatch = 30
	typeLD    = "application/ld+json" // which the documented shapes are of
	typeMerge = "application/merge-patch+json"
)

var (
	_ crm.Creator[Person]  = (*Client)(nil)
	_ crm.Lister[Person]   = (*Client)(nil)
	_ crm.Numbered[Person] = (*Client)(nil)
	_ crm.Filterer         = (*Client)(nil)
	_ crm.Finder[Person]   = (*Client)(nil)
	_ crm.Updater[Person]  = (*Client)(nil)
	_ crm.Linker[Person]   = (*Client)(nil)
	_ crm.Checker          = (*Client)(nil)
)

// Config is what a client needs.
type Config struct {
	Base *url.URL     // https://api.rogerroger.io, or where a proxy answers; may carry a path
	HTTP *http.Client // authenticates with Authorize, paces and repeats reads
}

// Client calls the people, tags, segments and organizations endpoints.
type Client struct {
	api      crm.API
	lookup   lookup
	links    links
	archived atomic.Bool // this client has archived somebody since archived people were last counted
	now      func() time.Time
}

// New returns a client of the account that the key of c.HTTP belongs to. It sends nothing.
func New(c Config) *Client {
	return &Client{
		api:    crm.API{Base: c.Base, HTTP: c.HTTP, PageSize: pageSize, Accept: typeLD, DecodeError: decodeError},
		lookup: newLookup(),
		links:  newLinks(),
		now:    time.Now,
	}
}

// Authorize returns what adds the API key to a request (header X-API-KEY). It takes one key.
func Authorize(key ...string) func(*http.Request) {
	value := strings.Join(key, "")
	return func(req *http.Request) { req.Header.Set("X-API-KEY", value) }
}

// Traits says that people are listed and looked up 30 at a time, and that an update sends whole values.
func (c *Client) Traits() crm.Traits {
	return crm.Traits{UpdateRepeatable: true, PageSize: pageSize, FindBatch: findBatch, FindRequests: 2, FindSetup: 5}
}

// Create makes a person (POST /people). The vendor documents no idempotency key: token is not sent, and a lost answer
// leaves it open whether the person exists. A field whose value is zero is left out.
func (c *Client) Create(ctx context.Context, want Person, fields crm.Fields, _ string) (crm.Answer[Person], error) {
	const op = "create person"
	body, err := encodeNew(want, fields)
	if err != nil {
		return crm.Answer[Person]{}, refuse(op, err)
	}
	answer, err := c.write(ctx, crm.Call{Op: op, Method: http.MethodPost, Path: "/people", ContentType: typeLD, Body: body}, fields)
	answer.Created = err == nil
	return answer, err
}

// Update changes the given fields (PATCH /people/{id}; never PUT, which replaces all fields). Arrays are sent complete,
// because a merge patch replaces them (RFC 7396; that the vendor does so is inferred).
func (c *Client) Update(ctx context.Context, found, want Person, fields crm.Fields) (crm.Answer[Person], error) {
	const op = "update person"
	if found.ID == "" {
		return crm.Answer[Person]{}, refuse(op, fmt.Errorf("the person has no id"))
	}
	body, err := encodePatch(found, want, fields)
	if err != nil {
		return crm.Answer[Person]{}, refuse(op, err)
	}
	return c.write(ctx, crm.Call{Op: op, Method: http.MethodPatch, Path: personPath(found.ID),
		ContentType: typeMerge, Body: body, Repeatable: true}, fields)
}

// write sends a person and reads the person that comes back.
func (c *Client) write(ctx context.Context, call crm.Call, fields crm.Fields) (crm.Answer[Person], error) {
	if fields.Has("archivedAt") {
		defer c.archived.Store(true) // also if the answer is lost
	}
	var p Person
	meta, err := c.api.Do(ctx, call, &p)
	if err != nil {
		return crm.Answer[Person]{Meta: meta}, err
	}
	if !crm.IsID(p.ID) {
		return crm.Answer[Person]{Meta: meta}, call.NoID(meta)
	}
	return crm.Answer[Person]{ID: p.ID, Contact: &p, Meta: meta}, nil
}

// Check counts the people that the key can see.
func (c *Client) Check(ctx context.Context) (string, error) {
	page, err := getPage[Person](ctx, c, "check the key", "/people", url.Values{"itemsPerPage": {"1"}})
	if err != nil {
		return "", err
	}
	if page.Total < 0 {
		return "the key can read people", nil
	}
	return fmt.Sprintf("the key can read people; the account lists %d", page.Total), nil
}

// personPath is the path of one person; id may be an IRI.
func personPath(id string) string { return "/people/" + url.PathEscape(lastPart(id)) }

// refuse is the error of a request that cannot be built from what it was given.
func refuse(op string, err error) error {
	return &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Err: err}
}
