package charset

import (
	"bytes"
	"io"
)

// BOM is the byte order mark of UTF-8.
const BOM = "\xEF\xBB\xBF"

// Byte order marks of other encodings.
const (
	bomLittle      = "\xFF\xFE"
	bomBig         = "\xFE\xFF"
	bomUTF32Little = "\xFF\xFE\x00\x00"
	bomUTF32Big    = "\x00\x00\xFE\xFF"
)

func hasPrefix(b []byte, prefix string) bool { return bytes.HasPrefix(b, []byte(prefix)) }

// IsUTF32 reports whether a text begins with a mark of UTF-32, which is not read.
func IsUTF32(head []byte) bool {
	return hasPrefix(head, bomUTF32Little) || hasPrefix(head, bomUTF32Big)
}

// DecodeWide returns the first bytes of a text in UTF-16 as UTF-8, and all others as they are.
func DecodeWide(head []byte) []byte {
	if wide, _, ok := wideCharset(head); ok {
		return []byte(wide.text(head))
	}
	return head
}

const byMark = "byte order mark"

// wideCharset recognises UTF-16 by its mark, or by the NULs in every other byte of text that is mostly ASCII.
func wideCharset(head []byte) (c Charset, why string, ok bool) {
	switch {
	case IsUTF32(head):
		return c, "", false
	case hasPrefix(head, bomLittle):
		return utf16Little(), byMark, true
	case hasPrefix(head, bomBig):
		return utf16Big(), byMark, true
	}
	var nul [2]int
	for i, b := range head {
		if b == 0 {
			nul[i%2]++
		}
	}
	const why16 = "NULs stand in every other byte only"
	switch enough := len(head) / 32; { // of Greek or Russian, only what stands between the words is ASCII
	case len(head) < 4:
	case nul[0] == 0 && nul[1] > enough:
		return utf16Little(), why16, true
	case nul[1] == 0 && nul[0] > enough:
		return utf16Big(), why16, true
	}
	return c, "", false
}

// headSize is how much of a file is read to find out its kind.
const headSize = 4 << 10

// ReadHead reads the first bytes of a file, which show its kind.
func ReadHead(f io.ReadSeeker) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:n], err
}
