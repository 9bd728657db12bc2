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
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// tries is how often one request is sent when the vendor itself fails.
const tries = 8

// retry calls do until it succeeds or may not be repeated. repeatable says that doing it twice does what doing it once
// does; a rate limit and a request that never left are repeated in any case, as nothing was done. What is no row's own
// fault uses up no tries.
func (r *run[C]) retry(ctx context.Context, it *item[C], repeatable bool, do func() error) error {
	var began int64
	for try, n := 1, 1; ; n++ {
		if it.res.Action != "" { // look-ups are not attempts to write
			it.res.Attempts++
		}
		err := r.classify(it, do())
		if err == nil {
			r.health.OK()
			it.uncertain = it.uncertain && it.res.Action == ""
			return nil
		}
		if faults.OfAnother(ctx, err) {
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
			again = r.health.WasOK() && r.health.MayRecover(began)
		case crm.Transient, crm.Ambiguous:
			r.health.Fail()
			if !repeatable {
				return err
			}
			it.uncertain = it.uncertain || it.res.Action != ""
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
		if err := r.pool.Sleep(ctx, &it.place, r.backoff(n)); err != nil {
			return err
		}
	}
}

// classify sees in an answer of another form from a server that has answered as the vendor before, in this session or an
// earlier one, what it is: the word of something in between. A write may have been done behind it.
func (r *run[C]) classify(it *item[C], err error) error {
	var e *crm.Error
	if !errors.As(err, &e) || e.Class != crm.WrongServer {
		return err
	}
	writing := it.res.Action != ""
	if !r.vendorAnswered() {
		it.uncertain = it.uncertain || writing
		return err
	}
	page := *e
	if page.Class = crm.Transient; writing {
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
func (r *run[C]) stops(it *item[C], err error) bool {
	var e *crm.Error
	if faults.StopsRun(err) {
		return true
	}
	looking := it.res.Action == ""
	if !errors.As(err, &e) || r.wrote.Load() || looking && r.found.Load() {
		return false
	}
	missing := e.Class == crm.Permanent && e.Status == http.StatusNotFound
	return e.Class == crm.Forbidden || missing && it.res.Action != outcome.ActionUpdate
}

// refuse gives the item the outcome that the vendor's error means.
func (r *run[C]) refuse(it *item[C], err error) {
	var e *crm.Error
	known := errors.As(err, &e)
	if known {
		it.res.Meta = e.Meta
	}
	if r.inDoubt(it) || known && (e.Class == crm.Ambiguous || e.Class == crm.WrongServer || e.Class == crm.Transient && it.res.Action != "") {
		it.res.MarkUnknown(err)
		return
	}
	it.res.Outcome, it.res.Changed = outcome.Failed, nil
	if !known {
		it.res.Problems = append(it.res.Problems, mapping.Problem{Code: crm.CodeServer, Message: err.Error()})
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
