package charset

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// evidence is what a text that is not UTF-8 shows of its encoding. All of the text is read; of its pieces each counts once.
type evidence struct {
	pieces  []piece        // those that are not UTF-8, maxPieces at most
	utf8    []piece        // those that are
	plain   map[string]int // words in ASCII, maxPlain at most: they show the language
	domains map[string]int // the last parts of addresses
	onlyCR  bool           // lines end as Excel for Mac ends them

	known map[string]bool
	line  int // that is being read
}

// piece is text without white space that is not all ASCII.
type piece struct {
	text          []byte
	before, after rune   // the ASCII characters around it, a space skipped where a number stands behind it
	cell          []byte // that it stands in
	line          int
	address       string // the e-mail address of its line
}

// Of a large text, so many pieces and words are enough.
const (
	maxPieces  = 4000
	maxPlain   = 400
	maxDomains = 400
)

// collect reads a text.
func collect(src io.Reader) (*evidence, error) {
	e := &evidence{plain: map[string]int{}, domains: map[string]int{}, known: map[string]bool{}}
	var ends lineCounter
	last := byte(0)
	err := forEachBlock(src, func(block []byte) bool {
		ends.add(block)
		if last == '\r' && len(block) > 0 && block[0] == '\n' {
			block = block[1:]
		}
		for rest := block; len(rest) > 0; {
			var line []byte
			line, rest = cutLine(rest)
			e.line++
			e.addLine(line)
		}
		if len(block) > 0 {
			last = block[len(block)-1]
		}
		return true
	})
	e.onlyCR = ends.cr > 0 && ends.lf == 0
	return e, err
}

// cutLine cuts off the first line, without its end: CRLF, LF or CR.
func cutLine(text []byte) (line, rest []byte) {
	i := bytes.IndexAny(text, "\r\n")
	switch {
	case i < 0:
		return text, nil
	case text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n':
		return text[:i], text[i+2:]
	}
	return text[:i], text[i+1:]
}

// addLine adds what a line shows.
func (e *evidence) addLine(line []byte) {
	first := ASCII(line)
	if first == len(line) && len(e.plain) >= maxPlain && len(e.domains) >= maxDomains {
		return
	}
	address := addressIn(line)
	if len(e.domains) < maxDomains {
		if i := strings.LastIndexByte(address, '.'); i >= 0 {
			e.domains[address[i+1:]]++
		}
	}
	eachPiece(line, func(from, to int) { e.addPiece(line, from, to, address) })
}

// eachPiece calls do with the bounds of each piece of a line.
func eachPiece(line []byte, do func(from, to int)) {
	for i := 0; i < len(line); {
		from := i + bytes.IndexFunc(line[i:], isInPiece)
		if from < i {
			return
		}
		to := len(line)
		if n := bytes.IndexFunc(line[from:], func(r rune) bool { return !isInPiece(r) }); n >= 0 {
			to = from + n
		}
		do(from, to)
		i = to
	}
}

// isInPiece reports whether a character belongs to a piece; what is no character of UTF-8 does.
func isInPiece(r rune) bool {
	return r >= utf8.RuneSelf || r > ' ' && !strings.ContainsRune(Delimiters+`"`, r)
}

// longestPiece is how many bytes of a piece are looked at.
const longestPiece = 60

// addPiece adds a piece of a line, unless it is known: a city that comes a hundred times shows no more than once.
func (e *evidence) addPiece(line []byte, from, to int, address string) {
	text := line[from:to]
	i := ASCII(text)
	if i == len(text) {
		if len(e.plain) < maxPlain && len(text) > 2 && bytes.IndexByte(text, '@') < 0 {
			e.plain[strings.ToLower(string(text))]++
		}
		return
	}
	list := &e.pieces
	if utf8.Valid(text) {
		list = &e.utf8
	}
	if len(*list) >= maxPieces || e.known[string(text)] {
		return
	}
	e.known[string(text)] = true
	p := piece{text: bytes.Clone(text), before: ' ', after: ' ', cell: cellAround(line, from+i), line: e.line, address: address}
	if len(text) > longestPiece {
		p.text = cellAround(text, i)
	}
	if from > 0 && line[from-1] < utf8.RuneSelf && len(text) <= longestPiece {
		p.before = rune(line[from-1])
	}
	if to+1 < len(line) && line[to] == ' ' && line[to+1] >= '0' && line[to+1] <= '9' {
		p.after = '0' // € 5, Nº 7
	}
	*list = append(*list, p)
}

// addressIn is the first e-mail address of a line, in small letters, "" if there is none.
func addressIn(line []byte) string {
	i := bytes.IndexByte(line, '@')
	if i < 0 {
		return ""
	}
	part := func(b byte) bool {
		return b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' || b == '.' || b == '-' || b == '_' || b == '@'
	}
	from, to := i, i
	for from > 0 && i-from < 64 && part(line[from-1]) {
		from--
	}
	for to < len(line) && to-i < 64 && part(line[to]) {
		to++
	}
	return strings.ToLower(strings.TrimRight(string(line[from:to]), "."))
}
