package state

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// journalGather is how long records wait for others before they are written, if nobody waits for them.
	journalGather = 5 * time.Millisecond
	// journalSyncEvery bounds how long a record that was written stays without a sync.
	journalSyncEvery = 200 * time.Millisecond
	// maxPending is how many bytes wait for the disk before Append waits too.
	maxPending = 1 << 20
)

// Journal is an append-only file of records: a line for each, with a checksum that takes in all records before it, so
// that a changed, missing or exchanged line shows. A record's position is where its line ends: what Append returned,
// and what visit was given. A Journal is safe for concurrent use.
//
// The first write or sync that fails ends it: what the disk holds is not known after that, so that no later one may
// succeed.
type Journal struct {
	path string
	file journalFile

	wake  chan struct{} // there is something to write
	hurry chan struct{} // somebody waits for it
	ended chan struct{} // closed when the goroutine that writes has ended

	mu       sync.Mutex
	room     sync.Cond // on mu: pending was taken
	pending  []byte    // appended, not yet written
	spare    []byte    // what becomes pending next
	sum      uint32    // checksum of the last record appended
	end      int64     // where the last record appended ends
	syncing  int64     // what the sync that runs will make durable
	durable  int64
	waiting  bool          // somebody waits for the next sync
	running  chan struct{} // closed when the sync that runs is over
	next     chan struct{} // closed when the one after it is over
	closed   bool
	err      error // of the first write or sync that failed
	failed   chan struct{}
	closeErr error
}

// journalFile is what a journal needs of its file.
type journalFile interface {
	io.Writer
	io.ReaderAt
	io.Closer
	Sync() error
}

// placedFile is a file that must keep its name: one that was removed while it is open takes all writes, and they are lost.
type placedFile struct {
	*os.File
	path string
}

// Sync makes the file durable. It fails if the file is no longer to be found under its name.
func (f placedFile) Sync() error {
	if err := f.File.Sync(); err != nil {
		return err
	}
	here, err := f.Stat()
	if err != nil {
		return err
	}
	there, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("it was removed in the meantime: %w", Cause(err))
	case err != nil:
		return err
	case !os.SameFile(here, there):
		return errors.New("another file has taken its place")
	}
	return nil
}

// CreateJournal starts a journal in a new file, which only the user may read. The file's name is durable when it
// returns. The cause is fs.ErrExist if there is a file of that name.
func CreateJournal(path string) (*Journal, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create journal %q: %w", path, Cause(err))
	}
	err = f.Sync()
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		_ = f.Close()
		_ = os.Remove(path)
		return nil, fmt.Errorf("create journal %q: %w", path, Cause(err))
	}
	return startJournal(path, placedFile{f, path}, 0, 0), nil
}

// startJournal goes on in a file behind the record that ends at end and has the checksum sum.
func startJournal(path string, file journalFile, end int64, sum uint32) *Journal {
	j := &Journal{
		path: path, file: file,
		wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1), ended: make(chan struct{}),
		sum: sum, end: end, syncing: end, durable: end,
		next: make(chan struct{}), failed: make(chan struct{}),
	}
	j.room.L = &j.mu
	go j.writeLoop()
	return j
}

// Append adds a record, which must be valid JSON on one line, and returns its position. The record is copied. It
// reaches the disk within 250 ms, or when Commit asks for it. After a failed write or sync Append fails at once.
func (j *Journal) Append(record []byte) (end int64, err error) {
	if err := checkRecord(record); err != nil {
		return 0, fmt.Errorf("write journal %q: %w", j.path, err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for len(j.pending) >= maxPending && j.err == nil {
		notify(j.wake)
		j.room.Wait()
	}
	if err := j.checkOpen(); err != nil {
		return 0, err
	}
	if len(j.pending) == 0 {
		notify(j.wake)
	}
	j.sum = checksum(j.sum, record)
	j.pending = appendLine(j.pending, j.sum, record)
	j.end += lineLen(record)
	return j.end, nil
}

// checkOpen returns why nothing can be appended, if so. The caller holds mu.
func (j *Journal) checkOpen() error {
	if j.err == nil && j.closed {
		return fmt.Errorf("write journal %q: %w", j.path, os.ErrClosed)
	}
	return j.err
}

// notify wakes the goroutine that receives from c, and does not block.
func notify(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Commit returns when all records up to the position end are durable. One sync serves all who wait; while it runs, what
// is appended gathers for the next. It fails if a write or sync failed, or with the context's cause if that ended
// first: the record may become durable all the same.
func (j *Journal) Commit(ctx context.Context, end int64) error {
	done, err := j.whenDurable(end)
	if done == nil {
		return err
	}
	select {
	case <-done:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.durable >= end {
		return nil
	}
	return j.err
}

// Hurry begins to make durable what was appended, for a caller who will need it soon, and does not wait.
func (j *Journal) Hurry() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil && j.end > j.syncing {
		j.waiting = true
		notify(j.hurry)
	}
}

// whenDurable returns a channel that is closed once end is durable or cannot become so; nil if that is known already.
func (j *Journal) whenDurable(end int64) (done <-chan struct{}, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case end <= j.durable:
		return nil, nil
	case end > j.end:
		return nil, fmt.Errorf("write journal %q: nothing was appended up to %d, only to %d", j.path, end, j.end)
	case j.err != nil:
		return nil, j.err
	case end <= j.syncing:
		return j.running, nil
	}
	j.waiting = true
	notify(j.hurry)
	return j.next, nil
}

// Err is the error of the first write or sync that failed.
func (j *Journal) Err() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

// Size is how many bytes of the journal are durable.
func (j *Journal) Size() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.durable
}

// Failed is closed when a write or sync has failed.
func (j *Journal) Failed() <-chan struct{} { return j.failed }

// Close makes durable what was appended and closes the file. It returns the error of the first write or sync that
// failed, if any. It may be called more than once.
func (j *Journal) Close() error {
	j.mu.Lock()
	first := !j.closed
	j.closed = true
	j.mu.Unlock()
	notify(j.hurry)
	<-j.ended
	if first {
		j.closeErr = j.Err()
		if err := j.file.Close(); err != nil && j.closeErr == nil {
			j.closeErr = fmt.Errorf("close journal %q: %w", j.path, Cause(err))
		}
	}
	return j.closeErr
}
