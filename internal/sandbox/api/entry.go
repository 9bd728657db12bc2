package api

import "time"

// Entry is one change that a vendor committed, whether or not its answer arrived.
type Entry struct {
	Vendor string    `json:"vendor"`
	Method string    `json:"method"` // of HTTP
	Action string    `json:"action"` // create, update or delete: an upsert is one of the first two
	Kind   string    `json:"kind"`   // contact, client, tag, segment, organization, note
	ID     string    `json:"id"`
	Email  string    `json:"email,omitempty"`
	Phone  string    `json:"phone,omitempty"`
	Name   string    `json:"name,omitempty"`
	Time   time.Time `json:"time"`

	Custom map[string]string `json:"custom,omitempty"` // what the record has in custom fields then
}
