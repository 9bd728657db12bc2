package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"syscall"
	"time"

	"crmferry/internal/crm"
)

// failure is an error that knows the exit code and the hints of the command that it ends. A failure without an error
// ends the command with that code and says nothing more: what there was to say has been said.
type failure struct {
	code  exitCode
	err   error
	hints []string
}

// Error is the message without the hints.
func (f *failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit code %d", f.code)
	}
	return f.err.Error()
}

// Unwrap returns the error below.
func (f *failure) Unwrap() error { return f.err }

// fail ends a command with this exit code, one line "error: ..." and one line for each hint.
func fail(code exitCode, err error, hints ...string) error {
	return &failure{code: code, err: err, hints: hints}
}

// usageError is wrong use, exit code 2, with one hint ("" for none) on what to do.
func usageError(hint, format string, args ...any) error {
	f := &failure{code: exitUsage, err: fmt.Errorf(format, args...)}
	if hint != "" {
		f.hints = []string{hint}
	}
	return f
}

// quietly ends a command with this exit code and no message; nil for exitOK. An import whose summary is printed ends
// with quietly(exitRows).
func quietly(code exitCode) error {
	if code == exitOK {
		return nil
	}
	return &failure{code: code}
}

// explain turns whatever ends a command into a failure: the one place where errors meet exit codes and hints. What
// talked to a vendor goes through connection.explain before, which knows its account.
func explain(err error) *failure {
	var f *failure
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, context.Canceled), errors.Is(err, errInterrupted):
		return &failure{code: exitStopped, err: errors.New("interrupted")}
	case errors.Is(err, syscall.ENOSPC):
		return &failure{code: exitFailed, err: err, hints: []string{"make room on the disk first"}}
	case errors.Is(err, fs.ErrPermission):
		return &failure{code: exitFailed, err: err, hints: []string{"check who may write there, or name another place"}}
	}
	return &failure{code: exitFailed, err: err}
}

// explain adds to an error of this account what the user can do about it. Errors that did not come from the vendor
// are returned as they are.
func (c *connection) explain(err error) error {
	var e *crm.Error
	if !errors.As(err, &e) {
		return err
	}
	v := c.settings.vendor
	key := v.keyNames()
	if until, ok := crm.Exhausted(err); ok {
		at := clock(until, time.Now())
		return fail(exitStopped, fmt.Errorf("%s takes no more requests until %s: %w", v.Name, at, err),
			append([]string{"come back after " + at}, c.kept.hints()...)...)
	}
	switch e.Class {
	case crm.Unauthorized:
		return fail(exitStopped, fmt.Errorf("%s refuses the key: %w", v.Name, err),
			fmt.Sprintf("check %s; keys are made in %s under %s", key, v.Name, v.KeyMadeAt))
	case crm.Forbidden:
		return fail(exitStopped, fmt.Errorf("%s does not let this key do that: %w", v.Name, err),
			fmt.Sprintf("check what the key of %s may do, or use another one", key))
	case crm.NothingSent:
		hint := fmt.Sprintf("check the network and %s", v.variable(suffixURL))
		if !c.answered.Load() {
			hint += "; nothing was sent"
		}
		return fail(exitFailed, fmt.Errorf("reach %q: %w", c.settings.base.Host, err), hint)
	case crm.WrongServer:
		return fail(exitFailed, err, c.wrongBase())
	}
	switch {
	case e.Status == http.StatusNotFound && !c.answered.Load():
		return fail(exitFailed, err, c.wrongBase())
	case e.Class == crm.Transient || e.Class == crm.RateLimited:
		return fail(exitFailed, err, v.Name+" has trouble or is busy: try again later")
	}
	return err
}

// clock is a time of the next hours as people say it, rounded up to the minute: "02:00", of another day with its date.
func clock(at, now time.Time) string {
	at = at.Add(time.Minute - time.Second).Truncate(time.Minute).In(now.Location())
	if at.Format(time.DateOnly) != now.Format(time.DateOnly) {
		return at.Format("2006-01-02 15:04")
	}
	return at.Format("15:04")
}

// wrongBase is the hint where what answers is not the vendor's API.
func (c *connection) wrongBase() string {
	v := c.settings.vendor
	return fmt.Sprintf("%q may not be the address of %s's API: set %s (%s)", c.settings.base, v.Name, v.variable(suffixURL), v.URLHint)
}
