package transport

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"crmferry/internal/retryafter"
)

// errSpent ends all waits once nothing is to be sent any more.
var errSpent = errors.New("the vendor takes no more requests")

// spent is the refusal after which no request leaves: the vendor asks to come back later than anybody waits, as it does
// when the quota of a day is used up. All requests that follow get it as their answer.
type spent struct {
	ended chan struct{} // closed with the refusal

	once        sync.Once
	until       time.Time
	status      int // as the vendor gave it
	contentType string
	body        []byte
}

// refused keeps the first such refusal, and leaves its body to be read.
func (s *spent) refused(resp *http.Response, asked time.Duration) {
	body, _ := io.ReadAll(resp.Body) // words that are cut are better than none
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(body))
	s.end(time.Now().Add(asked), resp.StatusCode, resp.Header.Get("Content-Type"), body)
}

// end lets no request leave any more.
func (s *spent) end(until time.Time, status int, contentType string, body []byte) {
	s.once.Do(func() {
		s.until, s.status, s.contentType, s.body = until, status, contentType, body
		close(s.ended)
	})
}

// answer is the refusal, given again without asking: 429 whatever it was, because nothing was done. What it was, it says beside.
func (s *spent) answer(req *http.Request) *http.Response {
	left := max(time.Until(s.until), retryafter.MaxWait+time.Second)
	return &http.Response{
		Status: "429 Too Many Requests", StatusCode: http.StatusTooManyRequests, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{
			"Content-Type": {s.contentType},
			"Retry-After":  {strconv.FormatInt(int64((left+time.Second-1)/time.Second), 10)},

			retryafter.StatusHeader: {strconv.Itoa(s.status)},
		},
		Body: io.NopCloser(bytes.NewReader(s.body)), ContentLength: int64(len(s.body)), Request: req,
	}
}
