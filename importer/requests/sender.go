// Package requests sends the requests of rows until they are answered, and takes down where that leaves the rows.
package requests

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/phase"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
)

// tries is how often one request is sent when the vendor itself fails.
const tries = 8

// effect is what a request does at the vendor, and what it does if it is done twice.
type effect int

const (
	reads          effect = iota // nothing
	writes                       // it changes something, and may do so again
	repeatedWrites               // it changes something; twice is the same as once
)

// readError is the error of a request that changes nothing.
type readError struct{ error }

// Unwrap returns the error without that word.
func (e readError) Unwrap() error { return e.error }

// IsRead reports whether err is that of a request which changes nothing.
func IsRead(err error) bool { return errors.As(err, new(readError)) }

// Sender sends the requests of a run. It is safe for concurrent use by different rows.
type Sender struct {
	Clock  func() time.Time
	Pool   *workers.Pool
	Health *workers.Health
	Spoke  func() bool   // reports whether the vendor itself has answered before: else the address may be wrong
	Wrote  func()        // is told each write that was sent; may be nil
	Pause  time.Duration // half of the first pause before another try, at most
}

// Read calls do, which changes nothing at the vendor, until it succeeds or it is no use to go on. What it tells of the row's
// writes is for the caller to say.
func (s *Sender) Read(ctx context.Context, t *item.Trail, do func() error) error {
	if err := s.retry(ctx, t, reads, do); err != nil {
		return readError{err}
	}
	return nil
}

// Write calls do, which changes something at the vendor, until it succeeds or may not be repeated. repeatable says that doing it
// twice does what doing it once does. The row is Written or InDoubt then, or nothing was done.
func (s *Sender) Write(ctx context.Context, t *item.Trail, repeatable bool, do func() error) error {
	if repeatable {
		return s.retry(ctx, t, repeatedWrites, do)
	}
	return s.retry(ctx, t, writes, do)
}

// GivesUp reports whether a request that failed so often is not sent again: it is the request's fault and not an outage.
func (s *Sender) GivesUp(try int) bool { return try >= tries && !s.Health.Down() }

// retry calls do until it succeeds or may not be repeated. A rate limit and a request that never left are repeated whatever its
// effect, as nothing was done. What is no row's own fault uses up no tries.
func (s *Sender) retry(ctx context.Context, t *item.Trail, does effect, do func() error) error {
	var began int64
	for try, n := 1, 1; ; n++ {
		if leaveby.Late(ctx, s.Clock()) && (does != repeatedWrites || !t.InDoubt()) { // another answer is the only way out of doubt
			return leaveby.ErrLate
		}
		err := s.try(ctx, t, does, do)
		if err == nil || faults.OfAnother(ctx, err) {
			return err
		}
		if began == 0 {
			began = s.Health.Now()
		}
		again := false
		switch crm.ClassOf(err) {
		case crm.RateLimited:
			_, spent := crm.Exhausted(err)
			again = !spent && s.Health.MayRecover(began) // the transport holds all workers until the pause is over
		case crm.NothingSent:
			again = !errors.Is(err, leaveby.ErrLate) && s.Health.WasOK() && s.Health.MayRecover(began)
		case crm.Transient, crm.Ambiguous:
			s.Health.Fail()
			if does == writes {
				return err
			}
			if again = try < tries; s.Health.Down() {
				if again = s.Health.MayRecover(s.Health.DownSince()); !again {
					return fmt.Errorf("%w: %w", faults.ErrOutage, err)
				}
			} else {
				try++
			}
		}
		if !again {
			return err
		}
		if err := s.Pool.Sleep(ctx, &t.Place, s.Backoff(n)); err != nil {
			return err
		}
	}
}

// try calls do once, and takes down what it tells of the row.
func (s *Sender) try(ctx context.Context, t *item.Trail, does effect, do func() error) error {
	err := s.classify(does, do())
	if does != reads && !errors.Is(err, leaveby.ErrLate) {
		t.Attempts++
		if s.Wrote != nil {
			s.Wrote()
		}
	}
	if err == nil {
		s.Health.OK()
	}
	switch {
	case does == reads || faults.OfAnother(ctx, err):
	case err == nil:
		return t.Enter(phase.Written)
	case faults.MayBeDone(err):
		return cmp.Or(t.Enter(phase.InDoubt), err)
	}
	return err
}

// classify sees in an answer of another form from a server that has answered as the vendor before, in this session or an
// earlier one, what it is: the word of something in between. A write may have been done behind it.
func (s *Sender) classify(does effect, err error) error {
	if err == nil {
		return nil
	}
	var e *crm.Error
	if !errors.As(err, &e) || e.Class != crm.WrongServer || !s.Spoke() {
		return err
	}
	page := *e
	if page.Class = crm.Transient; does != reads {
		page.Class, page.Code = crm.Ambiguous, crm.CodeUnverified
	}
	return &page
}

// Backoff is the time before try n+1: exponential with full jitter, at most half a minute.
func (s *Sender) Backoff(n int) time.Duration {
	most := min(s.Pause<<min(n, 5), 30*time.Second)
	return rand.N(most)
}

// Token is the idempotency key of a row: the same on every try, different for every run.
func Token(run string, row int) string {
	var name, token [64]byte // so that only what is returned takes memory
	sum := sha256.Sum256(strconv.AppendInt(append(append(name[:0], run...), '/'), int64(row), 10))
	return string(hex.AppendEncode(token[:0], sum[:16]))
}
