package quickjson

import (
	"fmt"
	"reflect"
	"unsafe"
)

// place is where a value stands in memory. Reflection would take as long to come to the fields of a struct, of which most are empty,
// as all the rest takes; so what is unsafe is here, and only here. The types of values are known from the start, and placeOf
// is the only way in.
type place struct{ p unsafe.Pointer }

// placeOf is the place of what v points to, which must be of type t.
func placeOf(v any, t reflect.Type) place {
	to := reflect.ValueOf(v)
	if to.Kind() != reflect.Pointer || to.Type().Elem() != t || to.IsNil() {
		panic(fmt.Sprintf("quickjson: %T is no place of a %v", v, t))
	}
	return place{to.UnsafePointer()}
}

// field is the place of a field of the struct that stands here.
func (p place) field(offset uintptr) place { return place{unsafe.Add(p.p, offset)} }

// text, yes and number are the value that stands here, which is of that kind.
func (p place) text() *string { return (*string)(p.p) }
func (p place) yes() *bool    { return (*bool)(p.p) }
func (p place) number() *int  { return (*int)(p.p) }

// target is the place that the pointer that stands here points to; ok is false if it is nil.
func (p place) target() (to place, ok bool) {
	to.p = *(*unsafe.Pointer)(p.p)
	return to, to.p != nil
}

// value is the value of type t that stands here.
func (p place) value(t reflect.Type) reflect.Value { return reflect.NewAt(t, p.p).Elem() }

// list is a slice, of whose values the places are asked for.
type list struct {
	reflect.Value
	size uintptr // of a value
}

// list is the slice of type t that stands here.
func (p place) list(t reflect.Type) list { return list{p.value(t), t.Elem().Size()} }

// at is the place of a value, which the slice must have room for.
func (l list) at(i int) place { return place{unsafe.Add(l.UnsafePointer(), uintptr(i)*l.size)} }

// offsetOf is where a field stands in a struct of type t, by the way to it through structs that are embedded in each other.
func offsetOf(t reflect.Type, way []int) (offset uintptr) {
	for _, i := range way {
		f := t.Field(i)
		offset, t = offset+f.Offset, f.Type
	}
	return offset
}
