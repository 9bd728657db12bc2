package sandbox

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
		return h.contacts.live
	}
	return h.contacts.orders.list(h.listOrder, func() []*cloverContact {
		return slices.SortedStableFunc(slices.Values(h.contacts.live), compare)
	})
}

// compare is nil for the order of creation.
func (h *clover) compare() func(a, b *cloverContact) int {
	newest := func(a, b *cloverContact) int { return b.seq - a.seq }
	switch h.listOrder {
	case orderNewest:
		return newest
	case orderName:
		return func(a, b *cloverContact) int { return strings.Compare(a.name, b.name) }
	case orderChanged:
		return func(a, b *cloverContact) int { return cmp.Or(b.updated.Compare(a.updated), newest(a, b)) }
	}
	return nil
}
