package rogerroger

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
)

func TestDecodePerson(t *testing.T) {
	t.Parallel()
	stamp := time.Date(2024, 3, 4, 5, 6, 7, 0, time.UTC)
	full := Person{ID: "3fa85f64", IRI: "/people/3fa85f64", FamilyName: "Doe", GivenName: "Jane", AdditionalName: "Q", Initials: "J.Q.",
		HonorificPrefix: "Dr", JobTitle: "CTO", CustomerID: "C-42", LinkedInID: "janedoe", ExternalSource: "sheet", IsTracked: ptr(true),
		ArchivedAt: stamp, CreatedAt: stamp, UpdatedAt: stamp, ImportedAt: stamp, AvatarURL: "https://example.com/a.png",
		Owner: crm.Ref{ID: "/users/u"}, Tags: []crm.Ref{{ID: "/tags/t"}}, Segments: []crm.Ref{{ID: "/segments/s"}},
		Organizations: []crm.Ref{{ID: "/organizations/o"}}, EmailAddresses: []string{"jane@example.com"},
		PhoneNumbers: []Phone{{Number: "+31612345678", Type: "fax"}},
		Address:      Address{Street: "Damrak 1", City: "Amsterdam", PostalCode: "1012LG", Country: "NL"},
		DealSize:     ptr(int64(1)), TotalDeals: ptr(int64(2)), TotalLostDeals: ptr(int64(3)), TotalWonDeals: ptr(int64(0))}
	tests := []struct {
		name, body string
		want       Person
	}{
		{"the documented example", fixture(t, "person.json"), Person{ID: "text", IRI: "text", Owner: crm.Ref{ID: "/users/{id}"},
			Tags: []crm.Ref{{ID: "/tags/{id}"}}, Segments: []crm.Ref{{ID: "/segments/{id}"}}, Organizations: []crm.Ref{{ID: "/organizations/{id}"}},
			Address: Address{Country: "NL"}}},
		{"every field", fixture(t, "person_full.json"), full},
		{"the nesting of older pages", fixture(t, "person_nested.json"), Person{ID: "3fa85f64", IRI: "/people/3fa85f64", FamilyName: "Doe",
			Owner: crm.Ref{ID: "/users/u", Name: "Sam"}, Tags: []crm.Ref{{ID: "/tags/t", Name: "VIP"}, {ID: "/tags/x"}},
			EmailAddresses: []string{"jane@example.com"}, PhoneNumbers: []Phone{{Number: "+31612345678", Type: "fax"}},
			Address: Address{Street: "Damrak 1", Country: "NL"}}},
		{"other types", `{"id":12,"familyName":7,"givenName":{},"isTracked":"yes","archivedAt":"soon","createdAt":5,"owner":3,"tags":{"1":"/tags/a","0":"/tags/b"},
			"segments":"x","emailAddresses":["a@example.com",null,5],"phoneNumbers":["+31612345678"],"address":"Damrak","totalDeals":"4","dealSize":1.5}`,
			Person{ID: "12", IRI: "/people/12", FamilyName: "7", Owner: crm.Ref{ID: "3"}, Tags: []crm.Ref{{ID: "/tags/a"}, {ID: "/tags/b"}},
				EmailAddresses: []string{"a@example.com", "5"}, PhoneNumbers: []Phone{{Number: "+31612345678"}}, TotalDeals: ptr(int64(4))}},
		{"an id besides the IRI", `{"@id":"/people/a-b","id":"other"}`, Person{ID: "a-b", IRI: "/people/a-b"}},
		{"times with an offset", `{"createdAt":"2024-03-04T06:06:07+0100"}`, Person{CreatedAt: stamp}},
		{"nothing", `{}`, Person{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got Person
			if err := got.decode([]byte(tt.body)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("person differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeCollection(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{`"type"`, `"@type"`} {
		var got wireCollection[Person]
		body := `{"member":[],"totalItems":61,"view":{"@id":"/people?page=2",` + kind + `:"PartialCollectionView","next":"/people?page=3"}}`
		if err := json.Unmarshal([]byte(body), &got); err != nil || got.total() != 61 || got.View.Next != "/people?page=3" {
			t.Errorf("page is %+v, error %v", got, err)
		}
	}
	var got wireCollection[Person]
	if err := json.Unmarshal([]byte(fixture(t, "collection.json")), &got); err != nil {
		t.Fatal(err)
	}
	want := list[Person]{{ID: "3fa85f64", IRI: "/people/3fa85f64", FamilyName: "Doe"}}
	if diff := cmp.Diff(want, got.Member); diff != "" || got.total() != 1 || got.View.Next != "string" {
		t.Errorf("total %d, next %q; people differ (-want +got):\n%s", got.total(), got.View.Next, diff)
	}
}

// invent makes a person of which every writable field may be set.
func invent(random *rand.Rand) Person {
	letters := []rune("aZ é\"\\<&>漢\n\u2028'")
	word := func() string {
		s := make([]rune, random.IntN(12))
		for i := range s {
			s[i] = letters[random.IntN(len(letters))]
		}
		return string(s)
	}
	links := func(kind string) (out []crm.Ref) {
		for i := range random.IntN(3) {
			out = append(out, crm.Ref{ID: fmt.Sprintf("/%s/%d", kind, i)})
		}
		return out
	}
	p := Person{FamilyName: word(), GivenName: word(), AdditionalName: word(), Initials: word(), HonorificPrefix: word(), JobTitle: word(),
		CustomerID: word(), LinkedInID: word(), ExternalSource: word(), Tags: links("tags"), Segments: links("segments"),
		Organizations: links("organizations"), Address: Address{Street: word(), City: word(), PostalCode: word(), Country: word()}}
	if random.IntN(2) == 0 {
		p.IsTracked = ptr(random.IntN(2) == 0)
		p.ArchivedAt = time.Unix(random.Int64N(4e9), random.Int64N(1e9)).UTC()
		p.Owner, p.Avatar = crm.Ref{ID: "/users/1"}, crm.Ref{ID: "/media_objects/1"}
	}
	for i := range random.IntN(3) {
		p.EmailAddresses = append(p.EmailAddresses, fmt.Sprintf("p%d@example.com", i))
		p.PhoneNumbers = append(p.PhoneNumbers, Phone{Number: fmt.Sprintf("+1512555%04d", i), Type: []string{"", "fax"}[i%2]})
	}
	return p
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		want, found := invent(random), invent(random)
		found.ID = "1"
		made, err1 := encodeNew(want, allFields)
		changed, err2 := encodePatch(found, want, allFields)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		for _, body := range [][]byte{made, changed} {
			var got Person
			if err := got.decode(body); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("person differs (-want +got):\n%s", diff)
			}
		}
	}
}

// A patch of some fields, merged as RFC 7396 says into what the vendor holds, changes those fields only.
func TestAPatchChangesNothingElse(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		found, want := invent(random), invent(random)
		var fields crm.Fields
		for _, f := range allFields {
			if random.IntN(3) == 0 {
				fields = append(fields, f)
			}
		}
		held, _ := encodePatch(Person{}, found, allFields)
		patch, _ := encodePatch(found, want, fields)
		var state, change map[string]any
		if json.Unmarshal(held, &state) != nil || json.Unmarshal(patch, &change) != nil {
			t.Fatal("not objects")
		}
		for k, v := range change {
			state[k] = v // the address is always whole, so that merging it is replacing it
		}
		after, _ := json.Marshal(state)
		var got Person
		if err := got.decode(after); err != nil {
			t.Fatal(err)
		}
		for _, f := range allFields {
			expected := found
			if fields.Has(f) {
				expected = want
			}
			one := crm.Fields{f}
			a, _ := encodePatch(Person{}, expected, one)
			b, _ := encodePatch(Person{}, got, one)
			if string(a) != string(b) {
				t.Fatalf("fields %v: %s is %s, want %s", fields, f, b, a)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"person.json", "person_full.json", "person_nested.json", "collection.json"} {
		f.Add([]byte(fixture(f, name)))
	}
	for _, seed := range []string{`null`, `[]`, `{"tags":{"0":null},"address":[],"view":[]}`, `{"violations":{"a":{"message":[]}}}`, `{"@id":"///"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var p Person
		if p.decode(b) == nil {
			if (p.ID == "") != (p.IRI == "") && lastPart(p.IRI) != "" {
				t.Errorf("id %q and IRI %q", p.ID, p.IRI)
			}
			_, _ = encodeNew(p, allFields)
			_, _ = encodePatch(p, Person{}, allFields)
		}
		var page wireCollection[Person]
		_ = json.Unmarshal(b, &page)
		var things wireCollection[thing]
		_ = json.Unmarshal(b, &things)
		_, _ = decodeError(422, b)
	})
}
