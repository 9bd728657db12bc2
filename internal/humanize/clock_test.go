package humanize

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	now := time.Date(2026, 3, 1, 22, 30, 0, 0, time.FixedZone("", 5400))
	for _, tt := range []struct {
		in   time.Duration
		want string
	}{
		{16 * time.Minute, "22:46"},
		{16*time.Minute + time.Second, "22:47"}, // who comes back a second too early is refused again
		{89 * time.Minute, "23:59"},
		{3*time.Hour + 30*time.Minute, "2026-03-02 02:00"},
	} {
		if got := Clock(now.Add(tt.in).UTC(), now); got != tt.want {
			t.Errorf("in %v: %q, want %q", tt.in, got, tt.want)
		}
	}
}
