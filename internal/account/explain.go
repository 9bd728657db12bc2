package account

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/transport"
)

// ForgetPause advises to forget the pause that the vendor has asked an earlier command for.
type ForgetPause EarlierPause

// IsAdvice marks it.
func (ForgetPause) IsAdvice() {}

// Explain adds to an error of this account what the user can do about it. Errors that did not come from the vendor
// are returned as they are.
func (c *Connection) Explain(err error) error {
	var e *crm.Error
	if !errors.As(err, &e) {
		return err
	}
	v, key := c.settings.account.Vendor, c.settings.keyNames()
	if until, ok := crm.Exhausted(err); ok {
		at := humanize.Clock(until, time.Now())
		advice := failure.Hints("come back after " + at)
		if p, told := c.EarlierPause(); told {
			advice = append(advice, ForgetPause(p))
		}
		return &failure.Advised{Code: failure.ExitStopped, Err: fmt.Errorf("%s takes no more requests until %s: %w", v.Name, at, err), Advice: advice}
	}
	switch {
	case e.Class == crm.Unauthorized:
		return c.advised(failure.ExitStopped, fmt.Errorf("%s refuses the key: %w", v.Name, err),
			fmt.Sprintf("check %s; keys are made in %s under %s", key, v.Name, v.KeyMadeAt))
	case e.Class == crm.Forbidden:
		return c.advised(failure.ExitStopped, fmt.Errorf("%s does not let this key do that: %w", v.Name, err),
			fmt.Sprintf("check what %s may do, or use another one", c.settings.theKey()))
	case e.Class == crm.NothingSent:
		hint := "check the network and " + c.settings.name(urlSetting())
		if transport.IsUntrusted(err) {
			hint = "nobody whom this machine trusts vouches for the server: if a proxy of your company stands in between, or the CRM has a certificate of its own, name a file with the certificate by " + AuthoritiesVariable
		}
		if !c.answered.Load() {
			hint += "; nothing was sent"
		}
		return failure.New(failure.ExitFailed, fmt.Errorf("reach %q: %w", c.settings.base.Host, err), hint)
	case e.Class == crm.WrongServer, e.Status == http.StatusNotFound && !c.answered.Load():
		return c.advised(failure.ExitFailed, err, fmt.Sprintf("%q may not be the address of %s's API: set %s (%s)",
			c.settings.base, v.Name, c.settings.name(urlSetting()), v.URLHint))
	case e.Class == crm.Transient || e.Class == crm.RateLimited:
		return failure.New(failure.ExitFailed, err, v.Name+" has trouble or is busy: try again later")
	}
	return err
}

// advised is an error about settings: those that are kept can be given anew.
func (c *Connection) advised(code failure.ExitCode, err error, hint string) error {
	if c.settings.source != InFile {
		return failure.New(code, err, hint)
	}
	return &failure.Advised{Code: code, Err: err, Advice: []failure.Advice{failure.Hint(hint), LogInAgain{c.settings.account}}}
}
