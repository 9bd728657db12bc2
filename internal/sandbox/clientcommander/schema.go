package clientcommander

import (
	"regexp"

	"crmferry/internal/sandbox/api"
)

func tagsField() api.Field {
	return api.Field{Name: "tags", Kind: api.List, Max: 20, Item: &api.Field{Min: 1, Max: 50}}
}

// personSchema is the body of create and update: no field is marked as required on either page.
func personSchema(name, page string) *api.Schema {
	fields := []api.Field{
		{Name: "firstName", Min: 1, Max: 100}, {Name: "lastName", Min: 1, Max: 100}, {Name: "email", Email: true, Max: 255},
		{Name: "phone", Pattern: regexp.MustCompile(`^\+?[1-9]\d{1,14}$`)}, {Name: "source", Max: 100}, {Name: "stage"},
		{Name: "price", Kind: api.Number, NotNeg: true}, {Name: "timeframe", Max: 100}, {Name: "background", Max: 5000}, tagsField(),
		{Name: "street", Max: 200}, {Name: "city", Max: 100}, {Name: "state", Max: 2, Pattern: regexp.MustCompile(`^[A-Z]{2}$`)},
		{Name: "zipCode", Pattern: regexp.MustCompile(`^\d{5}(-\d{4})?$`)},
	}
	for _, name := range []string{"id", "fullName", "emails", "phones", "assignedAgentId", "assignedAgentName", "assignedAgentEmail",
		"stageId", "stageName", "relationship", "createdAt", "updatedAt"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: name, Page: page, Fields: fields}
}

func tagsSchema() *api.Schema {
	tags := tagsField()
	tags.Required, tags.Min = true, 1
	return &api.Schema{Name: "clientcommander.tags", Page: tagsPage, Fields: []api.Field{tags}}
}

func listSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.people", Page: listPage, Texts: true, Fields: []api.Field{
		{Name: "limit", Kind: api.Numeral, Min: 1, Max: 100}, {Name: "cursor"}}}
}

func searchSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.search", Page: searchPage, Texts: true, Fields: []api.Field{
		{Name: "id"}, {Name: "email", Email: true}, {Name: "phone"}, {Name: "name", Min: 2}}}
}

func deleteSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.delete", Page: deletePage, Texts: true, Fields: []api.Field{{Name: "permanent", Kind: api.Flag}}}
}
