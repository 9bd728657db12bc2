package account

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"crmferry/internal/state"
	"crmferry/internal/state/peers"
)

// keptPause is the pause that the vendor has asked an account for. It is kept in a file, so that later commands of the
// account keep to it too, however this one ends.
type keptPause struct {
	conn *Connection
	env  Lookup
	now  func() time.Time
	warn func(text string)

	asked   sync.Once
	warned  sync.Once
	earlier atomic.Pointer[EarlierPause] // nil unless an earlier command was asked for it
}

// waitFirst makes requests wait for the pause that an earlier command was asked for, from the first one on: by then the
// commands that take the account's lock hold it.
func (k *keptPause) waitFirst(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		k.asked.Do(func() {
			if err := k.wait(req.Context()); err != nil {
				k.warn(fmt.Sprintf("whether the vendor has asked for a pause is not known: %v", err))
			}
		})
		return next.RoundTrip(req)
	})
}

func (k *keptPause) wait(ctx context.Context) error {
	root, err := state.RootIn(k.env)
	if err != nil || !peers.HasPauses(root) {
		return nil // nothing was ever kept
	}
	account, err := k.conn.Fingerprint(ctx, root)
	if err != nil {
		return err
	}
	now := k.now()
	p, paused, err := peers.CurrentPause(root, account, now)
	if paused {
		asked := p.Asked.Local()
		k.earlier.Store(&EarlierPause{Asked: asked, Path: peers.PausePath(root, account)})
		k.conn.transport.Pause(p.Until.Sub(now), "the vendor, which asked for that at "+asked.Format("15:04"))
	}
	return err
}

// keep writes down until when the vendor wants no requests.
func (k *keptPause) keep(until time.Time) {
	if err := k.write(until); err != nil {
		k.warned.Do(func() {
			k.warn(fmt.Sprintf("other commands will not know of the pause that the vendor asks for: %v", err))
		})
	}
}

func (k *keptPause) write(until time.Time) error {
	root, err := state.RootIn(k.env)
	if err != nil {
		return err
	}
	account, err := k.conn.Fingerprint(context.Background(), root) // it is kept when this command is interrupted, too
	if err != nil {
		return err
	}
	now := k.now()
	return peers.KeepPause(root, account, until.Sub(now), now)
}

// EarlierPause is a pause that the vendor has asked an earlier command for.
type EarlierPause struct {
	Asked time.Time // when, in local time
	Path  string    // of the file without which the vendor is asked again all the same
}

// EarlierPause is the pause that requests wait for because the vendor has asked an earlier command for it.
func (c *Connection) EarlierPause() (p EarlierPause, ok bool) {
	if c.kept == nil || c.kept.earlier.Load() == nil {
		return p, false
	}
	return *c.kept.earlier.Load(), true
}
