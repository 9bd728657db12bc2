package state

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// visited collects what a journal holds.
type visited struct {
	at      []int64
	records []string
}

func (v *visited) visit(at int64, record []byte) error {
	v.at, v.records = append(v.at, at), append(v.records, string(record))
	return nil
}

// testRecord is the n-th record of tests; their lengths differ.
func testRecord(n int) string {
	return fmt.Sprintf(`{"row":%d,"text":"%s"}`, n, strings.Repeat("x\\n", n%7))
}

// writeJournal makes a journal of n records and returns its path and the records.
func writeJournal(t testing.TB, n int) (path string, want visited) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "journal.jsonl")
	j, err := CreateJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	appendRecords(t, j, &want, n)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path, want
}

func appendRecords(t testing.TB, j *Journal, want *visited, n int) {
	t.Helper()
	for range n {
		record := testRecord(len(want.records))
		at, err := j.Append([]byte(record))
		if err != nil {
			t.Fatal(err)
		}
		_ = want.visit(at, []byte(record))
	}
}

func wantJournal(t testing.TB, path string, want visited, wantDamage Damage) {
	t.Helper()
	var got visited
	damage, err := ReadJournal(path, got.visit)
	if err != nil || damage != wantDamage {
		t.Errorf("ReadJournal = %+v, %v, want %+v", damage, err, wantDamage)
	}
	if !slices.Equal(got.records, want.records) || !slices.Equal(got.at, want.at) {
		t.Errorf("read %d records at %v, want %d at %v", len(got.records), got.at, len(want.records), want.at)
	}
}

