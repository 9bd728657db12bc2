package runrows

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decoder reads what encoding/json has written of values of one type, in a fraction of the time that encoding/json takes to
// read it. It gives up what it does not know: encoding/json has to read that.
type decoder struct {
	take  taker
	texts [512]string // that were read lately: names of fields, codes and cities come again and again
}

// taker reads a value from the beginning of a text into v, which is zero, and returns what is left; ok is false if it gives up.
type taker func(d *decoder, text []byte, v reflect.Value) (rest []byte, ok bool)

func newDecoder(t reflect.Type) *decoder { return &decoder{take: takers{}.of(t)} }

// decode reads a text that is one value into what v points to, which is zero, and reports whether it could.
func (d *decoder) decode(text []byte, v any) bool {
	rest, ok := d.take(d, text, reflect.ValueOf(v).Elem())
	return ok && len(rest) == 0
}

// takers are those of types, by type, so that a type may hold itself.
type takers map[reflect.Type]*taker

func (m takers) of(t reflect.Type) taker {
	known, ok := m[t]
	if !ok {
		known = new(taker)
		m[t] = known
		*known = m.make(t)
	}
	return func(d *decoder, text []byte, v reflect.Value) ([]byte, bool) {
		if rest, null := bytes.CutPrefix(text, []byte("null")); null {
			return rest, true
		}
		return (*known)(d, text, v)
	}
}

func (m takers) make(t reflect.Type) taker {
	switch p := reflect.PointerTo(t); {
	case p.Implements(reflect.TypeFor[json.Unmarshaler]()), p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return giveUp
	}
	switch t.Kind() {
	case reflect.String:
		return takeText
	case reflect.Bool:
		return takeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return takeInt
	case reflect.Pointer:
		of := m.of(t.Elem())
		return func(d *decoder, text []byte, v reflect.Value) ([]byte, bool) {
			v.Set(reflect.New(t.Elem()))
			return of(d, text, v.Elem())
		}
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return takeList(m.of(t.Elem()))
		}
	case reflect.Struct:
		return m.object(t)
	}
	return giveUp
}

func giveUp(*decoder, []byte, reflect.Value) ([]byte, bool) { return nil, false }

func takeText(d *decoder, text []byte, v reflect.Value) ([]byte, bool) {
	s, rest, ok := d.text(text)
	v.SetString(s)
	return rest, ok
}

func takeBool(_ *decoder, text []byte, v reflect.Value) ([]byte, bool) {
	if rest, ok := bytes.CutPrefix(text, []byte("true")); ok {
		v.SetBool(true)
		return rest, true
	}
	return bytes.CutPrefix(text, []byte("false"))
}

func takeInt(_ *decoder, text []byte, v reflect.Value) ([]byte, bool) {
	end := bytes.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '-' })
	if end < 0 {
		end = len(text)
	}
	n, err := strconv.ParseInt(string(text[:end]), 10, 64)
	if err != nil || v.OverflowInt(n) || end > 1 && text[0] == '0' || end > 2 && text[1] == '0' && text[0] == '-' {
		return nil, false
	}
	v.SetInt(n)
	return text[end:], true
}

func takeList(of taker) taker {
	return func(d *decoder, text []byte, v reflect.Value) (rest []byte, ok bool) {
		if rest, ok = bytes.CutPrefix(text, []byte("[]")); ok {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
			return rest, true
		}
		for first := true; begins(text, '[', first); first = false {
			n := v.Len()
			if n == v.Cap() {
				v.Grow(max(n, 4))
			}
			v.SetLen(n + 1)
			if text, ok = of(d, text[1:], v.Index(n)); !ok {
				return nil, false
			}
		}
		rest, ok = bytes.CutPrefix(text, []byte("]"))
		return rest, ok && v.Len() > 0
	}
}

// begins reports whether the next of several values begins: the first behind a bracket, the others behind a comma.
func begins(text []byte, bracket byte, first bool) bool {
	if first {
		return len(text) > 0 && text[0] == bracket
	}
	return len(text) > 0 && text[0] == ','
}

// member is one of an object.
type member struct {
	key  string // as it is written: "Name":
	at   []int  // of the field
	take taker
}

// object reads objects of a type. Their members come in the order of its fields, as encoding/json writes them.
func (m takers) object(t reflect.Type) taker {
	var members []member
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-":
			continue
		case f.Anonymous && (name != "" || f.Type.Kind() != reflect.Struct), strings.Contains(options, "string"), strings.ContainsAny(name, `"\<>&`):
			return giveUp
		case f.Anonymous || !f.IsExported():
			continue
		case name == "":
			name = f.Name
		}
		members = append(members, member{`"` + name + `":`, f.Index, m.of(f.Type)})
	}
	return func(d *decoder, text []byte, v reflect.Value) (rest []byte, ok bool) {
		if rest, ok = bytes.CutPrefix(text, []byte("{}")); ok {
			return rest, true
		}
		next := 0
		for first := true; begins(text, '{', first); first = false {
			text = text[1:]
			for next < len(members) && !bytes.HasPrefix(text, []byte(members[next].key)) {
				next++
			}
			if next == len(members) {
				return nil, false
			}
			of := &members[next]
			if text, ok = of.take(d, text[len(of.key):], v.FieldByIndex(of.at)); !ok {
				return nil, false
			}
			next++
		}
		rest, ok = bytes.CutPrefix(text, []byte("}"))
		return rest, ok && next > 0
	}
}

// text reads a string.
func (d *decoder) text(text []byte) (s string, rest []byte, ok bool) {
	if len(text) == 0 || text[0] != '"' {
		return "", nil, false
	}
	end := bytes.IndexByte(text[1:], '"')
	if end < 0 {
		return "", nil, false
	}
	if plain := text[1 : 1+end]; bytes.IndexByte(plain, '\\') < 0 {
		return d.known(plain), text[end+2:], isText(plain)
	}
	return unescape(text[1:])
}

// isText reports whether bytes may stand in a string as they are.
func isText(b []byte) bool {
	for _, c := range b {
		if c < ' ' {
			return false
		}
	}
	return utf8.Valid(b)
}

// known is the string of some bytes, one of those that were read lately if it is.
func (d *decoder) known(b []byte) string {
	const longest = 32
	if len(b) == 0 || len(b) > longest {
		return string(b)
	}
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	at := &d.texts[h%uint32(len(d.texts))]
	if *at != string(b) {
		*at = string(b)
	}
	return *at
}

// unescape reads the rest of a string that has escapes, as encoding/json writes them.
func unescape(text []byte) (s string, rest []byte, ok bool) {
	clean := make([]byte, 0, 2*bytes.IndexByte(text, '"')+16)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return string(clean), text[i+1:], isText(text[:i])
		case c != '\\':
			clean = append(clean, c)
			continue
		}
		if i++; i == len(text) {
			break
		}
		const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
		if at := strings.IndexByte(from, text[i]); at >= 0 {
			clean = append(clean, to[at])
			continue
		}
		if text[i] != 'u' || len(text) < i+5 {
			break
		}
		n, err := strconv.ParseUint(string(text[i+1:i+5]), 16, 32)
		if err != nil || utf16.IsSurrogate(rune(n)) {
			break
		}
		clean = utf8.AppendRune(clean, rune(n))
		i += 4
	}
	return "", nil, false
}
