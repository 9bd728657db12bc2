package cloverhound

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"crmferry/internal/crm"
	"crmferry/internal/quickjson"
)

// wireContact is a contact as the vendor writes it. Kinds that the page marks nullable or leaves open are read
// leniently: a strange value must not make an accepted write look like a failed one.
type wireContact struct {
	ID             number      `json:"id"`
	OrganizationID number      `json:"organization_id"`
	FullName       crm.Text    `json:"full_name"`
	Email          crm.Text    `json:"email"`
	Description    crm.Text    `json:"description"`
	Phones         []wirePhone `json:"contact_phones"`
	CreatedAt      crm.Text    `json:"created_at"`
	UpdatedAt      crm.Text    `json:"updated_at"`
}

type wirePhone struct {
	ID             number   `json:"id"`
	ContactID      number   `json:"contact_id"`
	OrganizationID number   `json:"organization_id"`
	Number         crm.Text `json:"number"`
	PhoneType      crm.Text `json:"phone_type"`
	CreatedAt      crm.Text `json:"created_at"`
	UpdatedAt      crm.Text `json:"updated_at"`
}

// answeredContact is a contact as an answer has it. The form is not the one in which a Contact is written as JSON.
type answeredContact Contact

// UnmarshalJSON reads a contact from an answer. Only something other than an object is an error.
func (c *answeredContact) UnmarshalJSON(b []byte) error {
	var w wireContact
	if err := json.Unmarshal(b, &w); err != nil {
		return fmt.Errorf("decode contact: %w", err)
	}
	*c = answeredContact{
		ID: int64(w.ID), OrganizationID: int64(w.OrganizationID), FullName: string(w.FullName), Email: string(w.Email),
		Description: string(w.Description), CreatedAt: crm.ParseTime(string(w.CreatedAt)), UpdatedAt: crm.ParseTime(string(w.UpdatedAt)),
	}
	for _, p := range w.Phones {
		c.Phones = append(c.Phones, Phone{
			ID: int64(p.ID), ContactID: int64(p.ContactID), OrganizationID: int64(p.OrganizationID), Number: string(p.Number),
			PhoneType: string(p.PhoneType), CreatedAt: crm.ParseTime(string(p.CreatedAt)), UpdatedAt: crm.ParseTime(string(p.UpdatedAt)),
		})
	}
	return nil
}

func (c Contact) id() string { return strconv.FormatInt(c.ID, 10) }

// wireAnswer is an answer that is one contact.
type wireAnswer struct {
	contact Contact
	asked   int64 // the id that the call is about, 0 if it makes a contact
}

// Decode reads the answer.
func (a *wireAnswer) Decode(body []byte, in *quickjson.Decoders) error {
	return in.Unmarshal(body, (*answeredContact)(&a.contact))
}

// Mismatch says that the answer names no id, or another one.
func (a *wireAnswer) Mismatch() string {
	var got, asked string
	if a.contact.ID > 0 {
		got = a.contact.id()
	}
	if a.asked != 0 {
		asked = strconv.FormatInt(a.asked, 10)
	}
	return crm.MismatchedID(got, asked)
}

// wirePage is a page of contacts: an array, or an array in an object under a usual name.
type wirePage struct{ contacts []Contact }

// Mismatch says what makes no list of an answer: an empty one means that nobody is there. No form of it is documented: an
// empty array is taken for an empty page, as it is the usual one.
func (p *wirePage) Mismatch() string {
	switch {
	case p.contacts == nil:
		return "the answer is not a list of contacts"
	case slices.ContainsFunc(p.contacts, func(c Contact) bool { return c.ID <= 0 }):
		return "the answer is not a list of contacts: some of them have no id"
	}
	return ""
}

// UnmarshalJSON leaves contacts nil if there is no array.
func (p *wirePage) UnmarshalJSON(b []byte) error {
	var in struct{ Contacts, Data []answeredContact }
	var err error
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("[")) {
		err = json.Unmarshal(b, &in.Contacts)
	} else {
		err = json.Unmarshal(b, &in)
	}
	if err != nil {
		return fmt.Errorf("decode list of contacts: %w", err)
	}
	list := in.Contacts
	if list == nil {
		list = in.Data
	}
	if list == nil {
		return nil
	}
	p.contacts = make([]Contact, len(list))
	for i, c := range list {
		p.contacts[i] = Contact(c)
	}
	return nil
}

// object is the body of a write, or a phone in it.
type object map[string]any

// encodeNew is the body that makes a contact: the given fields, without those that are zero.
func encodeNew(want Contact, fields crm.Fields) []byte {
	body, _ := encode(Contact{}, want, fields)
	for name, v := range body {
		if list, ok := v.([]object); v == nil || (ok && len(list) == 0) {
			delete(body, name)
		}
	}
	return crm.JSON(body)
}

// encodePatch is the body that makes the given fields of found what they are in want, and reports whether it adds phones.
func encodePatch(found, want Contact, fields crm.Fields) (body []byte, adds bool) {
	o, adds := encode(found, want, fields)
	return crm.JSON(o), adds
}

// encode returns the given fields of want. Fields that are not writable are left out.
func encode(found, want Contact, fields crm.Fields) (body object, adds bool) {
	body = object{}
	for _, name := range fields {
		switch name {
		case "full_name":
			body[name] = crm.OrNull(want.FullName)
		case "email":
			body[name] = crm.OrNull(want.Email)
		case "description":
			body[name] = crm.OrNull(want.Description)
		case "contact_phones_attributes":
			body[name], adds = encodePhones(found.Phones, want.Phones)
		}
	}
	return body, adds
}

// encodePhones returns the nested attributes that turn have into want. That a phone with an id is kept or changed, one
// with _destroy removed, one without an id added and one not named left alone is the rule of Rails, not documented by
// the vendor beyond "only for updates".
func encodePhones(have, want []Phone) (attributes []object, adds bool) {
	attributes = []object{}
	left := append([]Phone(nil), have...)
	for _, w := range want {
		entry := object{"number": w.Number}
		if i := indexNumber(left, w.Number); i >= 0 {
			entry["id"] = left[i].ID
			left = append(left[:i], left[i+1:]...)
		} else {
			adds = true
		}
		attributes = append(attributes, entry)
	}
	for _, p := range left {
		attributes = append(attributes, object{"id": p.ID, "_destroy": true})
	}
	return attributes, adds
}

func indexNumber(phones []Phone, number string) int {
	for i, p := range phones {
		if p.ID != 0 && crm.Digits(p.Number) == crm.Digits(number) {
			return i
		}
	}
	return -1
}

// number is an id, perhaps written as a string.
type number int64

func (n *number) UnmarshalJSON(b []byte) error {
	if v, err := strconv.ParseInt(string(bytes.Trim(b, `"`)), 10, 64); err == nil {
		*n = number(v)
	}
	return nil
}
