package peers

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"crmferry/internal/state"
)

// MachineLock is an account's lock for the whole machine: one process holds it, whatever its user and its root.
type MachineLock struct{ files []*sharedLock }

// MachineAccount names an account for locks of the machine without telling its key: by what identifies it, hashed under
// the machine's id, so that every user comes to the same name and no other machine does.
func MachineAccount(parts ...string) string {
	host, _ := os.Hostname()
	sum := hmac.New(sha256.New, []byte(cmp.Or(machineID(), host, "crmferry")))
	sum.Write([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// LockMachine takes the lock of an account, named by its MachineAccount, in each of the folders that can be used: which
// those are may differ between users, and two who have one in common must meet. It fails as LockAccount does, and with
// another error where no folder can be used.
func LockMachine(ctx context.Context, folders []string, account string, o LockOptions) (*MachineLock, error) {
	l, begun := &MachineLock{}, time.Now()
	var unusable []error
	for _, dir := range folders {
		left := o
		left.Wait = max(0, o.Wait-time.Since(begun))
		f, err := lockShared(ctx, dir, account, left)
		if held := (*HeldError)(nil); errors.As(err, &held) || err != nil && ctx.Err() != nil {
			l.Unlock()
			return nil, err
		}
		if err != nil {
			unusable = append(unusable, err)
			continue
		}
		l.files = append(l.files, f)
	}
	if len(l.files) == 0 {
		return nil, errors.Join(unusable...)
	}
	return l, nil
}

// Unlock frees the lock. It may be called more than once, and on nil.
func (l *MachineLock) Unlock() {
	if l == nil {
		return
	}
	for _, f := range l.files {
		f.unlock()
	}
	l.files = nil
}

const (
	// lockByte is what a lock takes of its file: on Windows no other process can read that.
	lockByte = 1
	// holderSize is how many bytes behind it say who holds the lock.
	holderSize = 512
)

// sharedLock is a lock file in a folder that all users may write.
type sharedLock struct {
	lock *flock.Flock
	file *os.File // the same file, to say who holds it
}

// sharedHolder is all that other users are told of a process.
type sharedHolder struct {
	PID  int    `json:"pid"`
	User string `json:"user"`
}

// lockShared takes a lock in a folder that all users share. A file that was removed before it was locked, as cleaners of
// temporary folders do, is made anew.
func lockShared(ctx context.Context, dir, account string, o LockOptions) (*sharedLock, error) {
	folder, err := openShared(dir)
	if err != nil {
		return nil, fmt.Errorf("open lock folder %q: %w", dir, state.Cause(err))
	}
	defer folder.Close()
	for tries := 1; ; tries++ {
		l, err := tryShared(ctx, folder, filepath.Join(dir, account+state.LockEnding), o)
		if tries == mostReplaced || !errors.Is(err, errReplaced) && !errors.Is(err, fs.ErrNotExist) {
			return l, err
		}
	}
}

// mostReplaced is how often a lock file may vanish before its folder is given up.
const mostReplaced = 10

// errReplaced is a lock on a file that does not bear its name any more.
var errReplaced = errors.New("another file has taken its place")

func tryShared(ctx context.Context, folder *os.Root, path string, o LockOptions) (*sharedLock, error) {
	file, err := openSharedFile(folder, filepath.Base(path))
	if err != nil {
		return nil, fmt.Errorf("open lock file %q: %w", path, state.Cause(err))
	}
	l := &sharedLock{lock: flock.New(path, flock.SetFlag(os.O_RDONLY|careful)), file: file}
	if err := takeLock(ctx, l.lock, o, l.holder); err != nil {
		_ = file.Close()
		return nil, err
	}
	if l.replaced(path) {
		l.unlock()
		return nil, errReplaced
	}
	l.name()
	return l, nil
}

// openShared opens a folder of locks that all users may write, and makes it if need be. No link is followed.
func openShared(dir string) (*os.Root, error) {
	if err := os.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	named, err := os.Lstat(dir)
	if err != nil {
		return nil, err
	}
	if !named.IsDir() {
		return nil, errors.New("it is no folder")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	opened, err := root.Stat(".")
	if err == nil && !os.SameFile(named, opened) {
		err = errReplaced
	}
	if err != nil {
		_ = root.Close()
		return nil, err
	}
	if opened.Mode() != fs.ModeDir|fs.ModeSticky|0o777 {
		_ = root.Chmod(".", fs.ModeSticky|0o777) // only its owner may: the umask was in the way
	}
	return root, nil
}

// openSharedFile opens a lock file, and makes it if need be. It never makes one where there is one, not even for a
// moment: Linux refuses that in such folders if the file is another user's.
func openSharedFile(folder *os.Root, name string) (*os.File, error) {
	f, err := folder.OpenFile(name, os.O_RDWR|careful, 0)
	if errors.Is(err, fs.ErrNotExist) {
		if f, err = folder.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666); err == nil {
			_ = f.Chmod(0o666) // the umask was in the way
			_, err = f.WriteAt([]byte("\n"), 0)
		} else if errors.Is(err, fs.ErrExist) {
			f, err = folder.OpenFile(name, os.O_RDWR|careful, 0)
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		f, err = folder.OpenFile(name, os.O_RDONLY|careful, 0) // enough for the lock
	}
	if err != nil {
		return nil, err
	}
	named, err := folder.Lstat(name)
	if err == nil {
		err = plainFile(f, named)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// plainFile fails unless f is a file of one name only, and the one that stands in the folder: what a link leads to is
// nothing to write into.
func plainFile(f *os.File, named fs.FileInfo) error {
	opened, err := f.Stat()
	switch {
	case err != nil:
		return err
	case !opened.Mode().IsRegular() || !os.SameFile(opened, named) || linkCount(opened) > 1:
		return errors.New("it is a link, or no plain file")
	}
	return nil
}

// replaced reports whether the file that was locked is not the one of its name any more.
func (l *sharedLock) replaced(path string) bool {
	locked, err := l.lock.Stat()
	opened, openErr := l.file.Stat()
	named, nameErr := os.Lstat(path)
	return err != nil || openErr != nil || nameErr != nil || !os.SameFile(locked, opened) || !os.SameFile(locked, named)
}

// name writes down who holds the lock. If it cannot be written, the lock holds all the same.
func (l *sharedLock) name() {
	h := sharedHolder{PID: os.Getpid(), User: strconv.Itoa(os.Getuid())}
	if u, err := user.Current(); err == nil && u.Username != "" {
		h.User = u.Username
	}
	data, err := json.Marshal(h)
	if err == nil && len(data) < holderSize {
		l.write(data)
	}
}

// write replaces what the file says of the holder.
func (l *sharedLock) write(data []byte) {
	text := append(data, strings.Repeat(" ", holderSize-1-len(data))+"\n"...)
	_, _ = l.file.WriteAt(text, lockByte)
}

// holder reads who holds the lock; the zero value if that is not written down (yet).
func (l *sharedLock) holder() Holder {
	data, err := io.ReadAll(io.NewSectionReader(l.file, lockByte, holderSize))
	var h sharedHolder
	if err != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return Holder{PID: h.PID, User: strings.ToValidUTF8(h.User, "\uFFFD")}
}

func (l *sharedLock) unlock() {
	l.write(nil)
	_ = l.file.Close()
	_ = l.lock.Close()
}
