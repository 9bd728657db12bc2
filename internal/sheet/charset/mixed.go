package charset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Layout is how a text is read.
type Layout struct {
	Charset Charset // of all of it, or of most
	mixed   mixture // nil for a text in one encoding
}

// mixture is how a text in two encodings is read.
type mixture interface {
	name() string
	forReader() pieces
}

// pieces reads the pieces of a text that are not ASCII.
type pieces interface {
	// read reads a piece, and reports whether it is not in the encoding of most, or may not be.
	read(text []byte, line int) (o Odd, odd bool)
}

// Name is the name of the encoding, or of both.
func (l Layout) Name() string {
	if l.mixed != nil {
		return l.mixed.name()
	}
	return l.Charset.Name
}

// rest is how the pieces of a text are read that are not UTF-8, as the others are.
type rest struct {
	in      Charset
	certain bool     // of what the encoding is
	or      *Charset // the next best one that reads them otherwise
}

func (r *rest) name() string {
	if r.certain {
		return "UTF-8 and " + r.in.Name
	}
	return "UTF-8"
}

func (r *rest) forReader() pieces { return r }

// Odd is a piece of a text that is not in the encoding of the others.
type Odd struct {
	Line    int
	Text    string // as it was read
	Certain bool   // it is a word so
	Reads   string // for people: from what bytes, and in which encoding
}

// Reader reads a text as UTF-8.
type Reader struct {
	src    io.Reader
	pieces pieces // nil for a text in one encoding

	buf  []byte // what was read and not converted
	text []byte // what was converted, to be read
	odd  []Odd
	line int  // the last one that was converted
	cr   bool // it ended with a CR, of which the LF may come
	err  error
}

// Reader reads the text as UTF-8.
func (l Layout) Reader(src io.Reader) *Reader {
	if l.mixed != nil {
		return &Reader{src: src, pieces: l.mixed.forReader()}
	}
	if l.Charset.codec != nil {
		src = l.Charset.codec.NewDecoder().Reader(src)
	}
	return &Reader{src: src}
}

// Read reads the text.
func (r *Reader) Read(p []byte) (int, error) {
	if r.pieces == nil {
		return r.src.Read(p)
	}
	for len(r.text) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(p, r.text)
	r.text = r.text[n:]
	return n, nil
}

// Odd are the odd pieces up to a line that were not asked for before.
func (r *Reader) Odd(line int) []Odd {
	n := 0
	for n < len(r.odd) && r.odd[n].Line <= line {
		n++
	}
	found := r.odd[:n]
	r.odd = r.odd[n:]
	return found
}

// fill converts the next lines.
func (r *Reader) fill() {
	const size = 64 << 10
	kept := len(r.buf)
	r.buf = append(r.buf, make([]byte, size)...)
	n, err := io.ReadFull(r.src, r.buf[kept:])
	r.buf = r.buf[:kept+n]
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	r.err = err
	block := r.buf
	if err == nil {
		block = wholeLines(block)
	}
	r.text = r.text[:0]
	for rest := block; len(rest) > 0; {
		line, after := cutLine(rest)
		r.convert(line, errors.Is(err, io.EOF) && len(after) == 0 && len(line) == len(rest))
		end := rest[len(line) : len(rest)-len(after)]
		if r.cr = string(end) == "\r"; len(end) > 0 {
			r.text = append(r.text, end...)
		}
		rest = after
	}
	r.buf = bytes.Clone(r.buf[len(block):])
}

// convert converts a line. The last line of a text may be cut off within a character, and stays so.
func (r *Reader) convert(line []byte, last bool) {
	if !(r.cr && len(line) == 0) {
		r.line++
	}
	if ASCII(line) == len(line) {
		r.text = append(r.text, line...)
		return
	}
	done := 0
	eachPiece(line, func(from, to int) {
		piece := line[from:to]
		if ASCII(piece) == len(piece) {
			return
		}
		o, odd := r.pieces.read(piece, r.line)
		if odd && last && to == len(line) && isCutOff(piece) && !o.Certain {
			return
		}
		r.text = append(append(r.text, line[done:from]...), o.Text...)
		if odd {
			r.odd = append(r.odd, o)
		}
		done = to
	})
	r.text = append(r.text, line[done:]...)
}

// isCutOff reports whether a text is UTF-8 but for its last character, of which only the beginning is there.
func isCutOff(text []byte) bool {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if i := len(text) - n; utf8.RuneStart(text[i]) {
			return text[i] >= utf8.RuneSelf && !utf8.FullRune(text[i:]) && utf8.Valid(text[:i])
		}
	}
	return false
}

func (r *rest) read(text []byte, line int) (Odd, bool) {
	if utf8.Valid(text) {
		return Odd{Text: string(text)}, false
	}
	o := Odd{Line: line, Text: r.in.text(text), Certain: r.certain}
	words, p := shape(' ', o.Text, ' ')
	if len(words) == 0 || p <= signMay-1 {
		o.Certain = false
	}
	o.Reads = fmt.Sprintf("%s reads %q in %s", bytesAsText(text), o.Text, r.in.Name)
	if r.or != nil && !o.Certain {
		o.Reads += fmt.Sprintf(" and %q in %s", r.or.text(text), r.or.Name)
	}
	return o, true
}
