package survey

import (
	"slices"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/mapping/match/columns"
)

// unclosed is the cell, from 1, that a quote opens and none closes; 0 for none. Rejects hold such a cell well quoted: it is known
// there by the code of its row, as long as nobody has mended it.
func (f *File[C]) unclosed(row *sheet.Row) int {
	if row.Unclosed > 0 {
		return row.Unclosed
	}
	at := 1 + slices.IndexFunc(row.Cells, func(c string) bool { return strings.HasPrefix(c, `"`) && strings.Count(c, `"`)%2 == 1 })
	if at == 0 || !slices.ContainsFunc(f.Matching.Columns, func(c columns.Column) bool {
		return c.Title() == columns.ColumnError && c.Index < len(row.Cells) && strings.Contains(row.Cells[c.Index], outcome.CodeSwallows)
	}) {
		return 0
	}
	return at
}