func TestJournalKeepsRecords(t *testing.T) {
	path, want := writeJournal(t, 20)
	wantJournal(t, path, want, Damage{})
	var got visited
	j, damage, err := ResumeJournal(path, got.visit)
	if err != nil || damage.String() != "" || !slices.Equal(got.records, want.records) {
		t.Fatalf("ResumeJournal = %v, %v, %d records", damage, err, len(got.records))
	}
	appendRecords(t, j, &want, 20)
	if err := j.Commit(context.Background(), want.at[39]); err != nil {
		t.Fatal(err)
	}
	for i, at := range want.at {
		if got, err := j.Read(at); err != nil || string(got) != want.records[i] {
			t.Errorf("Read(%d) = %s, %v, want %s", at, got, err, want.records[i])
		}
	}
	for _, at := range []int64{-1, 0, 5, want.at[3] - 1, want.at[39] + 1} {
		if got, err := j.Read(at); err == nil {
			t.Errorf("Read(%d) = %s, where no record ends", at, got)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	wantJournal(t, path, want, Damage{})
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestJournalView(t *testing.T) {
	path, want := writeJournal(t, 10)
	j, _, err := ResumeJournal(path, new(visited).visit)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	var got visited
	view, damage, err := ViewJournal(path, got.visit)
	if err != nil || damage != (Damage{}) || !slices.Equal(got.records, want.records) {
		t.Fatalf("ViewJournal = %v, %v, %d records", damage, err, len(got.records))
	}
	defer view.Close()
	later := want
	appendRecords(t, j, &later, 1) // the run goes on
	if err := j.Commit(t.Context(), later.at[10]); err != nil {
		t.Fatal(err)
	}
	for i, at := range want.at {
		if got, err := view.Read(at); err != nil || string(got) != want.records[i] {
			t.Errorf("Read(%d) = %s, %v, want %s", at, got, err, want.records[i])
		}
	}
	if got, err := view.Read(later.at[10]); err == nil {
		t.Errorf("Read of a record that was not visited = %s", got)
	}
}

func TestJournalLongRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j, err := CreateJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	var want visited
	for _, n := range []int{1, 1 << 10, 1 << 18, 3, 1<<18 + 1, maxRecord - 2, 5} {
		record := `"` + strings.Repeat("a", n) + `"`
		at, err := j.Append([]byte(record))
		if err != nil {
			t.Fatal(err)
		}
		_ = want.visit(at, []byte(record))
	}
	if _, err := j.Append([]byte(`"` + strings.Repeat("a", maxRecord) + `"`)); err == nil {
		t.Error("a record too long to be read again was appended")
	}
	if err := j.Commit(context.Background(), want.at[len(want.at)-1]); err != nil {
		t.Fatal(err)
	}
	for i, at := range want.at {
		if got, err := j.Read(at); err != nil || string(got) != want.records[i] {
			t.Errorf("record %d: %d bytes, %v", i, len(got), err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	wantJournal(t, path, want, Damage{})
}

func TestJournalRefuses(t *testing.T) {
	path, want := writeJournal(t, 1)
	if _, err := CreateJournal(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("CreateJournal over another = %v", err)
	}
	missing := filepath.Join(t.TempDir(), "missing", "journal.jsonl")
	if _, err := CreateJournal(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("CreateJournal in a missing folder = %v", err)
	}
	if _, err := ReadJournal(missing, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ReadJournal of a missing file = %v", err)
	}
	if _, _, err := ResumeJournal(missing, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ResumeJournal of a missing file = %v", err)
	}
	stop := errors.New("stop")
	if _, _, err := ResumeJournal(path, func(int64, []byte) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("ResumeJournal with a failing visit = %v", err)
	}
	j, _, err := ResumeJournal(path, new(visited).visit)
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range []string{"", "1\n2", "\n"} {
		if _, err := j.Append([]byte(record)); err == nil {
			t.Errorf("Append(%q) was taken", record)
		}
	}
	if err := j.Commit(context.Background(), want.at[0]+1); err == nil {
		t.Error("Commit of what was never appended was answered")
	}
	if err := errors.Join(j.Close(), j.Close()); err != nil {
		t.Errorf("Close, twice = %v", err)
	}
	if _, err := j.Append([]byte("1")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Append after Close = %v", err)
	}
	if err := j.Err(); err != nil {
		t.Errorf("Err after Close = %v", err)
	}
	wantJournal(t, path, want, Damage{})
}

// TestJournalCutAnywhere is the promise of the journal after a crash: whatever part of the file has reached the disk,
// its whole records are read, and it goes on behind them.
func TestJournalCutAnywhere(t *testing.T) {
	path, want := writeJournal(t, 5)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(whole) + 1 {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		for n < len(want.at) && want.at[n] <= int64(cut) {
			n++
		}
		left := visited{at: slices.Clone(want.at[:n]), records: slices.Clone(want.records[:n])}
		wantJournal(t, path, left, Damage{})
		var got visited
		j, damage, err := ResumeJournal(path, got.visit)
		if err != nil || damage != (Damage{}) || !slices.Equal(got.records, left.records) {
			t.Fatalf("cut at %d: ResumeJournal = %v, %v, %d records, want %d", cut, damage, err, len(got.records), n)
		}
		appendRecords(t, j, &left, 2)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		wantJournal(t, path, left, Damage{})
	}
	if names, err := filepath.Glob(path + ".*"); err != nil || len(names) != 0 {
		t.Errorf("a cut was taken for damage: %v, %v", names, err)
	}
}

func TestJournalDamage(t *testing.T) {
	lines := func(b []byte) [][]byte { return bytes.SplitAfter(bytes.TrimSuffix(b, []byte("\n")), []byte("\n")) }
	join := func(l ...[]byte) []byte { return bytes.TrimSuffix(bytes.Join(l, nil), []byte("\n")) }
	tests := []struct {
		name   string
		change func(b []byte) []byte
		good   int // records that count
		reason string
	}{
		{"a letter of a record", func(b []byte) []byte { return bytes.Replace(b, []byte(`"row":3`), []byte(`"row":8`), 1) }, 3, "checksum"},
		{"a letter of a checksum", func(b []byte) []byte { b[len(lineHead)] = 'x'; return b }, 0, `its checksum is "x`},
		{"a line is missing", func(b []byte) []byte { l := lines(b); return join(slices.Delete(l, 4, 5)...) }, 4, "checksum"},
		{"the first line is missing", func(b []byte) []byte { return join(lines(b)[1:]...) }, 0, "checksum"},
		{"a line stands twice", func(b []byte) []byte { l := lines(b); return join(slices.Insert(l, 4, l[3])...) }, 4, "checksum"},
		{"lines are exchanged", func(b []byte) []byte { l := lines(b); l[2], l[3] = l[3], l[2]; return join(l...) }, 2, "checksum"},
		{"a line of another journal", func(b []byte) []byte { return append(b, lines(b)[0]...) }, 10, "checksum"},
		{"an empty line", func(b []byte) []byte { return append(b, '\n') }, 10, "not a record"},
		{"line ends of Windows", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }, 0, "not a record"},
		{"no line ends", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte(" ")) }, 0, "not a record"},
		{"zeros where a page was lost", func(b []byte) []byte { clear(b[100:200]); return b }, 2, "not a record"},
		{"a file of something else", func([]byte) []byte { return []byte("email\nann@example.com\n") }, 0, "not a record"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path, want := writeJournal(t, 10)
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			damaged := tt.change(whole)
			if !bytes.HasSuffix(damaged, []byte("\n")) && !strings.Contains(tt.name, "no line ends") {
				damaged = append(damaged, '\n')
			}
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			want = visited{at: want.at[:tt.good], records: want.records[:tt.good]}
			var got visited
			j, damage, err := ResumeJournal(path, got.visit)
			if err != nil {
				t.Fatal(err)
			}
			if damage.Line != tt.good+1 || !strings.Contains(damage.String(), tt.reason) || !slices.Equal(got.records, want.records) {
				t.Errorf("damage %q after %d records, want %q after %d", damage, len(got.records), tt.reason, tt.good)
			}
			appendRecords(t, j, &want, 1)
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			wantJournal(t, path, want, Damage{})
			if kept, err := os.ReadFile(path + ".damaged"); err != nil || !bytes.Equal(kept, damaged) {
				t.Errorf("kept aside: %q, %v", kept, err)
			}
		})
	}
}

// TestJournalDamagedTwice: what was kept aside is never overwritten.
func TestJournalDamagedTwice(t *testing.T) {
	path, _ := writeJournal(t, 1)
	for _, text := range []string{"one\n", "two\n", "three\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		j, _, err := ResumeJournal(path, new(visited).visit)
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for ending, want := range map[string]string{".damaged": "one\n", ".damaged.2": "two\n", ".damaged.3": "three\n", "": ""} {
		if got, err := os.ReadFile(path + ending); err != nil || string(got) != want {
			t.Errorf("%s = %q, %v, want %q", ending, got, err, want)
		}
	}
}

func TestJournalLeftBehindByZeros(t *testing.T) {
	path, want := writeJournal(t, 3)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	// A file system may have made the file longer before it wrote what belongs there.
	if err := errors.Join(f.Truncate(want.at[2]+4096), f.Close()); err != nil {
		t.Fatal(err)
	}
	wantJournal(t, path, want, Damage{})
}

func TestJournalWritesByItself(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	file := newFakeFile()
	j := startJournal(path, file, 0, 0)
	defer j.Close()
	if _, err := j.Append([]byte("1")); err != nil {
		t.Fatal(err)
	}
	<-file.wrote
	<-file.synced // without anybody asking for it
}

func TestJournalOneSyncServesAll(t *testing.T) {
	file := newFakeFile()
	file.hold = make(chan struct{})
	j := startJournal("journal.jsonl", file, 0, 0)
	const workers = 64
	var done sync.WaitGroup
	for range workers {
		done.Go(func() {
			at, err := j.Append([]byte(`{"row":1}`))
			if err == nil {
				err = j.Commit(context.Background(), at)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	file.hold <- struct{}{} // the first sync, of whoever came first
	for waits := int64(0); waits < workers*lineLen([]byte(`{"row":1}`)); {
		j.mu.Lock()
		waits = j.end
		j.mu.Unlock()
	}
	close(file.hold)
	done.Wait()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(file.synced); n > workers/2 {
		t.Errorf("%d syncs for %d commits", n, workers)
	}
}

func TestJournalCommitEndsWithContext(t *testing.T) {
	file := newFakeFile()
	file.hold = make(chan struct{})
	j := startJournal("journal.jsonl", file, 0, 0)
	at, err := j.Append([]byte("1"))
	if err != nil {
		t.Fatal(err)
	}
	why := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(why)
	if err := j.Commit(ctx, at); !errors.Is(err, why) {
		t.Errorf("Commit = %v, want the context's cause", err)
	}
	close(file.hold)
	if err := j.Commit(context.Background(), at); err != nil {
		t.Error(err)
	}
	if err := j.Commit(ctx, at); err != nil {
		t.Errorf("Commit of what is durable = %v", err)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}

// TestJournalFailureStays: after the first failed write or sync nothing succeeds any more, and nobody waits for ever.
func TestJournalFailureStays(t *testing.T) {
	for _, what := range []string{"write", "sync"} {
		t.Run(what, func(t *testing.T) {
			file := newFakeFile()
			j := startJournal("journal.jsonl", file, 0, 0)
			at, err := j.Append([]byte("1"))
			if err != nil {
				t.Fatal(err)
			}
			if err := j.Commit(context.Background(), at); err != nil {
				t.Fatal(err)
			}
			file.fail(what, &fs.PathError{Op: what, Path: "journal.jsonl", Err: syscall.ENOSPC})
			var workers sync.WaitGroup
			for range 8 {
				workers.Go(func() {
					for { // until it fails, with Commit or without
						at, err := j.Append([]byte("2"))
						if err == nil {
							err = j.Commit(context.Background(), at)
						}
						if err != nil {
							if !errors.Is(err, syscall.ENOSPC) {
								t.Error(err)
							}
							return
						}
					}
				})
			}
			workers.Wait()
			<-j.Failed()
			file.fail("", nil) // the disk has room again, and it is too late
			if _, err := j.Append([]byte("3")); !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("Append = %v", err)
			}
			if err := j.Commit(context.Background(), at); err != nil {
				t.Errorf("Commit of what was durable before = %v", err)
			}
			if got, err := j.Read(at); err != nil || string(got) != "1" {
				t.Errorf("Read of what was durable before = %s, %v", got, err)
			}
			if err := j.Err(); err == nil || err.Error() != `write journal "journal.jsonl": no space left on device` {
				t.Errorf("Err = %v", err)
			}
			if err := j.Close(); !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("Close = %v", err)
			}
		})
	}
}

// TestJournalAppendWaitsForRoom: what the disk does not take is not gathered in memory without a bound, and a disk that
// fails then ends the wait.
func TestJournalAppendWaitsForRoom(t *testing.T) {
	record := []byte(`"` + strings.Repeat("x", 1000) + `"`)
	file := newFakeFile()
	j := startJournal("journal.jsonl", file, 0, 0)
	var want int64
	for range 5 * maxPending / len(record) {
		at, err := j.Append(record)
		if err != nil {
			t.Fatal(err)
		}
		j.mu.Lock()
		if len(j.pending) > maxPending+2*len(record) {
			t.Errorf("%d bytes are pending", len(j.pending))
		}
		j.mu.Unlock()
		want = at
	}
	if err := j.Commit(context.Background(), want); err != nil {
		t.Fatal(err)
	}
	if got, err := j.Read(want); err != nil || !bytes.Equal(got, record) {
		t.Errorf("Read = %d bytes, %v", len(got), err)
	}
	file.fail("write", syscall.EIO)
	for {
		if _, err := j.Append(record); err != nil {
			break
		}
	}
	if err := j.Close(); !errors.Is(err, syscall.EIO) {
		t.Errorf("Close = %v", err)
	}
}

func TestJournalOnFullDevice(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	j := startJournal("/dev/full", placedFile{f, "/dev/full"}, 0, 0)
	at, err := j.Append([]byte("1"))
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Commit(context.Background(), at); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Commit = %v", err)
	}
	if err := j.Close(); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Close = %v", err)
	}
}

func TestJournalNoticesThatItIsGone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("open files cannot be removed")
	}
	replace := func(path string) error {
		return errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600))
	}
	folder := func(path string) error { return os.RemoveAll(filepath.Dir(path)) }
	for name, remove := range map[string]func(path string) error{"file": os.Remove, "folder": folder, "replaced": replace} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "run", "journal.jsonl")
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			j, err := CreateJournal(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := remove(path); err != nil {
				t.Fatal(err)
			}
			at, err := j.Append([]byte("1"))
			if err != nil {
				t.Fatal(err)
			}
			if err := j.Commit(context.Background(), at); err == nil {
				t.Error("a record was called durable that nobody will ever read")
			}
			<-j.Failed()
			if err := j.Close(); err == nil {
				t.Error("Close says nothing of it")
			}
		})
	}
}

