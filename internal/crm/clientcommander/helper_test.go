package clientcommander

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	"crmferry/internal/crm"
)

// prefix is a base path that is not empty, so that a path built wrongly is not found.
const prefix = "/some/proxy"

// fake answers requests from a table of "METHOD /path?query" and notes them together with their bodies.
type fake struct {
	t       *testing.T
	mu      sync.Mutex
	answers map[string]string // "STATUS body" or "body"
	seen    []string
	keys    []string // idempotency keys
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
	if len(body) > 0 && r.Header.Get("Content-Type") != "application/json" {
		f.t.Errorf("%s: content type %q", call, r.Header.Get("Content-Type"))
	}
	note := call
	if len(body) > 0 {
		note += " " + string(body)
	}
	f.seen = append(f.seen, note)
	f.keys = append(f.keys, r.Header.Get("Idempotency-Key"))
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

// meta is the envelope's part that every answer has.
const meta = `"meta": {"requestId": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "timestamp": "2023-11-07T05:31:56Z", "version": "1.0.0"}`

func metaOf(status int) crm.Meta {
	return crm.Meta{Status: status, RequestID: "3c90c3cc-0d44-4b50-8888-8dd25736052a"}
}

// parse reads a JSON object.
func parse(t *testing.T, text string) map[string]any {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		t.Errorf("%v in %s", err, text)
	}
	return object
}
