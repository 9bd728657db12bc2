package planfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// blockSize is how many bytes of a list are kept in memory.
const blockSize = 16 << 10

// spool keeps lists of records that grow side by side, and gives each back as a whole. Of each list one block is in memory,
// the others are in a temporary file.
type spool struct {
	file *os.File // nil while all is in memory
	end  int64
}

// spoolList is one list of a spool.
type spoolList struct {
	blocks []spoolBlock
	tail   []byte // in memory
}

type spoolBlock struct {
	at   int64
	size int
}

// add appends a record of some texts.
func (s *spool) add(l *spoolList, texts ...string) error {
	for _, t := range texts {
		l.tail = binary.AppendUvarint(l.tail, uint64(len(t)))
		l.tail = append(l.tail, t...)
	}
	if len(l.tail) < blockSize {
		return nil
	}
	return s.store(l)
}

func (s *spool) store(l *spoolList) (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "crmferry-plan-"); err != nil {
			return fmt.Errorf("keep changes in a temporary file: %w", err)
		}
	}
	if _, err := s.file.WriteAt(l.tail, s.end); err != nil {
		return fmt.Errorf("keep changes in a temporary file: %w", err)
	}
	l.blocks = append(l.blocks, spoolBlock{s.end, len(l.tail)})
	s.end += int64(len(l.tail))
	l.tail = l.tail[:0]
	return nil
}

// each reads the records of a list, of so many texts each, in the order in which they were added.
func (s *spool) each(l *spoolList, texts int, do func(texts []string) error) error {
	for _, b := range l.blocks {
		block := make([]byte, b.size)
		if n, err := s.file.ReadAt(block, b.at); n < len(block) {
			return fmt.Errorf("read changes from a temporary file: %w", err)
		}
		if err := eachRecord(block, texts, do); err != nil {
			return err
		}
	}
	return eachRecord(l.tail, texts, do)
}

func eachRecord(block []byte, texts int, do func(texts []string) error) error {
	record := make([]string, texts)
	for len(block) > 0 {
		for i := range record {
			n, length := binary.Uvarint(block)
			if length <= 0 || n > uint64(len(block)-length) {
				return errors.New("read changes from a temporary file: it was changed")
			}
			record[i], block = string(block[length:length+int(n)]), block[length+int(n):]
		}
		if err := do(record); err != nil {
			return err
		}
	}
	return nil
}

// close removes the temporary file. It may be called twice.
func (s *spool) close() {
	if s.file == nil {
		return
	}
	_ = s.file.Close() // nothing of it is needed any more
	_ = os.Remove(s.file.Name())
	s.file = nil
}
