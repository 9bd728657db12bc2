package runrows

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type inner struct {
	Name  string
	Texts []string `json:",omitzero"`
}

type sample struct {
	Number int
	Line   int `json:"line,omitempty"`
	inner
	Inner   inner `json:",omitzero"`
	List    []inner
	Pointer *string `json:",omitzero"`
	Again   *sample `json:",omitzero"`
	Yes     bool    `json:",omitzero"`
	Other   map[string]int
	Left    string `json:"-"`
}

// TestDecode: what encoding/json has written is read as encoding/json reads it; what it has not is given up, or read the same.
func TestDecode(t *testing.T) {
	text := "a\"b\\c\n\t\u2028<>&é\x01\U0001F600"
	for _, s := range []sample{
		{}, {Number: -7, Line: 3}, {inner: inner{Name: "x", Texts: []string{"", "a", text, "a"}}}, {List: []inner{}}, {List: []inner{{}, {Name: "y"}, {Texts: []string{}}}},
		{Pointer: &text, Again: &sample{Number: 1, Again: &sample{Yes: true}}}, {Inner: inner{Name: "bad \xff byte"}}, {Other: map[string]int{"a": 1}},
	} {
		line, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var want, got sample
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		done := newDecoder(reflect.TypeFor[sample]()).decode(line, &got)
		if given := s.Other != nil; done == given {
			t.Errorf("%s: read %v", line, done)
		}
		if done {
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(sample{}, inner{})); diff != "" {
				t.Errorf("%s: (-want +got)\n%s", line, diff)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, line := range []string{`{"Number":1,"Name":"x","List":null,"Other":null}`, `{"Number":1.5}`, `{"number":1}`, `{"Number":1,"Number":2}`, `{"Number":9223372036854775808}`,
		`{"Name":"\u00e9\ud83d\ude00\ud83d","Texts":["a",null],"List":[{}]}`, `{"Pointer":null,"Again":{"Number":-0}} `, `{"Yes":true,"Name":"a` + "\x00" + `"}`, `{"Number":01}`, `{"List":[{},]}`, `{"Texts":["\n"]}`} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var want, got sample
		if !newDecoder(reflect.TypeFor[sample]()).decode(line, &got) {
			return
		}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatalf("%q: read, although %v", line, err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(sample{}, inner{})); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", line, diff)
		}
	})
}
