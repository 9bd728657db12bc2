package rogerroger

import (
	"encoding/json"
	"fmt"
	"slices"

	"crmferry/internal/crm"
	"crmferry/internal/quickjson"
)

// wirePerson is a person as the vendor writes it. Captures of its pages disagree on nesting, so that every part is
// read leniently; what cannot be understood is as good as absent.
type wirePerson struct {
	wireCommon
	FamilyName      crm.Text  `json:"familyName"`
	GivenName       crm.Text  `json:"givenName"`
	AdditionalName  crm.Text  `json:"additionalName"`
	Initials        crm.Text  `json:"initials"`
	HonorificPrefix crm.Text  `json:"honorificPrefix"`
	JobTitle        crm.Text  `json:"jobTitle"`
	IsTracked       crm.Flag  `json:"isTracked"`
	Avatar          ref       `json:"avatar"`
	Organizations   list[ref] `json:"organizations"`
	DealSize        crm.Count `json:"dealSize"`
	TotalDeals      crm.Count `json:"totalDeals"`
	TotalLostDeals  crm.Count `json:"totalLostDeals"`
	TotalWonDeals   crm.Count `json:"totalWonDeals"`
}

// decode reads a person from an answer. Only something other than an object is an error. It is no UnmarshalJSON: a Person
// that was written as JSON is read as it was.
func (p *Person) decode(b []byte) error {
	var w wirePerson
	if err := json.Unmarshal(b, &w); err != nil {
		return fmt.Errorf("decode person: %w", err)
	}
	*p = w.person()
	return nil
}

func (w wirePerson) person() Person {
	p := Person{
		ID: string(w.ID), IRI: string(w.IRI),
		FamilyName: string(w.FamilyName), GivenName: string(w.GivenName), AdditionalName: string(w.AdditionalName),
		Initials: string(w.Initials), HonorificPrefix: string(w.HonorificPrefix), JobTitle: string(w.JobTitle),
		CustomerID: string(w.CustomerID), LinkedInID: string(w.LinkedInID), ExternalSource: string(w.ExternalSource),
		IsTracked: w.IsTracked.Value, Owner: crm.Ref(w.Owner), Avatar: crm.Ref(w.Avatar), AvatarURL: string(w.AvatarURL),
		ArchivedAt: crm.ParseTime(string(w.ArchivedAt)), CreatedAt: crm.ParseTime(string(w.CreatedAt)),
		UpdatedAt: crm.ParseTime(string(w.UpdatedAt)), ImportedAt: crm.ParseTime(string(w.ImportedAt)),
		EmailAddresses: w.emails(), PhoneNumbers: w.phones(),
		Tags: refs(w.Tags), Segments: refs(w.Segments), Organizations: refs(w.Organizations),
		Address:  Address(w.Address),
		DealSize: w.DealSize.Value, TotalDeals: w.TotalDeals.Value,
		TotalLostDeals: w.TotalLostDeals.Value, TotalWonDeals: w.TotalWonDeals.Value,
	}
	return p.identified()
}

// identified completes the id from the IRI, or the other way round.
func (p Person) identified() Person {
	p.ID, p.IRI = identify("people", p.ID, p.IRI)
	return p
}

// record is a thing in an answer.
type record interface{ identity() string }

func (p Person) identity() string { return p.ID }

// answer is an answer that is one record.
type answer[T record] struct {
	record T
	asked  string // the id that the call is about, "" if it makes a record
}

// Decode reads the answer.
func (a *answer[T]) Decode(body []byte, _ *quickjson.Decoders) error {
	return decodeInto(body, &a.record)
}

// decodeInto decodes JSON of the vendor into v, by itself if it knows how.
func decodeInto(b []byte, v any) error {
	if d, ok := v.(interface{ decode([]byte) error }); ok {
		return d.decode(b)
	}
	return json.Unmarshal(b, v)
}

