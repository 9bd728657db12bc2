package rogerroger

import (
	"net/url"
	"slices"
	"time"

	"crmferry/internal/sandbox/api"
)

// The content types of bodies: the samples show the first of mediaTypes, the vendor's own code sends the second.
func mediaTypes() []string { return []string{"application/ld+json", "application/json"} }

func patchMediaTypes() []string { return []string{"application/merge-patch+json"} }

// pagingFields are the parameters that every list takes.
func pagingFields() []api.Field {
	return []api.Field{{Name: "page", Kind: api.Numeral, Min: 1}, {Name: "itemsPerPage", Kind: api.Numeral, Min: 1, Max: 30}}
}

// both is a parameter that may be given once, or several times with [].
func both(name string) []api.Field {
	return []api.Field{{Name: name}, {Name: name + "[]", Kind: api.List, Item: &api.Field{}}}
}

func createdAtFilters() []api.Field {
	var fields []api.Field
	for _, when := range []string{"strictly_after", "after", "strictly_before", "before"} {
		fields = append(fields, api.Field{Name: "createdAt[" + when + "]", Kind: api.DateTime})
	}
	return fields
}

// optional are the fields of a PATCH: nothing has to be there, but what must always be held cannot become null.
func optional(fields []api.Field) []api.Field {
	for i := range fields {
		if fields[i].Required {
			fields[i].Required, fields[i].Nullable, fields[i].Min = false, false, 1
		}
	}
	return fields
}

func patchSchema(s *api.Schema) *api.Schema {
	s.Fields = optional(s.Fields)
	return s
}

func iriList(name string) api.Field { return api.Field{Name: name, Kind: api.List, Item: &api.Field{}} }

func emailsField() api.Field {
	return api.Field{Name: "emailAddresses", Kind: api.List, Item: &api.Field{Kind: api.Object, Members: []api.Field{{Name: "email", Nullable: true, Email: true}}}}
}

func phonesField() api.Field {
	types := api.Field{Name: "phoneType", Nullable: true} // any word: no page lists them
	return api.Field{Name: "phoneNumbers", Kind: api.List, Item: &api.Field{Kind: api.Object, Members: []api.Field{{Name: "phoneNumber", Nullable: true}, types}}}
}

func addressField() api.Field {
	address := api.Field{Name: "address", Kind: api.Object, Nullable: true}
	for _, part := range []string{"city", "postalCode", "street", "country"} {
		address.Members = append(address.Members, api.Field{Name: part, Nullable: true})
	}
	return address
}

// values are those of a parameter and of its [] form, nil if neither is given.
func values(q url.Values, name string) []string { return slices.Concat(q[name], q[name+"[]"]) }

// createdWithin says which times of creation a list's parameters ask for.
func createdWithin(q url.Values) func(created time.Time) bool {
	type bound struct {
		at   time.Time
		keep func(order int) bool
	}
	var bounds []bound
	for name, keep := range map[string]func(order int) bool{
		"strictly_after": func(o int) bool { return o > 0 }, "after": func(o int) bool { return o >= 0 },
		"strictly_before": func(o int) bool { return o < 0 }, "before": func(o int) bool { return o <= 0 },
	} {
		if t, ok := api.ParseMoment(q.Get("createdAt[" + name + "]")); ok {
			bounds = append(bounds, bound{t, keep})
		}
	}
	return func(created time.Time) bool {
		return !slices.ContainsFunc(bounds, func(b bound) bool { return !b.keep(created.Compare(b.at)) })
	}
}
