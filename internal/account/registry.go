package account

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/mapping"
	"crmferry/mapping/match/resource"
)

// Registry holds all resources. It is a value, so that tests can make one of their own.
type Registry struct {
	resources []Resource
}

// NewRegistry makes a registry. Two resources of one name are a programming error.
func NewRegistry(resources ...Resource) *Registry {
	seen := map[string]bool{}
	for _, r := range resources {
		if seen[r.ID()] {
			panic("two resources named " + r.ID())
		}
		seen[r.ID()] = true
	}
	return &Registry{resources: resources}
}

// Resources are all of them, in the order in which they are listed.
func (r *Registry) Resources() []Resource { return r.resources }

// Specs are what exports of the resources are recognised by.
func (r *Registry) Specs() []*resource.Spec {
	specs := make([]*resource.Spec, len(r.resources))
	for i, res := range r.resources {
		specs[i] = res.Spec()
	}
	return specs
}

// Makeable is the kind of things that a field links to, "" if it links to none that can be made by their names.
func Makeable(r Resource, field string) string {
	for _, f := range r.Fields() {
		for _, kind := range r.Capabilities(false).Links {
			if f.Name == field && f.Link == kind.Name && kind.CanCreate {
				return kind.Name
			}
		}
	}
	return ""
}

// IDs are the names of all resources, in the registry's order.
func (r *Registry) IDs() []string {
	var ids []string
	for _, res := range r.resources {
		ids = append(ids, res.ID())
	}
	return ids
}

// VendorIDs are the ids of the vendors.
func (r *Registry) VendorIDs() (ids []string) {
	for _, v := range r.Vendors() {
		ids = append(ids, v.ID)
	}
	return ids
}

// Vendors lists the vendors, each once.
func (r *Registry) Vendors() []*Vendor {
	var vendors []*Vendor
	for _, res := range r.resources {
		if !slices.Contains(vendors, res.Vendor()) {
			vendors = append(vendors, res.Vendor())
		}
	}
	return vendors
}

// Creatable are the kinds of things that the vendors can create for rows that name them, each once.
func (r *Registry) Creatable() []string {
	var kinds []string
	for _, res := range r.resources {
		for _, k := range res.Capabilities(false).Links {
			if k.CanCreate && !slices.Contains(kinds, k.Name) {
				kinds = append(kinds, k.Name)
			}
		}
	}
	return kinds
}

// Undocumented lists the ids of the vendors that can do more by convention than they document.
func (r *Registry) Undocumented() []string {
	var ids []string
	for _, v := range r.Vendors() {
		if v.Undocumented != "" {
			ids = append(ids, v.ID)
		}
	}
	return ids
}

// Find returns the resource that a name stands for ("growcrm", "growcrm/contacts", "growcrm@acme/clients"), in its account,
// or wrong use with the nearest name.
func (r *Registry) Find(name string) (Resource, error) {
	resource, account, err := splitName(strings.ToLower(name))
	if err != nil {
		return nil, err
	}
	wanted := strings.TrimSuffix(resource, "/"+Contacts)
	for _, res := range r.resources {
		switch {
		case res.ID() == wanted && account != "":
			return named{res, account}, nil
		case res.ID() == wanted:
			return res, nil
		}
	}
	head, tail, found := strings.Cut(wanted, "/")
	if found {
		for _, v := range r.Vendors() {
			if v.ID == head {
				return nil, failure.Usage(fmt.Sprintf("known: %s", strings.Join(r.Of(v), ", ")), "%s has no resource %q", v.ID, tail)
			}
		}
	}
	near := humanize.Nearest(head, r.IDs())
	if near != "" {
		near = InAccount(near, account)
	}
	return nil, failure.Unknown("vendor", name, near, "known: "+strings.Join(r.IDs(), ", "))
}

// Others are the resources whose exports are no files of r: what belongs to others, such as notes, where r holds something else.
// They go into the resource of that name of r's vendor, or back into their own.
func (r *Registry) Others(of Resource) (others []mapping.Other) {
	for _, other := range r.resources {
		if !other.OfOthers() || other.Name() == of.Name() {
			continue
		}
		into := other
		for _, same := range r.resources {
			if same.Vendor() == of.Vendor() && same.Name() == other.Name() {
				into = same
			}
		}
		others = append(others, mapping.Other{Resource: other.ID(), Into: into.ID(), Spec: other.Spec()})
	}
	return others
}

// Of lists the names of a vendor's resources.
func (r *Registry) Of(v *Vendor) []string {
	var ids []string
	for _, res := range r.resources {
		if res.Vendor() == v {
			ids = append(ids, res.ID())
		}
	}
	return ids
}

// named is a resource in an account that has a name.
type named struct {
	Resource
	name string
}

// Account implements Resource.
func (n named) Account() Account { return Account{n.Vendor(), n.name} }

// Ref implements Resource.
func (n named) Ref() string { return n.Account().Ref(n.ID()) }
