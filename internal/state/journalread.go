package state

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
)

// Damage says where a journal stops making sense. After the first bad record nothing counts: what stands behind it may
// be whole, but whether it is all that was written there is not known. The zero value is a journal without any.
type Damage struct {
	Line   int    // the first bad line, from 1; 0 if there is none at all
	Reason string // why it is bad, for people
}

// String is the damage as a message says it, "" for none.
func (d Damage) String() string {
	if d == (Damage{}) {
		return ""
	}
	if d.Line == 0 {
		return d.Reason
	}
	return fmt.Sprintf("line %d: %s", d.Line, d.Reason)
}

// ReadJournal calls visit with the position and the record of each line up to the first bad one, in order; the record
// is valid only until visit returns. An error of visit ends it and is returned. The run that writes the journal may be
// going on: a last line that is not whole yet is no damage.
func ReadJournal(path string, visit func(at int64, record []byte) error) (Damage, error) {
	view, damage, err := ViewJournal(path, visit)
	if err != nil {
		return damage, err
	}
	return damage, view.Close()
}

// JournalView reads records of a journal that another process may be writing. It is safe for concurrent use.
type JournalView struct {
	path string
	file *os.File
	end  int64 // of the last record that was visited
}

// ViewJournal is ReadJournal for callers that read some of the records again, by their positions.
func ViewJournal(path string, visit func(at int64, record []byte) error) (*JournalView, Damage, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, Damage{}, fmt.Errorf("read journal %q: %w", path, Cause(err))
	}
	good, err := scanJournal(path, f, visit)
	if err != nil {
		_ = f.Close() // read only
		return nil, good.damage, err
	}
	return &JournalView{path, f, good.end}, good.damage, nil
}

// Read returns the record at a position that visit got. It fails if the record, or the line before it, is not what was
// written.
func (v *JournalView) Read(at int64) ([]byte, error) { return readRecord(v.path, v.file, at, v.end) }

// Close closes the file.
func (v *JournalView) Close() error { return v.file.Close() }

// ResumeJournal reads a journal as ReadJournal does and goes on behind its last good record. A last line that a crash
// has cut off is removed: no Commit has returned for it. If more than that stands behind the last good record,
// the file as it was is first kept aside as PATH.damaged (PATH.damaged.2 ...). What it changes is durable when it
// returns; nothing is changed if visit fails. Only one process may do so at a time: see LockAccount.
func ResumeJournal(path string, visit func(at int64, record []byte) error) (*Journal, Damage, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, Damage{}, fmt.Errorf("resume journal %q: %w", path, Cause(err))
	}
	good, err := scanJournal(path, f, visit)
	if err == nil {
		err = repair(f, path, good)
	}
	if err != nil {
		_ = f.Close()
		return nil, good.damage, err
	}
	return startJournal(path, placedFile{f, path}, good.end, good.sum), good.damage, nil
}

// goodPart is what counts of a journal.
type goodPart struct {
	end    int64  // where its last record ends
	sum    uint32 // that record's checksum
	damage Damage
}

// scanJournal reads the good part of a journal.
func scanJournal(path string, f io.Reader, visit func(at int64, record []byte) error) (goodPart, error) {
	var good goodPart
	r := lineReader{r: bufio.NewReaderSize(f, 1<<18)}
	for n := 1; ; n++ {
		line, err := r.next()
		if err != nil {
			return good, fmt.Errorf("read journal %q: line %d: %w", path, n, Cause(err))
		}
		if len(line) == 0 || isTorn(line) {
			return good, nil
		}
		record, sum, reason := parseLine(line, good.sum)
		if reason != "" {
			good.damage = Damage{Line: n, Reason: reason}
			return good, nil
		}
		good.end, good.sum = good.end+int64(len(line)), sum
		if err := visit(good.end, record); err != nil {
			return good, err
		}
	}
}

// isTorn reports whether a line is what a crash left of the last one: it has no end, and no other line begins in it, as
// would be if the file had lost its line ends.
func isTorn(line []byte) bool {
	return len(line) <= maxLine && line[len(line)-1] != '\n' && bytes.LastIndex(line, []byte(lineHead)) <= 0
}

// lineReader reads lines with their ends, and of one that is longer than any of a journal only the beginning.
type lineReader struct {
	r    *bufio.Reader
	long []byte
}

