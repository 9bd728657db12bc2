package mapping

import "crmferry/mapping/cells"

// Finding is what was repaired in a cell, or looks wrong in one that was taken as it stands.
type Finding struct {
	Code    string // of the kind, stable: float_tail, several_values ...
	Field   string // the vendor's name of the field
	Column  string // as Column.Ref names it: its header, or # and its letter; "" for a value of --set
	Before  string // the cell
	After   string // what it was read as: a suspicion left it as it was; "" for an empty cell
	Message string // for people; quotes the cell
}

// FindingAdvice says in one sentence what to do about a suspicion, "" for a code that is none.
func FindingAdvice(code string) string {
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
