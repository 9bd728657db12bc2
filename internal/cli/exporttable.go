package cli

import (
	"crmferry/internal/account"
	"crmferry/internal/cell"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/terminal"
	"crmferry/mapping"
)

// tableOptions are how the file looks.
func (q *exportRequest) tableOptions(columns []mapping.ExportColumn) write.TableOptions {
	o := tableOptions(q.Resource, columns, q.Excel || q.File.Format == sheet.XLSX)
	o.Delimiter, o.Excel, o.Guard, o.Created = q.Delimiter, q.Excel, !q.Raw, q.Started
	return o
}

// tableOptions are how a file of contacts looks: labels for people head its columns, or field names for programs.
func tableOptions(r account.Resource, columns []mapping.ExportColumn, labels bool) write.TableOptions {
	o := write.TableOptions{Guard: true, Sheet: titled(r.Name()), Title: r.Vendor().Name + " " + r.Name(),
		Subject: exportSubject + r.ID() + " by crmferry", Creator: userAgent()}
	for _, c := range columns {
		header := c.Name
		if labels {
			header = c.Label
		}
		o.Columns = append(o.Columns, write.TableColumn{Header: header, Kind: c.Kind})
	}
	return o
}

// shownTable is a table that goes to a terminal, which the cells must not command. Files and pipes get them as they are.
type shownTable struct{ write.Table }

// Write appends a row.
func (t shownTable) Write(cells []cell.Cell) error {
	for i := range cells {
		cells[i].Text = terminal.Line(cells[i].Text)
	}
	return t.Table.Write(cells)
}
