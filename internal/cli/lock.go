package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"

	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// lockOptions say how long a run waits for another one of its account.
type lockOptions struct {
	wait time.Duration // --wait
}

// addTo declares --wait.
func (o *lockOptions) addTo(fs *pflag.FlagSet) {
	fs.DurationVar(&o.wait, "wait", 0, "wait up to `D`, such as 2h, while another run holds the account (default: end at once with exit code 5)")
}

func (o *lockOptions) check() error {
	if o.wait < 0 {
		return failure.Usage("give a time such as 30m or 2h", "--wait %s is negative", o.wait)
	}
	return nil
}

// lockAccount takes the lock of an account for a run, or says who holds it.
func (a *app) lockAccount(ctx context.Context, root, account, run string, o lockOptions) (*state.Lock, error) {
	l, err := state.LockAccount(ctx, root, account, a.lockOptions(run, o))
	return l, a.explainLock(err, o)
}

// lockMachine takes the lock of an account against all users of this machine. Where there is no folder for it the run
// goes on: its own lock holds. left is what is left of the time to wait.
func (a *app) lockMachine(ctx context.Context, c *connection, o lockOptions, left time.Duration) (*state.MachineLock, error) {
	if len(a.locks) == 0 {
		return nil, nil
	}
	l, err := c.LockMachine(ctx, a.locks, a.lockOptions("", lockOptions{wait: left}))
	var held *state.HeldError
	switch {
	case err == nil, errors.As(err, &held), ctx.Err() != nil:
		return l, a.explainLock(err, o)
	}
	a.ui.Warnf("imports of other users, or with another %s, are not kept from this account: %v", state.RootVariable, err)
	return nil, nil
}

func (a *app) lockOptions(run string, o lockOptions) state.LockOptions {
	return state.LockOptions{
		Holder: state.Holder{Command: a.command(), Run: run},
		Wait:   o.wait,
		OnWait: func(h state.Holder) {
			a.ui.Notef("waiting up to %s: the account's lock is held by %s", humanize.Duration(o.wait), h)
		},
	}
}

// explainLock says what to do about a lock that another run holds.
func (a *app) explainLock(err error, o lockOptions) error {
	var held *state.HeldError
	if !errors.As(err, &held) {
		return err
	}
	hint := "wait until it has ended, or let this one wait: " + a.command() + " --wait 2h"
	if o.wait > 0 {
		hint = "give it longer with --wait, or see why the other one takes so long"
	}
	return failure.New(failure.ExitLocked, err, hint, "nothing was sent")
}

// command is the command as it was given. No flag takes a secret.
func (a *app) command() string { return text.CommandLine(a.args...) }
