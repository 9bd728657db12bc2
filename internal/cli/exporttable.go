package cli

import (
	"crmferry/internal/cell"
	"crmferry/internal/job"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/terminal"
	"crmferry/mapping"
)

// tableOptions are how the file looks.
func (q *exportRequest) tableOptions(env *job.Env, columns []mapping.ExportColumn) write.TableOptions {
	o := env.TableOptions(q.Resource, columns, q.Excel || q.File.Format == sheet.XLSX)
	o.Delimiter, o.Excel, o.Guard, o.Created = q.Delimiter, q.Excel, !q.Raw, q.Started
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
