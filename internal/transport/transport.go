package transport

import (
	"context"
	"crypto/x509"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// Options say how requests of one account are sent.
type Options struct {
	// Authorize adds the credentials to a request that nobody else sees; nil adds none.
	Authorize func(*http.Request)
	// Rate is the number of requests per second, reads and repeated tries included; 0 or rate.Inf: no limit. Refusals
	// (429) lower it for a while.
	Rate rate.Limit
	// Workers is the number of requests in flight at most; connections are kept for as many.
	Workers int
	// Secrets appear in no error, log or refusal. Those of less than four bytes are not looked for.
	Secrets []string
	// Log gets each request at level Debug: method, path, names of query parameters, status, duration. May be nil.
	Log *slog.Logger
	// UserAgent is sent with each request, unless empty.
	UserAgent string
	// OnWait is told, by any goroutine, when all requests begin to wait because the vendor says so, when the next turn
	// is 10 seconds away or more, and when a read waits a second or more before it is tried again; why reads well
	// after "waiting 12 s for". It must not block. May be nil.
	OnWait func(d time.Duration, why string)
	// Known reports whether the vendor has answered before, perhaps to another program: only then reads outlast an outage, as
	// leaveby.Patience of their contexts says. nil: it has not.
	Known func() bool
	// OnAway is told, by any goroutine, that the vendor is away, for how long it is waited for at most, and why; OnBack, that it is
	// there again, and for how long it was away. They may be nil.
	OnAway func(d time.Duration, why string)
	OnBack func(d time.Duration)
	// OnSlow is told, by any goroutine, when a request has no whole answer after 10 seconds: see Silence. May be nil.
	OnSlow func()
	// OnAsked is told, by any goroutine, that the vendor wants no request before a time: 429 or 503 with Retry-After, or 429
	// without, where the time is guessed. Who gets that answer waits meanwhile. May be nil.
	OnAsked func(until time.Time)
	// RootCAs are the authorities whose certificates are trusted; nil: those of the machine.
	RootCAs *x509.CertPool
	// Turns are shared with other programs that send requests of the account; nil where there are none.
	Turns Turns
	// Look is called, by any goroutine, before each request leaves: it may call Pause for what is known elsewhere. May be nil.
	Look func(ctx context.Context)
	// Base sends the requests in the end; nil for the network, where plain http leads to this machine only.
	Base http.RoundTripper
}

// Transport sends the requests of one account. It is safe for concurrent use. Once the vendor asks to wait for more than
// 15 minutes (429 or 503), no request leaves any more: all get that refusal as their answer, status 429.
type Transport struct {
	stack http.RoundTripper
	pace  *pace
	clock clock
	took  answers
	fly   flight
	sent  sentCount
}

var _ http.RoundTripper = (*Transport)(nil)

// New returns a transport. It sends nothing.
func New(o Options) *Transport {
	o.Workers = max(o.Workers, 1)
	if o.OnWait == nil {
		o.OnWait = func(time.Duration, string) {}
	}
	if o.Known == nil {
		o.Known = func() bool { return false }
	}
	if o.OnAway == nil {
		o.OnAway = func(time.Duration, string) {}
	}
	if o.OnBack == nil {
		o.OnBack = func(time.Duration) {}
	}
	if o.OnSlow == nil {
		o.OnSlow = func() {}
	}
	if o.OnAsked == nil {
		o.OnAsked = func(time.Time) {}
	}
	if o.Look == nil {
		o.Look = func(context.Context) {}
	}
	if o.Base == nil {
		o.Base = newNetwork(o.Workers, o.RootCAs)
	}
	hide, told, away := newRedactor(o.Secrets), o.OnWait, o.OnAway
	o.OnWait = func(d time.Duration, why string) { told(d, hide.Replace(why)) } // an error that a wait is for may quote a key
	o.OnAway = func(d time.Duration, why string) { away(d, hide.Replace(why)) }
	t := &Transport{pace: newPace(o)}
	t.stack = t.compose(o, hide)
	return t
}

// compose stacks the layers; a request passes them from the last line to the first.
func (t *Transport) compose(o Options, hide *redactor) http.RoundTripper {
	var agent []string
	if o.UserAgent != "" {
		agent = []string{o.UserAgent}
	}
	var rt http.RoundTripper = bound{next: o.Base, by: authority{o.Authorize, agent}, size: maxBody, time: maxTry, flight: &t.fly, onSlow: o.OnSlow}
	rt = dated{next: rt, clock: &t.clock, answers: &t.took}
	rt = logged{next: rt, log: o.Log, hide: hide}
	rt = counted{next: rt, n: &t.sent}
	rt = paced{next: rt, pace: t.pace} // inside the repetitions: every try keeps the pace
	rt = repeated{next: rt, pace: t.pace, outage: &outage{known: o.Known, onAway: o.OnAway, onBack: o.OnBack, asking: make(chan struct{}, 1)}, onWait: o.OnWait}
	return redacted{next: rt, hide: hide}
}

// RoundTrip sends a request through all layers.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	return t.stack.RoundTrip(req)
}

// Client returns a client that sends through t and follows redirects of reads within the host only. It has no timeout
// of its own, which would count the time spent waiting: each try has one, and every wait ends with its context.
func (t *Transport) Client() *http.Client {
	return &http.Client{Transport: t, CheckRedirect: checkRedirect}
}

// Requests is the number of requests sent so far, repeated tries included.
func (t *Transport) Requests() int64 { return t.sent.n.Load() }

// OnSent lets f be told the number of requests whenever one is sent, until it is called again; nil: nobody is told.
func (t *Transport) OnSent(f func(requests int64)) {
	if f == nil {
		f = func(int64) {}
	}
	t.sent.told.Store(&f)
}

// Latency is how long an answer took, on average; 0 before the first.
func (t *Transport) Latency() time.Duration { return t.took.mean() }

// Pause makes all requests wait for d at least; OnWait is told why. Longer than retryafter.MaxWait nobody waits: all get
// a refusal.
func (t *Transport) Pause(d time.Duration, why string) { t.pace.pause(d, why) }

// Rate is the number of requests per second that leave: Options.Rate, or less after refusals; rate.Inf: no limit.
func (t *Transport) Rate() rate.Limit { return t.pace.rate() }

// PausedUntil is the end of the current or last pause, the zero time if there was none.
func (t *Transport) PausedUntil() time.Time { return t.pace.pausedUntil() }

// Silence is how long requests are under way without an answer to any, and how many bytes of answers came meanwhile; 0 if
// there are none. Waiting for a turn or for another try is none.
func (t *Transport) Silence() (d time.Duration, bytes int64) { return t.fly.silence() }

// ClockOffset is how far the vendor's clock is ahead of ours, to a second or so, by its last answer that told; 0 before the
// first.
func (t *Transport) ClockOffset() time.Duration { return time.Duration(t.clock.ahead.Load()) }

// counted counts requests.
type counted struct {
	next http.RoundTripper
	n    *sentCount
}

// sentCount is the number of requests.
type sentCount struct {
	n    atomic.Int64
	told atomic.Pointer[func(int64)]
}

func (c counted) RoundTrip(req *http.Request) (*http.Response, error) {
	n := c.n.n.Add(1)
	if told := c.n.told.Load(); told != nil {
		(*told)(n)
	}
	return c.next.RoundTrip(req)
}
