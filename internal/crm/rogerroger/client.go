package rogerroger

import (
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
		api:    crm.API{Base: c.Base, HTTP: c.HTTP, PageSize: pageSize, Accept: typeLD, DecodeError: decodeError, Refusals: refusalMembers()},
		lookup: newLookup(),
		links:  newLinks(),
		now:    time.Now,
	}
}

// Authorize returns what adds the API key to a request (header X-API-KEY). It takes one key.
func Authorize(key ...string) func(*http.Request) {
	value := []string{strings.Join(key, "")}
	return func(req *http.Request) { req.Header["X-Api-Key"] = value }
}

// Traits says that people are listed and looked up 30 at a time, and that an update sends whole values.
func (c *Client) Traits() crm.Traits {
	return crm.Traits{UpdateRepeatable: true, PageSize: pageSize, Paging: []string{"page", "itemsPerPage", "view"}, FindBatch: findBatch, FindRequests: 2, FindSetup: 5}
}
