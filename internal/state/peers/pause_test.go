package peers

import (
	"os"
	"testing"
	"time"
)

// TestPause: a pause ends when the vendor said, whatever the clock does, and never blocks an account for ever.
func TestPause(t *testing.T) {
	asked := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		d    time.Duration
		at   time.Duration // when it is looked at, by the clock
		want time.Duration // how long it lasts from then
	}{
		{"at once", 20 * time.Second, 0, 20 * time.Second},
		{"later", 20 * time.Second, 15 * time.Second, 5 * time.Second},
		{"over", 20 * time.Second, 20 * time.Second, 0},
		{"the clock was corrected", 20 * time.Second, -2 * time.Second, 22 * time.Second},
		{"the clock was set back by a year", 20 * time.Second, -365 * 24 * time.Hour, 20 * time.Second},
		{"the clock was set forward", 20 * time.Second, time.Hour, 0},
		{"a date in another century", 1000 * time.Hour, time.Hour, 23 * time.Hour},
		{"the same, a day later", 1000 * time.Hour, 24 * time.Hour, 0},
		{"the same, by a clock that was set back", 1000 * time.Hour, -time.Hour, 24 * time.Hour},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			if err := KeepPause(root, "a1", tt.d, asked); err != nil {
				t.Fatal(err)
			}
			now := asked.Add(tt.at)
			p, paused, err := CurrentPause(root, "a1", now)
			if err != nil || paused != (tt.want > 0) || paused && p.Until.Sub(now) != tt.want {
				t.Fatalf("paused %v until %v (%v), want for %v from %v", paused, p.Until, err, tt.want, now)
			}
			if p, paused, err := CurrentPause(root, "a1", now.Add(tt.want)); paused || err != nil {
				t.Errorf("paused until %v at its end, %v", p.Until, err)
			}
			if _, paused, err := CurrentPause(root, "b2", now); paused || err != nil {
				t.Errorf("another account is paused, %v", err)
			}
		})
	}
}

// TestKeepPause: the later end counts.
func TestKeepPause(t *testing.T) {
	root, now := t.TempDir(), time.Now()
	if HasPauses(root) {
		t.Error("there are pauses before the first")
	}
	for _, tt := range []struct{ d, want time.Duration }{{time.Minute, time.Minute}, {time.Second, time.Minute}, {time.Hour, time.Hour}} {
		if err := KeepPause(root, "a1", tt.d, now); err != nil {
			t.Fatal(err)
		}
		if p, _, err := CurrentPause(root, "a1", now); err != nil || p.Until.Sub(now).Round(time.Millisecond) != tt.want {
			t.Errorf("after %v: until %v, %v", tt.d, p.Until, err)
		}
	}
	if !HasPauses(root) {
		t.Error("there are no pauses after the first")
	}
	if err := os.WriteFile(PausePath(root, "a1"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, paused, err := CurrentPause(root, "a1", now); paused || err == nil {
		t.Errorf("a file that is damaged says paused %v, %v", paused, err)
	}
	if err := KeepPause(root, "a1", time.Minute, now); err != nil {
		t.Errorf("a file that is damaged cannot be replaced: %v", err)
	}
}
