package quickjson

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// member is one of an object.
type member struct {
	name   string
	key    []byte // the name as it is written, in quotes
	way    []int  // to the field
	offset uintptr
	kind   reflect.Type
	empty  bool // it is not written if it is empty
	zero   bool // it is not written if it is zero
	asks   bool // the value itself, whether it is
	take   taker
	give   giver
}

// isLeftOut reports whether the value at a place is not written.
func (m *member) isLeftOut(at place) bool {
	kind := m.kind.Kind()
	switch {
	case m.asks:
		return at.value(m.kind).Addr().Interface().(zeroer).IsZero()
	case !m.zero && !m.empty:
		return false
	case kind == reflect.String: // most are
		return *at.text() == ""
	case m.zero && kind == reflect.Slice:
		_, there := at.target()
		return !there
	case m.zero:
		return at.value(m.kind).IsZero()
	case kind == reflect.Slice || kind == reflect.Map || kind == reflect.Array:
		return at.value(m.kind).Len() == 0
	}
	return kind != reflect.Struct && at.value(m.kind).IsZero()
}

// zeroer is a value that says whether it is zero.
type zeroer interface{ IsZero() bool }

// membersOf are the members of a struct, in the order in which encoding/json writes them. It is not ok if not all of that is
// known.
func membersOf(t reflect.Type) (members []member, ok bool) {
	for _, f := range reflect.VisibleFields(t) {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		options := strings.Split(rest, ",")
		switch {
		case name == "-" && rest == "":
			continue
		case f.Anonymous && (name != "" || f.Type.Kind() != reflect.Struct || isItself(f.Type)):
			return nil, false
		case f.Anonymous || !f.IsExported():
			continue
		case name == "":
			name = f.Name
		}
		m := member{name: name, key: []byte(`"` + name + `"`), way: f.Index, offset: offsetOf(t, f.Index), kind: f.Type,
			empty: slices.Contains(options, "omitempty"), zero: slices.Contains(options, "omitzero")}
		m.asks = m.zero && reflect.PointerTo(f.Type).Implements(reflect.TypeFor[zeroer]())
		odd := m.asks && (m.empty || f.Type.Kind() == reflect.Pointer || f.Type.Kind() == reflect.Interface) || m.zero && m.empty
		if odd || !isPlain(name) || slices.Contains(options, "string") ||
			slices.ContainsFunc(members, func(m member) bool { return strings.EqualFold(m.name, name) }) {
			return nil, false
		}
		members = append(members, m)
	}
	return members, len(members) <= 64
}

// isPlain reports whether a name is written as it is, and no other is the same but for the case of its letters.
func isPlain(name string) bool {
	for _, c := range []byte(name) {
		if c <= ' ' || c > '~' || strings.IndexByte("\"\\<>&", c) >= 0 {
			return false
		}
	}
	return true
}

// isItself reports whether values of a type read or write themselves.
func isItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[json.Marshaler]()) ||
		p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}
