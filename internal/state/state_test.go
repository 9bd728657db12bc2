package state_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"crmferry/internal/state"
)

var noon = time.Date(2026, 7, 2, 12, 0, 0, 0, time.UTC)

func TestRoot(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	tests := []struct {
		name, stateDir, xdg, want string
	}{
		{"own variable wins", "/srv/ferry", "/xdg", "/srv/ferry"},
		{"XDG", "", "/xdg", "/xdg/crmferry"},
		{"a relative XDG path is ignored", "", "xdg", filepath.Join(home, ".local/state/crmferry")},
		{"home", "", "", filepath.Join(home, ".local/state/crmferry")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if runtime.GOOS != "linux" {
				t.Skip("paths of Linux")
			}
			t.Setenv(state.RootVariable, tt.stateDir)
			t.Setenv("XDG_STATE_HOME", tt.xdg)
			got, err := state.Root()
			if err != nil || got != tt.want {
				t.Errorf("Root() = %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestRunKeepsCopyOfInput(t *testing.T) {
	root := filepath.Join(t.TempDir(), "state", "crmferry")
	run, err := state.NewRun(root, "import", "growcrm", noon)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(run.ID, "20260702T120000Z-import-growcrm-") {
		t.Errorf("ID = %q", run.ID)
	}
	if !run.Started().Equal(noon) {
		t.Errorf("Started() = %v, want %v", run.Started(), noon)
	}
	input := writeFile(t, filepath.Join(t.TempDir(), "Leads.CSV"), "email\nann@example.com\n")
	copied, size, sum, err := run.CopyInput(t.Context(), input)
	if err != nil {
		t.Fatal(err)
	}
	want := sha256.Sum256([]byte("email\nann@example.com\n"))
	if size != 22 || sum != hex.EncodeToString(want[:]) || filepath.Ext(copied) != ".csv" {
		t.Errorf("CopyInput = %q, %d, %s", copied, size, sum)
	}
	writeFile(t, input, "something else")
	if got := readFile(t, copied); got != "email\nann@example.com\n" {
		t.Errorf("copy changed with its original: %q", got)
	}
	wantMode(t, root, 0o700)
	wantMode(t, run.Dir, 0o700)
	wantMode(t, copied, 0o600)
}

func TestCopyInputErrors(t *testing.T) {
	run, err := state.NewRun(t.TempDir(), "import", "growcrm", noon)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, _, _, err := run.CopyInput(t.Context(), folder); !errors.Is(err, state.ErrIsFolder) {
		t.Errorf("folder: %v", err)
	}
	missing := filepath.Join(folder, "missing.csv")
	_, _, _, err = run.CopyInput(t.Context(), missing)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "missing.csv") {
		t.Errorf("missing file: %v", err)
	}
	if names := list(t, run.Dir); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

func TestRecord(t *testing.T) {
	type record struct{ Vendor string }
	run, err := state.NewRun(t.TempDir(), "import", "growcrm", noon)
	if err != nil {
		t.Fatal(err)
	}
	var got record
	if err := state.ReadRecord(run.Dir, &got); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ReadRecord before any = %v", err)
	}
	for _, want := range []record{{"growcrm"}, {"rogerroger"}} {
		if err := run.WriteRecord(want); err != nil {
			t.Fatal(err)
		}
		if err := state.ReadRecord(run.Dir, &got); err != nil || got != want {
			t.Errorf("ReadRecord = %v, %v, want %v", got, err, want)
		}
	}
	if names := list(t, run.Dir); !slices.Equal(names, []string{"run.json"}) {
		t.Errorf("files = %v", names)
	}
	wantMode(t, filepath.Join(run.Dir, "run.json"), 0o600)
	whole, err := os.ReadFile(filepath.Join(run.Dir, "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []string{`{"Vendor":`, strings.Replace(string(whole), "rogerroger", "rogerrogerr", 1), strings.Replace(string(whole), "rogerroger", "Rogerroger", 1)} {
		writeFile(t, filepath.Join(run.Dir, "run.json"), damaged)
		if err := state.ReadRecord(run.Dir, &got); err == nil {
			t.Errorf("%q was read without an error", damaged)
		}
	}
	writeFile(t, filepath.Join(run.Dir, "run.json"), "{\n  \"Vendor\": \"growcrm\"\n}\n") // as older versions wrote it
	if err := state.ReadRecord(run.Dir, &got); err != nil || got.Vendor != "growcrm" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestRunsNewestFirst(t *testing.T) {
	root := filepath.Join(t.TempDir(), "runs")
	if runs, err := state.Runs(root); err != nil || len(runs) != 0 {
		t.Fatalf("Runs without a root = %v, %v", runs, err)
	}
	var want []string
	for i := range 3 {
		run, err := state.NewRun(root, "import", "growcrm", noon.Add(time.Duration(i)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		want = append([]string{run.ID}, want...)
	}
	if err := os.Mkdir(filepath.Join(root, "locks"), 0o700); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "20260702T120000Z-a-file"), "")
	runs, err := state.Runs(root)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range runs {
		got = append(got, r.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("Runs = %v, want %v", got, want)
	}
}

func TestRemoveRun(t *testing.T) {
	root := t.TempDir()
	run, err := state.NewRun(root, "import", "growcrm", noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.WriteRecord(map[string]int{"rows": 3}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(run.Dir, "input.csv"), strings.Repeat("x", 1000))
	if size, err := run.Size(); err != nil || size < 1000 || size > 1100 {
		t.Errorf("Size = %d, %v", size, err)
	}
	if err := run.Remove(); err != nil {
		t.Fatal(err)
	}
	if names := list(t, root); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
	if err := run.Remove(); err != nil {
		t.Errorf("Remove of what is gone = %v", err)
	}
}

// TestRemoveRunEndsWithItsRecord: what is left of a run whose removal broke off has its record and no journal.
func TestRemoveRunEndsWithItsRecord(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("nothing keeps the administrator from removing a file")
	}
	run, err := state.NewRun(t.TempDir(), "import", "growcrm", noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.WriteRecord(map[string]int{"rows": 3}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(run.Dir, "journal.jsonl"), "")
	stubborn := filepath.Join(run.Dir, "zzz")
	if err := os.Mkdir(stubborn, 0o700); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(stubborn, "file"), "")
	if err := os.Chmod(stubborn, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(stubborn, 0o700) })
	if err := run.Remove(); err == nil {
		t.Error("no error")
	}
	if left := list(t, run.Dir); !slices.Equal(left, []string{"run.json", "zzz"}) {
		t.Errorf("left behind: %v", left)
	}
}

func TestCheckInput(t *testing.T) {
	run, err := state.NewRun(t.TempDir(), "import", "growcrm", noon)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "leads.CSV")
	writeFile(t, file, "Email\nann@example.com\n")
	copied, size, sum, err := run.CopyInput(t.Context(), file)
	if err != nil || copied != run.Input(file) {
		t.Fatal(copied, err)
	}
	if err := state.CheckInput(copied, size, sum); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]string{
		"Email\n":                  "it has 6 bytes, and had 22",
		"Email\nbob@example.com\n": "its SHA-256 is ",
		"":                         "it has 0 bytes, and had 22",
	} {
		writeFile(t, copied, text)
		if err := state.CheckInput(copied, size, sum); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), copied) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if err := state.CheckInput(copied+".gone", size, sum); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a copy that is gone: %v", err)
	}
}

func TestFileAppearsWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "leads.report.csv")
	writeFile(t, path, "old")
	f, err := state.CreateFile(path, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := readFile(t, path); got != "old" {
		t.Errorf("before Commit: %q", got)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Abort() // as a deferred Abort does
	if got := readFile(t, path); got != "new" {
		t.Errorf("after Commit: %q", got)
	}
	if err := f.Commit(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("second Commit = %v", err)
	}
	if names := list(t, filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

// TestRemoveLeftovers: what a killed process left is removed, by whoever writes the same file next; what is being
// written stays.
func TestRemoveLeftovers(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "leads.report.csv")
	others := []string{".leads.report.csv.tmp", ".leads.report.csv.mine.tmp", ".other.csv.0123456789ab.tmp", "leads.report.csv.0123456789ab.tmp"}
	for _, name := range others {
		writeFile(t, filepath.Join(dir, name), "")
	}
	writing := createFile(t, path)
	for _, next := range []func(){
		func() { createFile(t, path).Abort() },
		func() { state.RemoveLeftovers(path) },
	} {
		writeFile(t, filepath.Join(dir, ".leads.report.csv.0123456789ab.tmp"), "left")
		next()
		want := append(slices.Clone(others), filepath.Base(writing.Name()))
		slices.Sort(want)
		if got := list(t, dir); !slices.Equal(got, want) {
			t.Errorf("files %q, want %q", got, want)
		}
	}
	if err := writing.Commit(); err != nil {
		t.Error(err)
	}
	state.RemoveLeftovers(filepath.Join(dir, "missing", "a.csv"))
}

// TestWrittenByManyAtOnce: no process takes what another has just begun for a leftover.
func TestWrittenByManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contacts.csv")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 40 {
				f, err := state.CreateFile(path, 0o600)
				if err == nil {
					err = f.Commit()
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got := list(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("files %q", got)
	}
}

func createFile(t *testing.T, path string) *state.File {
	t.Helper()
	f, err := state.CreateFile(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAbortLeavesOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "leads.csv")
	writeFile(t, path, "old")
	f, err := state.CreateFile(path, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString("new")
	f.Abort()
	f.Abort()
	if got := readFile(t, path); got != "old" {
		t.Errorf("after Abort: %q", got)
	}
	if names := list(t, filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

func TestCreateFileModes(t *testing.T) {
	dir := t.TempDir()
	old := writeFile(t, filepath.Join(dir, "old"), "")
	if err := os.Chmod(old, 0o640); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{old: 0o640, filepath.Join(dir, "new"): 0o600} {
		f, err := state.CreateFile(path, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Commit(); err != nil {
			t.Fatal(err)
		}
		wantMode(t, path, want)
	}
}

func TestCreateFileFollowsLink(t *testing.T) {
	dir := t.TempDir()
	target := writeFile(t, filepath.Join(t.TempDir(), "target.csv"), "old")
	link := filepath.Join(dir, "link.csv")
	if err := os.Symlink(target, link); err != nil {
		t.Skip(err)
	}
	wantWrittenThrough(t, link, target)
}

// wantWrittenThrough writes a file by a link, which stays, and expects it at its target.
func wantWrittenThrough(t *testing.T, link, target string) {
	t.Helper()
	f, err := state.CreateFile(link, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString("new")
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := readFile(t, target); got != "new" {
		t.Errorf("target = %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
}

// TestCreateFileFollowsLinkToNothing: a link to a file that is not there yet stays, and leads to the new one.
func TestCreateFileFollowsLinkToNothing(t *testing.T) {
	target := filepath.Join(t.TempDir(), "target.csv")
	dir := t.TempDir()
	link := filepath.Join(dir, "link.csv")
	rel, err := filepath.Rel(dir, target)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(rel, filepath.Join(dir, "first.csv")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("first.csv", link); err != nil {
		t.Fatal(err)
	}
	wantWrittenThrough(t, link, target)
}

func TestCreateFileRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := state.CreateFile(dir, 0o644); !errors.Is(err, state.ErrIsFolder) {
		t.Errorf("folder: %v", err)
	}
	_, err := state.CreateFile(filepath.Join(dir, "missing", "a.csv"), 0o644)
	if !errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("missing folder: %v", err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	readOnly := writeFile(t, filepath.Join(dir, "readonly.csv"), "old")
	if err := os.Chmod(readOnly, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := state.CreateFile(readOnly, 0o644); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("read-only file: %v", err)
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	if _, err := state.CreateFile(filepath.Join(dir, "b.csv"), 0o644); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("read-only folder: %v", err)
	}
}

func writeFile(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("mode of %s = %o, want %o", filepath.Base(path), got, want)
	}
}

func TestCanWriteInto(t *testing.T) {
	dir := t.TempDir()
	if !state.CanWriteInto(dir) {
		t.Errorf("nothing can be written into %q", dir)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	if !state.CanWriteInto(filepath.Join(dir, "nofolder")) {
		t.Error("a folder that is not there is called closed")
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 && runtime.GOOS != "windows" && state.CanWriteInto(dir) { // no folder is closed to root
		t.Errorf("%q is called open", dir)
	}
}
