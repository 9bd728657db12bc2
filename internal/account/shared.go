package account

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"crmferry/internal/state"
	"crmferry/internal/state/peers"
	"crmferry/internal/transport"
)

// shared is what a connection shares with other commands of its account, those at the same time and those that follow: the turns
// in which requests leave, and the pause that the vendor has asked for.
type shared struct {
	conn *Connection
	env  Lookup
	now  func() time.Time
	warn func(text string)

	mu       sync.Mutex
	root     string
	account  string       // its fingerprint, "" if it is not known yet
	turns    *peers.Turns // nil until the first one
	pause    os.FileInfo  // of the pause that was looked at last
	own      time.Time    // up to when this command itself was asked to wait: it does
	lookAt   atomic.Int64 // when there is to be looked again, since the start
	start    time.Time
	alone    atomic.Bool // turns cannot be shared
	warned   sync.Once
	unlooked sync.Once
	earlier  atomic.Pointer[EarlierPause] // nil unless another command was asked for it
}

// lookEvery lies between two looks at what others were asked for.
const lookEvery = 100 * time.Millisecond

// look makes requests wait for the pause that another command was asked for, from the first request on: by then the commands that
// take the account's lock hold it.
func (s *shared) look(ctx context.Context) {
	if int64(time.Since(s.start)) < s.lookAt.Load() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if int64(time.Since(s.start)) < s.lookAt.Load() {
		return
	}
	if err := s.wait(ctx); err != nil {
		s.unlooked.Do(func() { s.warn(fmt.Sprintf("whether the vendor has asked for a pause is not known: %v", err)) })
	}
	s.lookAt.Store(int64(time.Since(s.start) + lookEvery))
}

// identify finds out the folder of all runs and the name of the account there. s.mu is held.
func (s *shared) identify(ctx context.Context) (err error) {
	if s.account != "" {
		return nil
	}
	if s.root, err = state.RootIn(s.env); err != nil {
		return err
	}
	s.account, err = s.conn.Fingerprint(ctx, s.root)
	return err
}

func (s *shared) wait(ctx context.Context) error {
	if s.account == "" {
		root, err := state.RootIn(s.env)
		if err != nil || !peers.HasPauses(root) {
			return nil // nothing was ever kept
		}
	}
	if err := s.identify(ctx); err != nil {
		return err
	}
	file := s.news()
	if file == nil {
		return nil
	}
	now := s.now()
	p, paused, err := peers.CurrentPause(s.root, s.account, now)
	if paused || err == nil {
		s.pause = file // else it is looked at again
	}
	if paused && err != nil { // it would begin anew at each look
		s.unlooked.Do(func() {
			s.warn(fmt.Sprintf("the clock was set back since the vendor asked for a pause, and each command waits for all of it until this can be written down: %v", err))
		})
		err = nil
	}
	if paused && p.Until.After(s.own.Add(time.Second)) { // written by another command, or asked of it
		asked := p.Asked.Local()
		s.earlier.Store(&EarlierPause{Asked: asked, Path: peers.PausePath(s.root, s.account)})
		s.conn.transport.Pause(p.Until.Sub(now), "the vendor, which refused a request at "+asked.Format("15:04"))
	}
	return err
}

// news is the file of the pause, nil if it was not written since it was looked at last. s.mu is held.
func (s *shared) news() os.FileInfo {
	file, err := os.Stat(peers.PausePath(s.root, s.account))
	if err != nil || s.pause != nil && os.SameFile(s.pause, file) && s.pause.ModTime().Equal(file.ModTime()) {
		return nil
	}
	return file
}

// keep writes down until when the vendor wants no requests.
func (s *shared) keep(until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.write(until); err != nil {
		s.warned.Do(func() {
			s.warn(fmt.Sprintf("other commands will not know of the pause that the vendor asks for: %v", err))
		})
		return
	}
	s.own = until
}

func (s *shared) write(until time.Time) error {
	if err := s.identify(context.Background()); err != nil { // it is kept when this command is interrupted, too
		return err
	}
	now := s.now()
	return peers.KeepPause(s.root, s.account, until.Sub(now), now)
}

// answered writes down that the account has answered, where a command has a folder for that: the next one needs it only if the vendor
// is away then.
func (s *shared) answered() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if root, err := state.RootIn(s.env); err != nil || !state.Exists(root) {
		return
	}
	if s.identify(context.Background()) == nil && !peers.HasAnswered(s.root, s.account) {
		_ = peers.NoteAnswered(s.root, s.account) // else the next command waits for no outage
	}
}

// hasAnswered reports whether the account has ever answered a command.
func (s *shared) hasAnswered() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	root, err := state.RootIn(s.env)
	return err == nil && state.Exists(root) && s.identify(context.Background()) == nil && peers.HasAnswered(s.root, s.account)
}

// Every lies between two turns, which belong to the vendor's limit, or to more if that was asked for: who wants less has turns of
// its own beside.
func (s *shared) Every() time.Duration {
	c := s.conn
	limit := NewPace(c.account.Vendor, nil, false).Effective()
	return time.Duration(float64(time.Second) / float64(max(limit, c.Pace.Effective())))
}

// Take takes a turn.
func (s *shared) Take(ctx context.Context, after time.Duration) (transport.Turn, bool) {
	if s.alone.Load() {
		return nil, false
	}
	turns, err := s.open(ctx)
	if err == nil {
		var t peers.Turn
		if t, err = turns.Take(ctx, after); err == nil {
			return sharedTurn{s, turns, t}, true
		}
	}
	if ctx.Err() == nil {
		s.goAlone(err)
	}
	return nil, false
}

func (s *shared) open(ctx context.Context) (_ *peers.Turns, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.turns != nil {
		return s.turns, nil
	}
	if err := s.identify(ctx); err != nil {
		return nil, err
	}
	s.turns, err = peers.OpenTurns(s.root, s.account, s.Every(), s.now)
	return s.turns, err
}

// goAlone shares no turns any more.
func (s *shared) goAlone(err error) {
	if !s.alone.Swap(true) {
		s.warn(fmt.Sprintf("the pace is not shared with other commands of the account, which together may exceed the vendor's limit: %v", err))
	}
}

// sharedTurn is a turn of all commands.
type sharedTurn struct {
	of    *shared
	turns *peers.Turns
	turn  peers.Turn
}

// Wait is in how long it is there.
func (t sharedTurn) Wait() time.Duration { return t.turn.Wait }

// GiveBack says that it is not used, also by a command that is interrupted.
func (t sharedTurn) GiveBack() {
	if err := t.turns.Return(context.Background(), t.turn); err != nil {
		t.of.goAlone(err)
	}
}

// Keep says that it is used late.
func (t sharedTurn) Keep() bool {
	kept, err := t.turns.Keep(context.Background(), t.turn)
	if err != nil {
		t.of.goAlone(err)
		return true
	}
	return kept
}

// EarlierPause is a pause that the vendor has asked another command for.
type EarlierPause struct {
	Asked time.Time // when, in local time
	Path  string    // of the file without which the vendor is asked again all the same
}

// EarlierPause is the pause that requests wait for because the vendor has asked another command for it.
func (c *Connection) EarlierPause() (p EarlierPause, ok bool) {
	if c.shared == nil || c.shared.earlier.Load() == nil {
		return p, false
	}
	return *c.shared.earlier.Load(), true
}
