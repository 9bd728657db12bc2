package match

import (
	"fmt"

	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
)

// turned refuses a sheet whose fields stand below each other in the first column, and whose people stand beside each other: the
// first column is of headers, and no other header is one.
func (s *sheet) turned() *Error {
	if s.own || s.request.Profile == nil || len(s.columns) < 2 || len(s.explicit) > 0 {
		return nil
	}
	for i := 1; i < len(s.columns); i++ {
		if s.headerConcept(i) != headers.None {
			return nil
		}
	}
	names := []string{s.columns[0].Header}
	for _, row := range s.request.Profile.Head {
		if len(row) > 0 && row[0] != "" {
			names = append(names, row[0])
		}
	}
	if !headers.LieOnSide(names) {
		return nil
	}
	return &Error{Message: fmt.Sprintf("the sheet lies on its side: its fields stand below each other in column A (%s), and each contact has a column of its own", columns.QuoteAll(names[:3])),
		Hint: "copy the table, and paste it with Transpose (in Excel under Paste Special) into a new sheet"}
}
