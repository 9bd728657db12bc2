package transport

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestClockOffset: answers tell the vendor's time, those of proxies and caches do not.
func TestClockOffset(t *testing.T) {
	date := func(ahead time.Duration) string { // synctest begins at 2000-01-01
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(ahead).Format(http.TimeFormat)
	}
	for _, tt := range []struct {
		name string
		took time.Duration
		step tripper
		want time.Duration
	}{
		{"ahead", 0, status(200, "Date", date(10*time.Minute)), 10 * time.Minute},
		{"behind", 0, status(201, "Date", date(-10*time.Minute)), -10 * time.Minute},
		{"half of the way back", 40 * time.Second, status(200, "Date", date(10*time.Minute)), 10*time.Minute - 20*time.Second},
		{"too slow", 2 * time.Minute, status(200, "Date", date(10*time.Minute)), 0},
		{"a proxy", 0, status(502, "Date", date(10*time.Minute)), 0},
		{"a cache", 0, status(200, "Date", date(-10*time.Minute), "Age", "600"), 0},
		{"no date", 0, status(200), 0},
		{"nonsense", 0, status(200, "Date", "soon"), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := New(Options{Base: tripper(func(req *http.Request) (*http.Response, error) {
					time.Sleep(tt.took)
					return tt.step(req)
				})})
				send(t, tr, request(t, t.Context(), http.MethodPost))
				if got := tr.ClockOffset(); got < tt.want || got > tt.want+time.Second {
					t.Errorf("%v ahead, want %v", got, tt.want)
				}
			})
		})
	}
}
