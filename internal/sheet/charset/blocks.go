package charset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// ASCII is the offset of the first byte that is not ASCII, or the length of the text.
func ASCII(b []byte) int {
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

// Delimiters are those looked for between the cells of a text, the likeliest first.
const Delimiters = ",;\t|"

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

// bytesAsText quotes text whose bytes over 0x7F stand as they are: "Jos\xe9".
func bytesAsText(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		if c < utf8.RuneSelf {
			s.WriteByte(c)
		} else {
			fmt.Fprintf(&s, `\x%02x`, c)
		}
	}
	return `"` + s.String() + `"`
}

// seen is what a look at all of a text found.
type seen struct {
	valid bool  // it is UTF-8
	other shown // its first character that is not ASCII
	// japanese is the first escape sequence of ISO-2022-JP, all of which is in ASCII.
	japanese shown
}

// shown is a cell, nil for none, and the line that it is in.
type shown struct {
	cell []byte
	line int
}

// scanUTF8 looks at all of a text, unless it is no UTF-8.
func scanUTF8(src io.Reader) (s seen, err error) {
	lines := lineCounter{}
	err = forEachBlock(src, func(block []byte) bool {
		if s.other.cell != nil {
			s.valid = utf8.Valid(block)
			return s.valid
		}
		if i := bytes.Index(block, []byte(escapeJapanese)); i >= 0 && s.japanese.cell == nil {
			s.japanese = shown{bytes.Clone(cellAround(block, i)), lines.at(block, i)}
		}
		i := ASCII(block)
		if s.valid = i == len(block) || utf8.Valid(block[i:]); s.valid && i < len(block) {
			s.other = shown{bytes.ToValidUTF8(cellAround(block, i), nil), lines.at(block, i)}
		}
		lines.add(block)
		return s.valid
	})
	return s, err
}

// escapeJapanese is how Japanese begins in ISO-2022-JP.
const escapeJapanese = "\x1b$B"

// blockSize is how much of a file is looked at at once.
const blockSize = 256 << 10

// forEachBlock calls do with one piece of the text after the other, until it returns false. A piece ends at a line end if
// there is one in it, and not inside a character of UTF-8.
func forEachBlock(src io.Reader, do func(block []byte) bool) error {
	buf := make([]byte, blockSize)
	kept := 0
	for {
		n, err := io.ReadFull(src, buf[kept:])
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return err
		}
		block := buf[:kept+n]
		if !last {
			block = wholeLines(block)
		}
		if !do(block) || last {
			return nil
		}
		kept = copy(buf, buf[len(block):kept+n])
	}
}

// wholeLines cuts off an unfinished line, or an unfinished character if there is no line end.
func wholeLines(block []byte) []byte {
	if i := bytes.LastIndexAny(block, "\n\r"); i > 0 {
		return block[:i+1]
	}
	for n := 1; n < utf8.UTFMax && n < len(block); n++ {
		if b := block[len(block)-n]; utf8.RuneStart(b) {
			if !utf8.FullRune(block[len(block)-n:]) {
				return block[:len(block)-n]
			}
			break
		}
	}
	return block
}

// lineCounter counts line ends: CR, where there is no LF.
type lineCounter struct{ lf, cr int }

func (l *lineCounter) add(block []byte) {
	l.lf += bytes.Count(block, []byte{'\n'})
	l.cr += bytes.Count(block, []byte{'\r'})
}

// at is the line on which an offset of the next block is.
func (l *lineCounter) at(block []byte, offset int) int {
	here := *l
	here.add(block[:offset])
	if here.lf == 0 {
		return here.cr + 1
	}
	return here.lf + 1
}
