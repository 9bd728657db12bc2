package crmtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"crmferry/internal/crm"
)

// each runs all calls and hands their errors to check.
func (e *env[C]) each(t *testing.T, client crm.Creator[C], found C, check func(*testing.T, call[C], error)) {
	t.Helper()
	for _, c := range e.calls(client, found) {
		t.Run(c.name, func(t *testing.T) { check(t, c, c.do(context.Background())) })
	}
}

// wantClass fails unless err is an *crm.Error of the class, with an operation and a text.
func wantClass(t *testing.T, err error, class crm.Class) *crm.Error {
	t.Helper()
	var e *crm.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an error of class %v", err, class)
	}
	if e.Class != class {
		t.Errorf("class %v, want %v (%v)", e.Class, class, err)
	}
	if e.Op == "" || e.Code == "" || err.Error() == e.Op+":" {
		t.Errorf("the error lacks operation, code or reason: %v", err)
	}
	return e
}

// canary is a key that must be nowhere but in the header of a request.
const canary = "canary-0a1b2c3d4e5f"

func canaries(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("%s-%d", canary, i)
	}
	return keys
}

func testUnauthorized[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	e.each(t, e.client(canaries(len(e.Keys))...), found, func(t *testing.T, _ call[C], err error) {
		if got := wantClass(t, err, crm.Unauthorized); got.Status != http.StatusUnauthorized {
			t.Errorf("status %d", got.Status)
		}
		if strings.Contains(err.Error(), canary) {
			t.Errorf("the error tells the key: %v", err)
		}
	})
}

func testForbidden[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	e.answer(http.StatusForbidden, typeJSON, `{"message": "not for this key"}`)
	e.each(t, e.plain(), found, func(t *testing.T, _ call[C], err error) { wantClass(t, err, crm.Forbidden) })
}

func testRefusals[C any](t *testing.T, e *env[C]) {
	for _, r := range e.Refusals {
		t.Run(r.Name, func(t *testing.T) {
			e.answer(r.Status, typeJSON, r.Body)
			_, err := e.plain().Create(context.Background(), e.Sample(0), e.createFields(e.good), token(0))
			got := wantClass(t, err, crm.Permanent)
			if got.Code != r.Code || got.Status != r.Status || !strings.Contains(err.Error(), r.Text) {
				t.Errorf("code %q, status %d: %v", got.Code, got.Status, err)
			}
			if r.Field == "" {
				return
			}
			for _, p := range got.Problems {
				if p.Field == r.Field && p.Code != "" && p.Message != "" {
					return
				}
			}
			t.Errorf("problems %v, none of field %q", got.Problems, r.Field)
		})
	}
}

func testNotFound[C any](t *testing.T, e *env[C]) {
	u, ok := e.good.(crm.Updater[C])
	if !ok || e.Change == nil {
		t.Skip("the client cannot update")
	}
	found := e.make(t, 0)
	want := found
	fields := e.Change(&want)
	e.answer(http.StatusNotFound, typeJSON, `{"message": "no such contact"}`)
	_, err := u.Update(context.Background(), found, want, fields)
	if got := wantClass(t, err, crm.Permanent); got.Code != crm.CodeNotFound {
		t.Errorf("code %q", got.Code)
	}
}

func testHTML[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	for _, status := range []int{http.StatusOK, http.StatusNotFound} {
		e.answer(status, "text/html; charset=utf-8", "<!doctype html><title>Welcome</title>")
		e.each(t, e.plain(), found, func(t *testing.T, _ call[C], err error) { wantClass(t, err, crm.WrongServer) })
	}
}

func testRedirect[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	var seen atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { seen.Add(1) }))
	defer other.Close()
	e.fail(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) })
	e.each(t, e.client(e.Keys...), found, func(t *testing.T, _ call[C], err error) { wantClass(t, err, crm.WrongServer) })
	if n := seen.Load(); n > 0 {
		t.Errorf("%d requests, with the key, followed to another host", n)
	}
}

func testRateLimit[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	e.answer(http.StatusTooManyRequests, typeJSON, `{"message": "slow down"}`, "Retry-After", "7")
	e.each(t, e.plain(), found, func(t *testing.T, _ call[C], err error) {
		if got := wantClass(t, err, crm.RateLimited); got.RetryAfter != 7*time.Second {
			t.Errorf("retry after %v", got.RetryAfter)
		}
	})
}

// testExhausted: a vendor that asks to come back after hours is asked once, whatever is called.
func testExhausted[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	var seen atomic.Int64
	e.fail(func(w http.ResponseWriter, _ *http.Request) {
		seen.Add(1)
		w.Header().Set("Content-Type", typeJSON)
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, `{"message": "daily quota exceeded"}`)
	})
	e.each(t, e.client(e.Keys...), found, func(t *testing.T, _ call[C], err error) {
		wantClass(t, err, crm.RateLimited)
		until, ok := crm.Exhausted(err)
		if left := time.Until(until); !ok || left < 119*time.Minute || left > 121*time.Minute || !strings.Contains(err.Error(), "daily quota exceeded") {
			t.Errorf("until %v (%v): %v", until, ok, err)
		}
	})
	if n := seen.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// losses are ways in which the answer to a request that arrived gets lost.
