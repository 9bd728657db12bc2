package account

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxSecretFile bounds what is read of a file with a setting, in bytes: a key is short, a wrong path may lead anywhere.
const maxSecretFile = 64 << 10

// readSecretFile reads a short file of text. Its errors do not hold the path.
func readSecretFile(path string) (string, error) {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close()
		var data []byte
		if data, err = io.ReadAll(io.LimitReader(f, maxSecretFile+1)); err == nil && len(data) <= maxSecretFile {
			return decodeText(data)
		}
	}
	if err == nil {
		return "", fmt.Errorf("it is longer than %d bytes", maxSecretFile)
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return "", pathErr.Err
	}
	return "", err
}

// decodeText decodes text as editors and shells of Windows write it, too: UTF-8 or UTF-16, with a byte order mark or
// without. As keys are ASCII, each character has a NUL in UTF-16.
func decodeText(data []byte) (string, error) {
	without := transform.Transformer(transform.Nop)
	switch {
	case len(data) > 1 && data[0] == 0:
		without = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	case len(data) > 1 && data[1] == 0:
		without = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	}
	text, _, err := transform.Bytes(unicode.BOMOverride(without), data)
	return string(text), err
}

// readByOthers reports whether other users can read a file, as far as its mode and those of the folders above it show. On
// Windows modes show nothing.
func readByOthers(path string) bool {
	whole, err := filepath.EvalSymlinks(path)
	if err == nil {
		whole, err = filepath.Abs(whole)
	}
	if path == "" || err != nil || runtime.GOOS == "windows" {
		return false
	}
	if info, err := os.Stat(whole); err != nil || info.Mode().Perm()&0o044 == 0 {
		return false
	}
	for whole != filepath.Dir(whole) {
		whole = filepath.Dir(whole)
		if info, err := os.Stat(whole); err != nil || info.Mode().Perm()&0o011 == 0 {
			return false // no other user gets to the file
		}
	}
	return true
}
