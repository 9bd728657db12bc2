package state

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// ErrIsFolder is the cause when a file is to be written where a folder is.
var ErrIsFolder = errors.New("is a folder")

// File is a file that appears under its name whole or not at all: it is written beside its target under another name
// and renamed by Commit. The zero value is not usable; see CreateFile. A File is not safe for concurrent use.
type File struct {
	*os.File // the temporary file; use Commit or Abort, never Close

	target string
	ended  bool
}

// CreateFile starts a file that will appear at path. perm is the mode of a new file, less the umask; a file that is
// there already keeps its own mode. If path is a symbolic link, the file that it leads to is replaced. It fails at
// once, leaving nothing behind, where the file could not be written in the end: path is a folder (ErrIsFolder), its
// folder is missing or not writable, or the file that is there may not be changed.
func CreateFile(path string, perm os.FileMode) (*File, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		target = path
	} else if err != nil {
		return nil, fmt.Errorf("write file %q: %w", path, cause(err))
	}
	old, err := os.Stat(target)
	switch {
	case err == nil && old.IsDir():
		return nil, fmt.Errorf("write file %q: %w", path, ErrIsFolder)
	case err == nil && old.Mode().IsRegular():
		if err := writable(target); err != nil {
			return nil, fmt.Errorf("write file %q: %w", path, cause(err))
		}
	case err == nil:
		return nil, fmt.Errorf("write file %q: it is not a plain file", path)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("write file %q: %w", path, cause(err))
	}
	tmp, err := createBeside(target, perm)
	if err != nil {
		return nil, fmt.Errorf("write file %q: %w", path, cause(err))
	}
	if old != nil {
		// Where the file system has no modes this fails, and there is nothing to keep.
		_ = tmp.Chmod(old.Mode().Perm())
	}
	return &File{File: tmp, target: target}, nil
}

// writable fails where the user has taken the write permission from a file: a rename would ignore that.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// createBeside makes a hidden file in the folder of target, so that the rename stays within one file system.
func createBeside(target string, perm os.FileMode) (*os.File, error) {
	var suffix [6]byte
	_, _ = rand.Read(suffix[:]) // never fails, by its documentation
	name := "." + filepath.Base(target) + "." + hex.EncodeToString(suffix[:]) + ".tmp"
	return os.OpenFile(filepath.Join(filepath.Dir(target), name), os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
}

// Commit makes the content durable and gives the file its name, in place of what was there. If it fails, the old file
// is untouched and nothing is left behind.
func (f *File) Commit() error {
	if f.ended {
		return fmt.Errorf("write file %q: %w", f.target, os.ErrClosed)
	}
	f.ended = true
	err := f.Sync()
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), f.target)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("write file %q: %w", f.target, cause(err))
	}
	return syncFolder(filepath.Dir(f.target))
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
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return fmt.Errorf("sync folder %q: %w", dir, cause(err))
	}
	return nil
}

// cause is err without the operation and the path that the os package adds: the message names the file that the
// user knows, not the temporary one.
func cause(err error) error {
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
