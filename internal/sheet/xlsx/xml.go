package xlsx

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"

	"crmferry/internal/sheet/rows"
)

// maxToken is how many bytes a tag or a text of a worksheet may have.
const maxToken = 4 << 20

// xmlScanner cuts the XML of a worksheet into tags and texts. It is not encoding/xml because that takes ten times as
// long; what it leaves out is what no worksheet has: definitions of a DTD, which it refuses, and the check that end
// tags match. A text that ends before the last row's end is io.ErrUnexpectedEOF.
type xmlScanner struct {
	src  io.Reader
	buf  []byte
	pos  int // the first unread byte
	end  int // of what was read into buf
	done bool
}

// tag is a start or end tag. Its slices are valid until the scanner is used again.
type tag struct {
	name  []byte // without prefix
	attrs []byte
	open  bool // a start tag
	empty bool // a start tag that is its own end
}

func newXMLScanner(src io.Reader) xmlScanner { return xmlScanner{src: src} }

// is reports whether it is a start tag of that name.
func (t tag) is(name string) bool { return t.open && string(t.name) == name }

// ends reports whether it is the end tag of that name.
func (t tag) ends(name string) bool { return !t.open && string(t.name) == name }

// fill reads more, moving and growing the buffer as needed.
func (s *xmlScanner) fill() error {
	if s.done {
		return io.ErrUnexpectedEOF
	}
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if s.end >= maxToken {
			return rows.Errorf(rows.ErrTooBig, "more than %d MB in one cell", maxToken>>20)
		}
		grown := make([]byte, min(max(64<<10, 2*len(s.buf)), maxToken))
		copy(grown, s.buf)
		s.buf = grown
	}
	for range 100 {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if err == io.EOF {
			s.done = true
		} else if err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
		if s.done {
			return io.ErrUnexpectedEOF
		}
	}
	return io.ErrNoProgress
}

// need makes sure that n unread bytes are in the buffer.
func (s *xmlScanner) need(n int) error {
	for s.end-s.pos < n {
		if err := s.fill(); err != nil {
			return err
		}
	}
	return nil
}

// find is the offset of the first c at or behind an offset, reading as far as needed.
func (s *xmlScanner) find(c byte, from int) (int, error) {
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], c); i >= 0 {
			return from + i, nil
		}
		from = s.end - s.pos
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// past skips everything up to and including a mark.
func (s *xmlScanner) past(mark string) error {
	for {
		if i := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return nil
		}
		s.pos = max(s.pos, s.end-len(mark)+1)
		if err := s.fill(); err != nil {
			return err
		}
	}
}

// bomUTF8 is the byte order mark of UTF-8.
const bomUTF8 = "\xEF\xBB\xBF"

func hasPrefix(b []byte, prefix string) bool { return bytes.HasPrefix(b, []byte(prefix)) }

// start refuses what is not XML in UTF-8.
func (s *xmlScanner) start() error {
	if err := s.need(4); err != nil {
		return err
	}
	if hasPrefix(s.buf, bomUTF8) {
		s.pos += len(bomUTF8)
	}
	if c := s.buf[s.pos]; c != '<' && c != ' ' && c != '\t' && c != '\r' && c != '\n' || s.buf[s.pos+1] == 0 {
		return rows.Errorf(rows.ErrDamaged, "this is not XML in UTF-8")
	}
	return nil
}

// next skips text and comments and returns the next tag.
func (s *xmlScanner) next() (tag, error) {
	for {
		if i := bytes.IndexByte(s.buf[s.pos:s.end], '<'); i >= 0 {
			s.pos += i
		} else {
			s.pos = s.end
			if err := s.fill(); err != nil {
				return tag{}, err
			}
			continue
		}
		if err := s.need(2); err != nil {
			return tag{}, err
		}
		switch s.buf[s.pos+1] {
		case '!', '?':
			if err := s.special(); err != nil {
				return tag{}, err
			}
		case '/':
			end, err := s.find('>', 2)
			if err != nil {
				return tag{}, err
			}
			name, _ := tagName(s.buf[s.pos+2 : s.pos+end])
			s.pos += end + 1
			return tag{name: name}, nil
		default:
			return s.startTag()
		}
	}
}

// special skips what starts with <! or <?: comments, instructions and, between tags, CDATA.
func (s *xmlScanner) special() error {
	if s.buf[s.pos+1] == '?' {
		return s.past("?>")
	}
	if err := s.need(4); err != nil {
		return err
	}
	if hasPrefix(s.buf[s.pos:s.end], "<!--") {
		s.pos += 4
		return s.past("-->")
	}
	if hasPrefix(s.buf[s.pos:s.end], "<![") {
		return s.past("]]>")
	}
	return rows.Errorf(rows.ErrDamaged, "there is a document type definition in the XML")
}

