package state

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofrs/flock"
)

// tmpEnding ends the name of a file that is not whole yet.
const tmpEnding = ".tmp"

// createBeside makes a hidden file in the folder of target, so that the rename stays within one file system, and holds
// it: see hold.
func createBeside(target string, perm os.FileMode) (*os.File, *flock.Flock, error) {
	for {
		var suffix [6]byte
		_, _ = rand.Read(suffix[:]) // never fails, by its documentation
		name := "." + filepath.Base(target) + "." + hex.EncodeToString(suffix[:]) + tmpEnding
		f, err := os.OpenFile(filepath.Join(filepath.Dir(target), name), os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if err != nil {
			return nil, nil, err
		}
		lock, gone := lockTemp(f.Name())
		if !gone {
			return f, lock, nil
		}
		_ = f.Close()
	}
}

// lockTemp locks a file that is being written, so that it is not taken for what a killed process has left. Another
// process may have done so in the moment before, and removed it: then it is gone. The lock is nil where there is none: in file systems
// without locks, where leftovers stay, and on Windows, where no open file can be removed, and no locked one written.
func lockTemp(path string) (lock *flock.Flock, gone bool) {
	if runtime.GOOS == "windows" {
		return nil, false
	}
	lock = flock.New(path, flock.SetFlag(os.O_RDWR))
	free, err := lock.TryLock()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	if _, err := os.Lstat(path); free && err == nil {
		return lock, false
	}
	unlockTemp(lock)
	return nil, true
}

// unlockTemp unlocks a file that lockTemp has locked; lock may be nil.
func unlockTemp(lock *flock.Flock) {
	if lock != nil {
		_ = lock.Close()
	}
}

// RemoveLeftovers removes what processes that were killed have left of a File for path; what another process is
// writing now stays. What cannot be removed stays too: it does no harm.
func RemoveLeftovers(path string) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if isLeftover(e.Name(), filepath.Base(path)) {
			removeUnlessHeld(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// removeUnlessHeld removes a file that no process is writing.
func removeUnlessHeld(path string) {
	lock, gone := lockTemp(path)
	if gone || lock == nil && runtime.GOOS != "windows" {
		return
	}
	_ = os.Remove(path)
	unlockTemp(lock)
}

// isLeftover reports whether name is one that createBeside gives to a file for base.
func isLeftover(name, base string) bool {
	suffix, ok := strings.CutPrefix(name, "."+base+".")
	suffix, ended := strings.CutSuffix(suffix, tmpEnding)
	raw, err := hex.DecodeString(suffix)
	return ok && ended && err == nil && len(raw) == 6
}
