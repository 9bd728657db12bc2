package state

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Fingerprint names an account without telling its key: a salted hash of what identifies it, 16 hex digits. The salt is
// made once for a root and never leaves it, so that a fingerprint seen elsewhere says nothing.
func Fingerprint(root string, parts ...string) (string, error) {
	salt, err := readSalt(root)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(salt + "\x00" + strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8]), nil
}

func readSalt(root string) (string, error) {
	path := filepath.Join(root, "salt")
	salt, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSalt(root, path)
	}
	if err != nil {
		return "", fmt.Errorf("read salt %q: %w", path, cause(err))
	}
	return string(salt), nil
}

// makeSalt makes the salt, unless another process does so at the same moment: both must end up with the same.
func makeSalt(root, path string) (string, error) {
	if err := makeFolder(root); err != nil {
		return "", err
	}
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return "", fmt.Errorf("lock salt %q: %w", path, cause(err))
	}
	defer lock.Close()
	if salt, err := os.ReadFile(path); err == nil {
		return string(salt), nil
	}
	var salt [16]byte
	_, _ = rand.Read(salt[:]) // never fails, by its documentation
	f, err := CreateFile(path, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Abort()
	text := hex.EncodeToString(salt[:])
	if _, err := f.WriteString(text); err != nil {
		return "", fmt.Errorf("write salt %q: %w", path, cause(err))
	}
	return text, f.Commit()
}
