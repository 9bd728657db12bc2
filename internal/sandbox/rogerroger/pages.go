package rogerroger

// Pages of RogerRoger's documentation.
const (
	rogerPeoplePage = "https://developer.rogerroger.io/crm/people"
	rogerOrgPage    = "https://developer.rogerroger.io/organizations"
	rogerSegPage    = "https://developer.rogerroger.io/segments"
	rogerTagPage    = "https://developer.rogerroger.io/global/tags"
	rogerLimitPage  = "https://developer.rogerroger.io/getting-started/rate-limits"
	rogerErrorPage  = "https://developer.rogerroger.io/getting-started/error-handling"
)
