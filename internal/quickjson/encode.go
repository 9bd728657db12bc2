package quickjson

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
)

// Encoder writes values of one type.
type Encoder struct{ give giver }

// giver appends a value, which can be addressed.
type giver func(b []byte, v reflect.Value) ([]byte, error)

// NewEncoder returns an encoder of values of a type.
func NewEncoder(t reflect.Type) *Encoder { return &Encoder{givers{}.of(t)} }

// Append appends what v points to, a value of the encoder's type, as encoding/json writes it where HTML is not escaped.
func (e *Encoder) Append(b []byte, v any) ([]byte, error) {
	return e.give(b, reflect.ValueOf(v).Elem())
}

// givers are those of types, by type, so that a type may hold itself.
type givers map[reflect.Type]*giver

func (m givers) of(t reflect.Type) giver {
	known, ok := m[t]
	if !ok {
		known = new(giver)
		m[t] = known
		*known = m.make(t)
	}
	return func(b []byte, v reflect.Value) ([]byte, error) { return (*known)(b, v) }
}

func (m givers) make(t reflect.Type) giver {
	if p := reflect.PointerTo(t); p.Implements(reflect.TypeFor[json.Marshaler]()) || p.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return giveOther
	}
	switch t.Kind() {
	case reflect.String:
		if t != reflect.TypeFor[json.Number]() {
			return func(b []byte, v reflect.Value) ([]byte, error) { return AppendString(b, v.String()), nil }
		}
	case reflect.Bool:
		return func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendBool(b, v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendInt(b, v.Int(), 10), nil }
	case reflect.Pointer:
		of := m.of(t.Elem())
		return func(b []byte, v reflect.Value) ([]byte, error) {
			if v.IsNil() {
				return append(b, "null"...), nil
			}
			return of(b, v.Elem())
		}
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return giveList(m.of(t.Elem()))
		}
	case reflect.Struct:
		if members, ok := membersOf(t); ok {
			for i := range members {
				members[i].give = m.of(members[i].kind)
			}
			return giveObject(members)
		}
	}
	return giveOther
}

// giveOther leaves a value to encoding/json.
func giveOther(b []byte, v reflect.Value) ([]byte, error) {
	raw, err := json.Marshal(v.Addr().Interface())
	return append(b, raw...), err
}

func giveList(of giver) giver {
	return func(b []byte, v reflect.Value) (_ []byte, err error) {
		if v.IsNil() {
			return append(b, "null"...), nil
		}
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = of(b, v.Index(i)); err != nil {
				return b, err
			}
		}
		return append(b, ']'), nil
	}
}

func giveObject(members []member) giver {
	return func(b []byte, v reflect.Value) (_ []byte, err error) {
		before := byte('{')
		for i := range members {
			m := &members[i]
			f := m.field(v)
			if m.isLeftOut(f) {
				continue
			}
			b = append(append(append(b, before), m.key...), ':')
			if b, err = m.give(b, f); err != nil {
				return b, err
			}
			before = ','
		}
		if before == '{' {
			b = append(b, '{')
		}
		return append(b, '}'), nil
	}
}
