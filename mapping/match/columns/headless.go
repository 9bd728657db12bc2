package columns

import (
	"fmt"
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// Headless is what to do about a sheet whose first row is one of data, as an address in it shows: it needs headers, by which
// nothing of that row is lost. Of any other sheet it is the advice.
func Headless(columns []Column, advice string) string {
	i := slices.IndexFunc(columns, func(c Column) bool { return cells.LooksEmail(headers.Clean(c.Header)) })
	if i < 0 {
		return advice
	}
	return fmt.Sprintf("%q is no header: put a row with the columns' names above the first row", headers.Clean(columns[i].Header))
}
