package csv

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// notASCII is the offset of the first byte that is not ASCII, or the length of the text.
func notASCII(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 != 0 {
			break
		}
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// maxSighting bounds the cell that is quoted as evidence.
const maxSighting = 40

// cellAround is the cell that the byte at i is in, as far as the usual delimiters tell, or a part of it.
func cellAround(b []byte, i int) []byte {
	const ends = Delimiters + "\"\r\n"
	from := max(0, i-maxSighting/2)
	if k := bytes.LastIndexAny(b[from:i], ends); k >= 0 {
		from += k + 1
	}
	to := min(len(b), i+maxSighting/2)
	if k := bytes.IndexAny(b[i:to], ends); k >= 0 {
		to = i + k
	}
	return bytes.Clone(bytes.TrimSpace(b[from:to]))
}

// Delimiters are those looked for in a CSV file, the likeliest first.
const Delimiters = ",;\t|"
