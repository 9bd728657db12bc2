package survey

import (
	"fmt"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// offset is that cells of a row stand one column off.
type offset struct {
	why     string // what shows it, "" if nothing does
	at      int    // the column
	certain bool   // else one cell only shows it
}

// offColumn says whether cells of a row stand one column off.
func (f *File[C]) offColumn(row *sheet.Row) offset {
	if row.Shifted || row.Section || f.shifts == nil {
		return offset{}
	}
	s, ok := f.shifts.Find(row.Cells)
	switch {
	case !ok:
		return offset{}
	case s.Missing:
		return offset{fmt.Sprintf("%q in %s and the cells behind it read like those of the next columns: one is missing before it", row.Cells[s.Column], f.columnWords(s.Column)), s.Column, true}
	case s.Certain:
		return offset{fmt.Sprintf("%s is empty, and the cells behind it read like those of the columns before theirs: they are one column off", f.columnWords(s.Column)), s.Column, true}
	}
	return offset{fmt.Sprintf("%s is empty, and %q in %s reads like a cell of it: are the cells behind it one column off?", f.columnWords(s.Column), row.Cells[s.Column+1], f.columnWords(s.Column+1)), s.Column, false}
}

func (f *File[C]) columnWords(at int) string {
	return columns.ColumnWords(f.Matching.Columns[at].Ref(f.Matching.Columns))
}

// shiftRemarks tell of a row whose cells may stand one column off.
func (f *File[C]) shiftRemarks(row *sheet.Row, off offset) []mapping.Remark {
	if off.why == "" || off.certain {
		return nil
	}
	c, cell := f.Matching.Columns[off.at+1], row.Cells[off.at+1]
	return []mapping.Remark{{Code: outcome.CodeShifted, Field: c.Field, Column: c.Ref(f.Matching.Columns), Before: cell, After: cell, Message: off.why}}
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
