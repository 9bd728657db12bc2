package account

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// MaxKeyFile bounds what is read of a file with a setting, in bytes: a key is short, a wrong path may lead anywhere.
const MaxKeyFile = 64 << 10

// LogInAgain advises to give the settings anew of an account that is kept.
type LogInAgain struct{ Account Account }

// IsAdvice marks it.
func (LogInAgain) IsAdvice() {}

// ReadKeyOnce advises to have the key of an account read once, and kept, rather than the path of what it is read from.
type ReadKeyOnce struct{}

// IsAdvice marks it.
func (ReadKeyOnce) IsAdvice() {}

// isLasting reports whether a path is that of a file that is still there when this process has ended: no pipe, which may
// never end either, and no file that a shell has opened for it. What does not exist is left to whoever opens it.
func isLasting(path string) bool {
	for _, opened := range []string{"/dev/fd/", "/dev/std", "/proc/"} {
		if strings.HasPrefix(path, opened) {
			return false
		}
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

// readSecretFile reads a short file of text. Its errors do not hold the path.
func readSecretFile(path string) (string, error) {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close()
		var data []byte
		if data, err = io.ReadAll(io.LimitReader(f, MaxKeyFile+1)); err == nil && len(data) <= MaxKeyFile {
			return decodeText(data)
		}
	}
	if err == nil {
		return "", fmt.Errorf("it is longer than %d bytes", MaxKeyFile)
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

// fromEntry takes the settings that are kept of an account, and reads the file that it names.
func fromEntry(a Account, source Source, e Entry) (*given, error) {
	g := &given{place: place{a, source}, values: map[string]string{}}
	for _, set := range a.Vendor.Settings {
		if !set.Secret || e.KeyFile() == "" {
			value, err := cleanValue(e.Get(set), g.name(set), set.Secret)
			if err != nil {
				return nil, err
			}
			g.values[set.Suffix] = value
		}
	}
	if e.KeyFile() == "" {
		return g, nil
	}
	if readByOthers(e.KeyFile()) {
		g.warnings = append(g.warnings, fmt.Sprintf("other users of this machine can read the key file of %s: chmod 600 '%s'", a.ID(), e.KeyFile()))
	}
	return g, g.readKeyFile(e.KeyFile())
}

// readKeyFile reads the credentials: each stands in a line of its own, in the vendor's order. The path is quoted once it was
// kept: before that, people put the key itself where its file should be named.
func (g *given) readKeyFile(path string) error {
	if !isLasting(path) {
		return g.keyFileError(path, ReadKeyOnce{}, errors.New("it is no file that goes on holding the key"))
	}
	text, err := readSecretFile(path)
	if err != nil {
		return g.keyFileError(path, failure.Hint("it must hold "+g.account.Vendor.secrets()), err)
	}
	keys, err := g.account.keysIn(text)
	for set, value := range keys {
		g.values[set.Suffix] = value
	}
	return err
}

// keyFileError says why a key file cannot be read, and what can be done about it.
func (g *given) keyFileError(path string, advice failure.Advice, why error) error {
	if g.source != InFile {
		return failure.Refusef(advice, "read the key file of %s: %v", g.account.ID(), why)
	}
	return failure.Refuse(fmt.Errorf("read the key file of %s, %q: %v", g.account.ID(), path, why), advice, LogInAgain{g.account})
}

// SetKeys sets the credentials of an account by a file that holds each in a line of its own, in the vendor's order. Errors
// do not quote it.
func (e Entry) SetKeys(a Account, data []byte) error {
	text, err := decodeText(data)
	if err != nil {
		return err
	}
	keys, err := a.keysIn(text)
	for set, value := range keys {
		e.Set(set, value)
	}
	return err
}

// keysIn are the credentials in a text that holds each in a line of its own, in the vendor's order.
func (a Account) keysIn(text string) (map[Setting]string, error) {
	var secrets []Setting
	for _, set := range a.Vendor.Settings {
		if set.Secret {
			secrets = append(secrets, set)
		}
	}
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
	if len(lines) != len(secrets) {
		return nil, failure.Usage("it must hold "+a.Vendor.secrets(), "the key file of %s holds %s, not %d", a.ID(), humanize.Count(int64(len(lines)), "line"), len(secrets))
	}
	keys := map[Setting]string{}
	for i, set := range secrets {
		value, err := cleanValue(lines[i], "the key file of "+a.ID(), true)
		if err != nil {
			return nil, err
		}
		keys[set] = value
	}
	return keys, nil
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
