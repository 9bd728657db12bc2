package clientcommander

// Pages of Client Commander's documentation.
const (
	commanderCreatePage = "https://docs.clientcommander.com/api-reference/people/create"
	commanderUpdatePage = "https://docs.clientcommander.com/api-reference/people/update"
	commanderListPage   = "https://docs.clientcommander.com/api-reference/people/list"
	commanderSearchPage = "https://docs.clientcommander.com/api-reference/people/search"
	commanderDeletePage = "https://docs.clientcommander.com/api-reference/people/delete"
	commanderTagsPage   = "https://docs.clientcommander.com/api-reference/people/add-tags"
)
