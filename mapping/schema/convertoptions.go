package schema

import (
	"crmferry/internal/crm"
	"crmferry/mapping/hint"
)

// ConvertOptions say how cells are read.
type ConvertOptions struct {
	Words     hint.Words `json:"-"` // of the front end
	Region    string     // ISO country for phones without a country code, "" for none
	DateOrder string     // "dmy", "mdy", "ymd" or "" (by what all cells of a column say)
	Decimal   string     // "comma", "point" or "" (by what all cells of a column say)
	Clear     string     // a cell of just this empties its field; "" for none
	Replace   crm.Fields // lists whose values in the CRM give way to those of the row: none of these may be left out

	SplitLong    bool // a text that is too long for one record makes several
	Undocumented bool // what the vendor does not document may be done
}
