package state

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// gzipMagic is what a file that is compressed with gzip begins with.
const gzipMagic = "\x1f\x8b\x08"

// IsPacked reports whether a file is compressed with gzip. A pipe is not opened.
func IsPacked(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(gzipMagic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == gzipMagic
}

// Unpacked is the name of a file once it is unpacked: leads.csv of leads.csv.gz.
func Unpacked(path string) string {
	if ext := filepath.Ext(path); strings.EqualFold(ext, ".gz") {
		return strings.TrimSuffix(path, ext)
	}
	return path
}

// unpacked is what in holds, which is unpacked where it is compressed with gzip. A few bytes may unpack to a lot: more than
// most bytes are ErrEndless.
func unpacked(in io.Reader, most int64) (io.Reader, error) {
	ahead := bufio.NewReaderSize(in, 64<<10)
	head, err := ahead.Peek(len(gzipMagic))
	if string(head) != gzipMagic {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return ahead, nil
	}
	packed, err := gzip.NewReader(ahead)
	if err != nil {
		return nil, packedError(err)
	}
	return &unpacker{packed, most}, nil
}

// unpacker says of errors that they are about what is compressed.
type unpacker struct {
	packed *gzip.Reader
	left   int64
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.packed.Read(p)
	if u.left -= int64(n); u.left < 0 {
		return 0, ErrEndless
	}
	return n, packedError(err)
}

// ErrDamaged is a compressed file that cannot be unpacked.
var ErrDamaged = errors.New("it is compressed (gzip)")

func packedError(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w and cut short", ErrDamaged)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, new(flate.CorruptInputError)):
		return fmt.Errorf("%w and damaged: %v", ErrDamaged, err)
	}
	return err
}
