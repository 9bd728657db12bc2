package main

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// echo answers with all that it was sent, as a careless server or proxy does in its error pages.
func echo(status int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		var sent strings.Builder
		_ = req.Write(&sent)
		body, _ := json.Marshal(map[string]any{"message": sent.String(), "detail": sent.String(),
			"errors": map[string]any{"key": []string{sent.String()}}})
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Request-Id", req.Header.Get("X-Api-Key")+req.Header.Get("Authorization"))
		w.WriteHeader(status)
		_, _ = w.Write(body)
	})
}

// TestNoOutputShowsKey runs every command that meets a key, with servers that give the key back in their answers.
func TestNoOutputShowsKey(t *testing.T) {
	servers := map[string]http.Handler{
		"html": answering(http.StatusOK, "text/html", "<html>"), "unauthorized": echo(http.StatusUnauthorized),
		"forbidden": echo(http.StatusForbidden), "not found": echo(http.StatusNotFound), "invalid": echo(http.StatusUnprocessableEntity),
		"redirect": http.RedirectHandler("https://elsewhere.example.com/", http.StatusFound), "accepted": echo(http.StatusOK),
	}
	bases := map[string]string{"nobody there": "http://127.0.0.1:1", "no such host": "https://crm.invalid", "no scheme": "crm.example.com",
		"clear": "http://crm.example.com", "password": "https://" + canary + "@crm.example.com", "key as address": canary}
	for name, h := range servers {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		bases[name] = s.URL
	}
	for name, base := range bases {
		for _, r := range allResources().resources {
			t.Run(name+"/"+r.ID(), func(t *testing.T) {
				t.Parallel() // where nobody answers, a read is tried for a while
				for _, args := range [][]string{
					{"vendors"}, {"vendors", r.ID()}, {"vendors", r.ID(), "--json"},
					{"vendors", r.ID(), "--check", "--verbose", "--allow-undocumented"},
				} {
					wantNoKey(t, args, runApp(t, canarySettings(r.Vendor(), base), args...))
				}
			})
		}
	}
}

// wantNoKey fails if the output of a command holds the canary, in any of its codings.
func wantNoKey(t *testing.T, args []string, got result) {
	t.Helper()
	output := got.stdout + got.stderr
	for _, secret := range []string{canary, base64.StdEncoding.EncodeToString([]byte(canary + "-key_id:" + canary + "-key_secret"))} {
		if strings.Contains(output, secret) {
			t.Errorf("crmferry %s shows the key:\n%s", strings.Join(args, " "), output)
		}
	}
}