func losses() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"closed": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typeJSON)
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, `{"data": {"id": 1`)
			panic(http.ErrAbortHandler)
		},
		"unreadable": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typeJSON)
			fmt.Fprint(w, `{"data": `)
		},
		"server error": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typeJSON)
			w.WriteHeader(http.StatusBadGateway)
			fmt.Fprint(w, `{"message": "upstream is away"}`)
		},
		"server error as a web page": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(w, `<h1>Sorry</h1>`)
		},
	}
}

func testLostCreate[C any](t *testing.T, e *env[C]) {
	e.make(t, 1) // the vendor has spoken
	for name, loss := range losses() {
		t.Run(name, func(t *testing.T) {
			var seen atomic.Int64
			e.fail(func(w http.ResponseWriter, r *http.Request) {
				seen.Add(1)
				loss(w, r)
			})
			_, err := e.good.Create(context.Background(), e.Sample(0), e.createFields(e.good), token(0))
			wantClass(t, err, crm.Ambiguous)
			if n := seen.Load(); n != 1 {
				t.Errorf("the create was sent %d times", n)
			}
		})
	}
}

func testLostRepeatable[C any](t *testing.T, e *env[C]) {
	found, client := e.make(t, 0), e.plain()
	e.spoken(t, client)
	for name, loss := range losses() {
		t.Run(name, func(t *testing.T) {
			e.fail(loss)
			e.each(t, client, found, func(t *testing.T, c call[C], err error) {
				if c.repeatable {
					wantClass(t, err, crm.Transient)
				} else {
					wantClass(t, err, crm.Ambiguous)
				}
			})
		})
	}
}

// foreignBodies are what something in between may say in the vendor's place, with their types.
func foreignBodies() [][2]string {
	return [][2]string{
		{"text/html", "<!doctype html><title>Moved</title>"},
		{"text/plain", "upstream is away"},
		{typeJSON, `{"data": {"id": `},
		{typeJSON, `{"fault": {"faultstring": "no target for this path", "code": 404}}`},
		{typeJSON, `{"status": 404, "path": "/contacts"}`},
		{typeJSON, `["Not Found"]`},
	}
}

// testForeign: an answer in another form refuses nothing, whatever its status: a write may have been done behind it. While
// the vendor has never spoken, the address is most likely wrong.
func testForeign[C any](t *testing.T, e *env[C]) {
	found, spoken := e.make(t, 0), e.plain()
	e.spoken(t, spoken)
	for _, status := range []int{200, 201, 302, 303, 307, 400, 403, 404, 405, 409, 410, 415, 421, 422, 499} {
		for _, body := range foreignBodies() {
			t.Run(fmt.Sprint(status, body), func(t *testing.T) {
				e.answer(status, body[0], body[1])
				e.each(t, spoken, found, func(t *testing.T, c call[C], err error) {
					class := crm.ClassOf(err)
					switch {
					case !c.write && class != crm.Transient && class != crm.WrongServer, // no such thing, say, would be wrong
						c.write && c.repeatable && class != crm.Transient, c.write && !c.repeatable && class != crm.Ambiguous:
						t.Errorf("class %v: %v", class, err)
					}
				})
				e.each(t, e.plain(), found, func(t *testing.T, c call[C], err error) {
					if c.write {
						wantClass(t, err, crm.WrongServer)
					}
				})
			})
		}
	}
}

// foreignJSON are whole answers in JSON that no vendor documents for anything.
func foreignJSON() []string {
	return []string{`{"status": "down for maintenance"}`, `{}`, `[]`, `null`, `{"data": null}`, `{"data": {}}`, `[{}]`, `{"message": "Welcome"}`}
}

// testForeignJSON: JSON of another shape is no answer: neither is a write done by it, nor is nobody there, nor is the key good.
// While the vendor has never spoken, the address is most likely wrong.
func testForeignJSON[C any](t *testing.T, e *env[C]) {
	found, spoken := e.make(t, 0), e.plain()
	e.spoken(t, spoken)
	for _, status := range []int{200, 201} {
		for _, body := range foreignJSON() {
			e.answer(status, typeJSON, body)
			for _, client := range []crm.Creator[C]{spoken, e.plain()} {
				for _, c := range e.calls(client, found) {
					want := crm.WrongServer
					switch {
					case e.BareLists && body == "[]" && strings.HasPrefix(c.name, "List"):
						continue
					case client == spoken && c.write && c.repeatable:
						want = crm.Transient
					case client == spoken && c.write:
						want = crm.Ambiguous
					}
					if err := c.do(context.Background()); crm.ClassOf(err) != want {
						t.Errorf("%s, %d %s, spoke %v: class %v, want %v: %v", c.name, status, body, client == spoken, crm.ClassOf(err), want, err)
					}
				}
			}
		}
	}
}

