package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// charset is a way to write text in bytes.
type charset struct {
	name  string            // as it is shown, and as Options.Encoding takes it
	codec encoding.Encoding // nil for UTF-8
	also  []string          // further names, folded
}

// reason is why a text is read in an encoding, and the name of another one that would be as good a guess, if any.
type reason struct{ why, alternative string }

// Places in the list of charsets.
const (
	utf8Set = iota
	utf16LittleSet
	utf16BigSet
	windows1252Set
	macRomanSet
	cp850Set
	windows1250Set
)

// charsets are all that are read. The first ones are found by the content, the others must be named.
func charsets() []charset {
	return []charset{
		utf8Set:        {"UTF-8", nil, nil},
		utf16LittleSet: {"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), []string{"utf16"}},
		utf16BigSet:    {"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), nil},
		windows1252Set: {"Windows-1252", charmap.Windows1252, []string{"cp1252", "ansi", "latin1", "iso88591"}},
		macRomanSet:    {"Mac-Roman", charmap.Macintosh, []string{"macintosh", "mac"}},
		cp850Set:       {"CP850", charmap.CodePage850, []string{"ibm850", "dos"}},
		windows1250Set: {"Windows-1250", charmap.Windows1250, []string{"cp1250"}},
		{"Windows-1251", charmap.Windows1251, []string{"cp1251"}},
		{"Windows-1253", charmap.Windows1253, []string{"cp1253"}},
		{"Windows-1254", charmap.Windows1254, []string{"cp1254"}},
		{"Windows-1257", charmap.Windows1257, []string{"cp1257"}},
		{"CP437", charmap.CodePage437, []string{"ibm437"}},
		{"CP852", charmap.CodePage852, []string{"ibm852"}},
		{"ISO-8859-2", charmap.ISO8859_2, []string{"latin2"}},
		{"ISO-8859-15", charmap.ISO8859_15, []string{"latin9"}},
	}
}

// Encodings are the names of the encodings that are read, as Options.Encoding takes them.
func Encodings() []string {
	var names []string
	for _, c := range charsets() {
		names = append(names, strings.ToLower(c.name))
	}
	return names
}

// KnownEncoding reports whether Options.Encoding takes that name: one of Encodings or another usual one, without case,
// hyphens and spaces; "" is known.
func KnownEncoding(name string) bool {
	_, ok := charsetNamed(name)
	return ok || name == ""
}

func charsetNamed(name string) (charset, bool) {
	fold := strings.NewReplacer("-", "", "_", "", " ", "")
	name = fold.Replace(strings.ToLower(name))
	for _, c := range charsets() {
		if fold.Replace(strings.ToLower(c.name)) == name {
			return c, true
		}
		for _, also := range c.also {
			if also == name {
				return c, true
			}
		}
	}
	return charset{}, false
}

// reader reads the text as UTF-8.
func (c charset) reader(src io.Reader) io.Reader {
	if c.codec == nil {
		return src
	}
	return c.codec.NewDecoder().Reader(src)
}

// DecodeWide returns the first bytes of a text in UTF-16 as UTF-8, and all others as they are.
func DecodeWide(head []byte) []byte {
	if wide, _, ok := wideCharset(head); ok {
		return []byte(wide.text(head))
	}
	return head
}

// text is a short piece of text as UTF-8.
func (c charset) text(b []byte) string {
	if c.codec == nil {
		return string(b)
	}
	b, err := c.codec.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(b)
}

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

// wideCharset recognises UTF-16 by its mark, or by the NULs in every other byte of text that is mostly ASCII.
func wideCharset(head []byte) (c charset, why string, ok bool) {
	switch {
	case IsUTF32(head):
		return c, "", false
	case hasPrefix(head, bomLittle):
		return charsets()[utf16LittleSet], "byte order mark", true
	case hasPrefix(head, bomBig):
		return charsets()[utf16BigSet], "byte order mark", true
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
		return charsets()[utf16LittleSet], why16, true
	case nul[1] == 0 && nul[0] > enough:
		return charsets()[utf16BigSet], why16, true
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

// occurrence is a cell with characters that are not ASCII, or the beginning of one.
type occurrence struct {
	text []byte
	line int // from 1
}

// scanUTF8 reports whether all of a text is UTF-8, and where in it the first character stands that is not ASCII.
func scanUTF8(src io.Reader) (valid bool, first occurrence, err error) {
	lines := lineCounter{}
	err = forEachBlock(src, func(block []byte) bool {
		if first.text != nil {
			valid = utf8.Valid(block)
			return valid
		}
		i := notASCII(block)
		if valid = i == len(block) || utf8.Valid(block[i:]); valid && i < len(block) {
			first = occurrence{bytes.ToValidUTF8(cellAround(block, i), nil), lines.at(block, i)}
		}
		lines.add(block)
		return valid
	})
	return valid, first, err
}

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
