package clientcommander

import (
	"regexp"

	"crmferry/internal/sandbox/api"
)

func commanderTags() api.Field {
	return api.Field{Name: "tags", Kind: api.List, Max: 20, Item: &api.Field{Min: 1, Max: 50}}
}

// commanderSchema is the body of create and update: no field is marked as required on either page.
func commanderSchema(name, page string) *api.Schema {
	fields := []api.Field{
		{Name: "firstName", Min: 1, Max: 100}, {Name: "lastName", Min: 1, Max: 100}, {Name: "email", Email: true, Max: 255},
		{Name: "phone", Pattern: regexp.MustCompile(`^\+?[1-9]\d{1,14}$`)}, {Name: "source", Max: 100}, {Name: "stage"},
		{Name: "price", Kind: api.Number, NotNeg: true}, {Name: "timeframe", Max: 100}, {Name: "background", Max: 5000}, commanderTags(),
		{Name: "street", Max: 200}, {Name: "city", Max: 100}, {Name: "state", Max: 2, Pattern: regexp.MustCompile(`^[A-Z]{2}$`)},
		{Name: "zipCode", Pattern: regexp.MustCompile(`^\d{5}(-\d{4})?$`)},
	}
	for _, name := range []string{"id", "fullName", "emails", "phones", "assignedAgentId", "assignedAgentName", "assignedAgentEmail",
		"stageId", "stageName", "relationship", "createdAt", "updatedAt"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: name, Page: page, Fields: fields}
}

func commanderTagsSchema() *api.Schema {
	tags := commanderTags()
	tags.Required, tags.Min = true, 1
	return &api.Schema{Name: "clientcommander.tags", Page: commanderTagsPage, Fields: []api.Field{tags}}
}

func commanderListSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.people", Page: commanderListPage, Texts: true, Fields: []api.Field{
		{Name: "limit", Kind: api.Numeral, Min: 1, Max: 100}, {Name: "cursor"}}}
}

func commanderSearchSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.search", Page: commanderSearchPage, Texts: true, Fields: []api.Field{
		{Name: "id"}, {Name: "email", Email: true}, {Name: "phone"}, {Name: "name", Min: 2}}}
}

func commanderDeleteSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.delete", Page: commanderDeletePage, Texts: true, Fields: []api.Field{{Name: "permanent", Kind: api.Flag}}}
}
