package transport

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestRedactor(t *testing.T) {
	const id, secret = "key-id-1", `se/cr&t "x"`
	hide := newRedactor([]string{id, secret, "ab", ""})
	both := base64.StdEncoding.EncodeToString([]byte(id + ":" + secret))
	pair := newRedactor([]string{id, secret})
	tests := []struct{ name, text, want string }{
		{"nothing", "no secret here", "no secret here"},
		{"plain", "key " + secret + " refused", "key [redacted] refused"},
		{"twice", id + id, "[redacted][redacted]"},
		{"in a query", "q=" + url.QueryEscape(secret), "q=[redacted]"},
		{"in a path", "/" + url.PathEscape(secret), "/[redacted]"},
		{"in JSON", `{"key": "se\/cr&t \"x\""}`, `{"key": "[redacted]"}`},
		{"in JSON, as numbers", `"\u006Be\u0079-\u0069d-1"`, `"[redacted]"`},
		{"in JSON within JSON", `"{\"key\": \"\\u006bey-id-1 se\\\/cr\\u0026t \\\"x\\\"\"}"`, `"{\"key\": \"[redacted] [redacted]\"}"`},
		{"in a query of a query", "q=key%252Did-1&r=se%2fcr%26t+%22x%22", "q=[redacted]&r=[redacted]"},
		{"in HTML", "se&#x2F;cr&amp;t&#32;&quot;x&#34;", "[redacted]"},
		{"in HTML, twice", "se/cr&amp;amp;t &amp;quot;x&amp;#34;", "[redacted]"},
		{"in quotes of Go", `"k\x65y-id\u{2D}1"`, `"[redacted]"`},
		{"too short to look for", "about", "about"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := hide.Replace(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := pair.Replace("Basic " + both); got != "Basic [redacted]" {
		t.Errorf("as Basic authentication: %q", got)
	}
}

func TestRedactedError(t *testing.T) {
	const key = "canary-0123"
	cause := fmt.Errorf("dial %s: %w", key, io.EOF)
	_, _, err := send(t, New(Options{Secrets: []string{key}, Base: broken(cause)}), request(t, t.Context(), http.MethodPost))
	if err == nil || strings.Contains(err.Error(), key) || !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
	_, _, err = send(t, New(Options{Secrets: []string{key}, Base: broken(io.EOF)}), request(t, t.Context(), http.MethodPost))
	if err != io.EOF {
		t.Errorf("an error without a secret became %v", err)
	}
}

// TestRedactedWait: why it waits is told without the key, though the error that it waits for quotes it.
func TestRedactedWait(t *testing.T) {
	const key = "canary-0123"
	synctest.Test(t, func(t *testing.T) {
		var said []string
		o := Options{Secrets: []string{key}, Base: broken(fmt.Errorf("malformed HTTP status code %q", key)), OnWait: func(_ time.Duration, why string) { said = append(said, why) }}
		var err error
		for len(said) == 0 { // a wait of less than a second is not told, and each is as long as chance will have it
			_, _, err = send(t, New(o), request(t, t.Context(), http.MethodGet))
		}
		if all := strings.Join(said, "\n"); err == nil || !strings.Contains(all, mask) || strings.Contains(all, key) {
			t.Errorf("%v; said %q", err, said)
		}
	})
}

func TestRedactedRefusal(t *testing.T) {
	const key = "canary-0123"
	echo := func(code int) tripper {
		return func(req *http.Request) (*http.Response, error) {
			return respond(req, code, `{"message": "bad key `+key+`"}`, "X-Request-Id", "id-"+key), nil
		}
	}
	resp, err := New(Options{Secrets: []string{key}, Base: echo(401)}).RoundTrip(request(t, t.Context(), http.MethodPost))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != `{"message": "bad key [redacted]"}` || resp.Header.Get("X-Request-Id") != "id-[redacted]" {
		t.Errorf("refusal %s, header %v, error %v", body, resp.Header, err)
	}
	// What a vendor holds of people is not touched.
	if _, body, err := send(t, New(Options{Secrets: []string{key}, Base: echo(200)}), request(t, t.Context(), http.MethodPost)); err != nil || !strings.Contains(body, key) {
		t.Errorf("answer %s, %v", body, err)
	}
}

// TestCutRefusal: a refusal that is cut still says so.
func TestCutRefusal(t *testing.T) {
	base := tripper(func(req *http.Request) (*http.Response, error) {
		resp, err := cut(req)
		resp.StatusCode = 422
		return resp, err
	})
	code, body, err := send(t, New(Options{Base: base}), request(t, t.Context(), http.MethodPost))
	if code != 422 || body != `{"da` || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%d, %s, %v", code, body, err)
	}
}

func TestLog(t *testing.T) {
	const key = "canary-0123"
	for name, tt := range map[string]struct {
		base  tripper
		level slog.Level
		want  []string
	}{
		"answer": {status(201), slog.LevelDebug, []string{"method=GET", "path=/v1/people", "query=email", "status=201", "duration="}},
		"error":  {broken(errors.New("no answer, " + key)), slog.LevelDebug, []string{"error=", "[redacted]"}},
		"off":    {status(200), slog.LevelInfo, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b bytes.Buffer
				log := slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: tt.level}))
				send(t, New(Options{Secrets: []string{key}, Log: log, Base: tt.base}), request(t, t.Context(), http.MethodGet))
				for _, want := range tt.want {
					if !strings.Contains(b.String(), want) {
						t.Errorf("the log lacks %q: %s", want, b.String())
					}
				}
				if strings.Contains(b.String(), key) || strings.Contains(b.String(), "ann") || tt.want == nil && b.Len() > 0 {
					t.Errorf("the log tells too much: %s", b.String())
				}
			})
		})
	}
}

func TestAuthorized(t *testing.T) {
	var seen http.Header
	tr := New(Options{
		UserAgent: "crmferry/1.0",
		Authorize: func(req *http.Request) { req.Header.Set("Authorization", "Bearer key") },
		Base: tripper(func(req *http.Request) (*http.Response, error) {
			seen = req.Header
			return respond(req, 200, ""), nil
		}),
	})
	req := request(t, t.Context(), http.MethodPost)
	send(t, tr, req)
	if seen.Get("Authorization") != "Bearer key" || seen.Get("User-Agent") != "crmferry/1.0" {
		t.Errorf("sent %v", seen)
	}
	if len(req.Header) > 0 {
		t.Errorf("the caller's request was changed: %v", req.Header)
	}
}
