package job

import (
	"context"
	"errors"
	"fmt"

	"crmferry/internal/failure"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

// PipeRead is told before a pipe is read to its end.
type PipeRead struct{ Name string }

func (PipeRead) event() {}

// CopyInput copies an input into the folder of a run, until it ends or ctx does.
func (r *Runner) CopyInput(ctx context.Context, run *state.Run, in files.Input) (copied string, size int64, sum string, err error) {
	if in.Streams() {
		r.Event(PipeRead{in.Name()})
	}
	if in.File == files.Stdin {
		copied, size, sum, err = run.CopyStream(ctx, in.Stdin, in.Name())
	} else {
		copied, size, sum, err = run.CopyInput(ctx, in.File)
	}
	switch {
	case ctx.Err() != nil:
		err = failure.New(failure.ExitStopped, fmt.Errorf("interrupted while %s was read: nothing was sent", in.Name()))
	case errors.Is(err, state.ErrDamaged):
		err = failure.New(failure.ExitUsage, err, "get it once more from where it came from")
	case errors.Is(err, state.ErrEndless):
		err = failure.New(failure.ExitUsage, err, "name a .csv or .xlsx file")
	}
	return copied, size, sum, err
}
