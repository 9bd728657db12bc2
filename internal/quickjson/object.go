package quickjson

import (
	"bytes"
	"encoding/json"
)

// Object is an object of JSON that is being written.
type Object struct{ text []byte }

// NewObject returns an object without members.
func NewObject() *Object { return &Object{make([]byte, 0, 512)} }

// Text adds a member that is a text.
func (o *Object) Text(name, value string) {
	o.name(name)
	o.text = AppendString(o.text, value)
}

// Texts adds a member that is a list of texts, unless there are none.
func (o *Object) Texts(name string, values []string) {
	for i, v := range values {
		if i == 0 {
			o.name(name)
			o.text = append(o.text, '[')
		} else {
			o.text = append(o.text, ',')
		}
		o.text = AppendString(o.text, v)
	}
	if len(values) > 0 {
		o.text = append(o.text, ']')
	}
}

// Number adds a member that is a number.
func (o *Object) Number(name string, value float64) {
	o.name(name)
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err) // no number of JSON
	}
	o.text = append(o.text, raw...)
}

func (o *Object) name(name string) {
	before := byte(',')
	if len(o.text) == 0 {
		before = '{'
	}
	o.text = append(AppendString(append(o.text, before), name), ':')
}

// End is the object as it is sent. Afterwards the next one, without members, is written into the same memory.
func (o *Object) End() []byte {
	if len(o.text) == 0 {
		return []byte("{}")
	}
	text := bytes.Clone(append(o.text, '}'))
	o.text = o.text[:0]
	return text
}
