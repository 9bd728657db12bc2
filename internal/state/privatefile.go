package state

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ChangeFile replaces a file that only the user may read by what change makes of its content, nil where there is none. The
// new one appears whole or not at all, durably, and of several processes one after the other changes it. The folder is
// made where it is missing; one that is there keeps its mode.
func ChangeFile(ctx context.Context, path string, change func(old []byte) ([]byte, error)) error {
	if err := newFolder(filepath.Dir(path)); err != nil {
		return err
	}
	lock := NewLock(path + LockEnding)
	if err := LockBriefly(ctx, lock); err != nil {
		return fmt.Errorf("lock file %q: %w", path, Cause(err))
	}
	defer lock.Close()
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read file %q: %w", path, Cause(err))
	}
	data, err := change(old)
	if err != nil {
		return err
	}
	f, err := CreateFile(path, 0o600)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("write file %q: %w", path, Cause(err))
	}
	return f.Commit()
}
