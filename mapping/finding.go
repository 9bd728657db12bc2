package mapping

import "fmt"

// Finding is what was repaired in a cell, or looks wrong in one that was taken as it stands.
type Finding struct {
	Code    string // of the kind, stable: float_tail, several_values ...
	Field   string // the vendor's name of the field
	Column  string // as Column.Ref names it: its header, or # and its letter; "" for a value of --set
	Before  string // the cell
	After   string // what it was read as: a suspicion left it as it was; "" for an empty cell
	Message string // for people; quotes the cell
}

// Codes of findings. Repairs change what is sent, suspicions do not.
const (
	FoundPlaceholder  = "placeholder"      // repair: the cell says that there is nothing; suspicion in a text
	FoundInvisible    = "invisible"        // repair: characters without ink, such as a space that does not break
	FoundMarker       = "text_marker"      // repair: the ' or ="" that keeps Excel from reading a number
	FoundFloatTail    = "float_tail"       // repair: the .0 of a number that is none
	FoundLostZero     = "lost_zero"        // repair: a ZIP code or a phone number without its first zeros
	FoundShortYear    = "short_year"       // repair: a year of two digits
	FoundSerial       = "serial_date"      // repair: a day as Excel counts them
	FoundSeveral      = "several_values"   // repair: the first of several values in a field that takes one
	FoundWrapped      = "wrapped"          // repair: an address among other words
	FoundExtension    = "extension"        // repair: an extension behind a phone number
	FoundRemark       = "remark"           // repair: words beside a phone number or a name
	FoundVanity       = "vanity"           // repair: letters as on the keys of a phone
	FoundExchange     = "exchange_address" // repair: what only an Exchange server understands
	FoundLeftOut      = "left_out"         // repair: a cell of a list that holds no value, behind one that does; a value that --values leaves empty
	FoundTitle        = "title"            // repair: a title in front of a first name
	FoundTwiceEncoded = "twice_encoded"    // suspicion: text that was encoded twice
	FoundLostLetters  = "lost_letters"     // suspicion: the mark of letters that an earlier program could not read
	FoundSlip         = "typing_slip"      // suspicion: an address that is nearly one of a large provider
	FoundDate         = "date_of_code"     // suspicion: a date where a code or a word belongs
	FoundRounded      = "rounded"          // suspicion: a number of more than 15 digits that ends in zeros
	FoundScientific   = "scientific"       // suspicion: a code that Excel may have shortened
	FoundCompany      = "company_name"     // suspicion: a company in place of a person
	FoundSplit        = "name_split"       // suspicion: a name that was split as if it had one last name, or a first name at all
	FoundPeople       = "several_people"   // suspicion: two people in one name
	FoundCapitals     = "capitals"         // suspicion: a name in capitals
	FoundRefusal      = "refused_mail"     // suspicion: the person is not to be mailed or called
	FoundOddZip       = "odd_zip"          // suspicion: a postal code that the country does not have
	FoundOddPhone     = "odd_phone"        // suspicion: a phone number in no range that the country is known to use
)

// FindingAdvice says in one sentence what to do about a suspicion, "" for a code that is none.
func FindingAdvice(code string) string {
	switch code {
	case FoundPlaceholder:
		return "Empty the cell if it only says that there is nothing."
	case FoundTwiceEncoded, FoundLostLetters:
		return "Write the letters anew, or export the file again as UTF-8."
	case FoundSlip:
		return "Correct the address if it is a slip."
	case FoundDate, FoundRounded, FoundScientific, FoundFloatTail:
		return "Take the value from where it came from, into a column formatted as text."
	case FoundCompany:
		return "Move the name into the column of companies if it is one."
	case FoundSplit:
		return "Give first and last names a column each where the name is split wrongly."
	case FoundPeople:
		return "Give each person a row."
	case FoundCapitals:
		return "Write the name as it is to be shown."
	case FoundRefusal:
		return "Leave the row out, or mark the contact in the CRM: no field holds the refusal."
	case FoundOddZip:
		return "Correct the postal code, or the country."
	case FoundOddPhone:
		return "Correct the number if it is a slip, or write it with + and its country code."
	}
	return ""
}

// repair reports a cell that was changed.
func (r *reading) repair(code string, s *source, before, after, format string, args ...any) {
	for _, f := range r.findings {
		if f.Code == code && f.Column == s.ref && f.Before == before {
			return // several fields are read from the column
		}
	}
	r.findings = append(r.findings, Finding{Code: code, Field: r.name, Column: s.ref, Before: before, After: after,
		Message: r.where(s) + fmt.Sprintf(format, args...)})
}

// suspect reports a cell that was taken as it stands.
func (r *reading) suspect(code string, s *source, cell, format string, args ...any) {
	r.repair(code, s, cell, cell, format, args...)
}
