package sandbox

import (
	"time"

	"crmferry/internal/sandbox/api"
)

// Options say how the sandbox behaves.
type Options struct {
	// Contacts is how many people are seeded per vendor beyond those that the samples meet.
	Contacts int
	// Limits turns the vendors' rate limits on.
	Limits bool
	// Latency is how long every request takes at least; it is carried out after half of it.
	Latency time.Duration
	// Seed varies the ids that are given out; the people stay the same.
	Seed int64
	// Churn makes and deletes one contact of a vendor at every n-th request for a page of its contacts, 0 for never;
	// RogerRoger archives a person sometimes instead. The ledger tells which, with ChurnMethod.
	Churn int
	// ListOrder is the order of lists whose order the vendor does not document, one of ListOrders; "" is the first.
	ListOrder string
	// Custom are the custom fields of Grow CRM's account, of clients and leads.
	Custom []Custom
	// Faults are how requests go wrong. What several faults hit has the last one.
	Faults []Fault
	// Lag is how long look-ups (lists, searches, reads of one) do not see what was just created.
	Lag time.Duration
	// Now is the clock of dates and limits, time.Now if nil.
	Now func() time.Time
}

// Custom is a field that the users of an account have defined.
type Custom = api.Custom

// ListOrders are the values of Options.ListOrder.
func ListOrders() []string {
	return []string{api.OrderCreated, api.OrderNewest, api.OrderName, api.OrderChanged}
}
