package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"crmferry/internal/failure"
	"crmferry/internal/state"
)

const (
	// ConfigVariable names the folder of the file in which accounts are kept.
	ConfigVariable = "CRMFERRY_CONFIG_DIR"
	// keptName is that file.
	keptName = "accounts.json"
	// keyFile is the name in an Entry of the path of a file that holds the credentials.
	keyFile = "key_file"
	// mendKept is the hint where that file cannot be read.
	mendKept = "mend that, or name another folder with " + ConfigVariable
)

// Entry is what is kept of an account: its settings by their names, and in place of credentials perhaps the path of the
// file that holds them. It holds secrets: never print it whole.
type Entry map[string]string

// entryName is how an Entry calls a setting: "key_id".
func entryName(suffix string) string { return strings.ToLower(suffix) }

// Set sets a setting.
func (e Entry) Set(s Setting, value string) { e[entryName(s.Suffix)] = value }

// Get is the value of a setting, "" if there is none.
func (e Entry) Get(s Setting) string { return e[entryName(s.Suffix)] }

// SetKeyFile says where the credentials are, which the Entry does not hold then.
func (e Entry) SetKeyFile(path string) { e[keyFile] = path }

// KeyFile is the path of the file that holds the credentials, "" if the Entry holds them.
func (e Entry) KeyFile() string { return e[keyFile] }

// Kept are the accounts that are kept, by their ids.
type Kept struct {
	Accounts map[string]Entry `json:"accounts"`
}

// keptPath is the file in which accounts are kept: accounts.json in $CRMFERRY_CONFIG_DIR, else in $XDG_CONFIG_HOME/crmferry,
// else where the operating system keeps such things. It need not exist.
func keptPath(env Lookup) (string, error) {
	if dir, _ := env(ConfigVariable); dir != "" {
		folder, err := filepath.Abs(dir)
		return filepath.Join(folder, keptName), err
	}
	folder, err := configFolder(env)
	return filepath.Join(folder, "crmferry", keptName), err
}

// configFolder is where programs keep what their user has set up; os.UserConfigDir asks no other environment than that of
// the process.
func configFolder(env Lookup) (string, error) {
	// The XDG specification says that relative paths are to be ignored.
	if dir, _ := env("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	variable, below := "HOME", ".config"
	switch runtime.GOOS {
	case "windows":
		variable, below = "AppData", ""
	case "darwin":
		below = filepath.Join("Library", "Application Support")
	}
	home, _ := env(variable)
	if home == "" {
		return "", fmt.Errorf("find a folder for accounts: neither %s nor %s is set", variable, ConfigVariable)
	}
	return filepath.Join(home, below), nil
}

// ReadKept reads the accounts that are kept. Where there is no such file there are none.
func ReadKept(env Lookup) (*Kept, error) {
	path, err := keptPath(env)
	if err != nil {
		return &Kept{}, nil // nothing was ever kept there
	}
	if err := checkPrivate(path); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &Kept{}, nil
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return nil, failure.Usage(mendKept, "read accounts %q: %w", path, pathErr.Err)
	}
	return parseKept(path, data)
}

// checkPrivate refuses what is no file, and a file that others can read, or write.
func checkPrivate(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return failure.Usage(mendKept, "read accounts %q: it is a folder, a pipe or a device, and not a file", path)
	}
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return failure.Usage("make new keys if somebody may have read them, and: chmod 600 '"+path+"'", "%q holds keys, and other users may read or change it (mode %04o)", path, info.Mode().Perm())
}

// parseKept understands the file. Errors say where it is damaged, never what is there.
func parseKept(path string, data []byte) (*Kept, error) {
	var kept Kept
	err := json.Unmarshal(data, &kept)
	if err == nil && kept.Accounts != nil {
		return &kept, nil
	}
	at := len(data)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = int(syntax.Offset)
	case errors.As(err, &kind):
		at = int(kind.Offset)
	}
	line := 1 + strings.Count(string(data[:min(at, len(data))]), "\n")
	return nil, failure.Usage("mend it, or move it away and log in again", "%q is damaged in line %d: it does not say what is kept of accounts", path, line)
}

// Keep keeps an account, in place of what was kept of it, and returns where.
func (a Account) Keep(ctx context.Context, env Lookup, e Entry) (path string, err error) {
	return changeKept(ctx, env, func(k *Kept) error {
		k.Accounts[a.ID()] = e
		return nil
	})
}

// Forget keeps nothing of an account any more.
func (a Account) Forget(ctx context.Context, env Lookup) (path string, err error) {
	return changeKept(ctx, env, func(k *Kept) error {
		if _, there := k.Accounts[a.ID()]; !there {
			return failure.Usage(k.list(), "nothing is kept of %s", a.ID())
		}
		delete(k.Accounts, a.ID())
		return nil
	})
}

// list names the accounts that are kept.
func (k *Kept) list() string {
	if len(k.Accounts) == 0 {
		return "no account is kept"
	}
	return "kept: " + strings.Join(slices.Sorted(maps.Keys(k.Accounts)), ", ")
}

// changeKept changes what is kept.
func changeKept(ctx context.Context, env Lookup, change func(*Kept) error) (path string, err error) {
	if path, err = keptPath(env); err != nil {
		return "", err
	}
	if err := checkPrivate(path); err != nil {
		return "", err
	}
	return path, state.ChangeFile(ctx, path, func(old []byte) ([]byte, error) {
		kept := &Kept{Accounts: map[string]Entry{}}
		if old != nil {
			if kept, err = parseKept(path, old); err != nil {
				return nil, err
			}
		}
		if err := change(kept); err != nil {
			return nil, err
		}
		data, err := json.MarshalIndent(kept, "", "  ")
		return append(data, '\n'), err
	})
}
