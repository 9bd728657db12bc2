package failure

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// Error is an error that knows the exit code and the hints of the command that it ends. Without an Err it ends the
// command with that code and says nothing more: what there was to say has been said.
type Error struct {
	Code   ExitCode
	Err    error
	Hints  []string
	Resume string // the command that goes on with what was begun, "" if there is none
}

// Error is the message without the hints.
func (f *Error) Error() string {
	if f.Err == nil {
		return fmt.Sprintf("exit code %d", f.Code)
	}
	return f.Err.Error()
}

// Unwrap returns the error below.
func (f *Error) Unwrap() error { return f.Err }

// New ends a command with this exit code, one line "error: ..." and one line for each hint.
func New(code ExitCode, err error, hints ...string) error {
	return &Error{Code: code, Err: err, Hints: hints}
}

// Usage is wrong use, exit code 2, with one hint ("" for none) on what to do.
func Usage(hint, format string, args ...any) error {
	f := &Error{Code: ExitUsage, Err: fmt.Errorf(format, args...)}
	if hint != "" {
		f.Hints = []string{hint}
	}
	return f
}

// Quietly ends a command with this exit code and no message; nil for ExitOK. An import whose summary is printed ends
// with Quietly(ExitRows).
func Quietly(code ExitCode) error {
	if code == ExitOK {
		return nil
	}
	return &Error{Code: code}
}

// Explain turns whatever ends a command into a failure: the one place where errors meet exit codes and hints. What
// talked to a vendor is explained before, by who knows its account.
func Explain(err error) *Error {
	var f *Error
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, context.Canceled), errors.Is(err, ErrInterrupted):
		return &Error{Code: ExitStopped, Err: errors.New("interrupted")}
	case errors.Is(err, syscall.ENOSPC):
		return &Error{Code: ExitFailed, Err: err, Hints: []string{"make room on the disk first"}}
	case errors.Is(err, fs.ErrPermission):
		return &Error{Code: ExitFailed, Err: err, Hints: []string{"check who may write there, or name another place"}}
	}
	return &Error{Code: ExitFailed, Err: err}
}

// Unknown is wrong use of a name: with the nearest one if there is any, else with another hint.
func Unknown(what, name, nearest, otherwise string) error {
	if nearest != "" {
		otherwise = fmt.Sprintf("did you mean %q?", nearest)
	}
	return Usage(otherwise, "unknown %s %q", what, name)
}

// ErrInterrupted ends a run that was told to stop.
var ErrInterrupted = errors.New("interrupted")
