package growcrm

import "crmferry/internal/sandbox/api"

// Resources that have custom fields: the pages say of both that those which the account requires have to be sent.
const (
	customOfClients = "clients"
	customOfLeads   = "leads"
)

// custom adds the custom fields of a resource, which go by their names among the others. There are no further ones.
func (g *vendor) custom(of string, s *api.Schema) *api.Schema {
	for _, f := range g.Settings.Custom {
		if f.Of == of {
			s.Fields = append(s.Fields, api.Field{Name: f.Name, Required: f.Required})
		}
	}
	return s
}

// customIn are the custom fields in a body, which takes the place of all that were there. Nil for none.
func (g *vendor) customIn(of string, body map[string]any) map[string]string {
	var held map[string]string
	for _, f := range g.Settings.Custom {
		if v := api.Str(body, f.Name); f.Of == of && v != "" {
			if held == nil {
				held = map[string]string{}
			}
			held[f.Name] = v
		}
	}
	return held
}
