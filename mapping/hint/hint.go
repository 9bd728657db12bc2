// Package hint has the codes of what only a front end can word: what it calls the settings of its user, and what it tells
// the user to do. The rooms of mapping know codes and facts; they are handed Words, and put what these say into the texts
// that they make.
package hint

// Words puts a code and its facts into words. It returns "" for a code that it has no words for.
type Words func(code Code, facts ...string) string

// Code is what there is to say.
type Code string

// Settings, by their names.
const (
	Map     Code = "map"     // gives a column its field
	Set     Code = "set"     // gives every row a value
	Default Code = "default" // gives a value to the rows that have none
	Values  Code = "values"  // puts other values in place of cells
	Where   Code = "where"   // chooses the rows of a sheet
	Columns Code = "columns" // chooses the columns of an export
)

// What follows a text that is said already, with the sign that parts the two.
const (
	Region     Code = "region"      // behind: a number has no country code
	DateOrder  Code = "date_order"  // behind: a date is of unknown order
	Encoding   Code = "encoding"    // behind: the file may have another encoding
	MatchByID  Code = "match_by_id" // behind a note: it says which contact a row is
	OnlyBySet  Code = "only_by_set" // behind a note: what yes does; fact: the field
	Confirm    Code = "confirm"     // behind: what a column perhaps is; facts: the column, its fields
	OrIgnore   Code = "or_ignore"   // behind: how a column is confirmed; facts: the column, and the code of the refusal
	ForAllRows Code = "for_all"     // behind: how a field gets a column; fact: the field

	AllowUndocumented Code = "allow_undocumented" // behind: what is not done unless asked for, because it is not documented
)

// What to do. The facts are said beside each.
const (
	OtherResource  Code = "other_resource"  // fact: the resource that takes the file
	MapForm        Code = "map_form"        // a line of Map has no =
	WhereForm      Code = "where_form"      // a line of Where has no =
	SetForm        Code = "set_form"        // a line of Set or Default has no =; fact: which of the two
	NoValue        Code = "no_value"        // a line of Set or Default has no value
	NoFrom         Code = "no_from"         // a line of Values has nothing to replace
	MapDrift       Code = "map_drift"       // the sheet has other columns than its map file
	ByLetter       Code = "by_letter"       // several columns have one name; facts: one of them by its letter, and the setting that names it
	AddMatchID     Code = "add_match_id"    // a column is mapped to the id
	KeepOrigin     Code = "keep-source-id"  // a setting: new records keep where they come from
	NoOrigin       Code = "no_origin"       // no column holds the ids of another program
	NameOrigin     Code = "name_origin"     // the file does not say which program it is from
	SplitLong      Code = "split_long"      // a text is too long, and can be split
	Fields         Code = "fields"          // where the fields of a resource are listed; fact: the resource
	ChooseColumn   Code = "choose_column"   // facts: a field, and the columns that could be it
	ChooseColumns  Code = "choose_columns"  // the same, for a field that is read from the first column that is filled
	DateOrders     Code = "date_orders"     // facts: the orders that dates can be read in
	DecimalSigns   Code = "decimal_signs"   // numbers can be read in two ways
	NameID         Code = "name_id"         // no column holds the ids
	NameIDHeader   Code = "name_id_header"  // facts: the field of the ids, and its label
	VouchForIDs    Code = "vouch_for_ids"   // facts: the column, and the vendor
	ConfirmAll     Code = "confirm_all"     // facts: columns, each before its fields
	ConfirmOwn     Code = "confirm_own"     // the same, where the columns may be of different people
	NameColumn     Code = "name_column"     // facts: a field, one that may be there in its place, and a word where that is undocumented
	OnlyUpdate     Code = "only_update"     // what is missing is needed to create only
	SayOnlySet     Code = "say_only_set"    // facts: a field that no column gives a value by its header, the column
	CorrectSetting Code = "correct_setting" // fact: the code of what is wrong with a value of Set, Default or Values
)

// Name is what a setting is called.
func (w Words) Name(setting Code) string {
	if w == nil {
		return string(setting)
	}
	return w(setting)
}

// Say is what there is to say, "" without words.
func (w Words) Say(code Code, facts ...string) string {
	if w == nil || code == "" {
		return ""
	}
	return w(code, facts...)
}
