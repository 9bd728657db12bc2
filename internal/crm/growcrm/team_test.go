package growcrm

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

func TestHeldBy(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		email  string
		want   string
		failed bool
	}{
		{"a member, in other case", 200, "ANN@example.com", "Ann Sample, a member of the team,", false},
		{"part of an address", 200, "nn@example.com", "", false},
		{"a member without a name", 200, "bo@example.com", "a member of the team", false},
		{"nobody may read the team", 403, "ann@example.com", "", false},
		{"no such list", 404, "ann@example.com", "", false},
		{"away", 503, "ann@example.com", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			calls := 0
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				calls++
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tt.status)
				_, _ = fmt.Fprint(w, `{"data":[{"id":2,"name":"Ann Sample","email":"ann@example.com"},{"id":3,"email":"bo@example.com"}],"meta":{"total":2,"last_page":1},"message":"m"}`)
			}))
			defer srv.Close()
			base, _ := url.Parse(srv.URL)
			c := New(Config{Base: base, HTTP: srv.Client()})
			for range 2 {
				got, err := c.HeldBy(t.Context(), tt.email)
				if got != tt.want || (err != nil) != tt.failed {
					t.Errorf("%q, %v", got, err)
				}
			}
			if want := map[bool]int{false: 1, true: 2}[tt.failed]; calls != want {
				t.Errorf("%d requests", calls)
			}
		})
	}
}