// startTag reads a start tag. A > may stand in the value of an attribute.
func (s *xmlScanner) startTag() (tag, error) {
	end, err := s.find('>', 1)
	for err == nil {
		open := openQuote(s.buf[s.pos+1 : s.pos+end])
		if open == 0 {
			break
		}
		if end, err = s.find(open, end+1); err == nil {
			end, err = s.find('>', end+1)
		}
	}
	if err != nil {
		return tag{}, err
	}
	body := s.buf[s.pos+1 : s.pos+end]
	s.pos += end + 1
	t := tag{open: true}
	if n := len(body); n > 0 && body[n-1] == '/' {
		t.empty = true
		body = body[:n-1]
	}
	t.name, t.attrs = tagName(body)
	return t, nil
}

// openQuote is the quote that is open at the end of a tag's text, 0 if none is.
func openQuote(body []byte) (open byte) {
	for _, c := range body {
		switch {
		case c != '"' && c != '\'':
		case open == 0:
			open = c
		case open == c:
			open = 0
		}
	}
	return open
}

// tagName is the name at the start of a tag's text, without its prefix, and what follows it.
func tagName(body []byte) (name, rest []byte) {
	from := 0
	for i, c := range body {
		switch c {
		case ':':
			from = i + 1
		case ' ', '\t', '\r', '\n':
			return body[from:i], body[i:]
		}
	}
	return body[from:], nil
}

// attr is the value of the attribute of that name, without prefix, as it stands in the XML; nil if there is none.
func (t tag) attr(want string) []byte {
	for name, value, rest := nextAttr(t.attrs); name != nil; name, value, rest = nextAttr(rest) {
		if i := bytes.IndexByte(name, ':'); string(name[i+1:]) == want {
			return value
		}
	}
	return nil
}

// text is the value of an attribute with references resolved.
func (t tag) text(name string) string { return string(appendText(nil, t.attr(name))) }

// number is the value of an attribute that is a whole number, or -1.
func (t tag) number(name string) int {
	if n, err := strconv.Atoi(string(t.attr(name))); err == nil {
		return n
	}
	return -1
}

// nextAttr is the first attribute of a tag's text and what follows it; no name if there is none.
func nextAttr(attrs []byte) (name, value, rest []byte) {
	eq := bytes.IndexByte(attrs, '=')
	if eq < 0 {
		return nil, nil, nil
	}
	name, rest = bytes.TrimSpace(attrs[:eq]), bytes.TrimLeft(attrs[eq+1:], " \t\r\n")
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, nil
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil, nil, nil
	}
	return name, rest[1 : end+1], rest[end+2:]
}

// text appends the text before the next tag, with references resolved. Comments in it are left out.
func (s *xmlScanner) text(dst []byte) ([]byte, error) {
	for {
		end, err := s.find('<', 0)
		if err != nil {
			return dst, err
		}
		dst = appendText(dst, s.buf[s.pos:s.pos+end])
		s.pos += end
		if err := s.need(2); err != nil {
			return dst, err
		}
		if c := s.buf[s.pos+1]; c != '!' && c != '?' {
			return dst, nil
		}
		if dst, err = s.cdata(dst); err != nil {
			return dst, err
		}
	}
}

// cdata appends a CDATA section, and skips everything else that is special.
func (s *xmlScanner) cdata(dst []byte) ([]byte, error) {
	const mark = "<![CDATA["
	if s.buf[s.pos+1] == '!' {
		if err := s.need(len(mark)); err != nil {
			return dst, err
		}
	}
	if !hasPrefix(s.buf[s.pos:s.end], mark) {
		return dst, s.special()
	}
	for from := len(mark); ; from++ {
		end, err := s.find('>', from)
		if err != nil {
			return dst, err
		}
		if body := s.buf[s.pos+len(mark) : s.pos+end]; bytes.HasSuffix(body, []byte("]]")) {
			dst = append(dst, body[:len(body)-2]...)
			s.pos += end + 1
			return dst, nil
		}
		from = end
	}
}

// maxReference is how long a reference such as &#x1F600; may be, with all the zeros that it may start with.
const maxReference = 64

// appendText appends text with its references resolved; one that XML does not know stays as it is.
func appendText(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(dst, text...)
		}
		dst, text = append(dst, text[:i]...), text[i:]
		end := bytes.IndexByte(text[:min(len(text), maxReference)], ';')
		r := rune(-1)
		if end > 0 {
			r = reference(string(text[1:end]))
		}
		if r < 0 {
			dst, text = append(dst, '&'), text[1:]
			continue
		}
		dst, text = utf8.AppendRune(dst, r), text[end+1:]
	}
}

// reference is the character that a reference stands for, -1 if it is none.
func reference(name string) rune {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	if len(name) < 2 || name[0] != '#' {
		return -1
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return -1
	}
	return rune(n)
}
