package cli

import (
	"time"

	"github.com/spf13/pflag"

	"crmferry/internal/failure"
)

// lockOptions say how long a run waits for another one of its account, and for a vendor that is away.
type lockOptions struct {
	wait time.Duration // --wait
}

// addTo declares --wait.
func (o *lockOptions) addTo(fs *pflag.FlagSet) {
	fs.DurationVar(&o.wait, "wait", 0, "wait up to `D`, such as 2h, while another run holds the account (default: end at once with exit code 5), and while a vendor that has answered before is away (default: 15m)")
}

// addPatience declares --wait for a command that holds no lock.
func (o *lockOptions) addPatience(fs *pflag.FlagSet) {
	fs.DurationVar(&o.wait, "wait", 0, "wait up to `D`, such as 2h, while a vendor that has answered before is away (default: 15m)")
}

func (o *lockOptions) check() error {
	if o.wait < 0 {
		return failure.Usage("give a time such as 30m or 2h", "--wait %s is negative", o.wait)
	}
	return nil
}
