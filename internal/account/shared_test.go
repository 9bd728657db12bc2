package account

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/state/peers"
	"crmferry/internal/transport"
)

// TestPauseOfAnotherClock: a pause that was asked for before the clock was set back is waited for once, also where it cannot be written
// down anew, and that is said once.
func TestPauseOfAnotherClock(t *testing.T) {
	root := t.TempDir()
	account := strings.Repeat("a", 250) // so that no file fits beside that of its pause
	if err := os.Mkdir(filepath.Join(root, "pauses"), 0o700); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		asked := time.Now().Add(24 * time.Hour)
		if err := os.WriteFile(peers.PausePath(root, account), fmt.Appendf(nil, `{"asked":%q,"until":%q}`, asked.Format(time.RFC3339), asked.Add(20*time.Second).Format(time.RFC3339)), 0o600); err != nil {
			t.Fatal(err)
		}
		var said []string
		conn := &Connection{transport: transport.New(transport.Options{})}
		s := &shared{conn: conn, now: time.Now, warn: func(text string) { said = append(said, text) }, root: root, account: account, start: time.Now()}
		want := time.Now().Add(20 * time.Second)
		for range 10 {
			time.Sleep(lookEvery)
			s.look(context.Background())
		}
		if got := conn.transport.PausedUntil(); got.Sub(want).Abs() > 2*lookEvery {
			t.Errorf("paused until %v, want %v", got, want)
		}
		if len(said) != 1 || !strings.Contains(said[0], "the clock was set back") {
			t.Errorf("said %q", said)
		}
	})
}
