package growcrm

// Pages of Grow CRM's documentation.
const (
	contactsPage = "https://docs-api.growcrm.io/contacts"
	startPage    = "https://docs-api.growcrm.io/getting-started"
	authPage     = "https://docs-api.growcrm.io/authentication"
	clientsPage  = "https://docs-api.growcrm.io/clients"
	teamPage     = "https://docs-api.growcrm.io/team"
)
