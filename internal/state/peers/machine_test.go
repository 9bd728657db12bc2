package peers

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

const testAccount = "0123456789abcdef"

// lockAll takes the lock of the machine in some folders.
func lockAll(t *testing.T, folders ...string) (*MachineLock, error) {
	t.Helper()
	l, err := LockMachine(t.Context(), folders, testAccount, LockOptions{Holder: Holder{Command: "crmferry import growcrm secret.csv"}})
	t.Cleanup(l.Unlock)
	return l, err
}

// wantHeld fails unless err names this process and user as the holder.
func wantHeld(t *testing.T, err error) {
	t.Helper()
	var held *HeldError
	if !errors.As(err, &held) {
		t.Fatalf("error %v, want a HeldError", err)
	}
	u, userErr := user.Current()
	if userErr != nil {
		t.Fatal(userErr)
	}
	if text := held.Error(); !strings.HasSuffix(text, " is held by process "+strconv.Itoa(os.Getpid())+" of the user "+strconv.Quote(u.Username)) {
		t.Errorf("error %q", text)
	}
}

// TestMachineLock: who has one folder in common with the holder meets it there; the lock tells others nothing but
// process and user, and is free again afterwards.
func TestMachineLock(t *testing.T) {
	shared, missing := filepath.Join(t.TempDir(), "crmferry"), filepath.Join(t.TempDir(), "no", "folder")
	first, err := lockAll(t, filepath.Join(t.TempDir(), "crmferry"), shared)
	if err != nil {
		t.Fatal(err)
	}
	for _, folders := range [][]string{{shared}, {missing, shared}, {filepath.Join(t.TempDir(), "other"), shared}} {
		_, err := lockAll(t, folders...)
		wantHeld(t, err)
	}
	if _, err := LockMachine(t.Context(), []string{shared}, "another account", LockOptions{}); err != nil {
		t.Errorf("the lock of another account: %v", err)
	}
	said, err := os.ReadFile(filepath.Join(shared, testAccount+".lock"))
	if err != nil || !regexp.MustCompile(`^\n\{"pid":\d+,"user":"[^"]*"\} +\n$`).Match(said) {
		t.Errorf("the lock says %q, %v", said, err)
	}
	first.Unlock()
	if said, err := os.ReadFile(filepath.Join(shared, testAccount+".lock")); err != nil || strings.TrimSpace(string(said)) != "" {
		t.Errorf("the free lock says %q, %v", said, err)
	}
	again, err := lockAll(t, shared)
	if err != nil {
		t.Fatal(err)
	}
	again.Unlock()
	again.Unlock()
}

func TestMachineLockWaits(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "crmferry")
	first, err := lockAll(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = LockMachine(t.Context(), []string{dir}, testAccount, LockOptions{Wait: 50 * time.Millisecond})
	wantHeld(t, err)
	unlocked := make(chan struct{})
	time.AfterFunc(100*time.Millisecond, func() { first.Unlock(); close(unlocked) })
	var asked Holder
	second, err := LockMachine(t.Context(), []string{dir}, testAccount, LockOptions{Wait: time.Minute, OnWait: func(h Holder) { asked = h }})
	if err != nil || asked.PID != os.Getpid() {
		t.Errorf("%v, waited for %v", err, asked)
	}
	second.Unlock()
	<-unlocked
}

// TestMachineLockIsSharedByAll: every user can take part, whatever the umask of the first one.
func TestMachineLockIsSharedByAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "crmferry")
	if _, err := lockAll(t, dir); err != nil {
		t.Fatal(err)
	}
	folder, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Stat(filepath.Join(dir, testAccount+".lock"))
	if err != nil {
		t.Fatal(err)
	}
	if folder.Mode() != os.ModeDir|os.ModeSticky|0o777 || file.Mode() != 0o666 {
		t.Errorf("modes %v and %v", folder.Mode(), file.Mode())
	}
}

// TestMachineLockRefuses: a folder that all users can write is no place to follow links in, or to wait for pipes.
func TestMachineLockRefuses(t *testing.T) {
	victim := filepath.Join(t.TempDir(), "victim")
	elsewhere := t.TempDir()
	name := testAccount + ".lock"
	for what, prepare := range map[string]func(dir string) error{
		"a link in place of the folder": func(dir string) error { return os.Symlink(elsewhere, dir) },
		"a file in place of the folder": func(dir string) error { return os.WriteFile(dir, nil, 0o600) },
		"a link in place of the file": func(dir string) error {
			return errors.Join(os.Mkdir(dir, 0o700), os.Symlink(victim, filepath.Join(dir, name)))
		},
		"a link to a file of the folder": func(dir string) error {
			return errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, "x"), nil, 0o600), os.Symlink("x", filepath.Join(dir, name)))
		},
		"a second name of a file": func(dir string) error {
			return errors.Join(os.Mkdir(dir, 0o700), os.Link(victim, filepath.Join(dir, name)))
		},
		"a folder in place of the file": func(dir string) error { return os.MkdirAll(filepath.Join(dir, name), 0o700) },
		"a pipe":                        func(dir string) error { return errors.Join(os.Mkdir(dir, 0o700), makePipe(filepath.Join(dir, name))) },
	} {
		t.Run(what, func(t *testing.T) {
			if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "crmferry")
			if err := prepare(dir); err != nil {
				t.Skip(err)
			}
			l, err := lockAll(t, dir)
			if held := (*HeldError)(nil); err == nil || errors.As(err, &held) || l != nil {
				t.Errorf("the lock was taken: %v", err)
			}
			if !strings.Contains(err.Error(), dir) {
				t.Errorf("error %q does not name %q", err, dir)
			}
			if left, err := os.ReadFile(victim); err != nil || string(left) != "precious" {
				t.Errorf("the victim holds %q, %v", left, err)
			}
			if entries, err := os.ReadDir(elsewhere); err != nil || len(entries) > 0 {
				t.Errorf("made behind the link: %v, %v", entries, err)
			}
		})
	}
}

// TestMachineLockRemoved: a lock whose file was removed and made anew is not taken for the one of its name.
func TestMachineLockRemoved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "crmferry")
	if _, err := lockAll(t, dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, testAccount+".lock")
	time.AfterFunc(100*time.Millisecond, func() { _ = os.Remove(path) })
	second, err := LockMachine(t.Context(), []string{dir}, testAccount, LockOptions{Wait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Unlock()
	_, err = lockAll(t, dir)
	wantHeld(t, err)
}

func TestMachineAccount(t *testing.T) {
	id := MachineAccount("growcrm", "https://crm.example.com", "", "a-secret-key")
	if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(id) || id != MachineAccount("growcrm", "https://crm.example.com", "", "a-secret-key") {
		t.Errorf("MachineAccount = %q", id)
	}
	if id == MachineAccount("growcrm", "https://crm.example.com", "", "another-key") {
		t.Error("another key has the same lock")
	}
	for _, dir := range MachineFolders() {
		if !filepath.IsAbs(dir) || !strings.Contains(filepath.Base(dir), "crmferry") {
			t.Errorf("folder %q", dir)
		}
	}
}
