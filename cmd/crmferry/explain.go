package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/failure"
)

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
		return failure.New(failure.ExitStopped, fmt.Errorf("%s takes no more requests until %s: %w", v.Name, at, err),
			append([]string{"come back after " + at}, c.kept.hints()...)...)
	}
	switch e.Class {
	case crm.Unauthorized:
		return failure.New(failure.ExitStopped, fmt.Errorf("%s refuses the key: %w", v.Name, err),
			fmt.Sprintf("check %s; keys are made in %s under %s", key, v.Name, v.KeyMadeAt))
	case crm.Forbidden:
		return failure.New(failure.ExitStopped, fmt.Errorf("%s does not let this key do that: %w", v.Name, err),
			fmt.Sprintf("check what the key of %s may do, or use another one", key))
	case crm.NothingSent:
		hint := fmt.Sprintf("check the network and %s", v.variable(suffixURL))
		if !c.answered.Load() {
			hint += "; nothing was sent"
		}
		return failure.New(failure.ExitFailed, fmt.Errorf("reach %q: %w", c.settings.base.Host, err), hint)
	case crm.WrongServer:
		return failure.New(failure.ExitFailed, err, c.wrongBase())
	}
	switch {
	case e.Status == http.StatusNotFound && !c.answered.Load():
		return failure.New(failure.ExitFailed, err, c.wrongBase())
	case e.Class == crm.Transient || e.Class == crm.RateLimited:
		return failure.New(failure.ExitFailed, err, v.Name+" has trouble or is busy: try again later")
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
