package job

import (
	"log/slog"

	"crmferry/internal/account"
)

// ConnectOptions say how a job reaches an account.
type ConnectOptions struct {
	Rate         *account.RateLimit // requests at most; nil for the vendor's documented limit, zero for none
	Workers      int                // requests in flight at most
	Sandbox      bool               // a simulated vendor inside this process
	Undocumented bool               // use what the vendor does not document
	Log          *slog.Logger       // is told each request, without keys; nil for none
}

// Connection is an account within reach.
type Connection struct{ *account.Connection }

// PaceExceeded is told where requests may leave faster than the vendor allows.
type PaceExceeded struct {
	Pace   account.Pace
	Vendor *account.Vendor
}

func (PaceExceeded) event() {}

// Connect reaches the account of a resource's vendor. The caller closes the connection.
func (r *Runner) Connect(res account.Resource, o ConnectOptions) (*Connection, error) {
	c, err := account.Connect(res.Account(), account.Options{Rate: o.Rate, Workers: o.Workers, Sandbox: o.Sandbox, Undocumented: o.Undocumented,
		Advice: r.SettingsAdvice, Env: r.Lookup, Now: r.Now, UserAgent: r.UserAgent, Log: o.Log, Network: r.Network, Observer: r.Observer})
	if err != nil {
		return nil, err
	}
	if c.Pace.Excess {
		r.Event(PaceExceeded{c.Pace, res.Vendor()})
	}
	return &Connection{c}, nil
}

// Close ends what the connection has started.
func (c *Connection) Close() {
	if c != nil {
		c.Connection.Close()
	}
}
