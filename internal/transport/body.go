package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	maxBody  = 32 << 20        // bytes of an answer
	maxTry   = 2 * time.Minute // from the moment that a request may leave to the end of its answer
	maxDrain = 64 << 10        // bytes read for the sake of the connection when an answer is closed early

	// What of the answer to a read has to come in each while once it has begun: a slower one never ends.
	leastBytes = 1 << 10
	leastTime  = 30 * time.Second
)

var (
	errTooLong = errors.New("the answer is too long")
	errTooSlow = fmt.Errorf("no complete answer within %v", maxTry)
	errDrips   = fmt.Errorf("the answer came too slowly, less than %d bytes in %v", leastBytes, leastTime)
)

// bound signs a request, limits the size of an answer and the time that a try takes, lets a write that has left be answered
// after its caller was told to stop, and tells of what nothing was sent.
type bound struct {
	next   http.RoundTripper
	by     authority
	size   int64
	time   time.Duration // more than longTurn
	flight *flight
	onSlow func()
}

func (b bound) RoundTrip(req *http.Request) (*http.Response, error) {
	t := &try{caller: req.Context(), left: b.size, size: b.size, hasty: isRead(req.Method), flight: b.flight, onSlow: b.onSlow}
	if t.hasty || t.caller.Done() == nil {
		t.ctx, t.cancel = context.WithCancelCause(t.caller)
	} else {
		t.ctx, t.cancel, t.release = lasting(t.caller)
	}
	t.underway = underway{most: b.time, try: t}
	b.flight.start(&t.underway)
	signed := req.WithContext(t.ctx)
	b.by.sign(signed)
	resp, err := b.next.RoundTrip(signed)
	if err != nil {
		err = t.failed(err)
		t.end()
		return nil, err
	}
	t.ReadCloser, resp.Body = resp.Body, t
	return resp, nil
}

// try is one try of a request, and the body of its answer: it ends with an error after size bytes, and if they come too slowly.
// Closed, it is read a little further, because only a connection whose answer was read to the end is used again.
type try struct {
	io.ReadCloser
	caller  context.Context
	ctx     context.Context
	cancel  context.CancelCauseFunc
	release func() bool // lets go of the caller; nil where the caller's end ends ctx
	flight  *flight

	left, size int64
	hasty      bool // the bytes of an answer to a write, without which that is in doubt, may come as slowly as they like
	whole      bool // it was read to its end

	from time.Time // since when what has come is counted
	came int64

	underway underway // in flight
	onSlow   func()
}

func (t *try) isSlow() { t.onSlow() }
func (t *try) isLate() { t.cancel(errTooSlow) }

// end lets go of what the try has held.
func (t *try) end() {
	if !t.flight.end(&t.underway) {
		return
	}
	if t.release != nil {
		t.release()
	}
	t.cancel(nil)
}

// failed is the error of a try that got no answer.
func (t *try) failed(err error) error {
	switch {
	case context.Cause(t.ctx) == errGrace: // not the caller's own end: the request did leave
		return errGrace
	case t.release == nil && t.caller.Err() != nil:
		return err
	}
	return t.because(err)
}

// because puts the reason in front of an error that is there because the try took too long.
func (t *try) because(err error) error {
	if t.ctx.Err() == nil || t.release == nil && t.caller.Err() != nil {
		return err
	}
	return fmt.Errorf("%w: %w", context.Cause(t.ctx), err)
}

func (t *try) Read(p []byte) (int, error) {
	if int64(len(p)) > t.left+1 {
		p = p[:t.left+1]
	}
	n, err := t.ReadCloser.Read(p)
	t.flight.received(int64(n))
	if int64(n) > t.left {
		return int(t.left), fmt.Errorf("%w: more than %d MiB", errTooLong, t.size>>20)
	}
	t.left -= int64(n)
	t.whole = err == io.EOF
	switch {
	case err == nil && t.drips(int64(n)):
		t.end() // else closing it would go on reading
		err = errDrips
	case err != nil && err != io.EOF:
		err = t.because(err)
	}
	return n, err
}

// drips counts n bytes, and reports whether they come too slowly.
func (t *try) drips(n int64) bool {
	now := time.Now()
	t.came += n
	switch {
	case t.from.IsZero():
		t.from = now
	case now.Sub(t.from) < leastTime:
	case t.hasty && t.came < leastBytes:
		return true
	default:
		t.from, t.came = now, 0
	}
	return false
}

func (t *try) Close() error {
	defer t.end()
	if !t.whole {
		_, _ = io.CopyN(io.Discard, t.ReadCloser, maxDrain)
	}
	return t.ReadCloser.Close()
}
