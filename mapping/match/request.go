package match

import (
	"iter"

	"crmferry/mapping/cells"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
)

// Request is a header, and what else decides about its columns.
type Request struct {
	Header   []string
	Profile  *cells.Profile // what the cells of all rows say; nil: the header alone decides
	Map      []string       // as typed: "Header=field", "#C=field", "Header=" to ignore
	MapFile  []columns.MapEntry
	Where    []string // as typed: "Header=value", "#C!=value": the other rows are left out
	Set      []string // fields that every row gets a value of
	Default  []string // fields that the rows without a value get one of
	Replaced []string // fields whose cells other values may stand for
	Words    hint.Words
	Exports  []*resource.Spec // resources whose exports are recognised
	Refused  *Error           // what is wrong with these values; nil for nothing

	NeedsRequired bool   // refuse a sheet without a column for a required field
	MatchID       bool   // a column of the vendor's own ids is the key
	OnlyID        bool   // the vendor's own id is all that a row is read for
	MatchEmail    bool   // ids are no keys, not even in the vendor's own export
	Unconfirmed   bool   // contacts may lack a name or an e-mail that a column may hold which is only proposed
	DateOrder     string // of the dates of all columns, "" if the user does not say
	Decimal       string // of the numbers of all columns, "" if the user does not say
	Clear         string // a cell of just this empties its field; "" for none
}

// Assignment says which fields are read from which columns, and what became of every column.
type Assignment struct {
	Columns   []columns.Column // by index
	SourceRow int              // index of the column crmferry_row of a rejects file, -1 without
	Program   string           // that wrote the sheet, as far as the header tells: "a Google Contacts export"
	Own       bool             // the sheet is an export of this resource

	Where    []sources.Condition // all of which a row has to meet
	Plan     []Feed
	Unread   []Feed          // of the fields in Request.Set: what they take the place of
	Names    []Feed          // fields with the id of a thing, and the column that names the thing
	Titles   *resource.Field // takes what stands before full names, nil without
	Fillers  []string        // cells that stand for nothing
	Consents []Consent       // columns that say whether a person may be mailed or called
	Records  []int           // columns that are empty in a row that continues the one above

	Addresses []sources.Address // that a row may have, those before others; nil for one
}

// Feed is a field and the columns that it is read from.
type Feed struct {
	Field *resource.Field
	From  []sources.Source
	Spare []sources.Source // of a name: its parts where From is whole names, whole names where From is parts; for the rows in which From is empty

	Addresses [][]sources.Source // of a part of an address: its columns in each address that a row may have, nil for one; From is the first with any
}

// each yields the columns of a feed.
func (f *Feed) each() iter.Seq[*sources.Source] {
	lists := f.Addresses
	if lists == nil {
		lists = [][]sources.Source{f.From}
	}
	return func(yield func(*sources.Source) bool) {
		for _, list := range lists {
			for k := range list {
				if !yield(&list[k]) {
					return
				}
			}
		}
	}
}

// Consent is a column that reports whether a person may be mailed or called.
type Consent struct {
	sources.Source
	Refusal bool // yes is a no: "Email Opt Out"
}
