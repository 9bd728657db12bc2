package crm

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"crmferry/internal/leaveby"
	"crmferry/internal/transport"
)

// serve answers every request with h and returns an API below /base.
func serve(t *testing.T, h http.HandlerFunc) *API {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL + "/base/")
	if err != nil {
		t.Fatal(err)
	}
	return &API{Base: base, HTTP: &http.Client{}, DecodeError: func(_ int, body []byte) (string, []FieldProblem) {
		var e struct {
			Message  string
			Problems []FieldProblem
		}
		_ = json.Unmarshal(body, &e)
		return e.Message, e.Problems
	}}
}

func answer(status int, contentType, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// named is an answer that is one record.
type named struct{ ID string }

func (n *named) Mismatch() string { return MismatchedID(n.ID, "") }

func TestDoSends(t *testing.T) {
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "POST" || r.URL.EscapedPath() != "/base/people/a%2Fb" || r.URL.RawQuery != "limit=2&tag%5B%5D=x&tag%5B%5D=y" ||
			r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Idempotency-Key") != "k" || string(body) != `{"a":"<b>"}` {
			t.Errorf("%s %s, header %v, body %s", r.Method, r.URL, r.Header, body)
		}
		w.Header().Set("X-Request-Id", "r-1")
		w.WriteHeader(201)
		io.WriteString(w, `{"id": "7"}`)
	})
	var out named
	meta, err := api.Do(t.Context(), Call{Op: "create", Method: "POST", Path: "/people/a%2Fb", ContentType: "application/json",
		Query: url.Values{"limit": {"2"}, "tag[]": {"x", "y"}}, Token: "k",
		Body: JSON(map[string]string{"a": "<b>"})}, &out)
	if err != nil || out.ID != "7" || meta != (Meta{Status: 201, RequestID: "r-1"}) {
		t.Errorf("got %+v, %+v, %v", out, meta, err)
	}
}

// TestWritesCannotBeRepeated: net/http repeats a request of itself only if it can get the body again.
func TestWritesCannotBeRepeated(t *testing.T) {
	api := &API{Base: &url.URL{Scheme: "http", Host: "crm.example.com"}}
	for _, call := range []Call{
		{Method: "POST", Path: "/x", Body: []byte("{}")}, {Method: "PUT", Path: "/x"}, {Method: "PATCH", Path: "/x", Body: []byte("{}")},
	} {
		req, err := api.request(t.Context(), call)
		if err != nil || req.GetBody != nil {
			t.Errorf("%s: GetBody is set, %v", call.Method, err)
		}
	}
}

