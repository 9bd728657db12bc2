package survey

import (
	"fmt"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// shiftedBehind says what shows that the cells of a row stand one column off behind an empty one, "" if nothing does. It is certain, or
// one cell only shows it.
func (f *File[C]) shiftedBehind(row *sheet.Row) (why string, at int, certain bool) {
	if row.Shifted || row.Section || f.shifts == nil {
		return "", 0, false
	}
	at, certain = f.shifts.Find(row.Cells)
	switch {
	case at < 0:
		return "", 0, false
	case certain:
		return fmt.Sprintf("%s is empty, and the cells behind it read like those of the columns before theirs: they are one column off", f.columnWords(at)), at, true
	}
	return fmt.Sprintf("%s is empty, and %q in %s reads like a cell of it: are the cells behind it one column off?", f.columnWords(at), row.Cells[at+1], f.columnWords(at+1)), at, false
}

func (f *File[C]) columnWords(at int) string {
	return columns.ColumnWords(f.Matching.Columns[at].Ref(f.Matching.Columns))
}

// shiftRemarks tell of a row whose cells may stand one column off.
func (f *File[C]) shiftRemarks(row *sheet.Row) []mapping.Remark {
	why, at, certain := f.shiftedBehind(row)
	if why == "" || certain {
		return nil
	}
	c, cell := f.Matching.Columns[at+1], row.Cells[at+1]
	return []mapping.Remark{{Code: outcome.CodeShifted, Field: c.Field, Column: c.Ref(f.Matching.Columns), Before: cell, After: cell, Message: why}}
}

// shifted says what is wrong with a row that has more cells than the header.
func (f *File[C]) shifted(row *sheet.Row) string {
	if row.Short == 1 {
		return fmt.Sprintf("the row is one cell, in which another sign than in the other rows parts the values: %q", row.Cells[0])
	}
	message := "the row has more cells than the header: behind a cell with a delimiter in it, all are one column off"
	if beyond := strings.Join(row.Cells[min(len(f.Matching.Columns), len(row.Cells)):], " "); beyond != "" {
		return fmt.Sprintf("%s; the last: %q", message, beyond)
	}
	return message
}
