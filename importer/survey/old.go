package survey

import (
	"strings"

	"crmferry/importer/outcome"
	"crmferry/mapping/match/columns"
)

// OldIDs is the column of the ids of the program that a sheet comes from, -1 without.
func OldIDs(sheet []columns.Column) int {
	for _, c := range sheet {
		if c.OldID {
			return c.Index
		}
	}
	return -1
}

// OldColumns are the columns that tell what rows are called in the program that a sheet comes from. The zero value has none.
type OldColumns struct {
	id    int   // counted from 1
	names []int // that people know the rows by
}

// OldColumnsOf are those of a sheet.
func OldColumnsOf(sheet []columns.Column) OldColumns {
	o := OldColumns{id: OldIDs(sheet) + 1}
	for _, c := range sheet {
		if c.Naming {
			o.names = append(o.names, c.Index)
		}
	}
	return o
}

// Of is what the cells of a row say; nothing if they have no id.
func (o OldColumns) Of(cells []string) (old outcome.Old) {
	if o.id == 0 || o.id > len(cells) {
		return old
	}
	if old.ID = strings.TrimSpace(cells[o.id-1]); old.ID == "" {
		return old
	}
	for _, i := range o.names {
		switch {
		case i >= len(cells) || cells[i] == "":
		case old.Name == "":
			old.Name = cells[i]
		default:
			old.Name += " " + cells[i]
		}
	}
	return old
}
