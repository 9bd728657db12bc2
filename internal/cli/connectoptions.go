package cli

import (
	"log/slog"
	"strings"

	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/parse"
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
	progress     string // --progress
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
	fs.BoolVar(&o.undocumented, "allow-undocumented", false, "use what the vendor does not document and crmferry vendors names ("+strings.Join(r.Undocumented(), ", ")+")")
}

// addTalk declares how a command talks that takes its time.
func (o *connectOptions) addTalk(a *app, fs *pflag.FlagSet) {
	fs.BoolVarP(&a.ui.Quiet, "quiet", "q", false, "print nothing on success")
	o.addVerbose(fs)
	fs.StringVar(&o.progress, "progress", "", "how far it is as a line of `json` each second on stderr, in place of the bar")
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
	if err := parse.OneOf("--progress", o.progress, "json"); err != nil {
		return job.ConnectOptions{}, err
	}
	a.ui.Lines = o.progress != ""
	rate, err := parse.Rate(o.rate)
	options := job.ConnectOptions{Rate: rate, Workers: o.workers, Sandbox: o.sandbox, Undocumented: o.undocumented}
	if o.verbose {
		options.Log = slog.New(slog.NewTextHandler(a.ui.LogWriter(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return options, err
}
