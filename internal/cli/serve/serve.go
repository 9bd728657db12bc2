// Package serve serves the simulated vendors to the command line.
package serve

import (
	"context"
	"fmt"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"crmferry/internal/account"
	"crmferry/internal/cli/shell"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/sandbox"
	"crmferry/internal/terminal"
)

// Options are the flags of the command.
type Options struct {
	addr     string
	contacts int
	latency  time.Duration
	lag      time.Duration
	noLimits bool
	churn    int
	order    string
	faults   []string
	required []string
	custom   []string
	tls      bool
}

// AddTo declares the flags.
func (o *Options) AddTo(fs *pflag.FlagSet) {
	fs.StringVar(&o.addr, "addr", "127.0.0.1:8080", "where to listen, `HOST:PORT`; port 0 takes any free one")
	fs.IntVar(&o.contacts, "contacts", 0, "seed `N` more contacts per vendor")
	fs.DurationVar(&o.latency, "latency", 0, "answer no sooner than after `D`, such as 200ms")
	fs.DurationVar(&o.lag, "lag", 0, "let look-ups see a new contact only `D` after it was created")
	fs.BoolVar(&o.noLimits, "no-limits", false, "do not keep the vendors' rate limits")
	fs.IntVar(&o.churn, "churn", 0, "make and delete a contact at every `N`th request for a page of contacts")
	fs.StringVar(&o.order, "list-order", sandbox.ListOrders()[0], "`ORDER` of lists whose order the vendor does not document: "+strings.Join(sandbox.ListOrders(), ", "))
	fs.StringArrayVar(&o.faults, "fault", nil, "let requests go wrong as `FAULT` says, such as growcrm:502:every=5: see above (repeatable)")
	fs.StringArrayVar(&o.required, "require-custom", nil, "let Grow CRM's account require the custom field `NAME` of its clients; leads/NAME: of its leads (repeatable)")
	fs.StringArrayVar(&o.custom, "custom", nil, "let it have the custom field `NAME` of clients, or leads/NAME, that may be left out (repeatable)")
	fs.BoolVar(&o.tls, "tls", false, "serve https, with a certificate that the printed SSL_CERT_FILE makes crmferry trust (not on macOS and Windows)")
}

// Help says what is simulated, and what can go wrong.
func Help() string {
	return `It serves until Ctrl-C and then forgets everything. stdout holds only lines to paste into a shell. The vendors'
documented rules and rate limits are kept; where a vendor's documentation is silent, the sandbox chose:
` + choicesText() + `
--fault VENDOR:KIND[:every=N][:from=M][:times=K][:on=WHICH][:for=D][:status=S][:form=F][:scatter] lets
requests of a vendor (or all) go wrong: every Nth one, or with scatter any one of each N, from the Mth on, K of them,
counting all its requests or those that are reads, writes or pages (of contacts).
D is the pause that is asked for, the time an answer takes, how late a request is carried out, or how far off a clock is.
S and F are the status and the form (html, text, half of some JSON, or json that no vendor documents) of answers of another
form; without them, all sorts come by turns.
--fault KIND[@AFTER[xTIMES]] is about pages of contacts of all vendors. Kinds:
` + faultsText() + `
What was committed, and how many requests came during an announced pause, is told as JSON at ` + sandbox.LedgerPath + `.
`
}

// choicesText lists the undocumented choices under their vendors.
func choicesText() string {
	var b strings.Builder
	vendor := ""
	for _, c := range sandbox.Choices() {
		if c.Vendor != vendor {
			vendor = c.Vendor
			fmt.Fprintf(&b, "\n  %s\n", vendor)
		}
		fmt.Fprintf(&b, "  - %s\n", c.Text)
	}
	return b.String()
}

// faultsText lists the kinds of --fault.
func faultsText() string {
	var b strings.Builder
	for _, k := range sandbox.FaultKinds() {
		fmt.Fprintf(&b, "  %-13s %s\n", k.Name, k.Text)
	}
	return b.String()
}

// customs are the custom fields of names: of clients, where nothing else is said.
func customs(flag string, names []string, required bool) (list []sandbox.Custom, err error) {
	for _, name := range names {
		of, own, found := strings.Cut(name, "/")
		if !found {
			of, own = "clients", name
		}
		if own == "" || of != "clients" && of != "leads" {
			return nil, failure.Usage("give NAME, clients/NAME or leads/NAME", "%s %q is no field of clients or leads", flag, name)
		}
		list = append(list, sandbox.Custom{Of: of, Name: own, Required: required})
	}
	return list, nil
}

// options are those of the sandbox itself.
func (o *Options) options() (sandbox.Options, error) {
	s := sandbox.Options{Contacts: o.contacts, Limits: !o.noLimits, Latency: o.latency, Lag: o.lag, Churn: o.churn, ListOrder: o.order}
	required, err := customs("--require-custom", o.required, true)
	if err != nil {
		return s, err
	}
	if s.Custom, err = customs("--custom", o.custom, false); err != nil {
		return s, err
	}
	s.Custom = append(s.Custom, required...)
	for _, text := range o.faults {
		f, err := sandbox.ParseFault(text)
		if err != nil {
			return s, failure.Usage("give VENDOR:KIND:every=N or KIND@AFTERxTIMES, such as growcrm:502:every=5 or 401@5: see crmferry sandbox --help", "--fault: %v", err)
		}
		s.Faults = append(s.Faults, f)
	}
	return s, nil
}

// Run serves until the context ends or the process is told to.
func (o *Options) Run(ctx context.Context, ui *terminal.UI) error {
	switch {
	case o.contacts < 0:
		return failure.Usage("give 0 or more", "--contacts %d is negative", o.contacts)
	case o.latency < 0:
		return failure.Usage("give 0 or more", "--latency %s is negative", o.latency)
	case o.lag < 0:
		return failure.Usage("give 0 or more", "--lag %s is negative", o.lag)
	case o.churn < 0:
		return failure.Usage("give 0 or more", "--churn %d is negative", o.churn)
	case !slices.Contains(sandbox.ListOrders(), o.order):
		return failure.Unknown("order for --list-order", o.order, humanize.Nearest(o.order, sandbox.ListOrders()), "orders: "+strings.Join(sandbox.ListOrders(), ", "))
	}
	options, err := o.options()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	start := account.StartSandbox
	if o.tls {
		start = account.StartSecureSandbox
	}
	s, err := start(o.addr, options)
	if err != nil {
		return err
	}
	defer s.Close()
	if s.Certificate != "" {
		ui.Printf("%s\n", shell.Here().Set("SSL_CERT_FILE", s.Certificate))
	}
	for _, set := range s.Environment(s.URL) {
		ui.Printf("%s\n", shell.Here().Set(set.Name, set.Value))
	}
	ui.Notef("the sandbox answers at %s until Ctrl-C; paste the lines above into the shell where you work", s.URL)
	failed := make(chan error, 1)
	go func() { failed <- s.Wait() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		ui.Notef("the sandbox has ended; all is forgotten")
		return nil
	}
}
