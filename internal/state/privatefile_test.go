package state

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// TestChangeFile: changes follow one another, and one that fails leaves the file as it was.
func TestChangeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "list")
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := ChangeFile(t.Context(), path, func(old []byte) ([]byte, error) { return append(old, 'x'), nil }); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	wrong := errors.New("wrong")
	if err := ChangeFile(t.Context(), path, func([]byte) ([]byte, error) { return nil, wrong }); !errors.Is(err, wrong) {
		t.Errorf("ChangeFile = %v", err)
	}
	data, err := os.ReadFile(path)
	if err != nil || string(data) != strings.Repeat("x", 20) {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if info, err := os.Stat(path); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestChangeFileKeepsFolder: a folder that is not ours alone stays as it is.
func TestChangeFileKeepsFolder(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := ChangeFile(t.Context(), filepath.Join(folder, "list"), func([]byte) ([]byte, error) { return []byte("x"), nil }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(folder); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o755 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
