package quickjson

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type inner struct {
	Name  string
	Texts []string `json:",omitzero"`
}

// loud reads itself.
type loud string

func (l *loud) UnmarshalJSON(b []byte) error {
	*l = loud(bytes.ToUpper(b))
	return nil
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
	Map     map[string]int
	Small   int8            `json:"small"`
	Price   *float64        `json:"price,omitempty"`
	At      time.Time       `json:",omitzero"`
	Raw     json.RawMessage `json:",omitempty"`
	Any     any             `json:",omitempty"`
	Loud    loud
	Lenient Text
	Loose   Loose[inner]
	Maybe   *Loose[struct{ Text Text }]
	Empty   []inner `json:",omitempty"`
	Left    string  `json:"-"`
}

func samples() []sample {
	text, price := "a\"b\\c\n\t\b\f\u2028<>&é\x01\x7f/\U0001F600", 1.5e-7
	return []sample{
		{}, {Number: -7, Line: 3, Small: -128}, {inner: inner{Name: "x", Texts: []string{"", "a", text, "a"}}}, {List: []inner{}}, {List: []inner{{}, {Name: "y"}, {Texts: []string{}}}},
		{Pointer: &text, Again: &sample{Number: 1, Again: &sample{Yes: true}}}, {Inner: inner{Name: "bad \xff byte \xe2\x80"}}, {Map: map[string]int{"a": 1}},
		{Price: &price, At: time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC), Raw: json.RawMessage(`{"a":[1,2,{"b":null}]}`), Any: "x", Loud: "y", Lenient: "zé", Loose: Loose[inner]{inner{Name: "w"}}, Empty: []inner{}},
	}
}

// TestDecode: what encoding/json has written is read as encoding/json reads it.
func TestDecode(t *testing.T) {
	for _, s := range samples() {
		line, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var spaced bytes.Buffer
		if err := json.Indent(&spaced, line, " ", "\t"); err != nil {
			t.Fatal(err)
		}
		for _, text := range [][]byte{line, spaced.Bytes()} {
			var want, got sample
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			rest, ok := NewDecoder(reflect.TypeFor[sample]()).take(new(Decoder), space(text), placeOf(&got, reflect.TypeFor[sample]()))
			if !ok || len(space(rest)) > 0 {
				t.Errorf("%s: given up", text)
			}
			same(t, text, want, got)
		}
	}
}

func same(t *testing.T, text []byte, want, got sample) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(sample{}, inner{})); diff != "" {
		t.Errorf("%q: (-want +got)\n%s", text, diff)
	}
}

// TestEncode: what is written is what encoding/json writes.
func TestEncode(t *testing.T) {
	for _, s := range samples() {
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(&s); err != nil {
			t.Fatal(err)
		}
		got, err := NewEncoder(reflect.TypeFor[sample]()).Append(nil, &s)
		if err != nil || string(got)+"\n" != want.String() {
			t.Errorf("wrote %s, %v\nwant  %s", got, err, want.String())
		}
	}
	if _, err := NewEncoder(reflect.TypeFor[sample]()).Append(nil, &sample{Raw: json.RawMessage("{")}); err == nil {
		t.Error("wrote half an object")
	}
}

// TestKept: what is no member of an object is kept; what an earlier text has left is not.
func TestKept(t *testing.T) {
	type page struct {
		Data  []inner
		asked string
	}
	p, json := page{asked: "x"}, new(Decoders)
	for _, tt := range []struct {
		text string
		want page
	}{
		{`{"Data":[{"Name":"a"},{"Name":"b","Texts":["c"]}]}`, page{[]inner{{Name: "a"}, {"b", []string{"c"}}}, "x"}},
		{`{"Data":[{},{"Name":7}]}`, page{[]inner{{}, {}}, "x"}},
		{`{"Data":[{"name":"given up"},{}]}`, page{[]inner{{Name: "given up"}, {}}, "x"}},
		{`{}`, page{nil, "x"}},
	} {
		if err := json.Unmarshal([]byte(tt.text), &p); (err != nil) != strings.Contains(tt.text, "7") {
			t.Errorf("%s: %v", tt.text, err)
		}
		if diff := cmp.Diff(tt.want, p, cmp.AllowUnexported(page{})); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.text, diff)
		}
	}
}

