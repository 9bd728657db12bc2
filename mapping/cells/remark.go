package cells

import (
	"fmt"

	"crmferry/mapping/hint"
)

// Remark is something about a cell that its owner should know: it was repaired, or it is doubtful and was taken as it
// stands.
type Remark struct {
	Code   string    // of the kind, stable: float_tail, several_values ...
	Before string    // the cell
	After  string    // what it was read as: the cell itself if it is only doubtful; "" for an empty cell
	Text   string    // for people; quotes the cell
	Hint   hint.Code // what else there is to say behind the text, "" for nothing
}

// Codes of remarks. Repairs change what is sent, doubts do not.
const (
	RemarkPlaceholder  = "placeholder"      // repair: the cell says that there is nothing; doubt in a text
	RemarkInvisible    = "invisible"        // repair: characters without ink, such as a space that does not break; doubt: lines of a name
	RemarkMarker       = "text_marker"      // repair: the ' or ="" that keeps Excel from reading a number; doubt in a text that other cells say nothing of
	RemarkFloatTail    = "float_tail"       // repair: the .0 of a number that is none
	RemarkLostZero     = "lost_zero"        // repair: a ZIP code or a phone number without its first zeros
	RemarkShortYear    = "short_year"       // repair: a year of two digits
	RemarkSerial       = "serial_date"      // repair: a day as Excel counts them
	RemarkSeveral      = "several_values"   // repair: the first of several values in a field that takes one
	RemarkWrapped      = "wrapped"          // repair: an address among other words
	RemarkArea         = "area_code"        // repair: the area code of a phone from a column of its own
	RemarkExtension    = "extension"        // repair: an extension behind a phone number
	RemarkComment      = "remark"           // repair: words beside a phone number or a name
	RemarkVanity       = "vanity"           // repair: letters as on the keys of a phone
	RemarkExchange     = "exchange_address" // repair: what only an Exchange server understands
	RemarkLeftOut      = "left_out"         // repair: a cell of a list that holds no value, behind one that does; a value that the user leaves empty; a fax in place of a phone; a second address
	RemarkTurned       = "name_turned"      // repair: a whole name whose last name stood first
	RemarkRepeated     = "repeated_name"    // repair: a part of a name that stands in two columns
	RemarkSpareName    = "name_elsewhere"   // repair: a name from another column than usual, because that is empty
	RemarkTitle        = "title"            // repair: a title in front of a first name; doubt: degrees behind a last name
	RemarkTwiceEncoded = "twice_encoded"    // doubt: text that was encoded twice; repair: one written as in a mail
	RemarkList         = "doubtful_list"    // doubt: a cell that was taken apart, or was not, though it may mean the other
	RemarkEntities     = "html_entities"    // repair: signs as HTML writes them, such as &amp;; doubt where one stands for none, or in a text that may be about them
	RemarkEscapes      = "url_escapes"      // repair: signs as addresses of pages have them, such as %20; doubt where other cells show that nobody wrote them so
	RemarkLineEnds     = "line_ends"        // repair: backslashes that a program put before line ends
	RemarkArray        = "array"            // repair: a list as a program writes it: ["VIP","Buyer"]
	RemarkLostLetters  = "lost_letters"     // doubt: the mark of letters that an earlier program could not read
	RemarkTypo         = "typing_slip"      // doubt: an address that is nearly one of a large provider
	RemarkDate         = "date_of_code"     // doubt: a date where a code or a word belongs
	RemarkRounded      = "rounded"          // doubt: a number of more than 15 digits that ends in zeros; repair: an amount of more decimals than the vendor keeps
	RemarkScientific   = "scientific"       // doubt: a code that Excel may have shortened
	RemarkCompany      = "company_name"     // doubt: a company in place of a person
	RemarkSplit        = "name_split"       // doubt: a name that was split as if it had one last name, or a first name at all
	RemarkNoName       = "no_name"          // doubt: an e-mail address, a phone number or a page in the place of a name
	RemarkNamesDiffer  = "names_differ"     // doubt: a full name that is not that of the first and last names beside it
	RemarkPeople       = "several_people"   // doubt: two people in one name
	RemarkCapitals     = "capitals"         // doubt: a name in capitals
	RemarkRefusal      = "refused_mail"     // doubt: the person is not to be mailed or called
	RemarkOddWord      = "odd_word"         // doubt: an e-mail address or a page in a list of words
	RemarkDerived      = "derived"          // repair: a value that the row does not have and the vendor requires, made of another
	RemarkFormula      = "formula"          // doubt: a formula in the place of its value, in a text
	RemarkParts        = "parts"            // repair: a text that is too long for one record, sent as several
	RemarkHTML         = "html"             // doubt: HTML in a text, which is sent as it is
	RemarkAddress      = "whole_address"    // doubt: an address with its city in the place of a street
	RemarkOddZip       = "odd_zip"          // doubt: a postal code that the country does not have
	RemarkFootnote     = "footnote_mark"    // doubt: the mark of a footnote behind a text
	RemarkOddPhone     = "odd_phone"        // doubt: a phone number in no range that the country is known to use
)

