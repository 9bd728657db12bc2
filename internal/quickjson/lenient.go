package quickjson

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// Text is a string that may also come as null, a number or a boolean. Where documentation and server disagree on such things, an
// answer that can be understood is not thrown away.
type Text string

// UnmarshalJSON takes any JSON value; null and composed values are "".
func (t *Text) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) == 0 || b[0] == '{' || b[0] == '[' || string(b) == "null":
		*t = ""
	case b[0] == '"' && bytes.IndexByte(b, '\\') < 0 && utf8.Valid(b):
		*t = Text(b[1 : len(b)-1])
	case b[0] == '"':
		return json.Unmarshal(b, (*string)(t))
	default:
		*t = Text(b)
	}
	return nil
}

// takeLenient reads a Text.
func takeLenient(d *Decoder, text []byte, to place) (rest []byte, ok bool) {
	if len(text) > 0 && text[0] == '"' {
		return takeText(d, text, to)
	}
	if rest, ok = skip(text, 0); ok && text[0] != '{' && text[0] != '[' && text[0] != 'n' {
		*to.text() = d.known(text[:len(text)-len(rest)])
	}
	return rest, ok
}

// Loose is an object that some servers write as null, "" or [] when it is empty.
type Loose[T any] struct{ Value T }

// UnmarshalJSON leaves the value zero if b is no object.
func (l *Loose[T]) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '{' {
		return nil
	}
	return json.Unmarshal(b, &l.Value)
}

func (l *Loose[T]) isLoose() {}

// loose is a Loose of any type.
type loose interface{ isLoose() }

// takeLoose reads a Loose, whose value is so far behind its beginning.
func takeLoose(offset uintptr, of taker) taker {
	return func(d *Decoder, text []byte, to place) ([]byte, bool) {
		if len(text) > 0 && text[0] == '{' {
			return of(d, text, to.field(offset))
		}
		return skip(text, 0)
	}
}
