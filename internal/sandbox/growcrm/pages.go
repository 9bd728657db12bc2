package growcrm

// Pages of Grow CRM's documentation.
const (
	growContactsPage = "https://docs-api.growcrm.io/contacts"
	growStartPage    = "https://docs-api.growcrm.io/getting-started"
	growAuthPage     = "https://docs-api.growcrm.io/authentication"
	growClientsPage  = "https://docs-api.growcrm.io/clients"
)
