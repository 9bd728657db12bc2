package quickjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Decoder reads values of one type. It is not safe for concurrent use.
type Decoder struct {
	kind
	texts [512]string // that were read lately: names of fields, codes and cities come again and again
	clean []byte      // the last text that had escapes
}

// kind is a type, as it is read.
type kind struct {
	of      reflect.Type
	take    taker
	members []member // of a struct, as far as they are known
	whole   bool     // a value is nothing but its members
}

// taker reads a value from the beginning of a text into its place, which is zero, and returns what is left; ok is false if it gives up.
type taker func(d *Decoder, text []byte, to place) (rest []byte, ok bool)

func kindOf(t reflect.Type) kind {
	k := kind{of: t, take: takers{}.of(t), whole: t.Kind() != reflect.Struct}
	if !k.whole {
		k.members, k.whole = membersOf(t)
		for _, f := range reflect.VisibleFields(t) {
			isMember := slices.ContainsFunc(k.members, func(m member) bool { return slices.Equal(m.way, f.Index) })
			k.whole = k.whole && (f.Anonymous || isMember)
		}
	}
	return k
}

// NewDecoder returns a decoder of values of a type.
func NewDecoder(t reflect.Type) *Decoder { return &Decoder{kind: kindOf(t)} }

// Unmarshal reads a text into what v points to, a value of the decoder's type, as json.Unmarshal does if the value is zero. Fields
// of a struct that are no members of the object it leaves as they are.
func (d *Decoder) Unmarshal(text []byte, v any) error {
	to := placeOf(v, d.of)
	d.clear(to)
	rest, ok := d.take(d, space(text), to)
	if ok && len(space(rest)) == 0 {
		return nil
	}
	d.clear(to)
	return json.Unmarshal(text, v)
}

// clear makes a value zero.
func (k kind) clear(to place) {
	if k.whole {
		to.value(k.of).SetZero()
		return
	}
	for i := range k.members {
		m := &k.members[i]
		to.field(m.offset).value(m.kind).SetZero()
	}
}

// Decoders are those of all types that are asked for. The zero value is ready to use, and safe for concurrent use.
type Decoders struct{ byType sync.Map }

// Unmarshal reads a text into what v points to: see Decoder.Unmarshal.
func (d *Decoders) Unmarshal(text []byte, v any) error {
	t := reflect.TypeOf(v).Elem()
	pool, ok := d.byType.Load(t)
	if !ok {
		k := kindOf(t)
		pool, _ = d.byType.LoadOrStore(t, &sync.Pool{New: func() any { return &Decoder{kind: k} }})
	}
	one := pool.(*sync.Pool).Get().(*Decoder)
	defer pool.(*sync.Pool).Put(one)
	return one.Unmarshal(text, v)
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
	if *known != nil {
		return *known
	}
	return func(d *Decoder, text []byte, to place) ([]byte, bool) { return (*known)(d, text, to) } // it is being made
}

func (m takers) make(t reflect.Type) taker {
	switch p := reflect.PointerTo(t); {
	case t == reflect.TypeFor[Text]():
		return takeLenient
	case p.Implements(reflect.TypeFor[loose]()) && t.Kind() == reflect.Struct && t.Field(0).Name == "Value":
		return takeLoose(t.Field(0).Offset, m.of(t.Field(0).Type))
	case p.Implements(reflect.TypeFor[json.Unmarshaler]()):
		return takeItself(t)
	case p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return takeOther(t)
	}
	switch t.Kind() {
	case reflect.String:
		if t != reflect.TypeFor[json.Number]() {
			return orNull(takeText)
		}
	case reflect.Bool:
		return orNull(takeBool)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return orNull(takeInt(t))
	case reflect.Pointer:
		of := m.of(t.Elem())
		return orNull(func(d *Decoder, text []byte, to place) ([]byte, bool) {
			to.value(t).Set(reflect.New(t.Elem()))
			target, _ := to.target()
			return of(d, text, target)
		})
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return orNull(takeList(t, m.of(t.Elem())))
		}
	case reflect.Struct:
		if members, ok := membersOf(t); ok {
			for i := range members {
				members[i].take = m.of(members[i].kind)
			}
			return orNull(takeObject(members))
		}
	}
	return takeOther(t)
}

// orNull reads null, which leaves a value as it is.
func orNull(take taker) taker {
	return func(d *Decoder, text []byte, to place) ([]byte, bool) {
		if len(text) > 0 && text[0] == 'n' {
			return bytes.CutPrefix(text, []byte("null"))
		}
		return take(d, text, to)
	}
}

