package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/terminal"
	"crmferry/internal/transport"
)

// defaultWorkers is the number of requests in flight at most.
const defaultWorkers = 8

// connectOptions say how a command reaches an account. The command fills in the flags' values (see addTo).
type connectOptions struct {
	rate         string // --rate
	workers      int    // --workers
	sandbox      bool   // --sandbox
	undocumented bool   // --allow-undocumented
	verbose      bool   // --verbose
}

// addTo declares --rate and --workers.
func (o *connectOptions) addTo(fs *pflag.FlagSet) {
	fs.StringVar(&o.rate, "rate", "", "requests at most, `N/s`, N/m or N/h, or off (default: the vendor's documented limit)")
	fs.IntVar(&o.workers, "workers", defaultWorkers, "requests in flight at most, a `number`")
}

// addSandbox declares --sandbox.
func (o *connectOptions) addSandbox(fs *pflag.FlagSet) {
	fs.BoolVar(&o.sandbox, "sandbox", false, "use a simulated vendor inside this process: no key, no network")
}

// addUndocumented declares --allow-undocumented.
func (o *connectOptions) addUndocumented(fs *pflag.FlagSet) {
	fs.BoolVar(&o.undocumented, "allow-undocumented", false, "use what the vendor does not document but is conventional (cloverhound)")
}

// addVerbose declares --verbose.
func (o *connectOptions) addVerbose(fs *pflag.FlagSet) {
	fs.BoolVarP(&o.verbose, "verbose", "v", false, "say each request on stderr, without keys")
}

// connection is an account within reach: settings read, pace decided, nothing sent yet.
type connection struct {
	settings     settings
	pace         pace
	workers      int
	undocumented bool
	transport    *transport.Transport
	client       *http.Client
	sandbox      *servedSandbox // nil unless --sandbox
	kept         *keptPause     // nil with --sandbox
	answered     atomic.Bool    // a request succeeded: the base URL is right
	progress     atomic.Pointer[terminal.Progress]
}

// connect reads the settings of a resource's vendor, or starts the sandbox, and builds the stack that requests go
// through. An import calls it once, then entry.client; errors of the client go through connection.explain before the
// command returns them. The caller closes the connection.
func (a *app) connect(r resource, o connectOptions) (*connection, error) {
	v := r.Vendor()
	if o.workers < 1 {
		return nil, failure.Usage("give at least 1", "--workers %d is too few", o.workers)
	}
	p, err := newPace(v, o.rate, o.sandbox)
	if err != nil {
		return nil, err
	}
	c := &connection{pace: p, workers: o.workers, undocumented: o.undocumented}
	env := a.env
	if o.sandbox {
		if c.sandbox, err = startSandbox("127.0.0.1:0", sandboxDefaults()); err != nil {
			return nil, err
		}
		env = c.sandbox.lookup
	}
	if c.settings, err = readSettings(v, env); err != nil {
		c.Close()
		return nil, err
	}
	for _, w := range c.settings.warnings {
		a.ui.Warnf("%s", w)
	}
	if p.warning != "" {
		a.ui.Warnf("%s", p.warning)
	}
	if !o.sandbox {
		c.kept = &keptPause{app: a, conn: c}
	}
	c.transport = transport.New(c.transportOptions(a, o))
	c.client = c.observed(c.transport.Client())
	return c, nil
}

func (c *connection) transportOptions(a *app, o connectOptions) transport.Options {
	authorize := c.settings.vendor.Authorize(c.settings.keys...)
	t := transport.Options{
		Authorize: authorize,
		Rate:      c.pace.Effective(),
		Workers:   c.workers,
		Secrets:   append(headerValues(authorize), c.settings.keys...),
		UserAgent: userAgent(),
		OnWait:    c.waiting(a.ui),
		OnSlow:    c.slow(a.ui),
		Base:      a.network,
	}
	if c.kept != nil {
		t.OnAsked = c.kept.keep
	}
	if o.verbose {
		t.Log = slog.New(slog.NewTextHandler(a.ui.LogWriter(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return t
}

// show lets waits show on a progress from now on. Before, each has a line of its own.
func (c *connection) show(p *terminal.Progress) {
	p.Silent(c.silent)
	c.progress.Store(p)
}

// silent says for how long no request was answered, "" if that is not long.
func (c *connection) silent() string {
	switch d, bytes := c.transport.Silence(); {
	case d < longSilence:
		return ""
	case bytes == 0:
		return "no answer for " + humanize.Duration(d)
	default:
		return fmt.Sprintf("%s of an answer in %s", humanize.Count(bytes, "byte"), humanize.Duration(d))
	}
}

// longSilence is how long nobody wonders about.
const longSilence = 10 * time.Second

// slow says that the vendor does not answer where no progress shows it.
func (c *connection) slow(ui *terminal.UI) func() {
	return func() {
		if words := c.silent(); words != "" && c.progress.Load() == nil {
			ui.Notef("waiting for %s: %s", c.settings.vendor.Name, words)
		}
	}
}

func (c *connection) waiting(ui *terminal.UI) func(d time.Duration, why string) {
	return func(d time.Duration, why string) {
		if p := c.progress.Load(); p != nil {
			p.Wait(d, why)
			return
		}
		ui.Waiting(d, why)
	}
}

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

// observed heeds the pause that is kept, and notes the first success; a web page is none.
func (c *connection) observed(client *http.Client) *http.Client {
	seen, next := *client, client.Transport
	if c.kept != nil {
		next = c.kept.before(next)
	}
	seen.Transport = roundTripper(func(req *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err == nil && resp.StatusCode < 300 && !strings.Contains(resp.Header.Get("Content-Type"), "html") {
			c.answered.Store(true)
		}
		return resp, err
	})
	return &seen
}

// roundTripper makes a function an http.RoundTripper.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// Close ends the sandbox, if any. Its data is gone.
func (c *connection) Close() {
	if c != nil && c.sandbox != nil {
		c.sandbox.Close()
	}
}
