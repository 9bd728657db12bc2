package mapping

import "crmferry/mapping/cells"

// Codes lists the codes that Convert can report.
func Codes() []string {
	return []string{cells.CodeRequired, cells.CodeTooLong, cells.CodeTooMany, cells.CodeBadEmail, cells.CodeBadPhone, cells.CodeBadNumber,
		cells.CodeBadDate, cells.CodeBadValue, cells.CodeBadState, cells.CodeBadZip, cells.CodeBadID,
		cells.CodeBadList, cells.CodeDamaged, cells.CodeNotClearable, cells.CodeContinuation}
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
