package cloverhound

import (
	"io"
	"net/http"
	"testing"

	"crmferry/internal/crm/crmtest"
)

// serve answers the routes below crmtest.Prefix and returns the configuration of a client of them.
func serve(t *testing.T, routes map[string]http.HandlerFunc) Config {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, h := range routes {
		mux.HandleFunc(pattern, h)
	}
	base := crmtest.Serve(t, http.StripPrefix(crmtest.Prefix, mux), crmtest.Prefix)
	return Config{Base: base, HTTP: crmtest.Client(Authorize("key-id", "key-secret")), Organization: "42"}
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

func write(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}
