package growcrm

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
)

// prefix is a base path that is not empty, so that a path built wrongly is not found.
const prefix = "/some/proxy/api"

// fake answers requests from a table of "METHOD /path?query" and notes them together with their forms.
type fake struct {
	t       *testing.T
	mu      sync.Mutex
	answers map[string]string // "STATUS body" or "body"
	seen    []string
}

// serve returns a client of a fake.
func serve(t *testing.T, answers map[string]string) (*Client, *fake) {
	t.Helper()
	f := &fake{t: t, answers: answers}
	server := httptest.NewServer(http.StripPrefix(prefix, f))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL + prefix)
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{Base: base, HTTP: server.Client()}), f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		f.t.Error(err)
	}
	call := r.Method + " " + r.URL.String()
	if len(body) > 0 && r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		f.t.Errorf("%s: content type %q", call, r.Header.Get("Content-Type"))
	}
	note := call
	if len(body) > 0 {
		note += " " + string(body)
	}
	f.seen = append(f.seen, note)
	answer, ok := f.answers[call]
	if !ok {
		f.t.Errorf("unexpected %s", note)
	}
	status := http.StatusOK
	if n, err := fmt.Sscanf(answer, "%3d {", &status); n == 1 && err == nil {
		answer = answer[4:]
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, answer)
}
