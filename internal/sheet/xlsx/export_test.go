package xlsx

import (
	"io"
	"os"

	"crmferry/internal/sheet/rows"
)

// EachSheet reads every worksheet of a workbook, and calls do with its name and its rows by number.
func EachSheet(f *os.File, do func(name string, cells map[int][]string, err error)) error {
	b, err := openWorkbook(f)
	if err == nil {
		err = b.read()
	}
	if err != nil {
		return err
	}
	for _, s := range b.sheets {
		cells, err := rowsByNumber(b, s)
		do(s.name, cells, err)
	}
	return nil
}

// rowsByNumber are the rows of a worksheet by number.
func rowsByNumber(b *workbook, s worksheetPart) (map[int][]string, error) {
	w, err := b.open(s)
	if err != nil {
		return nil, err
	}
	defer w.part.Close()
	w.findings = new(rows.Findings)
	cells := map[int][]string{}
	for {
		var row rows.Row
		if err := w.next(&row); err != nil {
			if err == io.EOF {
				err = nil
			}
			return cells, err
		}
		cells[row.Number] = row.Cells
	}
}