func TestJournalAppendAllocatesNothing(t *testing.T) {
	j, err := CreateJournal(filepath.Join(t.TempDir(), "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	record := []byte(testRecord(5))
	// The buffers grow once, and the goroutine that writes makes a timer for a few hundred records.
	if n := testing.AllocsPerRun(50_000, func() { _, err = j.Append(record) }); n != 0 || err != nil {
		t.Errorf("%v allocations for a record, %v", n, err)
	}
}

// fakeFile is a file in memory that fails on demand.
type fakeFile struct {
	mu     sync.Mutex
	data   []byte
	broken map[string]error
	hold   chan struct{} // if not nil, each sync waits for it
	wrote  chan struct{}
	synced chan struct{}
}

func newFakeFile() *fakeFile {
	return &fakeFile{broken: map[string]error{}, wrote: make(chan struct{}, 1<<16), synced: make(chan struct{}, 1<<16)}
}

func (f *fakeFile) fail(what string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.broken)
	f.broken[what] = err
}

func (f *fakeFile) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.broken["write"]; err != nil {
		n := len(b) / 2 // as a full disk does
		f.data = append(f.data, b[:n]...)
		return n, err
	}
	f.data = append(f.data, b...)
	f.wrote <- struct{}{}
	return len(b), nil
}

