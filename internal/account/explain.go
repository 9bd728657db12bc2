package account

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// Explain adds to an error of this account what the user can do about it. Errors that did not come from the vendor
// are returned as they are.
func (c *Connection) Explain(err error) error {
	var e *crm.Error
	if !errors.As(err, &e) {
		return err
	}
	account := c.settings.account
	v, key := account.Vendor, account.KeyNames()
	if until, ok := crm.Exhausted(err); ok {
		at := humanize.Clock(until, time.Now())
		return failure.New(failure.ExitStopped, fmt.Errorf("%s takes no more requests until %s: %w", v.Name, at, err),
			"come back after "+at)
	}
	switch e.Class {
	case crm.Unauthorized:
		return failure.New(failure.ExitStopped, fmt.Errorf("%s refuses the key: %w", v.Name, err),
			fmt.Sprintf("check %s; keys are made in %s under %s", key, v.Name, v.KeyMadeAt))
	case crm.Forbidden:
		return failure.New(failure.ExitStopped, fmt.Errorf("%s does not let this key do that: %w", v.Name, err),
			fmt.Sprintf("check what the key of %s may do, or use another one", key))
	case crm.NothingSent:
		hint := fmt.Sprintf("check the network and %s", account.Variable(SuffixURL))
		if !c.answered.Load() {
			hint += "; nothing was sent"
		}
		return failure.New(failure.ExitFailed, fmt.Errorf("reach %q: %w", c.settings.base.Host, err), hint)
	case crm.WrongServer:
		return failure.New(failure.ExitFailed, err, c.wrongBaseHint())
	}
	switch {
	case e.Status == http.StatusNotFound && !c.answered.Load():
		return failure.New(failure.ExitFailed, err, c.wrongBaseHint())
	case e.Class == crm.Transient || e.Class == crm.RateLimited:
		return failure.New(failure.ExitFailed, err, v.Name+" has trouble or is busy: try again later")
	}
	return err
}

// wrongBaseHint is the hint where what answers is not the vendor's API.
func (c *Connection) wrongBaseHint() string {
	v := c.settings.account.Vendor
	return fmt.Sprintf("%q may not be the address of %s's API: set %s (%s)", c.settings.base, v.Name, c.settings.account.Variable(SuffixURL), v.URLHint)
}
