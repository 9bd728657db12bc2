package cli

import (
	"context"
	"errors"

	"crmferry/internal/account"
	"crmferry/internal/cli/listing"
	"crmferry/internal/failure"
)

// tryOptions are how the key of an account is tried.
func (a *app) tryOptions(of account.Account, o connectOptions) (account.Options, error) {
	options, err := o.options(a)
	return account.Options{Workers: 1, Sandbox: o.sandbox, Undocumented: o.undocumented, Advice: a.settingsAdvice(of),
		Env: a.env, Now: a.now, UserAgent: userAgent(), Log: options.Log, Network: a.network, Observer: a.observer(of.Vendor, o)}, err
}

// tryKey makes one read with the key of an account.
func (a *app) tryKey(ctx context.Context, r account.Resource, o connectOptions) (*account.Tried, error) {
	options, err := a.tryOptions(r.Account(), o)
	if err != nil {
		return nil, err
	}
	return account.Try(ctx, r, options)
}

// knownAccounts are those of which settings are here; in a sandbox each vendor has one.
func (a *app) knownAccounts(o connectOptions) ([]*account.Known, error) {
	if !o.sandbox {
		return a.registry.Known(a.env, a.environ())
	}
	var list []*account.Known
	for _, v := range a.registry.Vendors() {
		r, err := a.registry.Find(v.ID)
		if err != nil {
			return nil, err
		}
		list = append(list, &account.Known{Resource: r, Source: account.Environment})
	}
	return list, nil
}

// tryKnown tries the keys of the accounts that are known here. If what is kept cannot be read, it ends with why, after those
// of the environment.
func (a *app) tryKnown(ctx context.Context, o connectOptions, tell func(k *account.Known, tried *account.Tried, failed *failure.Error)) error {
	list, unread := a.knownAccounts(o)
	if unread != nil && len(list) == 0 {
		return unread
	}
	if err := a.tryKeys(ctx, list, o, tell); ctx.Err() != nil || unread == nil {
		return err
	}
	return unread
}

// tryKeys tries the keys of accounts one after the other, and tells of each; failed is why one does not work.
func (a *app) tryKeys(ctx context.Context, list []*account.Known, o connectOptions, tell func(k *account.Known, tried *account.Tried, failed *failure.Error)) error {
	if len(list) == 0 {
		return failure.Usage("crmferry login ACCOUNT asks for one; see crmferry vendors VENDOR for what each needs", "no account is known here, so there is no key to try")
	}
	code := failure.ExitOK
	for _, k := range list {
		tried, err := a.tryKey(ctx, k.Resource, o)
		if ctx.Err() != nil {
			return err
		}
		failed := a.failureOf(err)
		if failed != nil && !isUntriable(err) { // nobody asked about that vendor in particular
			code = max(code, failed.Code)
		}
		tell(k, tried, failed)
	}
	return failure.Quietly(code)
}

// failureOf is an error in words, nil for none.
func (a *app) failureOf(err error) *failure.Error {
	if err == nil {
		return nil
	}
	return a.explain(err)
}

func isUntriable(err error) bool { return errors.As(err, new(*account.UntriableError)) }

// tellTried says whether a key works.
func (a *app) tellTried(_ *account.Known, tried *account.Tried, failed *failure.Error) {
	switch {
	case failed == nil:
		a.ui.Printf("%s\n", listing.Tried(tried))
	case isUntriable(failed.Err):
		a.ui.Notef("%s", failed.Err)
	default:
		a.ui.Error(failed.Err, failed.Hints...)
	}
}
