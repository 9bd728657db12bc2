package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
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

// bound limits the size of an answer and the time that a try takes, and tells of what nothing was sent.
type bound struct {
	next   http.RoundTripper
	size   int64
	time   time.Duration
	flight *flight
	onSlow func()
}

func (b bound) RoundTrip(req *http.Request) (*http.Response, error) {
	var d dial
	b.flight.start()
	ctx, cancel := context.WithCancelCause(req.Context())
	timer := time.AfterFunc(b.time, func() { cancel(errTooSlow) })
	slow := time.AfterFunc(longTurn, b.onSlow)
	end := sync.OnceFunc(func() {
		timer.Stop()
		slow.Stop()
		cancel(nil)
		b.flight.end()
	})
	resp, err := b.next.RoundTrip(req.WithContext(d.trace(ctx)))
	if err != nil {
		if req.Context().Err() == nil {
			err = because(ctx, d.mark(err))
		}
		end()
		return nil, err
	}
	resp.Body = &boundBody{ReadCloser: resp.Body, left: b.size, size: b.size, hasty: isRead(req.Method), flight: b.flight, end: end,
		because: func(err error) error {
			if req.Context().Err() != nil {
				return err
			}
			return because(ctx, err)
		}}
	return resp, nil
}

// because puts the reason in front of an error that is there because a try took too long.
func because(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return fmt.Errorf("%w: %w", context.Cause(ctx), err)
}

// boundBody ends with an error after size bytes, and if they come too slowly. Closed, it is read a little further, because
// only a connection whose answer was read to the end is used again.
type boundBody struct {
	io.ReadCloser
	left, size int64
	hasty      bool // the bytes of an answer to a write, without which that is in doubt, may come as slowly as they like
	flight     *flight
	because    func(error) error // adds the reason to an error of reading
	end        func()

	from time.Time // since when what has come is counted
	came int64
}

func (b *boundBody) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	b.flight.received(int64(n))
	if int64(n) > b.left {
		return int(b.left), fmt.Errorf("%w: more than %d MiB", errTooLong, b.size>>20)
	}
	b.left -= int64(n)
	switch {
	case err == nil && b.drips(int64(n)):
		b.end() // else closing it would go on reading
		err = errDrips
	case err != nil && err != io.EOF:
		err = b.because(err)
	}
	return n, err
}

// drips counts n bytes, and reports whether they come too slowly.
func (b *boundBody) drips(n int64) bool {
	now := time.Now()
	b.came += n
	switch {
	case b.from.IsZero():
		b.from = now
	case now.Sub(b.from) < leastTime:
	case b.hasty && b.came < leastBytes:
		return true
	default:
		b.from, b.came = now, 0
	}
	return false
}

func (b *boundBody) Close() error {
	defer b.end()
	_, _ = io.CopyN(io.Discard, b.ReadCloser, maxDrain)
	return b.ReadCloser.Close()
}
