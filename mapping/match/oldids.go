package match

import (
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
)

// markOldIDs marks the column that holds the ids of the program that the sheet comes from, by which other tables know its rows, and
// the columns that people know them by.
func (w *matcher) markOldIDs() {
	if w.own {
		return
	}
	people := w.spec.FieldNames(headers.LastName)+w.spec.FieldNames(headers.FullName) != ""
	for i := range w.columns {
		w.columns[i].Naming = w.columns[i].State == columns.Mapped && headers.NamesRecord(w.means(i), people, w.has(headers.LastName))
	}
	i := w.idOfExport()
	if w.export == nil {
		i = columns.RecordIDs(w.columns, func(i int) bool {
			return w.column(i) != nil && w.column(i).VariesIDs() && (w.columns[i].State != columns.Mapped || w.means(i) == headers.CustomerNumber) // an id, too
		})
	}
	if i >= 0 {
		w.columns[i].OldID = true
	}
}
