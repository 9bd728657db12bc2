package headers

// Why a column is left aside.
const (
	WhyOwner    = "it says who looks after the contact"
	WhyID       = "it holds ids that only the program it comes from knows"
	WhyOther    = "it belongs to somebody else than the contact"
	WhyFirm     = "it belongs to the company, not to the person"
	WhyFact     = "it says only the kind, the state or the date of something"
	WhyOfPerson = "it is of a person in one of the two CRMs, and of the company itself in the other"
	WhyElse     = "none of the fields, whatever its header" // of the vendor, as any column that is not recognised
	WhyFax      = "it is a fax, a pager or the like"
	WhyConsent  = "it says whether the person may be mailed or called"
	WhyCalling  = "it has the calling codes of phones"
	WhyArea     = "it has the area codes of phones"
	WhySound    = "it says how the name sounds"
	WhyWholeOne = "it holds a whole address in one cell, which is not taken apart"
	WhyJoined   = "it holds several parts of an address in one cell, and few cells can be taken apart: give each a column"
	WhyCompare  = "it counts or rates, and holds nothing of the contact itself"
)