// next returns the next line, valid until the next call; none at the end of the file.
func (r *lineReader) next() ([]byte, error) {
	line, err := r.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = r.long[:0]
		for errors.Is(err, bufio.ErrBufferFull) && len(r.long) <= maxLine {
			r.long = append(r.long, line...)
			line, err = r.r.ReadSlice('\n')
		}
		r.long = append(r.long, line...)
		line = r.long
	}
	if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return line, err
}

// repair removes what stands behind the good part of a journal, makes the rest durable and leaves the file where it goes
// on. The whole file is kept aside first if what is removed was more than the rest of a line.
func repair(f *os.File, path string, good goodPart) error {
	if good.damage != (Damage{}) {
		if err := copyDamaged(f, path); err != nil {
			return err
		}
	}
	err := f.Truncate(good.end)
	if err == nil {
		err = f.Sync() // what a killed process wrote may not be
	}
	if err == nil {
		_, err = f.Seek(good.end, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("resume journal %q: %w", path, Cause(err))
	}
	return nil
}

// WasDamaged reports whether a journal was kept aside because it was damaged. Whoever resumed it then may not have come to
// write down what that puts in doubt.
func WasDamaged(path string) (bool, error) {
	_, err := os.Lstat(path + damagedTail)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("look for damaged journal: %w", err)
	}
	return err == nil, nil
}

// damagedTail is what the name of a damaged journal ends in.
const damagedTail = ".damaged"

// copyDamaged copies a damaged journal to a file of its own.
func copyDamaged(f *os.File, path string) error {
	aside := path + damagedTail
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return fmt.Errorf("keep damaged journal %q: %w", aside, Cause(err))
		}
		aside = path + damagedTail + "." + strconv.Itoa(n)
	}
	out, err := CreateFile(aside, 0o600)
	if err != nil {
		return err
	}
	defer out.Abort()
	if _, err = f.Seek(0, io.SeekStart); err == nil {
		_, err = io.Copy(out, f)
	}
	if err != nil {
		return fmt.Errorf("keep damaged journal %q as %q: %w", path, aside, Cause(err))
	}
	return out.Commit()
}

// Read returns the record at a position, as visit got it or Append returned it; one that was appended must have been
// committed. It fails if the record, or the line before it, is not what was written. Read works until Close.
func (j *Journal) Read(at int64) ([]byte, error) {
	j.mu.Lock()
	end := j.durable
	j.mu.Unlock()
	return readRecord(j.path, j.file, at, end)
}

// readRecord returns the record that ends at a position of a journal, which is readable up to end.
func readRecord(path string, f io.ReaderAt, at, end int64) ([]byte, error) {
	if at < int64(minLine) || at > end {
		return nil, fmt.Errorf("read journal %q: no record ends at %d", path, at)
	}
	line, before, err := lastLines(f, at)
	if err == nil {
		record, _, reason := parseLine(line, before)
		if reason == "" {
			return record, nil
		}
		err = errors.New(reason)
	}
	return nil, fmt.Errorf("read journal %q: the record that ends at %d: %w", path, at, Cause(err))
}

// lastLines returns the line that ends at end and the checksum of the one before it, 0 if there is none.
func lastLines(f io.ReaderAt, end int64) (line []byte, before uint32, err error) {
	for size := int64(1 << 10); ; size *= 2 {
		size = min(size, end)
		buf := make([]byte, size)
		if _, err := f.ReadAt(buf, end-size); err != nil {
			return nil, 0, err
		}
		at := bytes.LastIndexByte(buf[:size-1], '\n') // the end of the line before
		if size == end && at < 0 {
			return buf, 0, nil
		}
		last := bytes.LastIndexByte(buf[:max(at, 0)], '\n')
		if at >= 0 && (last >= 0 || size == end) {
			before, err = lineSum(buf[last+1 : at+1])
			return buf[at+1:], before, err
		}
		if size > 2*int64(maxLine) {
			return nil, 0, errors.New("it is not a record")
		}
	}
}

// ViewRecords opens a file that Records has written, for callers that know where its records end.
func ViewRecords(path string) (*JournalView, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read journal %q: %w", path, Cause(err))
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close() // read only
		return nil, fmt.Errorf("read journal %q: %w", path, Cause(err))
	}
	return &JournalView{path, f, info.Size()}, nil
}
