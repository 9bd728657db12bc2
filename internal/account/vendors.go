package account

import (
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping"
)

// All is the registry: every resource of every vendor. A new vendor is one more entry here and a table in
// package mapping; vendors are named nowhere else.
func All() *Registry {
	grow, roger := growCRM(), rogerRoger()
	return NewRegistry(
		newEntry(clientCommander(), mapping.ClientCommanderContacts(), func(o openConfig) crm.Creator[clientcommander.Contact] {
			return clientcommander.New(clientcommander.Config{Base: o.Base, HTTP: o.HTTP})
		}),
		newEntry(grow, mapping.GrowContacts(), func(o openConfig) crm.Creator[growcrm.Contact] {
			return growcrm.New(growcrm.Config{Base: o.Base, HTTP: o.HTTP})
		}),
		newEntry(grow, mapping.GrowClients(), func(o openConfig) crm.Creator[growcrm.ClientRecord] {
			return growcrm.NewClients(growcrm.Config{Base: o.Base, HTTP: o.HTTP})
		}),
		newEntry(grow, mapping.GrowLeads(), func(o openConfig) crm.Creator[growcrm.Lead] {
			return growcrm.NewLeads(growcrm.Config{Base: o.Base, HTTP: o.HTTP})
		}),
		newEntry(grow, mapping.GrowNotes(), func(o openConfig) crm.Creator[growcrm.Note] {
			return growcrm.NewNotes(growcrm.Config{Base: o.Base, HTTP: o.HTTP})
		}),
		newEntry(roger, mapping.RogerRogerPeople(), func(o openConfig) crm.Creator[rogerroger.Person] {
			config := rogerroger.Config{Base: o.Base, HTTP: o.HTTP}
			if o.Undocumented {
				return rogerroger.NewUndocumented(config)
			}
			return rogerroger.New(config)
		}),
		newEntry(roger, mapping.RogerRogerOrganizations(), func(o openConfig) crm.Creator[rogerroger.Organization] {
			config := rogerroger.Config{Base: o.Base, HTTP: o.HTTP}
			if o.Undocumented {
				return rogerroger.NewUndocumentedOrganizations(config)
			}
			return rogerroger.NewOrganizations(config)
		}),
		newEntry(roger, mapping.RogerRogerNotes(), func(o openConfig) crm.Creator[rogerroger.Note] {
			config := rogerroger.Config{Base: o.Base, HTTP: o.HTTP}
			if o.Undocumented {
				return rogerroger.NewUndocumentedNotes(config)
			}
			return rogerroger.NewNotes(config)
		}),
		newEntry(cloverHound(), mapping.CloverhoundContacts(), func(o openConfig) crm.Creator[cloverhound.Contact] {
			config := cloverhound.Config{Base: o.Base, HTTP: o.HTTP, Organization: o.Organization}
			if o.Undocumented {
				return cloverhound.NewUndocumented(config)
			}
			return cloverhound.New(config)
		}),
	)
}

// urlAndKey are the settings of a vendor that needs no more than those.
func urlAndKey() []Setting {
	return []Setting{
		urlSetting(),
		{Suffix: suffixKey, What: "API key", Secret: true},
	}
}

func clientCommander() *Vendor {
	return &Vendor{
		ID:         "clientcommander",
		Name:       "Client Commander",
		Settings:   urlAndKey(),
		KeyMadeAt:  "Admin > API Keys > Create API Key",
		DefaultURL: "https://api.clientcommander.com",
		URLHint:    "https://api.clientcommander.com, without the /v1",
		Authorize:  clientcommander.Authorize,
		Docs: []string{
			"https://docs.clientcommander.com/api-reference/people/create",
			"https://docs.clientcommander.com/api-reference/people/update",
		},
	}
}

func growCRM() *Vendor {
	return &Vendor{
		ID:        "growcrm",
		Name:      "Grow CRM",
		Settings:  urlAndKey(),
		KeyMadeAt: "Settings > API Keys",
		URLHint:   "https://YOUR-DOMAIN/api, with the domain where you sign in",
		Authorize: growcrm.Authorize,

		Undocumented: "notes on contacts (type user): whether these can read them in the client portal is not documented",
		Docs: []string{
			"https://docs-api.growcrm.io/contacts",
			"https://docs-api.growcrm.io/clients",
			"https://docs-api.growcrm.io/authentication",
		},
	}
}

func rogerRoger() *Vendor {
	return &Vendor{
		ID:         "rogerroger",
		Name:       "RogerRoger",
		Settings:   urlAndKey(),
		KeyMadeAt:  "Admin Panel > API (https://app.rogerroger.io/admin/api)",
		DefaultURL: "https://api.rogerroger.io",
		URLHint:    "https://api.rogerroger.io",
		Limit:      RateLimit{Requests: 20, Per: time.Minute},
		Authorize:  rogerroger.Authorize,

		Undocumented: "delete contacts, and list, change and delete organizations, as RogerRoger's own clients do, and put notes on organizations as on people: its documentation has none of that",
		Docs: []string{
			"https://developer.rogerroger.io/crm/people",
			"https://developer.rogerroger.io/organizations",
			"https://developer.rogerroger.io/getting-started/rate-limits",
		},
	}
}

func cloverHound() *Vendor {
	return &Vendor{
		ID:   "cloverhound",
		Name: "Cloverhound",
		Settings: []Setting{
			urlSetting(),
			{Suffix: suffixKey + "_ID", What: "API key ID", Secret: true},
			{Suffix: suffixKey + "_SECRET", What: "API key secret", Secret: true},
			{Suffix: suffixOrganization, What: "the id of your organization, a number", Number: true},
		},
		KeyMadeAt: "Admin > API Keys > New API Key",
		URLHint: "the address of the API, which Cloverhound does not document for certain: its sample calls " +
			"https://cloud-staging.cloverhound.com, its documentation is at https://cloud.cloverhound.com",
		Authorize:    cloverhound.Authorize,
		Undocumented: "list and update contacts by Rails convention: the vendor documents none of it",
		Docs: []string{
			"https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact",
			"https://cloud.cloverhound.com/docs/admin/api-keys",
		},
	}
}
