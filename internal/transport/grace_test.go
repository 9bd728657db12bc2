package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// slowly answers after a time, or ends with the request's context.
type slowly time.Duration

func (s slowly) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := new(pace).sleep(req.Context(), time.Duration(s)); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: 201, Body: io.NopCloser(strings.NewReader("{}")), Request: req}, nil
}

func TestLasting(t *testing.T) {
	tests := map[string]struct {
		method  string
		answers time.Duration
		ends    time.Duration // when the request is over; its caller stops after 1 s
		ok      bool
	}{
		"write in flight is answered":        {http.MethodPost, 10 * time.Second, 10 * time.Second, true},
		"write without answer has its grace": {http.MethodPost, time.Hour, time.Second + grace, false},
		"read ends at once":                  {http.MethodGet, 10 * time.Second, time.Second, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				req, err := http.NewRequestWithContext(ctx, tt.method, "http://127.0.0.1/x", nil)
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				resp, err := bounded(slowly(tt.answers)).RoundTrip(req)
				if (err == nil) != tt.ok {
					t.Errorf("error = %v, want success: %v", err, tt.ok)
				}
				if took := time.Since(start); took != tt.ends {
					t.Errorf("took %v, want %v", took, tt.ends)
				}
				if err == nil {
					resp.Body.Close()
				}
			})
		})
	}
}

// watched is a context that counts who waits for its end.
type watched struct {
	context.Context
	waiting int
}

func (w *watched) AfterFunc(f func()) (stop func() bool) {
	w.waiting++
	stop = context.AfterFunc(w.Context, f)
	return func() bool {
		w.waiting--
		return stop()
	}
}

// TestNothingIsHeld: a request that is over leaves nothing with its context, whichever of several it was.
func TestNothingIsHeld(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	contexts := []*watched{{Context: ctx}, {Context: ctx}}
	for i := range 100 {
		req, err := http.NewRequestWithContext(contexts[i%2], http.MethodPost, "http://127.0.0.1/x", nil)
		if err != nil {
			t.Fatal(err)
		}
		rt := bounded(slowly(0))
		if i%3 == 0 {
			rt = bounded(fails{})
		}
		resp, err := rt.RoundTrip(req)
		if err == nil {
			if _, err := io.ReadAll(resp.Body); err != nil || resp.Request.Context().Err() != nil {
				t.Errorf("the answer cannot be read to its end: %v", err)
			}
			resp.Body.Close()
			if resp.Request.Context().Err() == nil {
				t.Error("the context of a request that is over goes on")
			}
		}
	}
	if n := contexts[0].waiting + contexts[1].waiting; n != 0 {
		t.Errorf("%d of 100 requests are held by their contexts", n)
	}
}

// bounded is the layer that lets writes last.
func bounded(next http.RoundTripper) bound {
	return bound{next: next, size: maxBody, time: 2 * time.Hour, flight: new(flight), onSlow: func() {}}
}

type fails struct{}

func (fails) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no") }
