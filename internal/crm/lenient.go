package crm

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/quickjson"
)

// Text is a string of an answer that may also come as null, a number or a boolean.
type Text = quickjson.Text

// Loose is an object of an answer that some servers write as null, "" or [] when it is empty.
type Loose[T any] = quickjson.Loose[T]

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

// Flag is a boolean or nothing, whatever its JSON type is.
type Flag struct{ Value *bool }

// UnmarshalJSON never fails.
func (f *Flag) UnmarshalJSON(b []byte) error {
	var v *bool
	if json.Unmarshal(b, &v) == nil {
		f.Value = v
	}
	return nil
}

// Count is a whole number or nothing, whatever its JSON type is.
type Count struct{ Value *int64 }

// UnmarshalJSON never fails.
func (c *Count) UnmarshalJSON(b []byte) error {
	if n, err := strconv.ParseInt(string(bytes.Trim(b, `"`)), 10, 64); err == nil {
		c.Value = &n
	}
	return nil
}

// BoolOrNull is what a body says of a boolean.
func BoolOrNull(b *bool) any {
	if b == nil {
		return nil
	}
	return *b
}
