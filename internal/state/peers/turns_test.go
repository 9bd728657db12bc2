package peers

import (
	"bytes"
	"os"
	"sync"
	"testing"
	"time"
)

// TestTurns: one turn follows another by the interval, whoever takes them, and what the file says keeps nobody from going on.
func TestTurns(t *testing.T) {
	const every = 3 * time.Second
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		before func(path string) error // to the file
		at     time.Duration           // when the third turn is taken, by the clock
		after  time.Duration
		want   time.Duration
	}{
		{"at once", nil, 0, 0, 6 * time.Second},
		{"later", nil, 4 * time.Second, 0, 2 * time.Second},
		{"long after", nil, time.Hour, 0, 0},
		{"a little late", nil, 6*time.Second + 20*time.Millisecond, -20 * time.Millisecond, -20 * time.Millisecond},
		{"by somebody who is slow", nil, 0, time.Minute, time.Minute},
		{"the clock was corrected", nil, -2 * time.Second, 0, 8 * time.Second},
		{"the clock was set back by a year", nil, -365 * 24 * time.Hour, 0, every},
		{"damaged", func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("x"), turnsSize), 0o600) }, 0, 0, every},
		{"cut", func(path string) error { return os.Truncate(path, 20) }, time.Hour, 0, every},
		{"emptied", func(path string) error { return os.Truncate(path, 0) }, time.Hour, 0, 0},
		{"removed", os.Remove, time.Hour, 0, 0},
		{"a digit is another", func(path string) error {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteAt([]byte("9"), 1)
			return err
		}, 0, 0, every},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root, now := t.TempDir(), start
			clock := func() time.Time { return now }
			var commands [2]*Turns
			for i := range commands {
				var err error
				if commands[i], err = OpenTurns(root, "a1", every, clock); err != nil {
					t.Fatal(err)
				}
				if turn, err := commands[i].Take(t.Context(), 0); err != nil || turn.Wait != time.Duration(i)*every {
					t.Fatalf("turn %d is in %v, %v", i+1, turn.Wait, err)
				}
			}
			if tt.before != nil {
				if err := tt.before(commands[0].path); err != nil {
					t.Fatal(err)
				}
			}
			now = start.Add(tt.at)
			turn, err := commands[0].Take(t.Context(), tt.after)
			if err != nil || turn.Wait != tt.want {
				t.Errorf("the third turn is in %v, %v, want %v", turn.Wait, err, tt.want)
			}
			if next, err := commands[1].Take(t.Context(), 0); err != nil || next.Wait != max(turn.Wait+every, 0) {
				t.Errorf("the turn after it is in %v, %v", next.Wait, err)
			}
			if other, err := OpenTurns(root, "b2", every, clock); err != nil {
				t.Error(err)
			} else if turn, err := other.Take(t.Context(), 0); err != nil || turn.Wait != 0 {
				t.Errorf("another account waits for %v, %v", turn.Wait, err)
			}
		})
	}
}

// TestTurnsUnused: a turn that is given back is taken by the next one, and one that is late is used only if nobody follows it.
func TestTurnsUnused(t *testing.T) {
	const every = 3 * time.Second
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	turns, err := OpenTurns(t.TempDir(), "a1", every, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	take := func() Turn {
		t.Helper()
		turn, err := turns.Take(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		return turn
	}
	first := take()
	if err := turns.Return(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if first = take(); first.Wait != 0 {
		t.Errorf("after one that was given back the turn is in %v", first.Wait)
	}
	now = now.Add(time.Second)
	if kept, err := turns.Keep(t.Context(), first); err != nil || !kept {
		t.Errorf("a turn that nobody follows is lost: %v", err)
	}
	second := take()
	if second.Wait != every {
		t.Errorf("after a turn that was late the next is in %v", second.Wait)
	}
	if kept, err := turns.Keep(t.Context(), first); err != nil || kept {
		t.Errorf("a turn that somebody follows is kept: %v", err)
	}
	if err := turns.Return(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if third := take(); third.Wait != 2*every {
		t.Errorf("a turn was given back that somebody follows: the next is in %v", third.Wait)
	}
}

// TestTurnsOfMany: no two commands have the same turn.
func TestTurnsOfMany(t *testing.T) {
	root, now := t.TempDir(), time.Now()
	const commands, each = 4, 25
	var mu sync.Mutex
	waits := map[time.Duration]bool{}
	var group sync.WaitGroup
	for range commands {
		group.Go(func() {
			turns, err := OpenTurns(root, "a1", time.Second, func() time.Time { return now })
			if err != nil {
				t.Error(err)
				return
			}
			for range each {
				turn, err := turns.Take(t.Context(), 0)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				waits[turn.Wait] = true
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if len(waits) != commands*each || !waits[(commands*each-1)*time.Second] {
		t.Errorf("%d turns of %d", len(waits), commands*each)
	}
}
