package transport

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"crmferry/internal/leaveby"
	"crmferry/internal/retryafter"
)

const (
	firstPause   = time.Second // if the vendor does not say how long
	longestGuess = time.Minute
	// mostLate is how much time that turns came late by is made up for: so little that no second sees more requests
	// than the limit, a fortieth above the rate, allows, whatever keeps this machine busy.
	mostLate = 25 * time.Millisecond
)

// limitWords is what is waited for, for people.
const limitWords = "the rate limit"

// pace lets requests leave evenly, one at a time, and none during a pause.
type pace struct {
	turn   chan struct{} // held by who waits for the next turn, so that a change of the rate reaches all others
	next   time.Time     // when the next turn is; of who holds turn
	shared Turns         // nil where nobody else sends requests
	every  time.Duration // between two shared turns
	look   func(ctx context.Context)
	onWait func(d time.Duration, why string)
	onAsk  func(until time.Time)
	spent  spent

	bound    atomic.Bool  // a rate was set, or the vendor has asked to wait: else nobody waits for anything
	answered atomic.Int64 // while it was not bound

	mu           sync.Mutex
	adaptiveRate adaptiveRate
	until        time.Time // end of the pause
	told         time.Time // up to when onAsk was told of pauses after refusals
	began        time.Time // when the pause was last set
	guesses      int       // pauses of guessed length since the last answer that was no refusal
}

func newPace(o Options) *pace {
	limit := o.Rate
	if limit <= 0 {
		limit = rate.Inf
	}
	p := &pace{turn: make(chan struct{}, 1), adaptiveRate: newAdaptiveRate(limit, time.Now()), shared: o.Turns, look: o.Look,
		onWait: o.OnWait, onAsk: o.OnAsked, spent: spent{ended: make(chan struct{})}}
	if p.shared != nil {
		p.every = p.shared.Every()
	}
	p.bound.Store(limit != rate.Inf)
	return p
}

// wait returns when a request may leave, with the cause why the context ended, with errSpent, or with leaveby.ErrLate if it may
// not leave in time.
func (p *pace) wait(ctx context.Context) error {
	if by, ok := leaveby.Of(ctx); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadlineCause(ctx, by, leaveby.ErrLate)
		defer cancel()
	}
	p.look(ctx)
	if !p.bound.Load() {
		return p.sleep(ctx, 0)
	}
	for {
		if err := p.sleep(ctx, time.Until(p.pausedUntil())); err != nil {
			return err
		}
		select {
		case p.turn <- struct{}{}:
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-p.spent.ended:
			return errSpent
		}
		taken, err := p.takeTurn(ctx)
		<-p.turn
		p.look(ctx)
		if err != nil || taken && !time.Now().Before(p.pausedUntil()) {
			return err
		} // else a pause began meanwhile, and may be over: wait for its end and for a turn after it
	}
}

// takeTurn waits for the next turn and takes it, unless there is a pause.
func (p *pace) takeTurn(ctx context.Context) (taken bool, err error) {
	for !time.Now().Before(p.pausedUntil()) {
		due := onTime(p.next)
		if early := time.Until(due) - p.every; p.shared != nil && early > 0 { // who is slower than others keeps none of them waiting
			if err := p.await(ctx, early); err != nil {
				return false, err
			}
			if time.Now().Before(p.pausedUntil()) {
				return false, nil
			}
		}
		turn := p.take(ctx, due)
		if err := p.await(ctx, time.Until(turn.due)); err != nil {
			turn.giveBack()
			return false, err
		}
		if onTime(turn.due).After(turn.due) && !turn.keep() {
			continue // it is late, and somebody has the next one
		}
		p.next = onTime(turn.due).Add(p.interval())
		return true, nil
	}
	return false, nil
}

// await waits for a turn.
func (p *pace) await(ctx context.Context, d time.Duration) error {
	if d >= longTurn {
		p.onWait(d, limitWords)
	}
	return p.sleep(ctx, d)
}

// onTime is when a turn counts as taken that was due then.
func onTime(due time.Time) time.Time {
	if now := time.Now(); now.Sub(due) > mostLate {
		return now
	}
	return due
}

// interval lies between two turns.
func (p *pace) interval() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.adaptiveRate.now == rate.Inf {
		return 0
	}
	return time.Duration(float64(time.Second) / float64(p.adaptiveRate.now))
}

