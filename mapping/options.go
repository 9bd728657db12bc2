package mapping

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/settings"
)

// MatchOptions say how columns find their fields.
type MatchOptions struct {
	Map           []string // as typed: "Header=field", "#C=field", "Header=" to ignore
	MapFile       []columns.MapEntry
	Where         []string // as typed: "Header=value", "#C!=value": the other rows are left out
	Set           []string // as typed: "field=value"
	Default       []string // as typed: "field=value"
	Values        []ValueEntry
	Exports       []*resource.Spec // resources whose exports are recognised: of the other vendors, too
	NeedsRequired bool             // refuse a sheet without a column for a required field; false if rows only update
	MatchID       bool             // a column of the vendor's own ids is the key
	OnlyID        bool             // the vendor's own id is all that a row is read for
	MatchEmail    bool             // ids are no keys, not even in the vendor's own export
	KeepOrigin    string           // new records keep where they come from: the word for the program, or OriginOfFile; "" for no
	Unconfirmed   bool             // contacts may lack a name or an e-mail that a column may hold which is only proposed
	Profile       *cells.Profile   // what the cells of all rows say; nil: the header alone decides
	Others        []Other          // resources whose exports are refused
	ConvertOptions
}

// ValueEntry is one line of a values file.
type ValueEntry = settings.ValueEntry

// given are the values that the user gives beside the sheet.
func (o *MatchOptions) given() settings.Given {
	return settings.Given{Set: o.Set, Default: o.Default, Values: o.Values}
}
