package account

import (
	"crypto/x509"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
)

// Options say how an account is reached.
type Options struct {
	Rate         *RateLimit // requests at most; nil for the vendor's documented limit, zero for none
	Workers      int        // requests in flight at most
	Sandbox      bool       // a simulated vendor inside this process
	Undocumented bool       // use what the vendor does not document
	Advice       string     // the last hint where settings are missing
	Typed        Entry      // settings that are not kept yet; nil for those that the account has

	Env       Lookup
	Now       func() time.Time
	UserAgent string
	Log       *slog.Logger      // is told each request, without keys; nil for none
	Network   http.RoundTripper // nil: the real one
	Observer  Observer
}

// Observer is told what happens on a connection. Its methods may be called from several goroutines.
type Observer interface {
	// Warn is told what the owner of the account should know.
	Warn(text string)
	// Waiting is told that requests wait, for how long and for what.
	Waiting(d time.Duration, why string)
	// Away is told that the vendor cannot be reached, or fails, though it has answered before; for how long it is waited for at most,
	// and why. Back is told that it answers again, and for how long it was away.
	Away(d time.Duration, why string)
	Back(d time.Duration)
	// Silent is told that the vendor does not answer; the silence of Connection.Transport says for how long.
	Silent(c *Connection)
}

// Connection is an account within reach: settings read, pace decided, nothing sent yet.
type Connection struct {
	Pace    Pace
	Workers int

	account      Account // that was asked for, also where a sandbox takes its place
	settings     settings
	undocumented bool
	transport    *transport.Transport
	client       *http.Client
	sandbox      *Sandbox    // nil unless a sandbox is asked for
	shared       *shared     // nil with a sandbox
	answered     atomic.Bool // a request succeeded: the base URL is right
}

// Connect reads the settings of an account, or starts the sandbox, and builds the stack that requests go through. Errors of
// the vendor's client go through Explain before they reach the user. The caller closes the connection.
func Connect(a Account, o Options) (*Connection, error) {
	c := &Connection{account: a, Pace: NewPace(a.Vendor, o.Rate, o.Sandbox), Workers: o.Workers, undocumented: o.Undocumented}
	if err := c.readSettings(a, o); err != nil {
		c.Close()
		return nil, err
	}
	for _, w := range c.settings.warnings {
		o.Observer.Warn(w)
	}
	if !o.Sandbox {
		c.shared = &shared{conn: c, env: o.Env, now: o.Now, warn: o.Observer.Warn, start: time.Now()}
	}
	roots, err := authorities(o.Env)
	if err != nil {
		c.Close()
		return nil, err
	}
	c.transport = transport.New(c.transportOptions(o, roots))
	c.client = c.watched(c.transport.Client())
	return c, nil
}

// readSettings reads the settings of an account, or starts the sandbox, which has one account of each vendor.
func (c *Connection) readSettings(a Account, o Options) (err error) {
	switch {
	case o.Typed != nil:
		c.settings, err = settingsOf(a, o.Typed)
	case o.Sandbox:
		if c.sandbox, err = StartSandbox("127.0.0.1:0", sandbox.Options{}); err != nil {
			return err
		}
		c.settings, err = readSettings(Account{Vendor: a.Vendor}, c.sandbox.lookup, o.Advice)
	default:
		c.settings, err = readSettings(a, o.Env, o.Advice)
	}
	return err
}

func (c *Connection) transportOptions(o Options, roots *x509.CertPool) transport.Options {
	authorize := c.settings.account.Vendor.Authorize(c.settings.keys...)
	t := transport.Options{
		Authorize: authorize,
		Rate:      c.Pace.Effective(),
		Workers:   c.Workers,
		Secrets:   append(headerValues(authorize), c.settings.keys...),
		UserAgent: o.UserAgent,
		OnWait:    o.Observer.Waiting,
		OnSlow:    func() { o.Observer.Silent(c) },
		Known:     c.Known,
		OnAway:    o.Observer.Away,
		OnBack:    o.Observer.Back,
		Base:      o.Network,
		RootCAs:   roots,
		Log:       o.Log,
	}
	if c.shared != nil {
		t.OnAsked, t.Look = c.shared.keep, c.shared.look
		if c.Pace.Limit.Documented() {
			t.Turns = c.shared
		}
	}
	return t
}

// Base is the address that the vendor's paths are appended to.
func (c *Connection) Base() *url.URL { return c.settings.base }

// Organization is the vendor's id of the organization, "" for vendors that need none.
func (c *Connection) Organization() string { return c.settings.organization }

// Transport is the stack that requests go through.
func (c *Connection) Transport() *transport.Transport { return c.transport }

// Answered reports whether a request has succeeded.
func (c *Connection) Answered() bool { return c.answered.Load() }

// Known reports whether the account has ever answered, this command or one before: its address is right then.
func (c *Connection) Known() bool {
	return c.answered.Load() || c.shared != nil && c.shared.hasAnswered()
}

// IsAway reports whether err says no more than that the vendor cannot be reached or fails just now, though it is known.
func (c *Connection) IsAway(err error) bool {
	switch crm.ClassOf(err) {
	case crm.NothingSent, crm.Transient, crm.RateLimited:
		return !transport.Permanent(err) && c.Known()
	}
	return false
}

// succeeded takes note of a success.
func (c *Connection) succeeded() {
	if !c.answered.Swap(true) && c.shared != nil {
		c.shared.answered()
	}
}

// MarkAnswered makes Answered report true: a request may have left, even if no answer came.
func (c *Connection) MarkAnswered() { c.answered.Store(true) }

// headerValues are what authorize puts into a request, whole and without the scheme: a key travels encoded too.
func headerValues(authorize func(*http.Request)) []string {
	req := &http.Request{Header: http.Header{}}
	authorize(req)
	var values []string
	for _, list := range req.Header {
		for _, v := range list {
			if _, credentials, found := strings.Cut(v, " "); found {
				values = append(values, credentials)
			}
			values = append(values, v)
		}
	}
	return values
}

// watched is a client that notes the first success; a web page is none.
func (c *Connection) watched(client *http.Client) *http.Client {
	seen, next := *client, client.Transport
	seen.Transport = roundTripper(func(req *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err == nil && resp.StatusCode < 300 && !strings.Contains(resp.Header.Get("Content-Type"), "html") {
			c.succeeded()
		}
		return resp, err
	})
	return &seen
}

// roundTripper makes a function an http.RoundTripper.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// Close ends the sandbox, if any. Its data is gone.
func (c *Connection) Close() {
	if c != nil && c.sandbox != nil {
		c.sandbox.Close()
	}
}
