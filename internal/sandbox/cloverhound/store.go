package cloverhound

import (
	"net/http"
	"time"

	"crmferry/internal/sandbox/api"
)

// contactRecord is a contact of Cloverhound.
type contactRecord struct {
	api.Record
	name, email, description string
	phones                   []phoneRecord
}

// phoneRecord is a number of a contact.
type phoneRecord struct {
	id               int
	number           string
	created, updated time.Time
}

// vendor is Cloverhound, simulated: its records, and what finds them.
type vendor struct {
	*api.Vendor
	contacts api.Collection[*contactRecord]
	emails   api.Index[*contactRecord]
	phoneID  int // the last one given
}

func (h *vendor) contact(c *api.Call) (*contactRecord, *api.Failure) {
	if k, ok := h.contacts.Get(c.PathValue("id")); ok {
		return k, nil
	}
	return nil, &api.Failure{Status: http.StatusNotFound, Rule: "cloverhound.contact.exists"}
}

func (h *vendor) insert(k *contactRecord, at time.Time) {
	h.contacts.Add(k, at, api.Decimal)
	h.emails.Add(api.Fold(k.email), k)
}

func (h *vendor) log(c *api.Call, k *contactRecord, action string) {
	e := api.Entry{Action: action, Kind: "contact", ID: k.ID, Email: k.email, Name: k.name}
	if len(k.phones) > 0 {
		e.Phone = k.phones[0].number
	}
	h.Commit(c, e)
}
