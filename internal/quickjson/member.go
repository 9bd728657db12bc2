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
	size   uintptr
	empty  bool // it is not written if it is empty
	zero   bool // it is not written if it is zero
	asks   bool // the value itself, whether it is
	blank  bool // a value of nothing but zeros in memory, as most are, is not written
	take   taker
	give   giver
}

// isLeftOut reports whether the value at a place is not written.
func (m *member) isLeftOut(at place) bool {
	if !m.zero && !m.empty || at.isBlank(m.size) {
		return m.blank
	}
	switch kind := m.kind.Kind(); {
	case m.asks:
	case kind == reflect.String:
		return *at.text() == ""
	case m.zero && (kind == reflect.Slice || kind == reflect.Pointer):
		return false
	}
	return m.isEmpty(at.value(m.kind))
}

// isEmpty reports whether a value counts as one that is not written.
func (m *member) isEmpty(v reflect.Value) bool {
	switch kind := v.Kind(); {
	case m.asks:
		return v.Addr().Interface().(zeroer).IsZero()
	case m.zero:
		return v.IsZero()
	case m.empty && (kind == reflect.String || kind == reflect.Slice || kind == reflect.Map || kind == reflect.Array):
		return v.Len() == 0
	}
	return m.empty && v.Kind() != reflect.Struct && v.IsZero()
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
		m.size, m.blank = f.Type.Size(), m.isEmpty(reflect.New(f.Type).Elem())
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