// TestCleared: where a value is nothing but its members, or no object, nothing of an earlier text is left of it.
func TestCleared(t *testing.T) {
	type deep struct{ inner }
	type whole struct {
		Small int8
		deep
		Numbers []int64
		Inner   *inner
	}
	first := `{"Small":-1,"Name":"a","Texts":["b"],"Numbers":[1,2],"Inner":{"Name":"c"}}`
	for _, text := range []string{first, `{"Numbers":[3]}`, `{}`, first, `{"Numbers":[1.5]}`, `null`} {
		got, want := whole{8, deep{inner{"left", []string{"left"}}}, []int64{9}, &inner{"left", nil}}, whole{}
		d := NewDecoder(reflect.TypeFor[whole]())
		if !d.whole {
			t.Error("is not whole")
		}
		err, wantErr := d.Unmarshal([]byte(text), &got), json.Unmarshal([]byte(text), &want)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(whole{}, deep{})); diff != "" || (err == nil) != (wantErr == nil) {
			t.Errorf("%s: %v, want %v (-want +got)\n%s", text, err, wantErr, diff)
		}
	}
	list, lists := []inner{{"left", []string{"left"}}}, NewDecoder(reflect.TypeFor[[]inner]())
	if err := lists.Unmarshal([]byte(`[{"Name":"a"},{}]`), &list); err != nil || !reflect.DeepEqual(list, []inner{{Name: "a"}, {}}) {
		t.Errorf("read %v, %v", list, err)
	}
}

// TestOtherType: what is not of the type that was said from the start is never written to.
func TestOtherType(t *testing.T) {
	for _, v := range []any{new(sample), inner{}, (*inner)(nil), "x"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("took %T", v)
				}
			}()
			_ = NewDecoder(reflect.TypeFor[inner]()).Unmarshal([]byte(`{"Name":"a"}`), v)
		}()
	}
}

// FuzzDecode: a text is read as encoding/json reads it, and refused with its error; what was read is written as encoding/json
// writes it.
func FuzzDecode(f *testing.F) {
	for _, line := range []string{`{"Number":1,"Name":"x","List":null,"Other":null}`, `{"Number":1.5}`, `{"number":1}`, `{"Number":1,"Number":2}`, `{"Number":9223372036854775808}`,
		`{"Name":"\u00e9\ud83d\ude00\ud83d","Texts":["a",null],"List":[{}]}`, `{"Pointer":null,"Again":{"Number":-0}} `, `{"Yes":true,"Name":"a` + "\x00" + `"}`, `{"Number":01}`, `{"List":[{},]}`,
		`{"Texts":["\n"]}`, ` { "small" : 128 , "x" : [ 1 , -0.5e+3 , { "y" : "\"" } , true , false , null ] } `, `{"Raw":[1 ,2],"Loud":null,"Map":{"a":1},"At":"2026-01-02T03:04:05Z","price":1e3}`,
		`{"a":{"b":{"c":[]}},"\u004eumber":1}`, `[]`, `null`, `{"Texts":{}}`, `{"Loud":{"a": 1}}`,
		`{"Lenient":12.50,"Loose":[],"Maybe":{"Text":true}}`, `{"Lenient":{"a":1},"Loose":"","Maybe":null}`, `{"Lenient":null,"Loose":{"Name":1}}`, `{"Lenient":"a\n","Loose":{"Value":{"Name":"x"}},"Maybe":{"text":"a"}}`, `{"Name":"\ud83d\u0041"}`, `{"Name":"\/"}`, `{"":1}`, `{"Small":3,"ſmall":4}`} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var want, got sample
		wantErr, err := json.Unmarshal(line, &want), new(Decoders).Unmarshal(line, &got)
		if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Fatalf("%q: %v, want %v", line, err, wantErr)
		}
		same(t, line, want, got)
		if err != nil {
			return
		}
		var written bytes.Buffer
		enc := json.NewEncoder(&written)
		enc.SetEscapeHTML(false)
		wantErr = enc.Encode(&want)
		text, err := NewEncoder(reflect.TypeFor[sample]()).Append(nil, &got)
		if (err == nil) != (wantErr == nil) || err == nil && string(text) != strings.TrimSuffix(written.String(), "\n") {
			t.Errorf("%q: wrote %s, %v; want %s, %v", line, text, err, written.String(), wantErr)
		}
	})
}

// FuzzAppendString: a text is written as encoding/json writes it.
func FuzzAppendString(f *testing.F) {
	for _, s := range samples() {
		f.Add(s.Name + s.Inner.Name + strings.Join(s.Texts, ""))
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(text); err != nil {
			t.Fatal(err)
		}
		if got := AppendString(nil, text); string(got)+"\n" != want.String() {
			t.Errorf("wrote %s, want %s", got, want.String())
		}
	})
}