// sleep returns after d, earlier with the cause why the context ended, or with errSpent; with leaveby.ErrLate at once if that
// is too late.
func (p *pace) sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-p.spent.ended:
		return errSpent
	default:
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if leaveby.Late(ctx, time.Now().Add(max(d, 0))) {
		return leaveby.ErrLate
	}
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-p.spent.ended:
		return errSpent
	}
}

func (p *pace) pausedUntil() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until
}

// pause lets no request leave for d, or none at all if that is longer than anybody waits.
func (p *pace) pause(d time.Duration, why string) {
	if d > retryafter.MaxWait {
		p.spent.end(time.Now().Add(d), http.StatusTooManyRequests, "", nil)
		return
	}
	p.mu.Lock()
	longer := p.extend(d)
	p.mu.Unlock()
	if longer {
		p.onWait(d, why)
	}
}

// asked tells of the pause that a refusal has begun, if it lasts longer than what was told before: a little more, so
// that the refusals of one moment are told once.
func (p *pace) asked(until time.Time) {
	p.mu.Lock()
	news := until.After(p.told)
	if news {
		p.told = until.Add(time.Second)
		until = p.told
	}
	p.mu.Unlock()
	if news {
		p.onAsk(until)
	}
}

// extend sets the pause to d from now, unless it is longer already. It reports whether a pause began or grew by a
// second: several refusals of one moment are one pause. p.mu is held.
func (p *pace) extend(d time.Duration) bool {
	now := time.Now()
	until := now.Add(d)
	grown := until.Sub(p.until)
	if grown <= 0 {
		return false
	}
	worth := grown >= time.Second || !now.Before(p.until)
	p.until, p.began = until, now
	p.bound.Store(true)
	return worth
}

// note learns from the answer to a request that left at sent.
func (p *pace) note(resp *http.Response, sent time.Time) {
	if !p.bound.Load() && resp.StatusCode < http.StatusBadRequest {
		p.answered.Add(1)
		return
	}
	limited := resp.StatusCode == http.StatusTooManyRequests
	asked := retryafter.Of(resp)
	switch {
	case asked > retryafter.MaxWait:
		p.spent.refused(resp, asked)
	case limited || asked > 0:
		asked = p.refused(limited, asked, sent)
	case resp.StatusCode < 500:
		p.passed(sent)
	}
	if asked > 0 {
		p.asked(time.Now().Add(asked))
	}
}

// refused pauses for as long as the vendor asks, or, where it does not say, twice as long each time, and goes on
// slowly afterwards. What left before the pause began was refused for the same reason as what made it begin. It returns how
// long it pauses, 0 if that is said already.
func (p *pace) refused(limited bool, asked time.Duration, sent time.Time) time.Duration {
	p.mu.Lock()
	first := sent.After(p.began)
	p.adaptiveRate.answers += int(p.answered.Swap(0))
	why := limitWords
	if !limited {
		why = "the vendor, which is not available (503)"
	}
	if asked == 0 {
		if !first {
			p.mu.Unlock()
			return 0
		}
		asked = min(firstPause<<min(p.guesses, 10), longestGuess)
		p.guesses++
		why += ", the vendor does not say how long"
	}
	longer := p.extend(asked)
	if first {
		if limited {
			p.adaptiveRate.lower(p.until)
		}
		p.adaptiveRate.restart()
	}
	p.mu.Unlock()
	if longer {
		p.onWait(asked, why)
	}
	return asked
}

// passed learns that a request that left at sent was not too many.
func (p *pace) passed(sent time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !sent.After(p.began) {
		return
	}
	p.guesses = 0
	p.adaptiveRate.raise(time.Now())
}

// rate is the rate at which requests leave, or will once they have come up to it after a pause.
func (p *pace) rate() rate.Limit {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.adaptiveRate.fair
}

// paced lets requests wait for their turn and notes refusals.
type paced struct {
	next http.RoundTripper
	pace *pace
}

func (p paced) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := p.pace.wait(req.Context()); err != nil {
		if req.Body != nil {
			req.Body.Close()
		}
		if errors.Is(err, errSpent) {
			return p.pace.spent.answer(req), nil
		}
		return nil, err
	}
	sent := time.Now()
	resp, err := p.next.RoundTrip(req)
	if err == nil {
		p.pace.note(resp, sent)
	}
	return resp, err
}
