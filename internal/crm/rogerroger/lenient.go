package rogerroger

import (
	"bytes"
	"cmp"
	"encoding/json"

	"crmferry/internal/crm"
)

// The types below read a value whatever its JSON type is, as crm.Text does, and are zero where it makes no sense: a field
// that the vendor writes otherwise than its pages show must not make an accepted write look like a failed one.

// ref is an IRI, or the thing itself with its IRI in it.
type ref crm.Ref

func (r *ref) UnmarshalJSON(b []byte) error {
	var thing struct {
		IRI   crm.Text `json:"@id"`
		ID    crm.Text `json:"id"`
		Title crm.Text `json:"title"`
		Name  crm.Text `json:"name"`
	}
	if json.Unmarshal(b, &thing) == nil {
		*r = ref{ID: string(cmp.Or(thing.IRI, thing.ID)), Name: string(cmp.Or(thing.Title, thing.Name))}
		return nil
	}
	var id crm.Text
	_ = id.UnmarshalJSON(b) // never fails
	*r = ref{ID: string(id)}
	return nil
}

// email is an address in an object, or by itself.
type email string

func (e *email) UnmarshalJSON(b []byte) error {
	var in struct {
		Email crm.Text `json:"email"`
	}
	if json.Unmarshal(b, &in) != nil {
		_ = in.Email.UnmarshalJSON(b) // never fails
	}
	*e = email(in.Email)
	return nil
}

// phone is a number in an object, or by itself.
type phone Phone

func (p *phone) UnmarshalJSON(b []byte) error {
	var in struct {
		Number crm.Text `json:"phoneNumber"`
		Type   crm.Text `json:"phoneType"`
	}
	if json.Unmarshal(b, &in) != nil {
		_ = in.Number.UnmarshalJSON(b) // never fails
	}
	*p = phone{Number: string(in.Number), Type: string(in.Type)}
	return nil
}

// address is an address or nothing.
type address Address

func (a *address) UnmarshalJSON(b []byte) error {
	var in struct{ Street, City, PostalCode, Country crm.Text }
	if json.Unmarshal(b, &in) == nil {
		*a = address{Street: string(in.Street), City: string(in.City), PostalCode: string(in.PostalCode), Country: string(in.Country)}
	}
	return nil
}

// list is an array, or an object whose values are taken in the order they are written: the vendor's platform is
// known to write arrays with gaps so.
type list[T any] []T

func (l *list[T]) UnmarshalJSON(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	open, err := dec.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('[') && open != json.Delim('{') {
		return nil
	}
	*l = list[T]{}
	for dec.More() {
		if open == json.Delim('{') {
			if _, err := dec.Token(); err != nil { // the key
				return err
			}
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		var item T
		if err := decodeInto(raw, &item); err != nil {
			return err
		}
		*l = append(*l, item)
	}
	return nil
}
