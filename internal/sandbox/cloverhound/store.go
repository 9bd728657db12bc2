package cloverhound

import (
	"net/http"
	"time"

	"crmferry/internal/sandbox/api"
)

// cloverContact is a contact of Cloverhound.
type cloverContact struct {
	api.Record
	name, email, description string
	phones                   []cloverPhone
}

// cloverPhone is a number of a contact.
type cloverPhone struct {
	id               int
	number           string
	created, updated time.Time
}

type clover struct {
	*api.Vendor
	contacts api.Collection[*cloverContact]
	emails   api.Index[*cloverContact]
	phoneID  int // the last one given
}

func (h *clover) contact(c *api.Call) (*cloverContact, *api.Failure) {
	if k, ok := h.contacts.Get(c.PathValue("id")); ok {
		return k, nil
	}
	return nil, &api.Failure{Status: http.StatusNotFound, Rule: "cloverhound.contact.exists"}
}

func (h *clover) insert(k *cloverContact, at time.Time) {
	h.contacts.Add(k, at, api.Decimal)
	h.emails.Add(api.Fold(k.email), k)
}

func (h *clover) log(c *api.Call, k *cloverContact, action string) {
	e := api.Entry{Action: action, Kind: "contact", ID: k.ID, Email: k.email, Name: k.name}
	if len(k.phones) > 0 {
		e.Phone = k.phones[0].number
	}
	h.Commit(c, e)
}