// Fault is why a cell cannot be read as a value of its kind.
type Fault struct {
	Code  string    // stable: bad_email, bad_phone ...
	Text  string    // for people; quotes the cell
	Value string    // the cell, if only certain values are taken and this is none of them
	Local string    // a phone number that is readable once its country is known
	Hint  hint.Code // what else there is to say behind the text, "" for nothing
}

// Codes of faults: of a cell by itself, then of what a row or a contact makes of it. They are stable: reports show them and
// scripts may rely on them.
const (
	CodeTooLong   = "too_long"   // more characters than the vendor takes
	CodeBadEmail  = "bad_email"  // not an e-mail address
	CodeBadPhone  = "bad_phone"  // not a phone number that can be called from everywhere
	CodeBadNumber = "bad_number" // not a number, or out of range
	CodeBadDate   = "bad_date"   // not a date, or one that can be read in two ways
	CodeBadValue  = "bad_value"  // none of the values that the field takes
	CodeBadState  = "bad_state"  // not a state of the USA
	CodeBadZip    = "bad_zip"    // not a ZIP code of the USA
	CodeBadList   = "bad_list"   // a list as a program writes it that cannot be read
	CodeDamaged   = "damaged"    // a cell that a spreadsheet program has spoilt beyond repair

	CodeRequired     = "required"      // the vendor requires the field and the row has nothing for it
	CodeTooMany      = "too_many"      // more values than the field holds
	CodeBadID        = "bad_id"        // not an id of this vendor
	CodeNotClearable = "not_clearable" // the cell would empty a field that the vendor documents no way to empty
	CodeNotUpdatable = "not_updatable" // the field differs from the contact found, and the vendor's API cannot change it
	CodeUndocumented = "undocumented"  // the vendor does not document what would come of it, and nobody has asked for it
	CodeContinuation = "continuation"  // the row only continues the record above it
)

// Notes is what there is to say of a cell beside its value. The zero value is that of most cells: nothing.
type Notes struct {
	Remarks []Remark
	Faults  []Fault // a cell with a fault has no value, or not all of it
}

// OK reports whether the cell has no fault.
func (n *Notes) OK() bool { return len(n.Faults) == 0 }

// Repair adds the remark that a cell was changed.
func (n *Notes) Repair(code, before, after, format string, args ...any) {
	n.Remarks = append(n.Remarks, Remark{Code: code, Before: before, After: after, Text: fmt.Sprintf(format, args...)})
}

// Doubt adds the remark that a doubtful cell was taken as it stands.
func (n *Notes) Doubt(code, cell, format string, args ...any) {
	n.Repair(code, cell, cell, format, args...)
}

// Fail adds a fault.
func (n *Notes) Fail(code, format string, args ...any) {
	n.Faults = append(n.Faults, Fault{Code: code, Text: fmt.Sprintf(format, args...)})
}

// failClosed adds the fault of a cell that is none of the values that are taken.
func (n *Notes) failClosed(code, cell, format string, args ...any) {
	n.Faults = append(n.Faults, Fault{Code: code, Value: cell, Text: fmt.Sprintf(format, args...)})
}
