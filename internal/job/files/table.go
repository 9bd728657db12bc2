package files

import (
	"crmferry/internal/account"
	"crmferry/internal/humanize"
	"crmferry/internal/sheet/write"
	"crmferry/mapping"
)

// TableOptions are how a file of contacts looks: labels for people head its columns, or field names for programs.
func TableOptions(creator string, r account.Resource, columns []mapping.ExportColumn, labels bool) write.TableOptions {
	o := write.TableOptions{Guard: true, Sheet: humanize.Title(r.Name()), Title: r.Vendor().Name + " " + r.Name(),
		Subject: ExportSubject + r.ID() + " by crmferry", Creator: creator}
	for _, c := range columns {
		header := c.Name
		if labels {
			header = c.Label
		}
		o.Columns = append(o.Columns, write.TableColumn{Header: header, Kind: c.Kind})
	}
	return o
}