// testRefusedPlainly: the statuses that refuse a create do so with JSON or without a word; three do so in any form. No
// other does.
func testRefusedPlainly[C any](t *testing.T, e *env[C]) {
	client := e.plain()
	e.spoken(t, client)
	create := func() error {
		_, err := client.Create(context.Background(), e.Sample(0), e.createFields(e.good), token(0))
		return err
	}
	plain := map[int]crm.Class{400: crm.Permanent, 401: crm.Unauthorized, 403: crm.Forbidden, 404: crm.Permanent, 405: crm.Permanent,
		409: crm.Permanent, 410: crm.Permanent, 413: crm.Permanent, 415: crm.Permanent, 422: crm.Permanent, 429: crm.RateLimited}
	for status := 300; status < 600; status++ {
		for _, body := range []string{"", "{}", "[]"} {
			e.answer(status, typeJSON, body)
			if got, want := crm.ClassOf(create()), cmp.Or(plain[status], crm.Ambiguous); got != want {
				t.Errorf("%d with %q: class %v, want %v", status, body, got, want)
			}
		}
	}
	for _, status := range []int{401, 413, 429} {
		for _, body := range foreignBodies() {
			e.answer(status, body[0], body[1])
			if got := crm.ClassOf(create()); got != plain[status] {
				t.Errorf("%d with %q: class %v, want %v", status, body[1], got, plain[status])
			}
		}
	}
}

func testRefusedConnection[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	client := e.New(parse(t, "http://"+l.Addr().String()+Prefix+e.Path), e.plainHTTP())
	e.each(t, client, found, func(t *testing.T, _ call[C], err error) { wantClass(t, err, crm.NothingSent) })
}

// testCanary lets the server repeat the key that it was sent wherever an error could take it from.
func testCanary[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	keys := canaries(len(e.Keys))
	for _, status := range []int{302, 400, 401, 403, 404, 409, 422, 429} {
		e.fail(func(w http.ResponseWriter, r *http.Request) {
			said := fmt.Sprintf("%q %q %q", keys, r.Header.Get("Authorization"), r.Header.Get("X-Api-Key"))
			w.Header().Set("Content-Type", typeJSON)
			w.Header().Set("X-Request-Id", keys[0])
			w.Header().Set("Location", "http://"+keys[0]+".example.com/")
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"message": %[1]q, "detail": %[1]q, "error": %[1]q, "errors": {"email": [%[1]q]}}`, said)
		})
		client := e.client(keys...)
		for _, c := range e.calls(client, found) {
			if status == 429 && !slices.Contains([]string{"Create", "Update", "Delete"}, c.name) {
				continue // the transport repeats them at the pace that the vendor asks for: three show it
			}
			err := c.do(context.Background())
			if err == nil {
				continue // a look-up by id takes a 404 for an answer
			}
			var ce *crm.Error
			if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, canary) || strings.Contains(text, basic(keys)) {
				t.Errorf("%s, %d: the error tells the key: %v", c.name, status, err)
			}
			if errors.As(err, &ce) && strings.Contains(ce.RequestID, canary) {
				t.Errorf("%s, %d: the request id tells the key", c.name, status)
			}
		}
	}
}

// basic is what HTTP Basic authentication makes of keys.
func basic(keys []string) string {
	req, err := http.NewRequest(http.MethodGet, "http://example.com/", nil)
	if err != nil {
		return ""
	}
	req.SetBasicAuth(keys[0], keys[len(keys)-1])
	return strings.TrimPrefix(req.Header.Get("Authorization"), "Basic ")
}

// testCancel ends the context of calls before they are made and while they are under way.
func testCancel[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	client := e.client(e.Keys...)
	for _, c := range e.calls(client, found) {
		t.Run(c.name, func(t *testing.T) {
			arrived, release := e.hold()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			done := make(chan error, 1)
			go func() { done <- c.do(ctx) }()
			<-arrived
			cancel()
			if c.write {
				release() // a write that has left may be answered
			}
			select {
			case err := <-done:
				if answered := c.write && err == nil; !answered && !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			case <-time.After(5 * time.Second):
				t.Error("the call outlives its context")
			}
			release()
			if err := c.do(ctx); !errors.Is(err, context.Canceled) || len(arrived) > 0 {
				t.Errorf("with an ended context: %v, %d requests", err, len(arrived))
			}
		})
	}
}

// hold makes the server hold its answers, as the simulation gives them, until release is called.
func (e *env[C]) hold() (arrived <-chan struct{}, release func()) {
	in, out := make(chan struct{}, 100), make(chan struct{})
	e.fail(func(w http.ResponseWriter, r *http.Request) {
		in <- struct{}{}
		<-out
		e.inner.ServeHTTP(w, r)
	})
	return in, sync.OnceFunc(func() { close(out) })
}
