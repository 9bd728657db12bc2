package job

import (
	"strings"

	"crmferry/internal/account"
	"crmferry/internal/sheet/write"
	"crmferry/mapping"
)

// TableOptions are how a file of contacts looks: labels for people head its columns, or field names for programs.
func (e *Env) TableOptions(r account.Resource, columns []mapping.ExportColumn, labels bool) write.TableOptions {
	o := write.TableOptions{Guard: true, Sheet: Title(r.Name()), Title: r.Vendor().Name + " " + r.Name(),
		Subject: ExportSubject + r.ID() + " by crmferry", Creator: e.UserAgent}
	for _, c := range columns {
		header := c.Name
		if labels {
			header = c.Label
		}
		o.Columns = append(o.Columns, write.TableColumn{Header: header, Kind: c.Kind})
	}
	return o
}

// Title is a word as it heads something.
func Title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
