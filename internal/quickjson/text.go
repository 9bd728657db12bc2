package quickjson

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendString appends a text in quotes, as encoding/json writes it where HTML is not escaped.
func AppendString(b []byte, text string) []byte {
	b = append(b, '"')
	done := 0
	for i := 0; i < len(text); {
		if i+8 <= len(text) {
			t := text[i : i+8]
			plain := plainBytes(uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 | uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56)
			if i += plain; plain == 8 {
				continue
			}
		}
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
			if r != '\u2028' && r != '\u2029' && (r != utf8.RuneError || size > 1) {
				i += size
				continue
			}
		}
		b = appendEscape(append(b, text[done:i]...), r)
		i += size
		done = i
	}
	return append(append(b, text[done:]...), '"')
}

const each = 0x0101010101010101 // of eight bytes

// plainBytes is how many of eight bytes, before the first other one, are ASCII that stands in a string as it is.
func plainBytes(b uint64) int { return before(b | (b - each*' ') | marks(b)) }

// marks has the highest bit of the first of eight bytes that is a quote or a backslash. Behind that it may have others.
func marks(b uint64) uint64 {
	quote, backslash := b^each*'"', b^each*'\\'
	return (quote-each)&^quote | (backslash-each)&^backslash
}

// before is how many of eight bytes come before the first whose highest bit is set.
func before(b uint64) int { return bits.TrailingZeros64(b&(each<<7)) / 8 }

const (
	shortNames  = `"\/bfnrt` // what stands behind a backslash
	shortValues = "\"\\/\b\f\n\r\t"
)

func appendEscape(b []byte, r rune) []byte {
	if r == '"' {
		return append(b, `\"`...)
	}
	if at := strings.IndexRune(shortValues, r); at >= 0 {
		return append(b, '\\', shortNames[at])
	}
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}

// text reads a string.
func (d *Decoder) text(text []byte) (s string, rest []byte, ok bool) {
	if len(text) == 0 || text[0] != '"' {
		return "", nil, false
	}
	at := 1
	for n := 8; n == 8 && at+8 <= len(text); at += n {
		n = plainBytes(binary.LittleEndian.Uint64(text[at:]))
	}
	if at < len(text) && text[at] == '"' { // as of most
		return d.known(text[1:at]), text[at+1:], true
	}
	end := bytes.IndexByte(text[1:], '"')
	if end < 0 {
		return "", nil, false
	}
	if plain := text[1 : 1+end]; bytes.IndexByte(plain, '\\') < 0 {
		return d.known(plain), text[end+2:], isText(plain)
	}
	d.clean, rest, ok = unescape(d.clean[:0], text[1:])
	return string(d.clean), rest, ok
}

// isText reports whether bytes may stand in a string as they are.
func isText(b []byte) bool {
	var all byte
	for i := 0; i < len(b); i++ {
		if i+8 <= len(b) {
			if eight := binary.LittleEndian.Uint64(b[i:]); (eight|(eight-each*' '))&(each<<7) == 0 {
				i += 7
				continue
			}
		}
		if b[i] < ' ' {
			return false
		}
		all |= b[i]
	}
	return all < utf8.RuneSelf || utf8.Valid(b)
}

// known is the string of some bytes, one of those that were read lately if it is.
func (d *Decoder) known(b []byte) string {
	const longest = 32
	if len(b) == 0 || len(b) > longest {
		return string(b)
	}
	h, rest := uint64(len(b)), b
	for ; len(rest) >= 8; rest = rest[8:] {
		h = (h ^ binary.LittleEndian.Uint64(rest)) * 0x9E3779B97F4A7C15
		h ^= h >> 32
	}
	for _, c := range rest {
		h = (h ^ uint64(c)) * 0x100000001B3
	}
	at := &d.texts[(h^h>>32)%uint64(len(d.texts))]
	if *at != string(b) {
		*at = string(b)
	}
	return *at
}

// unescape appends the rest of a string that has escapes. It gives up halves of characters, which encoding/json mends.
func unescape(clean, text []byte) (_, rest []byte, ok bool) {
	done := 0
	for i := 0; i < len(text); i++ {
		if i+8 <= len(text) {
			n := before(marks(binary.LittleEndian.Uint64(text[i:])))
			if i += n; n == 8 {
				i--
				continue
			}
		}
		switch c := text[i]; {
		case c == '"':
			return append(clean, text[done:i]...), text[i+1:], isText(text[:i])
		case c != '\\':
			continue
		}
		clean = append(clean, text[done:i]...)
		if i++; i == len(text) {
			break
		}
		done = i + 1
		if at := strings.IndexByte(shortNames, text[i]); at >= 0 {
			clean = append(clean, shortValues[at])
			continue
		}
		r, ok := hex(text[i:])
		if !ok {
			break
		}
		i += len("0000")
		if utf16.IsSurrogate(r) {
			low, ok := rune(0), false
			if i+1 < len(text) && text[i+1] == '\\' {
				low, ok = hex(text[i+2:])
			}
			if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
				break
			}
			i += len(`\u0000`)
		}
		clean, done = utf8.AppendRune(clean, r), i+1
	}
	return clean, nil, false
}

// hex reads the u and the four digits of an escape.
func hex(text []byte) (rune, bool) {
	if len(text) < len("u0000") || text[0] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[1:5]), 16, 32)
	return rune(n), err == nil
}
