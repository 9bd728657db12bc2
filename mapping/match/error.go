package match

import "crmferry/mapping/match/columns"

// Error is a header, or something that the user says of it, that cannot be used.
type Error = columns.Error
