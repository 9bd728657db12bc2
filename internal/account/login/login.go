// Package login sets up an account: it asks for the settings that the account's vendor needs, tries them, and keeps them.
// It knows no terminal: whom it asks is for others to say.
package login

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"crmferry/internal/account"
	"crmferry/internal/failure"
)

// Asker puts questions to the user.
type Asker interface {
	// CanAsk reports whether there is somebody to ask.
	CanAsk() bool
	// AskFor returns the line that is answered, "" at the end of input. It ends with the context.
	AskFor(ctx context.Context, question string) (string, error)
	// AskSecret is AskFor without showing the answer.
	AskSecret(ctx context.Context, question string) (string, error)
	// Notef tells what is to be known before the next answer.
	Notef(format string, args ...any)
}

// Request asks for an account to be set up.
type Request struct {
	Resource account.Resource // the contacts of the account
	KeyFile  string           // the file that holds the key and goes on holding it; "" for none
	Keys     io.Reader        // what holds the key, which is kept; nil for none
	Asker    Asker            // is asked for what nothing else says
	Options  account.Options  // how the settings are tried
}

// Result is what is kept of an account now.
type Result struct {
	Path    string         // of the file in which it is kept
	KeyFile string         // of the key, where that is not kept
	Tried   *account.Tried // what the key has shown
	Untried error          // why it could not be tried
}

// SetForOnce advises to give a setting by its variable where nobody can be asked for it.
type SetForOnce struct{ Variable, What string }

// IsAdvice marks it.
func (SetForOnce) IsAdvice() {}

// Run sets up an account. Nothing is kept unless the vendor takes the key, where it documents a way to try one.
func Run(ctx context.Context, q *Request) (*Result, error) {
	kept, err := account.ReadKept(q.Options.Env)
	if err != nil {
		return nil, err // before anybody types a key in vain
	}
	r, err := q.run(ctx, kept.Accounts[q.Resource.Account().ID()])
	switch {
	case err == nil:
		return r, nil
	case ctx.Err() != nil, errors.Is(err, context.Canceled):
		return nil, failure.New(failure.ExitStopped, errors.New("interrupted; nothing was kept"))
	}
	e := *failure.Advise(err)
	e.Err = fmt.Errorf("%w; nothing was kept", e.Err)
	return nil, &e
}

// run is Run; before is what is kept of the account, nil for nothing.
func (q *Request) run(ctx context.Context, before account.Entry) (r *Result, err error) {
	entry, err := q.askSettings(ctx, before)
	if err != nil {
		return nil, err
	}
	if err := q.askKeys(ctx, entry); err != nil {
		return nil, err
	}
	r = &Result{KeyFile: entry.KeyFile()}
	q.Options.Typed = entry
	r.Tried, err = account.Try(ctx, q.Resource, q.Options)
	if errors.As(err, new(*account.UntriableError)) && ctx.Err() == nil {
		r.Untried, err = err, nil
	}
	if err != nil {
		return nil, err
	}
	r.Path, err = q.Resource.Account().Keep(ctx, q.Options.Env, entry)
	return r, err
}

// askSettings asks for the settings that are no secrets, and refuses those that cannot be right.
func (q *Request) askSettings(ctx context.Context, before account.Entry) (account.Entry, error) {
	of, entry := q.Resource.Account(), account.Entry{}
	if _, set := of.IsSet(q.Options.Env); set {
		before = nil // an address from one place and an organization from another would be of no account
	}
	for _, set := range of.Vendor.Settings {
		if set.Secret {
			continue
		}
		if err := q.askUntilRight(ctx, entry, set, before); err != nil {
			return nil, err
		}
	}
	return entry, entry.Check(of)
}

// mostTries is how often a setting is asked for that cannot be right: a secret that was typed ahead would end up in the shell.
const mostTries = 3

// askUntilRight asks for a setting, and at a terminal once more if it cannot be right.
func (q *Request) askUntilRight(ctx context.Context, entry account.Entry, set account.Setting, before account.Entry) error {
	for tries := 1; ; tries++ {
		value, err := q.askSetting(ctx, set, before)
		if err != nil {
			return err
		}
		entry.Set(set, value)
		if err = entry.Check(q.Resource.Account()); err == nil || value == "" || tries == mostTries || !q.Asker.CanAsk() {
			return err
		}
		q.Asker.Notef("%s", strings.Join(append([]string{err.Error()}, failure.Explain(err).Hints...), "; "))
	}
}

// askSetting asks for a setting that is no secret. What the account has is proposed: its variable or the file that it names,
// what is kept, or what the vendor documents.
func (q *Request) askSetting(ctx context.Context, set account.Setting, before account.Entry) (string, error) {
	of := q.Resource.Account()
	proposed, err := of.Lookup(set, q.Options.Env)
	if err != nil {
		return "", err
	}
	if proposed == "" {
		proposed = before.Get(set)
	}
	what := set.What
	if set.Suffix == account.SuffixURL {
		what = of.Vendor.URLHint
		if proposed == "" {
			proposed = of.Vendor.DefaultURL
		}
	}
	name := set.Word() + " of " + of.ID()
	question := fmt.Sprintf("%s (%s):", name, what)
	switch {
	case proposed != "" && !q.Asker.CanAsk():
		return proposed, nil
	case !q.Asker.CanAsk():
		return "", failure.Refusef(SetForOnce{of.Variable(set.Suffix), what}, "the %s is not known, and there is no terminal to ask for it on", name)
	case proposed != "":
		question = fmt.Sprintf("%s [%s]:", name, proposed)
	}
	typed, err := q.Asker.AskFor(ctx, question)
	if typed == "" {
		typed = proposed
	}
	return typed, err
}

// askKeys asks for the credentials, or finds out where they are.
func (q *Request) askKeys(ctx context.Context, entry account.Entry) error {
	of := q.Resource.Account()
	switch {
	case q.Keys != nil:
		data, err := readAll(ctx, q.Keys)
		if err != nil {
			return fmt.Errorf("read the key: %w", err)
		}
		return entry.SetKeys(of, data)
	case q.KeyFile != "":
		path, err := filepath.Abs(q.KeyFile)
		entry.SetKeyFile(path)
		return err
	}
	q.Asker.Notef("keys are made in %s under %s; what you type is not shown", of.Vendor.Name, of.Vendor.KeyMadeAt)
	for _, set := range of.Vendor.Settings {
		if !set.Secret {
			continue
		}
		typed, err := q.Asker.AskSecret(ctx, fmt.Sprintf("%s of %s:", set.Word(), of.ID()))
		if err != nil {
			return err
		}
		if strings.TrimSpace(typed) == "" {
			return failure.Usage("type or paste it, or let it be read from a file", "no %s was given", set.Word())
		}
		entry.Set(set, typed)
	}
	return nil
}

// readAll reads what holds the key. It ends with the context: nobody may ever write to a pipe.
func readAll(ctx context.Context, from io.Reader) ([]byte, error) {
	var data []byte
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		data, err = io.ReadAll(io.LimitReader(from, account.MaxKeyFile))
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-done:
		return data, err
	}
}
