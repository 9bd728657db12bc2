package mapping

import "crmferry/mapping/cells"

// Codes lists the codes that Convert can report.
func Codes() []string {
	return []string{cells.CodeRequired, cells.CodeTooLong, cells.CodeTooMany, cells.CodeBadEmail, cells.CodeBadPhone, cells.CodeBadNumber,
		cells.CodeBadDate, cells.CodeBadValue, cells.CodeBadState, cells.CodeBadZip, cells.CodeBadID,
		cells.CodeDamaged, cells.CodeNotClearable, cells.CodeContinuation}
}

// Problem is a rule that a row breaks, or a header that cannot be used.
type Problem struct {
	Code    string // stable: required, too_long, bad_email, bad_phone ...
	Field   string // the vendor's name of the field
	Column  string // as Column.Ref names it: its header, or # and its letter; "" if the row has none for the field
	Message string // for people; names the column and quotes the cell
	Value   string // the cell, if the field takes certain values only and this is none of them
	Advice  string // what to do about it, where what is said of its code does not help; "" for most
	Local   string // a phone number that is readable once its country is known
}

// RemarkAdvice says in one sentence what to do about a doubt, "" for a code that is none.
func RemarkAdvice(code string) string {
	switch code {
	case cells.RemarkPlaceholder:
		return "Empty the cell if it only says that there is nothing."
	case cells.RemarkTwiceEncoded, cells.RemarkLostLetters:
		return "Write the letters anew, or export the file again as UTF-8."
	case cells.RemarkTypo:
		return "Correct the address if it is a slip."
	case cells.RemarkDate, cells.RemarkRounded, cells.RemarkScientific, cells.RemarkFloatTail:
		return "Take the value from where it came from, into a column formatted as text."
	case cells.RemarkCompany:
		return "Move the name into the column of companies if it is one."
	case cells.RemarkSplit:
		return "Give first and last names a column each where the name is split wrongly."
	case cells.RemarkPeople:
		return "Give each person a row."
	case cells.RemarkCapitals:
		return "Write the name as it is to be shown."
	case cells.RemarkRefusal:
		return "Leave the row out, or mark the contact in the CRM: no field holds the refusal."
	case cells.RemarkOddZip:
		return "Correct the postal code, or the country."
	case cells.RemarkOddPhone:
		return "Correct the number if it is a slip, or write it with + and its country code."
	}
	return ""
}
