package account

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"crmferry/internal/crm"
	"crmferry/internal/failure"
)

// Tried is what a key has shown.
type Tried struct {
	Resource     Resource
	Base         *url.URL
	Organization string
	Found        string // what the key can see
}

// UntriableError is the error of a key that cannot be tried, because the vendor documents no read.
type UntriableError struct{ Resource Resource }

// Error names the vendor.
func (e *UntriableError) Error() string {
	return e.Resource.Vendor().Name + " documents no read, so its key cannot be tried without creating a contact"
}

// ImportOne advises to try a key by importing one row.
type ImportOne struct{ Resource Resource }

// IsAdvice marks it.
func (ImportOne) IsAdvice() {}

// Try makes one read of a resource with the key of its account. Where the vendor documents none it fails with an
// UntriableError, and has looked at the settings all the same.
func Try(ctx context.Context, r Resource, o Options) (*Tried, error) {
	c, err := Connect(r.Account(), o)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	found, err := r.TryKey(ctx, c)
	switch {
	case errors.Is(err, ErrNoRead):
		return nil, &failure.Advised{Code: failure.ExitFailed, Err: &UntriableError{r}, Advice: []failure.Advice{ImportOne{r}}}
	case ctx.Err() != nil:
		return nil, failure.New(failure.ExitStopped, fmt.Errorf("interrupted: whether the key of %s works is not known", r.Account().ID()))
	case err != nil:
		e := failure.Advise(c.Explain(err))
		switch class := crm.ClassOf(err); {
		case class == crm.Unauthorized || class == crm.Forbidden:
			e.Code = failure.ExitUsage // as at the start of a run
		case e.Code == failure.ExitStopped:
			e.Code = failure.ExitFailed // nothing was under way that could be stopped
		}
		return nil, e
	}
	return &Tried{Resource: r, Base: c.Base(), Organization: c.Organization(), Found: found}, nil
}
