package mapping

// Codes of problems. They are stable: reports show them and scripts may rely on them.
const (
	CodeRequired  = "required"   // the vendor requires the field and the row has nothing for it
	CodeTooLong   = "too_long"   // more characters than the vendor takes
	CodeTooMany   = "too_many"   // more values than the field holds
	CodeBadEmail  = "bad_email"  // not an e-mail address
	CodeBadPhone  = "bad_phone"  // not a phone number that can be called from everywhere
	CodeBadNumber = "bad_number" // not a number, or out of range
	CodeBadDate   = "bad_date"   // not a date, or one that can be read in two ways
	CodeBadValue  = "bad_value"  // none of the values that the field takes
	CodeBadState  = "bad_state"  // not a state of the USA
	CodeBadZip    = "bad_zip"    // not a ZIP code of the USA
	CodeBadID     = "bad_id"     // not an id of this vendor

	CodeDamaged      = "damaged"       // a cell that a spreadsheet program has spoilt beyond repair
	CodeNotClearable = "not_clearable" // the cell would empty a field that the vendor documents no way to empty
	CodeContinuation = "continuation"  // the row only continues the record above it
)

// Codes lists the codes that Convert can report.
func Codes() []string {
	return []string{CodeRequired, CodeTooLong, CodeTooMany, CodeBadEmail, CodeBadPhone, CodeBadNumber,
		CodeBadDate, CodeBadValue, CodeBadState, CodeBadZip, CodeBadID,
		CodeDamaged, CodeNotClearable, CodeContinuation}
}

// Advice says in one sentence what to do about a code, "" for a code of another package. FIELD and HEADER stand in it for
// those of the problem.
func Advice(code string) string {
	switch code {
	case CodeRequired:
		return "Fill the cell, or give the rows without a value one with --default FIELD=VALUE."
	case CodeTooLong:
		return "Shorten the text to the length that the CRM takes (see crmferry fields)."
	case CodeTooMany:
		return "Remove values until as many are left as the field holds."
	case CodeBadEmail:
		return "Correct the address; one address in a cell of a field that holds one."
	case CodeBadPhone:
		return "Write the whole number, with + and its country code; if all are of one country, --region says which."
	case CodeBadNumber:
		return "Write a plain number, and say with --decimal which sign starts the decimals."
	case CodeBadDate:
		return "Write dates like 2026-01-31, or say with --date-order how to read them."
	case CodeBadValue:
		return "Use one of the values that the field takes (see crmferry fields)."
	case CodeBadState:
		return "Use the name or the two letters of a state of the USA, or empty the cell, or ignore the column with --map \"HEADER=\"."
	case CodeBadZip:
		return "Write five digits, or five, a dash and four, with leading zeros; or ignore the column with --map \"HEADER=\"."
	case CodeBadID:
		return "Use the id that the CRM shows, or ignore the column with --map \"HEADER=\"."
	case CodeDamaged:
		return "Take the value from where it came from, into a column formatted as text; or empty the cell."
	case CodeNotClearable:
		return "Empty the cell to leave the field alone, and clear it in the CRM itself."
	case CodeContinuation:
		return "Put what the row has to say into the row of its contact, or export the sheet without the lists beneath a contact."
	case CodeNotUpdatable:
		return "Change the value in the CRM itself, or make the row say what the CRM says."
	}
	return ""
}

// flagAdvice is Advice for a value of a flag or of --values, which has no cell and no column.
func flagAdvice(code string) string {
	switch code {
	case CodeBadState:
		return "Use the name or the two letters of a state of the USA."
	case CodeBadZip:
		return "Use five digits, or five, a dash and four."
	case CodeBadID:
		return "Use the id that the CRM shows."
	}
	return Advice(code)
}

// MatchError is a header, a --map, a --set or a --default that cannot be used. Nothing can be sent then.
type MatchError struct {
	Message string
	Hint    string   // what to do about it
	Fields  []string // the fields that have no value, or none that can be used; nil if it is about something else
	Columns []Column // how the columns were understood up to there; a map file can be made of them
	Program string   // that wrote the sheet, as of a Matching
}

// Error is the message without the hint.
func (e *MatchError) Error() string { return e.Message }
