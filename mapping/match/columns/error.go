package columns

// Error is a header, or something that the user says of it, that cannot be used. Nothing can be sent then.
type Error struct {
	Message string
	Hint    string   // what to do about it
	Fields  []string // the fields that have no value, or none that can be used; nil if it is about something else
	Columns []Column // how the columns were understood up to there; a map file can be made of them
	Program string   // that wrote the sheet, as far as the header tells
}

// Error is the message without the hint.
func (e *Error) Error() string { return e.Message }
