package leaveby

import (
	"testing"
	"time"
)

func TestLate(t *testing.T) {
	now := time.Now()
	ctx := With(t.Context(), now.Add(time.Minute))
	for _, tt := range []struct {
		name string
		at   time.Time
		want bool
	}{
		{"now", now, false},
		{"in time", now.Add(time.Minute), false},
		{"late", now.Add(61 * time.Second), true},
		{"late on the wall", now.Add(61 * time.Second).Round(0), true}, // the machine slept
	} {
		if got := Late(ctx, tt.at); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	if Late(t.Context(), now.Add(24*time.Hour)) {
		t.Error("late without a time to leave by")
	}
}
