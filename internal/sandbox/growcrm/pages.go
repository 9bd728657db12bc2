package growcrm

// Pages of Grow CRM's documentation.
const (
	contactsPage = "https://docs-api.growcrm.io/contacts"
	startPage    = "https://docs-api.growcrm.io/getting-started"
	authPage     = "https://docs-api.growcrm.io/authentication"
	clientsPage  = "https://docs-api.growcrm.io/clients"
	leadsPage    = "https://docs-api.growcrm.io/leads"
	notesPage    = "https://docs-api.growcrm.io/notes"
	teamPage     = "https://docs-api.growcrm.io/team"

	categoriesPage = "https://docs-api.growcrm.io/categories"
)
