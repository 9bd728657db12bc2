package main

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
)

// registry holds all resources. It is a value, so that tests can make one of their own.
type registry struct {
	resources []resource
}

// newRegistry makes a registry. Two resources of one name are a programming error.
func newRegistry(resources ...resource) *registry {
	seen := map[string]bool{}
	for _, r := range resources {
		if seen[r.ID()] {
			panic("two resources named " + r.ID())
		}
		seen[r.ID()] = true
	}
	return &registry{resources: resources}
}

// Resources are all of them, in the order in which they are listed.
func (r *registry) Resources() []resource { return r.resources }

// IDs are the names of all resources, in the registry's order.
func (r *registry) IDs() []string {
	var ids []string
	for _, res := range r.resources {
		ids = append(ids, res.ID())
	}
	return ids
}

// Vendors lists the vendors, each once.
func (r *registry) Vendors() []*vendor {
	var vendors []*vendor
	for _, res := range r.resources {
		if !slices.Contains(vendors, res.Vendor()) {
			vendors = append(vendors, res.Vendor())
		}
	}
	return vendors
}

// Find returns the resource that name stands for ("growcrm", "growcrm/contacts"), or wrong use with the nearest name.
func (r *registry) Find(name string) (resource, error) {
	wanted := strings.TrimSuffix(strings.ToLower(name), "/"+contacts)
	for _, res := range r.resources {
		if res.ID() == wanted {
			return res, nil
		}
	}
	head, tail, found := strings.Cut(wanted, "/")
	if found {
		for _, v := range r.Vendors() {
			if v.ID == head {
				return nil, failure.Usage(fmt.Sprintf("known: %s", strings.Join(r.of(v), ", ")), "%s has no resource %q", v.ID, tail)
			}
		}
	}
	return nil, failure.Unknown("vendor", name, humanize.Nearest(head, r.IDs()), "known: "+strings.Join(r.IDs(), ", "))
}

// of lists the names of a vendor's resources.
func (r *registry) of(v *vendor) []string {
	var ids []string
	for _, res := range r.resources {
		if res.Vendor() == v {
			ids = append(ids, res.ID())
		}
	}
	return ids
}
