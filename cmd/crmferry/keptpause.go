package main

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"crmferry/internal/state"
)

// keptPause is the pause that the vendor has asked an account for. It outlives the command that was told, however that
// ends, for all commands of the account to keep.
type keptPause struct {
	app  *app
	conn *connection

	heeded sync.Once
	warned sync.Once
	hint   atomic.Pointer[string] // how to ask before its end; nil unless an earlier command was told
}

// before makes requests wait for the pause that an earlier command was told, from the first one on: then the account's lock
// is held by those commands that take it.
func (k *keptPause) before(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		k.heeded.Do(func() {
			if err := k.heed(); err != nil {
				k.app.ui.Warnf("whether the vendor has asked for a pause is not known: %v", err)
			}
		})
		return next.RoundTrip(req)
	})
}

func (k *keptPause) heed() error {
	root, err := stateRoot(k.app.env)
	if err != nil || !state.AnyPauses(root) {
		return nil // nothing was ever kept
	}
	account, err := accountOf(root, k.conn)
	if err != nil {
		return err
	}
	now := k.app.now()
	p, paused, err := state.PauseOf(root, account, now)
	if paused {
		asked := p.Asked.Local()
		hint := fmt.Sprintf("it said so at %s; to ask again all the same, remove %s", asked.Format("2006-01-02 15:04"), quoteArg(state.PausePath(root, account)))
		k.hint.Store(&hint)
		k.conn.transport.Pause(p.Until.Sub(now), "the vendor, which asked for that at "+asked.Format("15:04"))
	}
	return err
}

// keep writes down until when the vendor wants no requests.
func (k *keptPause) keep(until time.Time) {
	if err := k.write(until); err != nil {
		k.warned.Do(func() { k.app.ui.Warnf("other commands will not know of the pause that the vendor asks for: %v", err) })
	}
}

func (k *keptPause) write(until time.Time) error {
	root, err := stateRoot(k.app.env)
	if err != nil {
		return err
	}
	account, err := accountOf(root, k.conn)
	if err != nil {
		return err
	}
	now := k.app.now()
	return state.KeepPause(root, account, until.Sub(now), now)
}

// hints say how to ask before the end of the pause, if it is an earlier command that was told.
func (k *keptPause) hints() []string {
	if k == nil || k.hint.Load() == nil {
		return nil
	}
	return []string{*k.hint.Load()}
}
