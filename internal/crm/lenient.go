package crm

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// Text is a string of an answer that may also come as null, a number or a boolean. Where documentation and server
// disagree on such things, an answer that can be understood is not thrown away.
type Text string

// UnmarshalJSON takes any JSON value; null and composed values are "".
func (t *Text) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) == 0 || b[0] == '{' || b[0] == '[' || string(b) == "null":
		*t = ""
	case b[0] == '"' && isPlain(b):
		*t = Text(b[1 : len(b)-1])
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = Text(s)
	default:
		*t = Text(b)
	}
	return nil
}

// isPlain reports whether a JSON string is its own value: no escapes, valid UTF-8.
func isPlain(b []byte) bool { return bytes.IndexByte(b, '\\') < 0 && utf8.Valid(b) }

// Texts are texts of an answer, without empty ones, that come as a list, or as a text alone where there is one.
type Texts []string

// UnmarshalJSON takes any JSON value; null and objects are no texts.
func (t *Texts) UnmarshalJSON(b []byte) error {
	*t = nil
	if len(b) > 0 && b[0] == '[' {
		var list []Text
		if err := json.Unmarshal(b, &list); err != nil {
			return err
		}
		for _, text := range list {
			if text != "" {
				*t = append(*t, string(text))
			}
		}
		return nil
	}
	var one Text
	if err := one.UnmarshalJSON(b); err != nil || one == "" {
		return err
	}
	*t = Texts{string(one)}
	return nil
}

// Loose is an object of an answer that some servers write as null, "" or [] when it is empty.
type Loose[T any] struct{ Value T }

// UnmarshalJSON leaves the value zero if b is no object.
func (l *Loose[T]) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '{' {
		return nil
	}
	return json.Unmarshal(b, &l.Value)
}

// ParseTime reads a time of an answer: RFC 3339 with any fraction, or a date with or without a time, which without a
// zone is taken as UTC. It is in UTC: there are zones that Go reads and does not write. What cannot be read, or is of a year
// that cannot be written, is the zero time.
func ParseTime(s string) time.Time {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05 MST", time.DateTime, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			if t = t.UTC(); t.Year() < 0 || t.Year() > 9999 { // which no date of an answer can be written as again
				return time.Time{}
			}
			return t
		}
	}
	return time.Time{}
}
