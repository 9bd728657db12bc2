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
)

var (
	errTooLong = errors.New("the answer is too long")
	errTooSlow = fmt.Errorf("no complete answer within %v", maxTry)
)

// bound limits the size of an answer and the time that a try takes, and tells of what nothing was sent.
type bound struct {
	next http.RoundTripper
	size int64
	time time.Duration
}

func (b bound) RoundTrip(req *http.Request) (*http.Response, error) {
	var d dial
	ctx, cancel := context.WithTimeoutCause(req.Context(), b.time, errTooSlow)
	resp, err := b.next.RoundTrip(req.WithContext(d.trace(ctx)))
	if err != nil {
		if req.Context().Err() == nil {
			err = d.mark(err)
			if ctx.Err() != nil {
				err = fmt.Errorf("%w: %w", errTooSlow, err)
			}
		}
		cancel()
		return nil, err
	}
	resp.Body = &boundBody{ReadCloser: resp.Body, left: b.size, size: b.size, cancel: cancel}
	return resp, nil
}

// boundBody ends with an error after size bytes. Closed, it is read a little further, because only a connection whose
// answer was read to the end is used again.
type boundBody struct {
	io.ReadCloser
	left, size int64
	cancel     context.CancelFunc
}

func (b *boundBody) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) > b.left {
		return int(b.left), fmt.Errorf("%w: more than %d MiB", errTooLong, b.size>>20)
	}
	b.left -= int64(n)
	return n, err
}

func (b *boundBody) Close() error {
	defer b.cancel()
	_, _ = io.CopyN(io.Discard, b.ReadCloser, maxDrain)
	return b.ReadCloser.Close()
}
