package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// RootVariable names the folder of all runs in the environment.
const RootVariable = "CRMFERRY_STATE_DIR"

// Root is the folder that holds all runs: $CRMFERRY_STATE_DIR, else $XDG_STATE_HOME/crmferry, else where the operating
// system keeps such things: ~/.local/state/crmferry, on macOS ~/Library/Application Support/crmferry, on Windows
// %LocalAppData%\crmferry. It need not exist.
func Root() (string, error) {
	if dir := os.Getenv(RootVariable); dir != "" {
		return filepath.Abs(dir)
	}
	// The XDG specification says that relative paths are to be ignored.
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "crmferry"), nil
	}
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "crmferry"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil || home == "" {
		return "", fmt.Errorf("find a folder for the runs: no home folder, and %s is not set", RootVariable)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "crmferry"), nil
	}
	return filepath.Join(home, ".local", "state", "crmferry"), nil
}

// RootIn is Root where lookup stands for the environment.
func RootIn(lookup func(name string) (string, bool)) (string, error) {
	if dir, _ := lookup(RootVariable); dir != "" {
		return filepath.Abs(dir)
	}
	return Root()
}

// Exists reports whether there is a file or folder of that name.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// MakeFolder makes a folder, and those above it, that only the user may enter. New ones are durable.
func MakeFolder(dir string) error {
	if err := newFolder(dir); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("make folder %q: %w", dir, Cause(err))
	}
	if info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(dir, 0o700); err != nil && !errors.Is(err, errors.ErrUnsupported) {
			return fmt.Errorf("make folder %q private: %w", dir, Cause(err))
		}
	}
	return nil
}

// newFolder makes a folder, and those above it, durably, unless it is there; new ones only the user may enter.
func newFolder(dir string) error {
	there := nearestExisting(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder %q: %w", dir, Cause(err))
	}
	for made := dir; made != there; made = filepath.Dir(made) {
		if err := syncFolder(filepath.Dir(made)); err != nil {
			return err
		}
	}
	return nil
}

// nearestExisting is the nearest folder above dir, or dir itself, that is there.
func nearestExisting(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// SizeOf is the size of a file, 0 if there is none.
func SizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("look at %q: %w", path, Cause(err))
	}
	return info.Size(), nil
}
