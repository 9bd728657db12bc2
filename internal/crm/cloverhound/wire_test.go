package cloverhound

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDecode(t *testing.T) {
	t.Parallel()
	documented, err := os.ReadFile("testdata/contact.json")
	if err != nil {
		t.Fatal(err)
	}
	stamp := at("2024-07-29T15:51:28.071Z")
	tests := []struct {
		name, body string
		want       Contact
	}{
		{"the documented example", string(documented), Contact{FullName: "string", Email: "string", Description: "string",
			Phones:    []Phone{{Number: "string", PhoneType: "string", CreatedAt: stamp, UpdatedAt: stamp}},
			CreatedAt: stamp, UpdatedAt: stamp}},
		{"all ids", `{"id":1,"organization_id":2,"full_name":"J","contact_phones":[{"id":3,"contact_id":1,"organization_id":2,"number":"+15125550100","phone_type":"work"}]}`,
			Contact{ID: 1, OrganizationID: 2, FullName: "J", Phones: []Phone{{ID: 3, ContactID: 1, OrganizationID: 2, Number: "+15125550100", PhoneType: "work"}}}},
		{"nulls", `{"id":1,"organization_id":2,"full_name":"J","email":null,"description":null,"contact_phones":null,"created_at":null}`,
			Contact{ID: 1, OrganizationID: 2, FullName: "J"}},
		{"other types", `{"id":"1","organization_id":2,"full_name":12,"email":["x"],"created_at":"soon","updated_at":5,"contact_phones":[{"id":"9","number":15125550100,"phone_type":null}]}`,
			Contact{ID: 1, OrganizationID: 2, FullName: "12", Phones: []Phone{{ID: 9, Number: "15125550100"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got Contact
			if err := json.Unmarshal([]byte(tt.body), (*answeredContact)(&got)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("contact differs (-want +got):\n%s", diff)
			}
		})
	}
}

// asRead is what a server answers to a body: phones under the name by which they are read.
func asRead(t *testing.T, body []byte) []byte {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal(body, &o); err != nil {
		t.Fatal(err)
	}
	if phones, ok := o["contact_phones_attributes"]; ok {
		o["contact_phones"] = phones
		delete(o, "contact_phones_attributes")
	}
	return must(json.Marshal(o))
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("aZ é\"\\<&>漢\n\u2028'")
	word := func() string {
		s := make([]rune, random.IntN(12))
		for i := range s {
			s[i] = letters[random.IntN(len(letters))]
		}
		return string(s)
	}
	for range 500 {
		want := Contact{FullName: word(), Email: word(), Description: word()}
		for i := range random.IntN(4) {
			want.Phones = append(want.Phones, Phone{Number: fmt.Sprintf("+1512555%04d", 100+i)})
		}
		var got Contact
		if err := json.Unmarshal(asRead(t, encodeNew(want, allFields)), (*answeredContact)(&got)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("contact differs (-want +got):\n%s", diff)
		}
	}
}

// apply does to phones what Rails does with nested attributes.
func apply(have []Phone, attributes []object) (out []Phone) {
	next := int64(1000)
	byID := map[int64]object{}
	for _, a := range attributes {
		if id, ok := a["id"].(int64); ok {
			byID[id] = a
		}
	}
	for _, p := range have {
		a, named := byID[p.ID]
		switch {
		case named && a["_destroy"] == true:
		case named:
			out = append(out, Phone{ID: p.ID, Number: a["number"].(string)})
		default:
			out = append(out, p)
		}
	}
	for _, a := range attributes {
		if _, ok := a["id"]; !ok {
			next++
			out = append(out, Phone{ID: next, Number: a["number"].(string)})
		}
	}
	return out
}

func TestPhonesBecomeWhatIsWanted(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	phones := func(ids bool) (out []Phone) {
		for range random.IntN(5) {
			p := Phone{Number: fmt.Sprintf("+1512555%04d", 100+random.IntN(6))}
			if ids {
				p.ID = int64(len(out) + 1)
			}
			out = append(out, p)
		}
		return out
	}
	count := func(list []Phone) map[string]int {
		n := map[string]int{}
		for _, p := range list {
			n[p.Number]++
		}
		return n
	}
	for range 2000 {
		have, want := phones(true), phones(false)
		attributes, adds := encodePhones(have, want)
		if diff := cmp.Diff(count(want), count(apply(have, attributes))); diff != "" {
			t.Fatalf("%v to %v by %v: numbers differ (-want +got):\n%s", have, want, attributes, diff)
		}
		before := count(have)
		var missing bool
		for number, n := range count(want) {
			missing = missing || n > before[number]
		}
		if adds != missing {
			t.Fatalf("%v to %v: adds is %v", have, want, adds)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(must(os.ReadFile("testdata/contact.json")))
	for _, seed := range []string{`{}`, `null`, `[]`, `{"id":"1","contact_phones":{}}`, `{"errors":{"a":[1,null]}}`, `{"errors":["x",{}],"error":[]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var c Contact
		if json.Unmarshal(b, (*answeredContact)(&c)) == nil {
			_ = encodeNew(c, allFields)
			_, _ = encodePatch(c, Contact{Phones: c.Phones}, allFields)
		}
		var p wirePage
		_ = json.Unmarshal(b, &p)
		_, _ = decodeError(422, b)
	})
}
