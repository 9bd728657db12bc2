package cloverhound

import (
	"cmp"
	"slices"
	"strings"
)

// Orders of a list whose order the vendor does not document.
const (
	orderCreated = "created" // oldest first
	orderNewest  = "newest"  // newest first
	orderName    = "name"
	orderChanged = "changed" // what was changed last comes first
)

// ListOrders are the values of Options.ListOrder.
func ListOrders() []string { return []string{orderCreated, orderNewest, orderName, orderChanged} }

// ordered are the contacts in the order that was asked of this server.
func (h *clover) ordered() []*cloverContact {
	compare := h.compare()
	if compare == nil {
		return h.contacts.Live
	}
	return h.contacts.Orders.List(h.ListOrder, func() []*cloverContact {
		return slices.SortedStableFunc(slices.Values(h.contacts.Live), compare)
	})
}

// compare is nil for the order of creation.
func (h *clover) compare() func(a, b *cloverContact) int {
	newest := func(a, b *cloverContact) int { return b.Seq - a.Seq }
	switch h.ListOrder {
	case orderNewest:
		return newest
	case orderName:
		return func(a, b *cloverContact) int { return strings.Compare(a.name, b.name) }
	case orderChanged:
		return func(a, b *cloverContact) int { return cmp.Or(b.Updated.Compare(a.Updated), newest(a, b)) }
	}
	return nil
}