func (f *fakeFile) Sync() error {
	if f.hold != nil {
		<-f.hold
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.broken["sync"]; err != nil {
		return err
	}
	f.synced <- struct{}{}
	return nil
}

func (f *fakeFile) ReadAt(b []byte, at int64) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return bytes.NewReader(f.data).ReadAt(b, at)
}

func (f *fakeFile) Close() error { return nil }

// BenchmarkJournalCommit is what an import of 64 workers does: an intent, durable before its request.
func BenchmarkJournalCommit(b *testing.B) {
	j := benchJournal(b)
	record := []byte(strings.Repeat(testRecord(6), 4))
	work := make(chan struct{})
	var done sync.WaitGroup
	for range 64 {
		done.Go(func() {
			for range work {
				at, err := j.Append(record)
				if err == nil {
					err = j.Commit(context.Background(), at)
				}
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	for b.Loop() {
		work <- struct{}{}
	}
	close(work)
	done.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
	reportSync(b)
}

// BenchmarkJournalAppend is what whoever appends waits for a record, on a disk that is fast enough, and on this one.
func BenchmarkJournalAppend(b *testing.B) {
	record := []byte(strings.Repeat(testRecord(6), 4))
	run := func(b *testing.B, j *Journal) {
		b.ReportAllocs()
		b.SetBytes(lineLen(record))
		for b.Loop() {
			if _, err := j.Append(record); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("fast", func(b *testing.B) {
		j := startJournal("journal.jsonl", discard{}, 0, 0)
		defer j.Close()
		run(b, j)
	})
	b.Run("disk", func(b *testing.B) {
		run(b, benchJournal(b))
		reportSync(b)
	})
}

// discard is a file that is never read.
type discard struct{ io.ReaderAt }

func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) Sync() error                 { return nil }
func (discard) Close() error                { return nil }

func BenchmarkJournalRead(b *testing.B) {
	path, _ := writeJournal(b, 100_000)
	n := 0
	for b.Loop() {
		if _, err := ReadJournal(path, func(int64, []byte) error { n++; return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkJournalReadAt(b *testing.B) {
	path, want := writeJournal(b, 100_000)
	j, _, err := ResumeJournal(path, func(int64, []byte) error { return nil })
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := j.Read(want.at[i*7919%len(want.at)]); err != nil {
			b.Fatal(err)
		}
	}
}

func benchJournal(b *testing.B) *Journal {
	b.Helper()
	j, err := CreateJournal(filepath.Join(b.TempDir(), "journal.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := j.Close(); err != nil {
			b.Error(err)
		}
	})
	return j
}

// reportSync says what a sync alone costs on this disk.
func reportSync(b *testing.B) {
	f, err := os.CreateTemp(b.TempDir(), "")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	const n = 20
	start := time.Now()
	for range n {
		if _, err := f.WriteString("x"); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(time.Since(start).Microseconds())/n, "µs/fsync")
}
