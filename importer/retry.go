package importer

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
	"crmferry/mapping"
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

// writing is the effect of a write.
func writing(repeatable bool) effect {
	if repeatable {
		return repeatedWrites
	}
	return writes
}

// readError is the error of a request that changes nothing.
type readError struct{ error }

// Unwrap returns the error without that word.
func (e readError) Unwrap() error { return e.error }

// isRead reports whether err is that of a request which changes nothing.
func isRead(err error) bool { return errors.As(err, new(readError)) }

// read calls do, which changes nothing at the vendor, until it succeeds or it is no use to go on. What it tells of the item's
// writes is for the caller to say.
func (r *run[C]) read(ctx context.Context, it *item.Row[C], do func() error) error {
	if err := r.retry(ctx, it, reads, do); err != nil {
		return readError{err}
	}
	return nil
}

// retry calls do until it succeeds or may not be repeated. A rate limit and a request that never left are repeated whatever its
// effect, as nothing was done. What is no row's own fault uses up no tries.
func (r *run[C]) retry(ctx context.Context, it *item.Row[C], does effect, do func() error) error {
	var began int64
	for try, n := 1, 1; ; n++ {
		if leaveby.Late(ctx, r.clock()) {
			return leaveby.ErrLate
		}
		err := r.try(ctx, it, does, do)
		if err == nil || faults.OfAnother(ctx, err) {
			return err
		}
		if began == 0 {
			began = r.health.Now()
		}
		again := false
		switch crm.ClassOf(err) {
		case crm.RateLimited:
			_, spent := crm.Exhausted(err)
			again = !spent && r.health.MayRecover(began) // the transport holds all workers until the pause is over
		case crm.NothingSent:
			again = !errors.Is(err, leaveby.ErrLate) && r.health.WasOK() && r.health.MayRecover(began)
		case crm.Transient, crm.Ambiguous:
			r.health.Fail()
			if does == writes {
				return err
			}
			if again = try < tries; r.health.Down() {
				if again = r.health.MayRecover(r.health.DownSince()); !again {
					return fmt.Errorf("%w: %w", faults.ErrOutage, err)
				}
			} else {
				try++
			}
		}
		if !again {
			return err
		}
		if err := r.pool.Sleep(ctx, &it.Place, r.backoff(n)); err != nil {
			return err
		}
	}
}

// try calls do once, and takes down what it tells of the row.
func (r *run[C]) try(ctx context.Context, it *item.Row[C], does effect, do func() error) error {
	err := r.classify(does, do())
	if does != reads && !errors.Is(err, leaveby.ErrLate) {
		it.Res.Attempts++
	}
	if err == nil {
		r.health.OK()
	}
	switch {
	case does == reads || faults.OfAnother(ctx, err):
	case err == nil:
		r.enter(it, phase.Written)
	case faults.MayBeDone(err):
		r.enter(it, phase.InDoubt)
	}
	return err
}

// classify sees in an answer of another form from a server that has answered as the vendor before, in this session or an
// earlier one, what it is: the word of something in between. A write may have been done behind it.
func (r *run[C]) classify(does effect, err error) error {
	var e *crm.Error
	if !errors.As(err, &e) || e.Class != crm.WrongServer || !r.vendorAnswered() {
		return err
	}
	page := *e
	if page.Class = crm.Transient; does != reads {
		page.Class, page.Code = crm.Ambiguous, crm.CodeUnverified
	}
	return &page
}

// backoff is the time before try n+1: exponential with full jitter, at most half a minute.
func (r *run[C]) backoff(n int) time.Duration {
	most := min(r.o.backoff()<<min(n, 5), 30*time.Second)
	return rand.N(most)
}

// stops reports whether an error ends the run: it is not the row's, or nothing has succeeded yet and it looks as if
// nothing ever will (no such address, no permission).
func (r *run[C]) stops(it *item.Row[C], err error) bool {
	var e *crm.Error
	if faults.StopsRun(err) {
		return true
	}
	if !errors.As(err, &e) || r.wrote.Load() || isRead(err) && r.found.Load() {
		return false
	}
	missing := e.Class == crm.Permanent && e.Status == http.StatusNotFound
	return e.Class == crm.Forbidden || missing && it.Res.Action != outcome.ActionUpdate
}

// refuse gives the item the outcome that the vendor's error means.
func (r *run[C]) refuse(it *item.Row[C], err error) {
	var e *crm.Error
	known := errors.As(err, &e)
	if known {
		it.Res.Meta = e.Meta
	}
	if it.InDoubt() {
		it.Res.MarkUnknown(err)
		return
	}
	it.Res.Outcome, it.Res.Changed = outcome.Failed, nil
	if !known {
		it.Res.Problems = append(it.Res.Problems, mapping.Problem{Code: crm.CodeServer, Message: err.Error()})
		return
	}
	if len(e.Problems) == 0 {
		it.Res.Problems = append(it.Res.Problems, mapping.Problem{Code: e.Code, Message: e.Error()})
		return
	}
	for _, p := range e.Problems {
		code := p.Code
		if code == "" {
			code = e.Code
		}
		it.Res.Problems = append(it.Res.Problems, mapping.Problem{Code: code, Field: p.Field,
			Message: strings.TrimSpace(e.Op + ": " + p.Field + ": " + p.Message)})
	}
}