// takeItself lets a value of type t read itself.
func takeItself(t reflect.Type) taker {
	return func(_ *Decoder, text []byte, to place) ([]byte, bool) {
		rest, ok := skip(text, 0)
		if !ok {
			return nil, false
		}
		return rest, to.value(t).Addr().Interface().(json.Unmarshaler).UnmarshalJSON(text[:len(text)-len(rest)]) == nil
	}
}

// takeOther leaves a value of type t to encoding/json.
func takeOther(t reflect.Type) taker {
	return func(_ *Decoder, text []byte, to place) ([]byte, bool) {
		rest, ok := skip(text, 0)
		if !ok {
			return nil, false
		}
		return rest, json.Unmarshal(text[:len(text)-len(rest)], to.value(t).Addr().Interface()) == nil
	}
}

func takeText(d *Decoder, text []byte, to place) (rest []byte, ok bool) {
	*to.text(), rest, ok = d.text(text)
	return rest, ok
}

func takeBool(_ *Decoder, text []byte, to place) ([]byte, bool) {
	if rest, ok := bytes.CutPrefix(text, []byte("true")); ok {
		*to.yes() = true
		return rest, true
	}
	return bytes.CutPrefix(text, []byte("false"))
}

func takeInt(t reflect.Type) taker {
	return func(_ *Decoder, text []byte, to place) ([]byte, bool) {
		end := number(text)
		n, err := strconv.ParseInt(string(text[:end]), 10, 64)
		v := to.value(t)
		if err != nil || v.OverflowInt(n) {
			return nil, false
		}
		v.SetInt(n)
		return text[end:], true
	}
}

// longest is for how many values room is made before they come.
const longest = 256

func takeList(t reflect.Type, of taker) taker {
	size := t.Elem().Size()
	var lately atomic.Int32 // the length of the last one, which the next one is likely to have
	return func(d *Decoder, text []byte, to place) (rest []byte, ok bool) {
		l := to.list()
		if text, ok = bytes.CutPrefix(text, []byte("[")); !ok {
			return nil, false
		}
		if rest, ok = bytes.CutPrefix(space(text), []byte("]")); ok {
			to.value(t).Set(reflect.MakeSlice(t, 0, 0))
			return rest, true
		}
		text = space(text)
		n := 0
		for more := true; more; n++ {
			if n == l.cap {
				to.value(t).Grow(max(n, int(lately.Load()), 1))
			}
			l.len = n + 1
			if text, ok = of(d, text, l.at(n, size)); !ok {
				return nil, false
			}
			if text, more, ok = next(text, ']'); !ok {
				return nil, false
			}
		}
		lately.Store(int32(min(n, longest)))
		return text, true
	}
}

func takeObject(members []member) taker {
	return func(d *Decoder, text []byte, to place) (rest []byte, ok bool) {
		if text, ok = bytes.CutPrefix(text, []byte("{")); !ok {
			return nil, false
		}
		if rest, ok = bytes.CutPrefix(space(text), []byte("}")); ok {
			return rest, true
		}
		text = space(text)
		var seen uint64
		at := 0 // of the member that is likely to come next
		for more := true; more; {
			var of int
			if of, text, ok = memberAt(members, at, text); !ok {
				return nil, false
			}
			if of < 0 {
				text, ok = skip(text, 0)
			} else {
				if seen&(1<<of) != 0 { // twice: the later one counts
					return nil, false
				}
				seen |= 1 << of
				at = of + 1
				text, ok = members[of].take(d, text, to.field(members[of].offset))
			}
			if ok {
				text, more, ok = next(text, '}')
			}
			if !ok {
				return nil, false
			}
		}
		return text, true
	}
}

// memberAt reads the name of a member, and what stands behind it up to its value. It is -1 for one that is not known. One that is
// known in other letters is given up.
func memberAt(members []member, from int, text []byte) (of int, rest []byte, ok bool) {
	of = -1
	for n := range members {
		i := (from + n) % len(members)
		if bytes.HasPrefix(text, members[i].key) {
			of, rest = i, text[len(members[i].key):]
			break
		}
	}
	if of < 0 {
		if rest, ok = unknown(members, text); !ok {
			return 0, nil, false
		}
	}
	rest, ok = bytes.CutPrefix(space(rest), []byte(":"))
	return of, space(rest), ok
}

// unknown passes over the name of a member that is not known.
func unknown(members []member, text []byte) (rest []byte, ok bool) {
	if len(text) == 0 || text[0] != '"' {
		return nil, false
	}
	end := bytes.IndexByte(text[1:], '"')
	if end < 0 {
		return nil, false
	}
	name := text[1 : 1+end]
	for _, c := range name {
		if c < ' ' || c > '~' || c == '\\' {
			return nil, false
		}
	}
	for _, m := range members {
		if len(m.name) == len(name) && strings.EqualFold(m.name, string(name)) {
			return nil, false
		}
	}
	return text[end+2:], true
}
