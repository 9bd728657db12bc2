package rogerroger

// Pages of RogerRoger's documentation.
const (
	peoplePage       = "https://developer.rogerroger.io/crm/people"
	organizationPage = "https://developer.rogerroger.io/organizations"
	segmentPage      = "https://developer.rogerroger.io/segments"
	tagPage          = "https://developer.rogerroger.io/global/tags"
	limitPage        = "https://developer.rogerroger.io/getting-started/rate-limits"
	errorPage        = "https://developer.rogerroger.io/getting-started/error-handling"
)
