package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// errInterrupted ends a run that was told to stop.
var errInterrupted = errors.New("interrupted")

// interruptible returns a context that ends at the first signal. The second signal ends the process at once, as the
// system does it by itself. The caller calls release.
func (a *app) interruptible(parent context.Context) (ctx context.Context, release func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		select {
		case <-signals:
			signal.Stop(signals)
			a.ui.Notef("stopping: what is in flight is finished; once more leaves at once")
			cancel(errInterrupted)
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}
