package survey

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/match"
	"crmferry/mapping/match/columns"
)

// codeMailLink is the remark on a cell that leads to an e-mail address which it does not show.
const codeMailLink = "mail_link"

// mailColumns are the columns that are e-mail addresses by their headers alone.
func mailColumns[C any](t *mapping.Table[C], header []string) []bool {
	m, err := t.Match(header, mapping.MatchOptions{})
	var refused *match.Error
	switch {
	case err == nil:
		return mails(t, m.Columns)
	case errors.As(err, &refused):
		return mails(t, refused.Columns)
	}
	return nil
}

// mails says of each column whether it is one of e-mail addresses.
func mails[C any](t *mapping.Table[C], header []columns.Column) []bool {
	is := make([]bool, len(header))
	for i, c := range header {
		is[i] = c.State == columns.Mapped && slices.ContainsFunc(t.Info(), func(info mapping.Info) bool {
			return info.Name == c.Field && (info.Type == "email" || info.Type == "list of emails")
		})
	}
	return is
}

// withLinks are the cells of a row with the addresses that they lead to, where a column is one of addresses and the cell
// shows none.
func withLinks(row *sheet.Row, mails []bool) []string {
	cells := row.Cells
	for _, l := range row.Links {
		if l.Column < len(mails) && mails[l.Column] && !strings.Contains(cells[l.Column], "@") {
			if &cells[0] == &row.Cells[0] {
				cells = slices.Clone(cells)
			}
			cells[l.Column] = l.Address
		}
	}
	return cells
}

// linkRemarks tell of the addresses that cells lead to: one that was taken, one that differs from the one shown, and one
// that stands in no cell of the row.
func (f *File[C]) linkRemarks(row *sheet.Row, taken []string) (list []mapping.Remark) {
	for _, l := range row.Links {
		if l.Column >= len(f.Matching.Columns) {
			continue
		}
		column, shown := f.Matching.Columns[l.Column], row.Cells[l.Column]
		r := mapping.Remark{Code: codeMailLink, Field: column.Field, Column: column.Ref(f.Matching.Columns), Before: shown, After: taken[l.Column]}
		where := columns.ColumnWords(r.Column)
		switch {
		case r.After != shown:
			r.Message = fmt.Sprintf("%s: %q shows no address; %q, to which its link leads, is taken", where, shown, l.Address)
		case strings.Contains(shown, "@"):
			r.Message = fmt.Sprintf("%s: %q is shown, and its link leads to %q; what is shown is taken", where, shown, l.Address)
		case slices.ContainsFunc(taken, func(c string) bool { return strings.Contains(strings.ToLower(c), strings.ToLower(l.Address)) }):
			continue
		default:
			r.Message = fmt.Sprintf("%s: the link of %q leads to %q, which stands in no cell of the row, and is not taken", where, shown, l.Address)
		}
		list = append(list, r)
	}
	return list
}
