package importer

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// tries is how often one request is sent when the vendor itself fails.
const tries = 5

// outage is how long the vendor may be out of reach, or refuse everything by its limit, in the middle of a run.
const outage = 15 * time.Minute

// retry calls do until it succeeds or may not be repeated. repeatable says that doing it twice does what doing it once
// does; a rate limit and a request that never left are repeated in any case, as nothing was done.
func (r *run[C]) retry(ctx context.Context, it *item[C], repeatable bool, do func() error) error {
	var began time.Time
	var doubt error // a write that may have been done
	for try := 1; ; try++ {
		if it.res.Action != "" { // look-ups are not attempts to write
			it.res.Attempts++
		}
		err := do()
		if err == nil {
			r.lastOK.Store(r.clock().UnixNano())
			return nil
		}
		if c := crm.ClassOf(err); it.res.Action != "" && (c == crm.Ambiguous || c == crm.Transient) {
			doubt = err
		}
		if began.IsZero() {
			began = r.clock()
		}
		again := false
		switch crm.ClassOf(err) {
		case crm.RateLimited:
			_, spent := crm.Exhausted(err)
			again = !spent && r.hopes(began) // the transport holds all workers until the pause is over
		case crm.NothingSent:
			again = (r.wrote.Load() || r.found.Load()) && r.hopes(began)
		case crm.Transient:
			again = try < tries
		case crm.Ambiguous:
			again = repeatable && try < tries
		}
		if !again {
			return settled(err, doubt)
		}
		if err := sleep(ctx, backoff(try)); err != nil {
			return settled(err, doubt)
		}
	}
}

// settled is the error that ends a request: doubt, if an earlier try may have been done and err does not say what
// became of it. Else the row would count as not reached.
func settled(err, doubt error) error {
	c := crm.ClassOf(err)
	if doubt == nil || c == crm.Permanent || c == crm.Forbidden {
		return err
	}
	return doubt
}

// hopes says whether it is worth to wait for the vendor any longer: something was answered since began, or it was not
// long ago.
func (r *run[C]) hopes(began time.Time) bool {
	last := max(began.UnixNano(), r.lastOK.Load())
	return r.clock().UnixNano()-last < int64(outage)
}

// backoff is the time before another try: exponential with full jitter, at most half a minute.
func backoff(try int) time.Duration {
	most := min(time.Second<<min(try, 5), 30*time.Second)
	return rand.N(most)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// fatal says whether an error is not the row's: the key, the address or the network is wrong, or the limit refuses
// everything for so long that waiting does not help.
func fatal(err error) bool {
	switch crm.ClassOf(err) {
	case crm.Unauthorized, crm.NothingSent, crm.WrongServer, crm.RateLimited:
		return true
	}
	return false
}

// stops says whether an error ends the run: it is not the row's, or nothing has succeeded yet and it looks as if
// nothing ever will (no such address, no permission).
func (r *run[C]) stops(it *item[C], err error) bool {
	var e *crm.Error
	if fatal(err) {
		return true
	}
	looking := it.res.Action == ""
	if !errors.As(err, &e) || r.wrote.Load() || looking && r.found.Load() {
		return false
	}
	return e.Class == crm.Forbidden || e.Status == http.StatusNotFound && it.res.Action != Update
}

func taken(err error) bool {
	var e *crm.Error
	return errors.As(err, &e) && e.Code == crm.CodeTaken
}

// refuse gives the item the outcome that the vendor's error means.
func (r *run[C]) refuse(it *item[C], err error) {
	it.res.Outcome, it.res.Changed = Failed, nil
	var e *crm.Error
	if !errors.As(err, &e) {
		it.res.Problems = append(it.res.Problems, mapping.Problem{Code: crm.CodeServer, Message: err.Error()})
		return
	}
	it.res.Meta = e.Meta
	if e.Class == crm.Ambiguous || e.Class == crm.WrongServer || e.Class == crm.Transient && it.res.Action != "" {
		it.res.Outcome = Unknown
		it.res.Problems = append(it.res.Problems, mapping.Problem{Code: crm.CodeUnverified,
			Message: e.Error() + "; look in the CRM whether the contact is as the row says before sending it again"})
		return
	}
	if len(e.Problems) == 0 {
		it.res.Problems = append(it.res.Problems, mapping.Problem{Code: e.Code, Message: e.Error()})
		return
	}
	for _, p := range e.Problems {
		code := p.Code
		if code == "" {
			code = e.Code
		}
		it.res.Problems = append(it.res.Problems, mapping.Problem{Code: code, Field: p.Field,
			Message: strings.TrimSpace(e.Op + ": " + p.Field + ": " + p.Message)})
	}
}
