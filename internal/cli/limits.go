package cli

import (
	"github.com/spf13/pflag"

	"crmferry/internal/failure"
)

// writeLimits are the flags that limit what a command writes: --max-failures and --confirm.
type writeLimits struct {
	maxFailures int
	confirm     int
}

// addMaxFailures declares --max-failures.
func (o *writeLimits) addMaxFailures(fs *pflag.FlagSet) {
	fs.IntVar(&o.maxFailures, "max-failures", 0, "stop when `N` rows failed (default: when the first 20 all failed)")
}

// addConfirm declares --confirm; what says of what it is the number.
func (o *writeLimits) addConfirm(fs *pflag.FlagSet, what string) {
	fs.IntVar(&o.confirm, "confirm", 0, what)
}

// check refuses numbers that limit to nothing.
func (o *writeLimits) check(given *pflag.FlagSet) error {
	switch {
	case given.Changed("confirm") && o.confirm < 1:
		return failure.Usage("give the number that --dry-run counts, as in --confirm 170", "--confirm %d confirms nothing", o.confirm)
	case o.maxFailures < 0 || given.Changed("max-failures") && o.maxFailures == 0:
		return failure.Usage("give a number above 0", "--max-failures %d stops before the first row", o.maxFailures)
	}
	return nil
}

// confirmed is how many contacts may be deleted, nil if that was not said.
func (o *writeLimits) confirmed(given *pflag.FlagSet) *int {
	if !given.Changed("confirm") {
		return nil
	}
	return &o.confirm
}
