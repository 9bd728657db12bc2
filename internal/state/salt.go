package state

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Fingerprint names an account without telling its key: a salted hash of what identifies it, 16 hex digits. The salt is
// made once for a root and never leaves it, so that a fingerprint seen elsewhere says nothing. A salt that was lost is an
// error: see MendSalt.
func Fingerprint(ctx context.Context, root string, parts ...string) (string, error) {
	salt, err := readSalt(root)
	if errors.Is(err, fs.ErrNotExist) {
		salt, err = firstSalt(ctx, root)
	}
	if err != nil {
		return "", err
	}
	return fingerprint(salt, parts...), nil
}

// firstSalt makes the salt of a root where there was none.
func firstSalt(ctx context.Context, root string) (string, error) {
	if lost, _ := checkSalt(root); lost != nil {
		return "", lost
	}
	if _, err := MendSalt(ctx, root); err != nil {
		return "", err
	}
	return readSalt(root)
}

func fingerprint(salt string, parts ...string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// SaltMark tells the salts of a root apart: fingerprints made under another mark say nothing about an account of today.
// It is "" for a salt that a version made which left no marks.
func SaltMark(root string) (string, error) {
	salt, err := readSalt(root)
	if err != nil || !strings.HasSuffix(salt, saltEnd) {
		return "", err
	}
	return fingerprint(salt, "mark"), nil
}

const (
	saltDigits = 32
	// saltEnd ends the salts of versions that leave marks in the records of runs.
	saltEnd = "\n"
)

func saltPath(root string) string { return filepath.Join(root, "salt") }

// readSalt reads the salt; the cause is fs.ErrNotExist if there is none.
func readSalt(root string) (string, error) {
	path := saltPath(root)
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read salt %q: %w", path, Cause(err))
	}
	salt := string(data)
	digits := strings.TrimSuffix(salt, saltEnd)
	if raw, err := hex.DecodeString(digits); err != nil || 2*len(raw) != saltDigits {
		return "", &SaltError{Path: path, Reason: fmt.Sprintf("it is not %d hex digits but %d bytes of something else", saltDigits, len(data))}
	}
	return salt, nil
}

// SaltError is a salt that cannot be used, or is gone although there were runs under it: the accounts of earlier runs
// cannot be recognised any more.
type SaltError struct {
	Path   string
	Reason string // for people
}

// Error names the file.
func (e *SaltError) Error() string { return fmt.Sprintf("read salt %q: %s", e.Path, e.Reason) }

// MendSalt makes a salt where there is none that can be used. lost says what was wrong with the one that there should
// have been, nil where nothing was. Call it before a run is made below root: a salt belongs to every run.
func MendSalt(ctx context.Context, root string) (lost *SaltError, err error) {
	if lost, err := checkSalt(root); lost == nil && err == nil {
		return nil, nil
	}
	if err := MakeFolder(root); err != nil {
		return nil, err
	}
	path := saltPath(root)
	lock := NewLock(path + LockEnding)
	if err := LockBriefly(ctx, lock); err != nil {
		return nil, fmt.Errorf("lock salt %q: %w", path, Cause(err))
	}
	defer lock.Close()
	lost, err = checkSalt(root) // two processes at the same moment must end up with the same
	if errors.Is(err, fs.ErrNotExist) || lost != nil {
		err = makeSalt(path)
	}
	return lost, err
}

// checkSalt says what is wrong with the salt. The cause of the error is fs.ErrNotExist if there is none and was none.
func checkSalt(root string) (*SaltError, error) {
	_, err := readSalt(root)
	var lost *SaltError
	if errors.As(err, &lost) {
		return lost, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		if runs, listErr := Runs(root); listErr == nil && len(runs) > 0 {
			return &SaltError{Path: saltPath(root), Reason: "it is gone, although there are runs"}, nil
		}
	}
	return nil, err
}

func makeSalt(path string) error {
	var salt [saltDigits / 2]byte
	_, _ = rand.Read(salt[:]) // never fails, by its documentation
	f, err := CreateFile(path, 0o600)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.WriteString(hex.EncodeToString(salt[:]) + saltEnd); err != nil {
		return fmt.Errorf("write salt %q: %w", path, Cause(err))
	}
	return f.Commit()
}
