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

// list is a slice as it stands in memory.
type list struct {
	first    unsafe.Pointer // nil if the slice is
	len, cap int
}

// list is the slice that stands here.
func (p place) list() *list { return (*list)(p.p) }

// at is the place of a value of that size, which the slice must have room for.
func (l *list) at(i int, size uintptr) place { return place{unsafe.Add(l.first, uintptr(i)*size)} }

// isBlank reports whether a value of that size is nothing but zeros in memory.
func (p place) isBlank(size uintptr) bool {
	at := uintptr(0)
	for ; at+8 <= size; at += 8 {
		if *(*uint64)(unsafe.Add(p.p, at)) != 0 {
			return false
		}
	}
	for ; at < size; at++ {
		if *(*byte)(unsafe.Add(p.p, at)) != 0 {
			return false
		}
	}
	return true
}

// offsetOf is where a field stands in a struct of type t, by the way to it through structs that are embedded in each other.
func offsetOf(t reflect.Type, way []int) (offset uintptr) {
	for _, i := range way {
		f := t.Field(i)
		offset, t = offset+f.Offset, f.Type
	}
	return offset
}
