package cli

import (
	"errors"
	"log/slog"
	"strings"

	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job"
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

// options are what a job reaches the account by.
func (o *connectOptions) options(a *app) (job.ConnectOptions, error) {
	if o.workers < 1 {
		return job.ConnectOptions{}, failure.Usage("give at least 1", "--workers %d is too few", o.workers)
	}
	rate, err := readRate(o.rate)
	options := job.ConnectOptions{Rate: rate, Workers: o.workers, Sandbox: o.sandbox, Undocumented: o.undocumented}
	if o.verbose {
		options.Log = slog.New(slog.NewTextHandler(a.ui.LogWriter(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return options, err
}

// connection is an account within reach.
type connection struct {
	*job.Connection
	*job.Runner
	app *app
}

// connect reaches the account of a resource's vendor. The caller closes the connection.
func (a *app) connect(r account.Resource, o connectOptions) (*connection, error) {
	options, err := o.options(a)
	if err != nil {
		return nil, err
	}
	run := a.runner(r.Vendor(), o)
	c, err := run.Connect(r, options)
	if err != nil {
		return nil, err
	}
	return &connection{c, run, a}, nil
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
	if e := (*job.Error)(nil); errors.As(explained, &e) {
		return c.app.explain(e)
	}
	return explained
}
