package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// ErrIsFolder is the cause when a file is to be written where a folder is.
var ErrIsFolder = errors.New("is a folder")

// File is a file that appears under its name whole or not at all: it is written beside its target under another name
// and renamed by Commit. The zero value is not usable; see CreateFile. A File is not safe for concurrent use.
type File struct {
	*os.File // the temporary file; use Commit or Abort, never Close

	target string
	lock   *flock.Flock // says that the temporary file is being written; nil where there are no such locks
	output *Output      // decides where it goes; nil for target
	ended  bool
	placed bool // it has its name

	syncFolder func(dir string) error
}

// CreateFile starts a file that will appear at path. perm is the mode of a new file, less the umask; a file that is
// there already keeps its own mode. If path is a symbolic link, the file that it leads to is replaced. It fails at
// once, leaving nothing behind, where the file could not be written in the end: path is a folder (ErrIsFolder), its
// folder is missing or not writable, or the file that is there may not be changed. What killed processes have left of
// the same file is removed.
func CreateFile(path string, perm os.FileMode) (*File, error) {
	return createFile(path, perm, writable)
}

// createLastingFile is CreateFile for a file that is worth keeping even if the one that it replaces turns out to be in
// use: see CommitOrKeep. It does not fail at once because another program holds that one open.
func createLastingFile(path string, perm os.FileMode) (*File, error) {
	return createFile(path, perm, func(path string) error {
		if err := writable(path); !isInUse(err) {
			return err
		}
		return nil
	})
}

// CanWriteInto reports whether files can be made in a folder, as far as its permissions go.
func CanWriteInto(dir string) bool {
	f, err := os.CreateTemp(dir, ".crmferry-*"+tmpEnding)
	if err != nil {
		return !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.EROFS)
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	return true
}

// followLinks is the file that path leads to by symbolic links, be it there or not yet.
func followLinks(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return target, err
	}
	link, err := os.Readlink(path)
	if err != nil {
		return path, nil // no link, or nothing
	}
	if !filepath.IsAbs(link) {
		folder, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return "", err
		}
		link = filepath.Join(folder, link)
	}
	return followLinks(link)
}

func createFile(path string, perm os.FileMode, writable func(path string) error) (*File, error) {
	target, err := followLinks(path)
	if err != nil {
		return nil, fmt.Errorf("write file %q: %w", path, Cause(err))
	}
	old, err := os.Stat(target)
	switch {
	case err == nil && old.IsDir():
		return nil, fmt.Errorf("write file %q: %w", path, ErrIsFolder)
	case err == nil && old.Mode().IsRegular():
		if err := writable(target); err != nil {
			return nil, fmt.Errorf("write file %q: %w", path, Cause(err))
		}
	case err == nil:
		return nil, fmt.Errorf("write file %q: it is not a plain file", path)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("write file %q: %w", path, Cause(err))
	}
	RemoveLeftovers(target)
	tmp, lock, err := createBeside(target, perm)
	if err != nil {
		return nil, fmt.Errorf("write file %q: %w", path, Cause(err))
	}
	if old != nil {
		// Where the file system has no modes this fails, and there is nothing to keep.
		_ = tmp.Chmod(old.Mode().Perm())
	}
	return &File{File: tmp, target: target, lock: lock, syncFolder: syncFolder}, nil
}

// writable fails where the user has taken the write permission from a file: a rename would ignore that.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// errnoSharing is what Windows answers where another program, such as Excel, holds a file open.
const errnoSharing = syscall.Errno(32)

// isInUse reports whether err is about a file that another program holds open. Only Windows minds.
func isInUse(err error) bool {
	return runtime.GOOS == "windows" && errors.Is(err, errnoSharing)
}

// Commit makes the content durable and gives the file its name, in place of what was there. If it fails, the old file
// is untouched and nothing is left behind; only if the folder of the named file cannot be made durable, the file stays.
func (f *File) Commit() error {
	err := f.finish()
	if err == nil {
		err = f.moveIntoPlace()
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	unlockTemp(f.lock)
	return err
}

// NotReplacedError is the error of a finished file that could not be given its name.
type NotReplacedError struct {
	Target string // the file that is still the old one
	Kept   string // where the new one is instead, whole
	Err    error
}

// Error names both files.
func (e *NotReplacedError) Error() string {
	return fmt.Sprintf("replace file %q: %v; the new one is whole and stands beside it: %q", e.Target, e.Err, e.Kept)
}

// Unwrap returns the cause.
func (e *NotReplacedError) Unwrap() error { return e.Err }

// CommitOrKeep is Commit, but where the file that is there cannot be replaced, because another program holds it open,
// the new one is kept beside it under a name with the time in it, and the error is a *NotReplacedError.
func (f *File) CommitOrKeep(now time.Time) error {
	defer unlockTemp(f.lock)
	err := f.finish()
	if err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	if err = f.moveIntoPlace(); err == nil {
		return nil
	}
	ext := filepath.Ext(f.target)
	kept := strings.TrimSuffix(f.target, ext) + now.Format(".20060102-150405") + ext
	if f.rename(kept) != nil {
		_ = os.Remove(f.Name())
		return err
	}
	return &NotReplacedError{Target: f.target, Kept: kept, Err: Cause(errors.Unwrap(err))}
}

// finish makes the content durable under the temporary name.
func (f *File) finish() error {
	if f.ended {
		return fmt.Errorf("write file %q: %w", f.target, os.ErrClosed)
	}
	f.ended = true
	err := f.Sync()
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write file %q: %w", f.target, Cause(err))
	}
	return nil
}

// moveIntoPlace gives the finished file its name.
func (f *File) moveIntoPlace() error {
	if f.output != nil {
		return f.output.placeFile(f)
	}
	return f.rename(f.target)
}

// rename gives the finished file a name, durably.
func (f *File) rename(path string) error {
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write file %q: %w", path, Cause(err))
	}
	f.placed = true
	if err := f.syncFolder(filepath.Dir(path)); err != nil {
		return fmt.Errorf("write file %q, which is in place but may not outlast a power failure: %w", path, err)
	}
	return nil
}

// Abort removes what was written; the file of that name, if any, stays as it was. After Commit it does nothing, so
// that it can be deferred.
func (f *File) Abort() {
	if f.ended {
		return
	}
	f.ended = true
	_ = f.Close()
	_ = os.Remove(f.Name())
	unlockTemp(f.lock)
}

// syncFolder makes a new name durable. Windows does it by itself and cannot open folders.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		// A folder that may be written but not read (mode -wx) cannot be synced; the file is there.
		return nil
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) { // folders of some file systems have no sync
		return fmt.Errorf("sync folder %q: %w", dir, Cause(err))
	}
	return nil
}

// Cause is err without the operation and the path that the os package adds: the message names the file that the
// user knows, not the temporary one.
func Cause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	var linkErr *os.LinkError
	if errors.As(err, &linkErr) {
		return linkErr.Err
	}
	return err
}
