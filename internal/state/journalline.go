package state

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
)

// A line of a journal is {"c":"0a1b2c3d","r":RECORD}, the checksum in hex.
const (
	lineHead = `{"c":"`
	lineMid  = `","r":`
	lineTail = "}\n"

	recordAt = len(lineHead) + 2*crc32.Size + len(lineMid) // where the record begins
	minLine  = recordAt + len("0") + len(lineTail)
	// maxRecord bounds a record, in bytes: what is read is never held in memory without a bound.
	maxRecord = 16 << 20
	maxLine   = recordAt + maxRecord + len(lineTail)
)

// checkRecord refuses what would not be read again.
func checkRecord(record []byte) error {
	switch {
	case len(record) == 0 || bytes.IndexByte(record, '\n') >= 0:
		return errors.New("a record must be one line of JSON")
	case len(record) > maxRecord:
		return fmt.Errorf("a record of %d bytes is too long, at most %d are read again", len(record), maxRecord)
	}
	return nil
}

// castagnoli has hardware for it on all common machines.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is that of a record behind one with the checksum before; 0 for the first.
func checksum(before uint32, record []byte) uint32 { return crc32.Update(before, castagnoli, record) }

func lineLen(record []byte) int64 { return int64(recordAt + len(record) + len(lineTail)) }

// appendLine appends the line of a record with the checksum sum.
func appendLine(b []byte, sum uint32, record []byte) []byte {
	b = append(b, lineHead...)
	b = appendSum(b, sum)
	b = append(b, lineMid...)
	b = append(b, record...)
	return append(b, lineTail...)
}

func appendSum(b []byte, sum uint32) []byte {
	var raw [crc32.Size]byte
	binary.BigEndian.PutUint32(raw[:], sum)
	return hex.AppendEncode(b, raw[:])
}

// parseLine returns the record in a line, with its line end, behind a record with the checksum before, and its own.
// The reason, if any, is why it is not one.
func parseLine(line []byte, before uint32) (record []byte, sum uint32, reason string) {
	if !isLine(line) {
		return nil, 0, "it is not a record"
	}
	record = line[recordAt : len(line)-len(lineTail)]
	sum = checksum(before, record)
	var want [2 * crc32.Size]byte
	if written := line[len(lineHead):][:len(want)]; !bytes.Equal(appendSum(want[:0], sum), written) {
		return nil, 0, fmt.Sprintf("its checksum is %q, not %q: it was changed, or what stood before it is missing", written, appendSum(nil, sum))
	}
	return record, sum, ""
}

// isLine reports whether a line has the form of a record's.
func isLine(line []byte) bool {
	return len(line) >= minLine && len(line) <= maxLine && bytes.HasPrefix(line, []byte(lineHead)) &&
		bytes.HasPrefix(line[recordAt-len(lineMid):], []byte(lineMid)) && bytes.HasSuffix(line, []byte(lineTail))
}

// lineSum is the checksum that stands in a line.
func lineSum(line []byte) (uint32, error) {
	var sum [crc32.Size]byte
	if !isLine(line) {
		return 0, errors.New("it is not a record")
	}
	if _, err := hex.Decode(sum[:], line[len(lineHead):][:2*crc32.Size]); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint32(sum[:]), nil
}
