package cloverhound

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// prefix is a base path that is not empty, so that a path built wrongly is not found.
const prefix = "/some/proxy"

// serve answers the routes below prefix and returns the configuration of a client of them.
func serve(t *testing.T, routes map[string]http.HandlerFunc) Config {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, h := range routes {
		mux.HandleFunc(pattern, h)
	}
	server := httptest.NewServer(http.StripPrefix(prefix, mux))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL + prefix)
	if err != nil {
		t.Fatal(err)
	}
	return Config{Base: base, HTTP: &http.Client{Transport: keyed{server.Client().Transport}}, Organization: "42"}
}

// keyed authenticates as the transport of the program does.
type keyed struct{ next http.RoundTripper }

func (k keyed) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	Authorize("key-id", "key-secret")(req)
	return k.next.RoundTrip(req)
}

func testHeaders(t *testing.T, r *http.Request) {
	t.Helper()
	if id, secret, _ := r.BasicAuth(); id != "key-id" || secret != "key-secret" {
		t.Errorf("authorization is %q with %q", id, secret)
	}
	if got := r.Header.Get("Accept"); got != "application/json" {
		t.Errorf("accept is %q", got)
	}
	if r.Method != http.MethodGet && r.Header.Get("Content-Type") != "application/json" {
		t.Errorf("content type is %q", r.Header.Get("Content-Type"))
	}
}

// testBody compares the body of a request with a JSON text.
func testBody(t *testing.T, r *http.Request, want string) {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(parse(t, want), parse(t, string(body))); diff != "" {
		t.Errorf("body differs (-want +got):\n%s", diff)
	}
}

func parse(t *testing.T, s string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Errorf("%v in %s", err, s)
	}
	return v
}

func write(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}
