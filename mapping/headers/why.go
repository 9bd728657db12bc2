package headers

// Why a column is left aside.
const (
	AsOwner    = "it says who looks after the contact"
	AsID       = "it holds ids that only the program it comes from knows"
	AsOther    = "it belongs to somebody else than the contact"
	AsFirm     = "it belongs to the company, not to the person"
	AsFact     = "it tells about a value, and is none itself"
	AsElse     = "none of the fields, whatever its header" // of the vendor, as any column that is not recognised
	AsFax      = "it is a fax, a pager or the like"
	AsConsent  = "it says whether the person may be mailed or called"
	AsSound    = "it says how the name sounds"
	AsWholeOne = "it holds a whole address in one cell"
	AsCompare  = "it counts or rates, and holds nothing of the contact itself"
)
