package peers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"crmferry/internal/state"
)

// lockFolder holds the locks below a root.
const lockFolder = "locks"

// lockRetry lies between two tries for a lock that is waited for.
const lockRetry = 100 * time.Millisecond

// lookTime is how long HolderOf may hold a lock to see whether it is free.
const lookTime = 20 * time.Millisecond

// Holder says who holds a lock, for people. It never holds a secret.
type Holder struct {
	Command string    `json:"command"` // "crmferry export growcrm -o contacts.xlsx"
	Run     string    `json:"run,omitempty"`
	PID     int       `json:"pid"`
	User    string    `json:"user,omitempty"` // of a lock of the machine, which tells nothing but this and the PID
	Host    string    `json:"host,omitempty"`
	Since   time.Time `json:"since"`
}

// String is the holder as an error names it.
func (h Holder) String() string {
	if h.PID == 0 {
		return "another run"
	}
	if h.Command == "" {
		return fmt.Sprintf("process %d of the user %q", h.PID, h.User)
	}
	s := fmt.Sprintf("%q, process %d", h.Command, h.PID)
	if h.Host != "" {
		s += " on " + h.Host
	}
	return s + ", since " + h.Since.Local().Format("2006-01-02 15:04:05")
}

// HeldError is the error of a lock that another process holds, still held when the time to wait was over.
type HeldError struct {
	Holder Holder // the zero value if it could not be found out
}

// Error names the holder.
func (e *HeldError) Error() string {
	return "the lock of this account is held by " + e.Holder.String()
}

// Lock is the lock of an account: one process at a time writes to it, so that two runs never write the same contacts. Who
// only reads shares it, and locks its own run. The operating system frees it when the process ends, however it ends.
type Lock struct {
	file   *flock.Flock
	holder string // path of the file that says who holds it
}

// LockOptions say how a lock is taken.
type LockOptions struct {
	Holder Holder        // who takes it; PID, Host and Since are filled in
	Wait   time.Duration // how long to wait for another holder, 0: not at all
	// OnWait is told once who is waited for; may be nil.
	OnWait func(Holder)
}

// LockAccount takes the lock of an account, named by its Fingerprint, below root. It fails with a *HeldError if another
// process holds the lock for longer than o.Wait, and with the context's error when that ended first.
func LockAccount(ctx context.Context, root, account string, o LockOptions) (*Lock, error) {
	dir := filepath.Join(root, lockFolder)
	for _, d := range []string{root, dir} {
		if err := state.MakeFolder(d); err != nil {
			return nil, err
		}
	}
	return accountLock(root, account).take(ctx, o)
}

// LockRun takes the lock of a run that shares its account with others, in the folder of the run: it shows that the run is going on.
func LockRun(ctx context.Context, r state.Run, o LockOptions) (*Lock, error) {
	return runLock(r).take(ctx, o)
}

// take takes a lock, and writes down who has.
func (l *Lock) take(ctx context.Context, o LockOptions) (*Lock, error) {
	if err := takeLock(ctx, l.file, o, l.readHolder); err != nil {
		_ = l.file.Close()
		return nil, err
	}
	h := o.Holder
	h.PID, h.Since = os.Getpid(), time.Now()
	h.Host, _ = os.Hostname()
	if err := l.name(h); err != nil {
		l.Unlock()
		return nil, err
	}
	return l, nil
}

// accountLock is the lock of an account, not taken. Its file is never removed: another process may be about to lock it.
// Who holds it stands in a file of its own, because Windows does not let a locked file be read.
func accountLock(root, account string) *Lock {
	path := filepath.Join(root, lockFolder, account)
	return &Lock{file: state.NewLock(path + state.LockEnding), holder: path + ".json"}
}

// runLock is the lock of a run, not taken.
func runLock(r state.Run) *Lock {
	path := filepath.Join(r.Dir, "holder")
	return &Lock{file: state.NewLock(path + state.LockEnding), holder: path + ".json"}
}

// HolderOf says which process holds the lock of an account for a run; false if none does.
func HolderOf(root, account string) (Holder, bool) { return accountLock(root, account).heldBy() }

// HolderOfRun says which process holds the lock of a run; false if none does.
func HolderOfRun(r state.Run) (Holder, bool) { return runLock(r).heldBy() }

// heldBy says which process holds a lock for a run.
func (l *Lock) heldBy() (Holder, bool) {
	h := l.readHolder()
	if h.Run == "" {
		return Holder{}, false // there is none, or not for a run
	}
	defer l.file.Close()
	free, err := l.file.TryRLock()
	return h, err == nil && !free
}

// takeLock tries for a lock until the time is over. holder reads who holds it.
func takeLock(ctx context.Context, lock *flock.Flock, o LockOptions, holder func() Holder) error {
	start, told := time.Now(), false
	for tries := 0; ; tries++ {
		ok, err := lock.TryLock()
		if err != nil {
			return fmt.Errorf("lock account by file %q: %w", lock.Path(), state.Cause(err))
		}
		if ok {
			return nil
		}
		left := o.Wait - time.Since(start)
		if tries == 0 {
			left = max(left, lookTime)
		}
		if left <= 0 {
			return &HeldError{holder()}
		}
		if !told && o.OnWait != nil && o.Wait > 0 {
			o.OnWait(holder())
		}
		told = true
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(min(lockRetry, left)):
		}
	}
}

// name writes down who holds the lock.
func (l *Lock) name(h Holder) error {
	data, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("encode holder of the lock: %w", err)
	}
	f, err := state.CreateFile(l.holder, 0o600)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("write file %q: %w", l.holder, state.Cause(err))
	}
	return f.Commit()
}

// GoesOnWith writes down that the lock is held for another run, an earlier one, which is gone on with. Of no lock it does nothing.
func (l *Lock) GoesOnWith(run string) error {
	if l == nil {
		return nil
	}
	h := l.readHolder()
	h.Run = run
	return l.name(h)
}

// readHolder reads who holds the lock; the zero value if that is not written down (yet).
func (l *Lock) readHolder() Holder {
	var h Holder
	data, err := os.ReadFile(l.holder)
	if err == nil {
		err = json.Unmarshal(data, &h)
	}
	if err != nil {
		return Holder{}
	}
	h.Command = strings.ToValidUTF8(h.Command, "\uFFFD")
	return h
}

// Unlock frees the lock. It may be called more than once, and on nil.
func (l *Lock) Unlock() {
	if l == nil || !l.file.Locked() {
		return
	}
	// First the name, then the lock: the next holder writes its own.
	if err := os.Remove(l.holder); err != nil && !errors.Is(err, os.ErrNotExist) {
		_ = os.Truncate(l.holder, 0)
	}
	_ = l.file.Close()
}