// Mismatch says that the answer names no id, or another one.
func (a *answer[T]) Mismatch() string { return crm.MismatchedID(a.record.identity(), a.asked) }

// wireCollection is a page of a list as the vendor writes it.
type wireCollection[T record] struct {
	Member     list[T]   `json:"member"` // nil if there is none
	TotalItems crm.Count `json:"totalItems"`
	View       view      `json:"view"`
}

// Mismatch says what makes no list of an answer: an empty one would mean that nobody is there.
func (w *wireCollection[T]) Mismatch() string {
	switch {
	case w.Member == nil:
		return "the answer is not a list of RogerRoger: it has no member"
	case slices.ContainsFunc(w.Member, func(r T) bool { return !crm.IsID(r.identity()) }):
		return "the answer is not a list of RogerRoger: some of what it holds has no id"
	}
	return ""
}

func (w wireCollection[T]) total() int {
	if w.TotalItems.Value == nil {
		return -1
	}
	return int(*w.TotalItems.Value)
}

// view links the pages of a list.
type view struct {
	Next crm.Text `json:"next"`
	Last crm.Text `json:"last"`
}

// UnmarshalJSON takes anything that is not an object as a view without a next page.
func (v *view) UnmarshalJSON(b []byte) error {
	type plain view
	var p plain
	if json.Unmarshal(b, &p) == nil {
		*v = view(p)
	}
	return nil
}

// object is the body of a write.
type object map[string]any

// encodeNew is the body that makes a person: the given fields, without those that are zero.
func encodeNew(want Person, fields crm.Fields) ([]byte, error) {
	body, err := encode(Person{}, want, fields)
	if err != nil {
		return nil, err
	}
	return crm.JSON(withoutEmpty(body)), nil
}

// withoutEmpty is a body without what is zero.
func withoutEmpty(body object) object {
	for name, v := range body {
		if isEmpty(v) {
			delete(body, name)
		}
	}
	if a, ok := body["address"].(object); ok {
		for part, v := range a {
			if v == nil {
				delete(a, part)
			}
		}
		if len(a) == 0 {
			delete(body, "address")
		}
	}
	return body
}

// encodePatch is the body that makes the given fields of found what they are in want. Zero values are sent as null.
func encodePatch(found, want Person, fields crm.Fields) ([]byte, error) {
	body, err := encode(found, want, fields)
	if err != nil {
		return nil, err
	}
	return crm.JSON(body), nil
}

func isEmpty(v any) bool {
	s, ok := v.([]any)
	return v == nil || (ok && len(s) == 0)
}

// encode returns the given fields of want. Fields that are not writable, the counters among them, are left out.
func encode(found, want Person, fields crm.Fields) (object, error) {
	alike := common{want.ArchivedAt, want.Owner, want.Tags, want.Segments, want.EmailAddresses, want.PhoneNumbers, want.Address}
	return alike.encode(found.Address, fields, func(name string) (v any, known bool, err error) {
		switch name {
		case "isTracked":
			if want.IsTracked != nil {
				v = *want.IsTracked
			}
		case "avatar":
			v, err = encodeRef("media_objects", want.Avatar)
		case "organizations":
			v, err = encodeRefs("organizations", want.Organizations)
		default:
			s, known := want.text(name)
			return crm.OrNull(s), known, nil
		}
		return v, true, err
	})
}

// text returns a field that is plain text.
func (p Person) text(name string) (string, bool) {
	switch name {
	case "familyName":
		return p.FamilyName, true
	case "givenName":
		return p.GivenName, true
	case "additionalName":
		return p.AdditionalName, true
	case "initials":
		return p.Initials, true
	case "honorificPrefix":
		return p.HonorificPrefix, true
	case "jobTitle":
		return p.JobTitle, true
	case "customerId":
		return p.CustomerID, true
	case "linkedinId":
		return p.LinkedInID, true
	case "externalSource":
		return p.ExternalSource, true
	}
	return "", false
}
