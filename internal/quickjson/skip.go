package quickjson

import (
	"bytes"
	"strings"
)

// deepest is how deep values lie in each other that are passed over.
const deepest = 100

// space removes white space from the beginning.
func space(text []byte) []byte {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\n' || text[0] == '\t' || text[0] == '\r') {
		text = text[1:]
	}
	return text
}

// skip passes over the value at the beginning. ok is false if it is none, or lies too deep.
func skip(text []byte, depth int) (rest []byte, ok bool) {
	if len(text) == 0 || depth > deepest {
		return nil, false
	}
	switch text[0] {
	case '"':
		return skipString(text)
	case '{':
		return skipList(text, depth, '}', true)
	case '[':
		return skipList(text, depth, ']', false)
	case 't':
		return bytes.CutPrefix(text, []byte("true"))
	case 'f':
		return bytes.CutPrefix(text, []byte("false"))
	case 'n':
		return bytes.CutPrefix(text, []byte("null"))
	}
	n := number(text)
	return text[n:], n > 0
}

func skipString(text []byte) (rest []byte, ok bool) {
	end := bytes.IndexByte(text[1:], '"')
	if end >= 0 && bytes.IndexByte(text[1:1+end], '\\') < 0 {
		return text[end+2:], isText(text[1 : 1+end])
	}
	_, rest, ok = unescape(nil, text[1:])
	return rest, ok
}

// skipList passes over an object or a list.
func skipList(text []byte, depth int, end byte, named bool) (rest []byte, ok bool) {
	if text = space(text[1:]); len(text) > 0 && text[0] == end {
		return text[1:], true
	}
	for {
		if named {
			if len(text) == 0 || text[0] != '"' {
				return nil, false
			}
			if text, ok = skipString(text); !ok {
				return nil, false
			}
			if text, ok = bytes.CutPrefix(space(text), []byte(":")); !ok {
				return nil, false
			}
			text = space(text)
		}
		if text, ok = skip(text, depth+1); !ok {
			return nil, false
		}
		var more bool
		if text, more, ok = next(text, end); !more {
			return text, ok
		}
	}
}

// next passes over what stands behind a value: a comma, behind which there is more, or the end.
func next(text []byte, end byte) (rest []byte, more, ok bool) {
	text = space(text)
	switch {
	case len(text) == 0:
		return nil, false, false
	case text[0] == ',':
		return space(text[1:]), true, true
	}
	return text[1:], false, text[0] == end
}

// number is how many bytes at the beginning are a number; 0 for none.
func number(text []byte) int {
	n := 0
	digits := func() bool {
		from := n
		for n < len(text) && text[n] >= '0' && text[n] <= '9' {
			n++
		}
		return n > from
	}
	is := func(signs string) bool {
		if n < len(text) && strings.IndexByte(signs, text[n]) >= 0 {
			n++
			return true
		}
		return false
	}
	is("-")
	if !is("0") && !digits() || is(".") && !digits() {
		return 0
	}
	if is("eE") {
		if is("+-"); !digits() {
			return 0
		}
	}
	return n
}