// TestDoClassifies: what an answer says of a create, of a change that may be repeated and of a read, where the vendor has
// answered in JSON before and where it never has.
func TestDoClassifies(t *testing.T) {
	const js, page, text = "application/json", "text/html", "text/plain"
	tests := []struct {
		name    string
		h       http.HandlerFunc
		class   Class // of a create; a change is Transient where a create is Ambiguous
		early   Class // of both, if the vendor has never spoken and it differs
		read    Class // if it differs from that of a change
		code    string
		message string
	}{
		{name: "400", h: answer(400, js, `{"message": "bad"}`), class: Permanent, code: CodeInvalid, message: "bad"},
		{name: "401", h: answer(401, js, `{"message": "who"}`), class: Unauthorized, code: "unauthorized", message: "who"},
		{name: "401 as a page", h: answer(401, page, `<p>who</p>`), class: Unauthorized, code: "unauthorized", message: "web page"},
		{name: "403", h: answer(403, js, `{}`), class: Forbidden, code: CodeForbidden, message: "Forbidden"},
		{name: "404", h: answer(404, js, `{}`), class: Permanent, code: CodeNotFound, message: "Not Found"},
		{name: "404 in JSON as HTML", h: answer(404, page, `{}`), class: Permanent, code: CodeNotFound, message: "Not Found"},
		{name: "404 empty", h: answer(404, page, " \n"), class: Permanent, code: CodeNotFound, message: "Not Found"},
		{name: "405", h: answer(405, js, ``), class: Permanent, code: CodeInvalid},
		{name: "409", h: answer(409, js, `{"message": "no client"}`), class: Permanent, code: CodeInvalid, message: "no client"},
		{name: "410", h: answer(410, js, ``), class: Permanent, code: CodeInvalid},
		{name: "413 as a page", h: answer(413, page, `<p>big`), class: Permanent, code: CodeInvalid, message: "web page"},
		{name: "415", h: answer(415, js, `{}`), class: Permanent, code: CodeInvalid},
		{name: "422 taken", h: answer(422, js, `{"problems": [{"Field": "email", "Code": "taken", "Message": "is there"}]}`),
			class: Permanent, code: CodeTaken, message: "email: is there"},
		{name: "429", h: answer(429, js, `{}`), class: RateLimited, code: CodeRateLimited},
		{name: "429 as a page", h: answer(429, page, `<p>slow down</p>`, "Retry-After", "7"), class: RateLimited, code: CodeRateLimited, message: "web page"},

		{name: "408", h: answer(408, js, `{}`), class: Ambiguous, code: CodeServer},
		{name: "425", h: answer(425, js, `{}`), class: Ambiguous, code: CodeServer},
		{name: "500", h: answer(500, js, `{"message": "oh"}`), class: Ambiguous, code: CodeServer, message: "oh"},
		{name: "501", h: answer(501, js, `{}`), class: Ambiguous, code: CodeServer},
		{name: "502 as a page", h: answer(502, page, `<p>`), class: Ambiguous, code: CodeServer, message: "web page"},
		{name: "503", h: answer(503, js, `{"message": "back at nine"}`, "Retry-After", "7200"), class: Ambiguous, code: CodeServer, message: "back at nine"},
		{name: "503 as a page", h: answer(503, page, `<p>`), class: Ambiguous, code: CodeServer},
		{name: "504", h: answer(504, js, `{}`), class: Ambiguous, code: CodeServer},
		{name: "closed", h: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, class: Ambiguous},
		{name: "cut", h: cut(200), class: Ambiguous, message: "read the answer"},
		{name: "cut refusal", h: cut(422), class: Ambiguous, message: "the answer was cut"},

		{name: "page", h: answer(200, page, `<p>`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "web page"},
		{name: "text", h: answer(201, text, `ok`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "text, not JSON"},
		{name: "number", h: answer(201, js, `404`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "text, not JSON"},
		{name: "other object", h: answer(200, js, `{"status": "down for maintenance"}`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "names no id"},
		{name: "empty object", h: answer(201, js, `{}`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "names no id"},
		{name: "list", h: answer(200, js, `[1]`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "decode the answer: it is of the type array"},
		{name: "null", h: answer(200, js, `null`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "text, not JSON"},
		{name: "half", h: answer(200, js, `{"id": `), class: Ambiguous, early: WrongServer, read: Transient, message: "decode the answer"},
		{name: "empty", h: answer(200, js, ``), class: Ambiguous, early: WrongServer, read: Transient, message: "decode the answer"},
		{name: "half refusal", h: answer(422, js, `{"id": `), class: Ambiguous, early: WrongServer, read: Transient, message: "ends in the middle"},
		{name: "400 as text", h: answer(400, text, `no`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "403 as a page", h: answer(403, page, `<p>`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "404 as a page", h: answer(404, page, `<p>`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "web page"},
		{name: "404 as text", h: answer(404, text, `404 page not found`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "page without its type", h: answer(404, text, ` <!doctype html>`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "web page"},
		{name: "422 as a page", h: answer(422, page, `<p>`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "407", h: answer(407, js, `{}`), class: Ambiguous, early: WrongServer, read: WrongServer, message: "Proxy Authentication Required"},
		{name: "302", h: answer(302, js, ``, "Location", "http://other.example.com/"), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "302 as a page", h: answer(302, page, `<p>`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "307 in JSON", h: answer(307, js, `{}`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "421 as a page", h: answer(421, page, `<p>`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "499 as a page", h: answer(499, page, `<p>`), class: Ambiguous, early: WrongServer, read: WrongServer},
		{name: "402 in JSON", h: answer(402, js, `{"message": "pay"}`), class: Ambiguous, read: Permanent, message: "pay"},
	}
	for _, tt := range tests {
		for _, spoke := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, spoke %v", tt.name, spoke), func(t *testing.T) {
				create := tt.class
				if tt.early != 0 && !spoke {
					create = tt.early
				}
				change := create
				if change == Ambiguous {
					change = cmp.Or(map[bool]Class{tt.read == Permanent: Permanent}[true], Transient)
				}
				for _, c := range []struct {
					call Call
					want Class
				}{
					{Call{Op: "create", Method: "POST", Path: "/x", Body: []byte("{}")}, create},
					{Call{Op: "change", Method: "PUT", Path: "/x", Repeatable: true}, change},
					{Call{Op: "read", Method: "GET", Path: "/x"}, cmp.Or(tt.read, change)},
				} {
					api := serve(t, tt.h)
					api.HTTP.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
					api.spoke.Store(spoke)
					var out named
					_, err := api.Do(t.Context(), c.call, &out)
					var e *Error
					if !errors.As(err, &e) {
						t.Fatalf("%s: got %v", c.call.Op, err)
					}
					if e.Class != c.want || tt.code != "" && e.Code != tt.code || e.Code == "" || !strings.Contains(err.Error(), tt.message) {
						t.Errorf("%s: class %v, want %v, code %q: %v", c.call.Op, e.Class, c.want, e.Code, err)
					}
				}
			})
		}
	}
}

// cut announces more than it sends.
func cut(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "99")
		w.WriteHeader(status)
		io.WriteString(w, `{`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
}

// TestSpoke: an answer in JSON to anything, a refusal included, shows that the vendor is there; a gateway's does not.
func TestSpoke(t *testing.T) {
	for name, tt := range map[string]struct {
		h     http.HandlerFunc
		spoke bool
	}{
		"done":     {answer(200, "application/json", `{"id": "7"}`), true},
		"stranger": {answer(200, "application/json", `{}`), false},
		"refused":  {answer(422, "application/json", `{}`), true},
		"limited":  {answer(429, "application/json", `{}`), true},
		"fails":    {answer(502, "application/json", `{}`), false},
		"redirect": {answer(302, "application/json", `{}`), false},
		"page":     {answer(200, "text/html", `<p>`), false},
		"empty":    {answer(404, "application/json", ``), false},
	} {
		api := serve(t, tt.h)
		_, _ = api.Do(t.Context(), Call{Op: "read", Method: "GET", Path: "/x"}, new(named))
		if got := api.spoke.Load(); got != tt.spoke {
			t.Errorf("%s: spoke %v", name, got)
		}
	}
}

func TestDoRetryAfter(t *testing.T) {
	in := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	tests := []struct {
		name   string
		status int
		header []string
		want   time.Duration // within two seconds: HTTP's dates have whole ones
		until  bool          // longer than anybody waits
	}{
		{"seconds", 429, []string{"Retry-After", "7"}, 7 * time.Second, false},
		{"fraction", 429, []string{"Retry-After", " 1.5 "}, 1500 * time.Millisecond, false},
		{"date", 429, []string{"Retry-After", in(90 * time.Second)}, 89 * time.Second, false},
		{"date by the server's clock", 429, []string{"Retry-After", in(time.Hour), "Date", in(59 * time.Minute)}, time.Minute, false},
		{"absent", 429, nil, 0, false},
		{"empty", 429, []string{"Retry-After", ""}, 0, false},
		{"not a time", 429, []string{"Retry-After", "soon"}, 0, false},
		{"negative", 429, []string{"Retry-After", "-1"}, 0, false},
		{"in the past", 429, []string{"Retry-After", in(-time.Hour)}, 0, false},
		{"as long as anybody waits", 429, []string{"Retry-After", "900"}, 15 * time.Minute, false},
		{"longer", 429, []string{"Retry-After", "901"}, 901 * time.Second, true},
		{"tomorrow", 429, []string{"Retry-After", in(20 * time.Hour)}, 20*time.Hour - time.Second, true},
		{"absurd", 429, []string{"Retry-After", "1e300"}, 366 * 24 * time.Hour, true},
		{"503", 503, []string{"Retry-After", "7200"}, 2 * time.Hour, true},
		{"500", 500, []string{"Retry-After", "7200"}, 0, false},
		{"422", 422, []string{"Retry-After", "7200"}, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := serve(t, answer(tt.status, "application/json", `{}`, tt.header...)).Do(t.Context(), Call{Op: "x", Method: "GET", Path: "/"}, new(named))
			var e *Error
			if !errors.As(err, &e) || e.RetryAfter < tt.want-time.Second || e.RetryAfter > tt.want+time.Second {
				t.Fatalf("%v: %+v", err, e)
			}
			until, ok := Exhausted(fmt.Errorf("import: %w", err))
			if ok != tt.until || ok && time.Until(until).Round(time.Minute) != tt.want.Round(time.Minute) {
				t.Errorf("until %v, %v", until, ok)
			}
		})
	}
	if _, ok := Exhausted(io.EOF); ok {
		t.Error("an error of another kind is no refusal")
	}
}

func TestDoRequestID(t *testing.T) {
	api := serve(t, answer(400, "application/json", `{"request": "r-2"}`))
	api.RequestID = func(body []byte) string {
		var b struct{ Request string }
		_ = json.Unmarshal(body, &b)
		return b.Request
	}
	meta, err := api.Do(t.Context(), Call{Op: "x", Method: "GET", Path: "/"}, new(named))
	var e *Error
	if !errors.As(err, &e) || e.RequestID != "r-2" || meta.RequestID != "r-2" {
		t.Errorf("%+v, %v", meta, err)
	}
}

func TestDoNothingSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	secure.Config.ErrorLog = nil
	for name, address := range map[string]string{
		"refused":             "http://" + l.Addr().String(),
		"unknown certificate": secure.URL,
		"no TLS there":        strings.Replace(plain.URL, "http:", "https:", 1),
		"no such host":        "http://crm.invalid",
	} {
		base, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		_, err = (&API{Base: base, HTTP: transport.New(transport.Options{}).Client()}).Do(t.Context(), Call{Op: "create", Method: "POST", Path: "/x", Body: []byte("{}")}, new(named))
		if ClassOf(err) != NothingSent {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDoLate: nothing was sent of a call that could not leave in time.
func TestDoLate(t *testing.T) {
	base, err := url.Parse("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	ctx := leaveby.With(t.Context(), time.Now().Add(-time.Second))
	_, err = (&API{Base: base, HTTP: transport.New(transport.Options{}).Client()}).Do(ctx, Call{Op: "create", Method: "POST", Path: "/x", Body: []byte("{}")}, nil)
	if ClassOf(err) != NothingSent || !errors.Is(err, leaveby.ErrLate) {
		t.Error(err)
	}
}

// TestDoReadsAgain: what makes no sense is read again, a few times; a web page only from a server that spoke before, and
// a write never.
func TestDoReadsAgain(t *testing.T) {
	page, half, good := answer(200, "text/html", "<p>Soon"), answer(200, "application/json", `{"id": `), answer(200, "application/json", `{"id": "7"}`)
	tests := map[string]struct {
		method  string
		answers []http.HandlerFunc // the last one comes for ever
		asked   int
		class   Class
	}{
		"half":              {"GET", []http.HandlerFunc{half, half, good}, 3, 0},
		"half for ever":     {"GET", []http.HandlerFunc{half}, 4, Transient},
		"page at the start": {"GET", []http.HandlerFunc{page, good}, 1, WrongServer},
		"half of a write":   {"POST", []http.HandlerFunc{half, good}, 1, WrongServer},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			asked := 0
			api := serve(t, func(w http.ResponseWriter, r *http.Request) {
				tt.answers[min(asked, len(tt.answers)-1)](w, r)
				asked++
			})
			var out named
			_, err := api.Do(t.Context(), Call{Op: "try", Method: tt.method, Path: "/x"}, &out)
			if asked != tt.asked || (err == nil) != (tt.class == 0) || err != nil && ClassOf(err) != tt.class {
				t.Errorf("asked %d times, %v", asked, err)
			}
			if err == nil && out.ID != "7" {
				t.Errorf("read %+v", out)
			}
		})
	}
	asked, text := 0, answer(404, "text/plain", "no")
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		[]http.HandlerFunc{good, page, page, good, text, text, good}[asked-1](w, r)
	})
	for range 3 {
		if _, err := api.Do(t.Context(), Call{Op: "get", Method: "GET", Path: "/x"}, new(named)); err != nil {
			t.Error(err)
		}
	}
	if asked != 7 {
		t.Errorf("asked %d times", asked)
	}
}

func TestNeverSent(t *testing.T) {
	for _, op := range []string{"dial", "proxyconnect"} {
		if !neverSent(fmt.Errorf("x: %w", &net.OpError{Op: op, Err: io.EOF})) {
			t.Errorf("a failed %s sends nothing", op)
		}
	}
	for _, op := range []string{"read", "write"} {
		if neverSent(&net.OpError{Op: op, Err: io.EOF}) {
			t.Errorf("a failed %s may come after something was sent", op)
		}
	}
	for _, err := range []error{tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, tls.AlertError(40), http.ErrSchemeMismatch} {
		if neverSent(err) {
			t.Errorf("%q may come after something was sent", err)
		}
	}
}

func TestDoStaysOnItsHost(t *testing.T) {
	api := serve(t, answer(200, "application/json", `{"id": "7"}`))
	_, err := api.Do(t.Context(), Call{Op: "follow", Method: "GET", Path: api.Base.Scheme + "://" + api.Base.Host + "/base/next?page=2"}, new(named))
	if err != nil {
		t.Errorf("a link within the host: %v", err)
	}
	for _, link := range []string{"https://" + api.Base.Host + "/", "http://other.example.com/", "http://%zz/"} {
		_, err := api.Do(t.Context(), Call{Op: "follow", Method: "GET", Path: link}, new(named))
		if err == nil {
			t.Errorf("%s was followed", link)
		}
	}
}

func TestDoContext(t *testing.T) {
	cause := errors.New("stopped by the user")
	ctx, cancel := context.WithCancelCause(t.Context())
	api := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel(cause)
		<-r.Context().Done()
	})
	if _, err := api.Do(ctx, Call{Op: "read", Method: "GET", Path: "/"}, new(named)); !errors.Is(err, cause) {
		t.Errorf("under way: %v", err)
	}
	if _, err := api.Do(ctx, Call{Op: "write", Method: "POST", Path: "/", Body: []byte("{}")}, new(named)); !errors.Is(err, cause) {
		t.Errorf("before it began: %v", err)
	}
}

// TestDoContextEndedButSent: that the context ended meanwhile does not make a lost write a write that was never sent.
func TestDoContextEndedButSent(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	api := &API{Base: &url.URL{Scheme: "http", Host: "crm.example.com"}, HTTP: &http.Client{Transport: roundTripper(
		func(*http.Request) (*http.Response, error) {
			cancel()
			return nil, io.ErrUnexpectedEOF
		})}}
	_, err := api.Do(ctx, Call{Op: "write", Method: "POST", Path: "/", Body: []byte("{}")}, new(named))
	if ClassOf(err) != Ambiguous {
		t.Errorf("got %v", err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
