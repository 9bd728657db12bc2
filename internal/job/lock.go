package job

import (
	"context"
	"errors"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/state"
	"crmferry/internal/state/peers"
)

// LockAwaited is told where a job waits for another one that holds the account's lock.
type LockAwaited struct {
	Wait   time.Duration // at most
	Holder peers.Holder
}

func (LockAwaited) event() {}

// MachineUnlocked is told where jobs of other users of this machine are not kept from the account.
type MachineUnlocked struct{ Err error }

func (MachineUnlocked) event() {}

// AwaitLock advises to wait for the job that holds the account's lock.
type AwaitLock struct {
	Waited bool // this one has waited in vain
}

func (AwaitLock) IsAdvice() {}

// LockAccount takes the lock of an account for a run, or says who holds it. It waits as long as it may.
func (r *Runner) LockAccount(ctx context.Context, root, account, run string, wait time.Duration) (*peers.Lock, error) {
	l, err := peers.LockAccount(ctx, root, account, r.lockOptions(run, wait))
	return l, explainLock(err, wait)
}

// LockRun takes the lock of a run that shares its account with others.
func (r *Runner) LockRun(ctx context.Context, run state.Run) (*peers.Lock, error) {
	return peers.LockRun(ctx, run, r.lockOptions(run.ID, 0))
}

// lockMachine takes the lock of an account against all users of this machine. Where there is no folder for it the run
// goes on: its own lock holds. left is what is left of the time to wait.
func (r *Runner) lockMachine(ctx context.Context, c *Connection, wait, left time.Duration) (*peers.MachineLock, error) {
	if len(r.Locks) == 0 {
		return nil, nil
	}
	l, err := c.LockMachine(ctx, r.Locks, r.lockOptions("", left))
	var held *peers.HeldError
	switch {
	case err == nil, errors.As(err, &held), ctx.Err() != nil:
		return l, explainLock(err, wait)
	}
	r.Event(MachineUnlocked{err})
	return nil, nil
}

func (r *Runner) lockOptions(run string, wait time.Duration) peers.LockOptions {
	return peers.LockOptions{
		Holder: peers.Holder{Command: r.Command, Run: run},
		Wait:   wait,
		OnWait: func(h peers.Holder) { r.Event(LockAwaited{wait, h}) },
	}
}

// explainLock says what to do about a lock that another run holds.
func explainLock(err error, waited time.Duration) error {
	var held *peers.HeldError
	if !errors.As(err, &held) {
		return err
	}
	return &failure.Advised{Code: failure.ExitLocked, Err: err, Advice: []failure.Advice{AwaitLock{waited > 0}, failure.Hint("nothing was sent")}}
}
