package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/terminal"
)

// defaultWorkers is the number of requests in flight at most.
const defaultWorkers = 8

// connectOptions are the flags by which a command reaches an account.
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

// addUndocumented declares --allow-undocumented, which is for some vendors of a registry.
func (o *connectOptions) addUndocumented(fs *pflag.FlagSet, r *account.Registry) {
	fs.BoolVar(&o.undocumented, "allow-undocumented", false, "use what the vendor does not document but is conventional ("+strings.Join(r.Undocumented(), ", ")+")")
}

// addVerbose declares --verbose.
func (o *connectOptions) addVerbose(fs *pflag.FlagSet) {
	fs.BoolVarP(&o.verbose, "verbose", "v", false, "say each request on stderr, without keys")
}

// connection is an account within reach, whose waits are shown.
type connection struct {
	*account.Connection
	observer *connectionObserver
}

// connect reaches the account of a resource's vendor. The caller closes the connection.
func (a *app) connect(r account.Resource, o connectOptions) (*connection, error) {
	v := r.Vendor()
	if o.workers < 1 {
		return nil, failure.Usage("give at least 1", "--workers %d is too few", o.workers)
	}
	rate, err := readRate(o.rate)
	if err != nil {
		return nil, err
	}
	observer := &connectionObserver{ui: a.ui, vendor: v}
	options := account.Options{Rate: rate, Workers: o.workers, Sandbox: o.sandbox, Undocumented: o.undocumented, Advice: "--sandbox needs none",
		Env: a.env, Now: a.now, UserAgent: userAgent(), Network: a.network, Observer: observer}
	if o.verbose {
		options.Log = slog.New(slog.NewTextHandler(a.ui.LogWriter(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	c, err := account.Connect(v, options)
	if err != nil {
		return nil, explainListen(err)
	}
	if text := text.Excess(c.Pace, v, o.rate); text != "" {
		a.ui.Warnf("%s", text)
	}
	return &connection{c, observer}, nil
}

// Close ends what the connection has started.
func (c *connection) Close() {
	if c != nil {
		c.Connection.Close()
	}
}

// explain adds to an error of this account what the user can do about it.
func (c *connection) explain(err error) error {
	explained := c.Connection.Explain(err)
	var f *failure.Error
	if p, told := c.EarlierPause(); told && errors.As(explained, &f) {
		if _, spent := crm.Exhausted(err); spent {
			f.Hints = append(f.Hints, fmt.Sprintf("it said so at %s; to ask again all the same, remove %s", p.Asked.Format("2006-01-02 15:04"), text.Quote(p.Path)))
		}
	}
	return explained
}

// show lets waits show on a progress from now on. Before, each has a line of its own.
func (c *connection) show(p *terminal.Progress) {
	p.Silent(func() string { return silenceText(c.Connection) })
	c.observer.progress.Store(p)
}

// connectionObserver says what happens on a connection.
type connectionObserver struct {
	ui       *terminal.UI
	vendor   *account.Vendor
	progress atomic.Pointer[terminal.Progress]
}

// Warn says what the owner of the account should know.
func (o *connectionObserver) Warn(text string) { o.ui.Warnf("%s", text) }

// Waiting says that requests wait.
func (o *connectionObserver) Waiting(d time.Duration, why string) {
	if p := o.progress.Load(); p != nil {
		p.Wait(d, why)
		return
	}
	o.ui.Waiting(d, why)
}

// Silent says that the vendor does not answer where no progress shows it.
func (o *connectionObserver) Silent(c *account.Connection) {
	if words := silenceText(c); words != "" && o.progress.Load() == nil {
		o.ui.Notef("waiting for %s: %s", o.vendor.Name, words)
	}
}

// longSilence is how long nobody wonders about.
const longSilence = 10 * time.Second

// silenceText says for how long no request was answered, "" if that is not long.
func silenceText(c *account.Connection) string {
	switch d, bytes := c.Transport().Silence(); {
	case d < longSilence:
		return ""
	case bytes == 0:
		return "no answer for " + humanize.Duration(d)
	default:
		return fmt.Sprintf("%s of an answer in %s", humanize.Count(bytes, "byte"), humanize.Duration(d))
	}
}
