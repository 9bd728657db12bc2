package peers

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// lockVariable makes this test binary a process that locks an account below the root that it names and says so.
const lockVariable = "CRMFERRY_TEST_LOCK_ROOT"

func TestMain(m *testing.M) {
	if root := os.Getenv(lockVariable); root != "" {
		if _, err := LockAccount(context.Background(), root, "account", LockOptions{Holder: Holder{Command: "crmferry export"}}); err != nil {
			println(err.Error())
			os.Exit(1)
		}
		println("locked")
		_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
	}
	os.Exit(m.Run())
}

// lockElsewhere starts a process that holds the lock.
func lockElsewhere(t *testing.T, root string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=none")
	cmd.Env = append(os.Environ(), lockVariable+"="+root)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StderrPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "locked\n" {
		t.Fatalf("the other process says %q", line)
	}
	return cmd
}

func TestLockNamesItsHolder(t *testing.T) {
	root := t.TempDir()
	other := lockElsewhere(t, root)
	_, err := LockAccount(t.Context(), root, "account", LockOptions{})
	var held *HeldError
	if !errors.As(err, &held) {
		t.Fatalf("error %v, want a HeldError", err)
	}
	if h := held.Holder; h.PID != other.Process.Pid || h.Command != "crmferry export" || h.Since.IsZero() {
		t.Errorf("holder %+v, want process %d", h, other.Process.Pid)
	}
	if !strings.Contains(err.Error(), `held by "crmferry export", process `) {
		t.Errorf("error %q", err)
	}
	l, err := LockAccount(t.Context(), root, "other", LockOptions{})
	if err != nil {
		t.Errorf("another account is locked, too: %v", err)
	}
	l.Unlock()
}

// TestLockEndsWithTheProcess: nothing has to be cleaned up after a kill -9.
func TestLockEndsWithTheProcess(t *testing.T) {
	root := t.TempDir()
	other := lockElsewhere(t, root)
	waiting := make(chan Holder, 1)
	go func() {
		if h := <-waiting; h.PID != other.Process.Pid {
			t.Errorf("waits for %v, want process %d", h, other.Process.Pid)
		}
		_ = other.Process.Kill()
	}()
	l, err := LockAccount(t.Context(), root, "account", LockOptions{Wait: 20 * time.Second, OnWait: func(h Holder) { waiting <- h }})
	if err != nil {
		t.Fatal(err)
	}
	l.Unlock()
	l.Unlock()
	if entries, _ := filepath.Glob(filepath.Join(root, lockFolder, "*")); len(entries) != 1 {
		t.Errorf("files left: %q, want the lock's own", entries)
	}
}

func TestLockWaits(t *testing.T) {
	root := t.TempDir()
	first, err := LockAccount(t.Context(), root, "account", LockOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Unlock()
	t.Run("in vain", func(t *testing.T) {
		start := time.Now()
		_, err := LockAccount(t.Context(), root, "account", LockOptions{Wait: 30 * time.Millisecond})
		var held *HeldError
		if !errors.As(err, &held) || time.Since(start) < 30*time.Millisecond || held.Holder.PID != os.Getpid() {
			t.Errorf("error %v (%+v)", err, held)
		}
	})
	t.Run("until the context ends", func(t *testing.T) {
		cause := errors.New("interrupted")
		ctx, cancel := context.WithCancelCause(t.Context())
		_, err := LockAccount(ctx, root, "account", LockOptions{Wait: time.Hour, OnWait: func(Holder) { cancel(cause) }})
		if !errors.Is(err, cause) {
			t.Errorf("error %v, want %v", err, cause)
		}
	})
}

func TestHolderOf(t *testing.T) {
	root := t.TempDir()
	if h, held := HolderOf(root, "account"); held {
		t.Errorf("held by %v before anybody took it", h)
	}
	l, err := LockAccount(t.Context(), root, "account", LockOptions{Holder: Holder{Run: "a run"}})
	if err != nil {
		t.Fatal(err)
	}
	if h, held := HolderOf(root, "account"); !held || h.Run != "a run" || h.PID != os.Getpid() {
		t.Errorf("HolderOf = %+v, %v", h, held)
	}
	left, err := os.ReadFile(l.holder)
	if err != nil {
		t.Fatal(err)
	}
	l.Unlock()
	// What a killed process leaves behind says nothing, and looking at it is in nobody's way.
	if err := os.WriteFile(l.holder, left, 0o600); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var looking sync.WaitGroup
	looking.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				HolderOf(root, "account")
			}
		}
	})
	if h, held := HolderOf(root, "other"); held {
		t.Errorf("another account is held by %v", h)
	}
	for range 50 {
		l, err := LockAccount(t.Context(), root, "account", LockOptions{Holder: Holder{Run: "another"}})
		if err != nil {
			t.Error(err)
			break
		}
		l.Unlock()
	}
	close(stop)
	looking.Wait()
}

func TestLockFailsWhereNothingCanBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LockAccount(t.Context(), file, "account", LockOptions{}); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("error %v, want one that names %s", err, file)
	}
}
