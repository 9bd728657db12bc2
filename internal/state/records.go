package state

import (
	"bufio"
	"fmt"
	"io"
)

// Records writes the lines of a journal into a file that appears whole or not at all: see CreateFile. ReadJournal reads
// what it wrote.
type Records struct {
	w    *bufio.Writer
	sum  uint32 // checksum of the last record
	end  int64  // where it ends
	line []byte
}

// NewRecords writes to w, from the first record on.
func NewRecords(w io.Writer) *Records { return &Records{w: bufio.NewWriterSize(w, 1<<16)} }

// Append adds a record, which must be valid JSON on one line.
func (r *Records) Append(record []byte) error {
	if err := checkRecord(record); err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	r.sum = checksum(r.sum, record)
	r.line = appendLine(r.line[:0], r.sum, record)
	r.end += int64(len(r.line))
	_, err := r.w.Write(r.line)
	return err
}

// Flush writes what is still held.
func (r *Records) Flush() error { return r.w.Flush() }

// End is where the last record ends: JournalView reads it by that.
func (r *Records) End() int64 { return r.end }
