package sheet

import (
	"io"
)

type workbookTable struct {
	w     Writer
	o     TableOptions
	rows  int64
	cells []string
}

func newWorkbookTable(w io.Writer, o TableOptions) (*workbookTable, error) {
	if o.Sheet == "" {
		o.Sheet = "Contacts"
	}
	x, err := newWorkbookWriter(w, o.Sheet)
	if err != nil {
		return nil, err
	}
	t := &workbookTable{w: x, o: o}
	for _, c := range o.Columns {
		t.cells = append(t.cells, c.Header)
	}
	return t, t.w.Write(t.cells)
}

func (t *workbookTable) Write(cells []Cell) error {
	t.cells = t.cells[:0]
	for i := range cells {
		t.cells = append(t.cells, cells[i].text(true))
	}
	t.rows++
	return t.w.Write(t.cells)
}

func (t *workbookTable) About([][]string) {}

func (t *workbookTable) Discard() {}

func (t *workbookTable) Close() (Stats, error) {
	return Stats{Rows: t.rows, Sheets: 1}, t.w.Close()
}
