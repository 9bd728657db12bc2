package clientcommander

// Pages of Client Commander's documentation.
const (
	createPage = "https://docs.clientcommander.com/api-reference/people/create"
	updatePage = "https://docs.clientcommander.com/api-reference/people/update"
	listPage   = "https://docs.clientcommander.com/api-reference/people/list"
	searchPage = "https://docs.clientcommander.com/api-reference/people/search"
	deletePage = "https://docs.clientcommander.com/api-reference/people/delete"
	tagsPage   = "https://docs.clientcommander.com/api-reference/people/add-tags"
)
