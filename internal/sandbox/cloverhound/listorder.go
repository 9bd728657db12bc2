package cloverhound

import (
	"cmp"
	"slices"
	"strings"

	"crmferry/internal/sandbox/api"
)

// ordered are the contacts in the order that was asked of this server.
func (h *vendor) ordered() []*contactRecord {
	compare := h.compare()
	if compare == nil {
		return h.contacts.Live
	}
	return h.contacts.Orders.List(h.ListOrder, func() []*contactRecord {
		return slices.SortedStableFunc(slices.Values(h.contacts.Live), compare)
	})
}

// compare is nil for the order of creation.
func (h *vendor) compare() func(a, b *contactRecord) int {
	newest := func(a, b *contactRecord) int { return b.Seq - a.Seq }
	switch h.ListOrder {
	case api.OrderNewest:
		return newest
	case api.OrderName:
		return func(a, b *contactRecord) int { return strings.Compare(a.name, b.name) }
	case api.OrderChanged:
		return func(a, b *contactRecord) int { return cmp.Or(b.Updated.Compare(a.Updated), newest(a, b)) }
	}
	return nil
}
