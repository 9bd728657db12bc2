package quickjson

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
)

// Encoder writes values of one type.
type Encoder struct {
	of   reflect.Type
	give giver
}

// giver appends the value at a place.
type giver func(b []byte, from place) ([]byte, error)

// NewEncoder returns an encoder of values of a type.
func NewEncoder(t reflect.Type) *Encoder { return &Encoder{t, givers{}.of(t)} }

// Append appends what v points to, a value of the encoder's type, as encoding/json writes it where HTML is not escaped.
func (e *Encoder) Append(b []byte, v any) ([]byte, error) {
	return e.give(b, placeOf(v, e.of))
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
	if *known != nil {
		return *known
	}
	return func(b []byte, from place) ([]byte, error) { return (*known)(b, from) } // it is being made
}

func (m givers) make(t reflect.Type) giver {
	if p := reflect.PointerTo(t); p.Implements(reflect.TypeFor[json.Marshaler]()) || p.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return giveOther(t)
	}
	switch t.Kind() {
	case reflect.String:
		if t != reflect.TypeFor[json.Number]() {
			return func(b []byte, from place) ([]byte, error) { return AppendString(b, *from.text()), nil }
		}
	case reflect.Bool:
		return func(b []byte, from place) ([]byte, error) { return strconv.AppendBool(b, *from.yes()), nil }
	case reflect.Int:
		return func(b []byte, from place) ([]byte, error) {
			return strconv.AppendInt(b, int64(*from.number()), 10), nil
		}
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(b []byte, from place) ([]byte, error) { return strconv.AppendInt(b, from.value(t).Int(), 10), nil }
	case reflect.Pointer:
		of := m.of(t.Elem())
		return func(b []byte, from place) ([]byte, error) {
			target, ok := from.target()
			if !ok {
				return append(b, "null"...), nil
			}
			return of(b, target)
		}
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return giveList(t, m.of(t.Elem()))
		}
	case reflect.Struct:
		if members, ok := membersOf(t); ok {
			for i := range members {
				members[i].give = m.of(members[i].kind)
			}
			return giveObject(members)
		}
	}
	return giveOther(t)
}

// giveOther leaves a value of type t to encoding/json.
func giveOther(t reflect.Type) giver {
	return func(b []byte, from place) ([]byte, error) {
		raw, err := json.Marshal(from.value(t).Addr().Interface())
		return append(b, raw...), err
	}
}

func giveList(t reflect.Type, of giver) giver {
	size := t.Elem().Size()
	return func(b []byte, from place) (_ []byte, err error) {
		l := from.list()
		if l.first == nil {
			return append(b, "null"...), nil
		}
		b = append(b, '[')
		for i := range l.len {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = of(b, l.at(i, size)); err != nil {
				return b, err
			}
		}
		return append(b, ']'), nil
	}
}

func giveObject(members []member) giver {
	return func(b []byte, from place) (_ []byte, err error) {
		before := byte('{')
		for i := range members {
			m := &members[i]
			f := from.field(m.offset)
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
