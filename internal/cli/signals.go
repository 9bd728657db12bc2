package cli

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"crmferry/internal/failure"
)

// oneStop is the time within which signals are one: timeout(1), for one, sends its signal to the process and to its group.
const oneStop = 500 * time.Millisecond

// interruptible returns a context that ends at the first signal. A later signal ends the process at once, as the system
// does it by itself. The caller calls release.
func (a *app) interruptible(parent context.Context) (ctx context.Context, release func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, stops()...)
	go func() {
		select {
		case <-signals:
			if a.ui.IsAsking() { // nothing is in flight
				a.ui.Notef("")
			} else {
				a.ui.Notef("stopping: what is in flight is finished, which takes half a minute at most; once more leaves at once, and is safe too")
			}
			cancel(failure.ErrInterrupted)
			time.Sleep(oneStop)
			signal.Stop(signals)
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// stops are the signals that ask the program to end, but for those that it was started to ignore, as nohup(1) does: it is to
// outlive its terminal. SIGTERM always is one.
func stops() []os.Signal {
	return slices.DeleteFunc([]os.Signal{syscall.SIGTERM, os.Interrupt, syscall.SIGHUP}, signal.Ignored)
}
