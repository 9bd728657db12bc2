package report

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// ownRows reads the rows of the input once more, beside the results, in their order: the cells of all rows are too many to be
// kept in memory.
type ownRows struct {
	open func() (*sheet.Reader, error) // the input, for another reading
	in   *sheet.Reader                 // nil before the first row
	kept []int                         // its columns without those of an earlier file of crmferry
	refs []string                      // the names of its columns, as problems name them
	row  sheet.Row
}

// start opens the input.
func (o *ownRows) start() error {
	if o.in != nil {
		return nil
	}
	in, err := o.open()
	if err != nil {
		return err
	}
	layout := in.Layout()
	if err := in.Close(); err != nil {
		return err
	}
	if o.in, err = layout.AsSaved().Open(); err != nil {
		return err
	}
	var all []columns.Column
	lead := columns.Leading(o.in.Header())
	for i, h := range o.in.Header() {
		all = append(all, columns.Column{Index: i, Letter: cell.ColumnLetter(max(0, i-lead)), Header: h})
		if !columns.IsOwnColumn(h) {
			o.kept = append(o.kept, i)
		}
	}
	o.refs = columns.Refs(all)
	return nil
}

// at reads on to the row of that number.
func (o *ownRows) at(number int) (sheet.Row, error) {
	if err := o.start(); err != nil {
		return sheet.Row{}, err
	}
	for o.row.Number != number {
		row, err := o.in.Next()
		if errors.Is(err, io.EOF) {
			return sheet.Row{}, fmt.Errorf("row %d is not in the file any more", number)
		}
		if err != nil {
			return sheet.Row{}, err
		}
		o.row = row
	}
	return o.row, nil
}

// header are the names of the user's columns.
func (o *ownRows) header() []string { return o.pick(o.in.Header()) }

// pick are the cells of the user's columns.
func (o *ownRows) pick(cells []string) []string {
	var list []string
	for _, i := range o.kept {
		list = append(list, cells[i])
	}
	return list
}

// columns are the user's columns, with their widths.
func (o *ownRows) columns() (list []write.GridColumn) {
	widths := o.in.Widths()
	for _, i := range o.kept {
		c := write.Column(o.in.Header()[i], 0)
		if i < len(widths) {
			c.Width = widths[i]
		}
		list = append(list, c)
	}
	return list
}

// cells are the user's cells of a row as they were, those marked that problems are about.
func (o *ownRows) cells(row sheet.Row, problems []mapping.Problem) (list []any) {
	saved := 0
	for _, i := range o.kept {
		c := write.Own{Text: row.Cells[i]}
		for saved < len(row.Saved) && row.Saved[saved].Column < i {
			saved++
		}
		if saved < len(row.Saved) && row.Saved[saved].Column == i {
			c.Saved = &row.Saved[saved]
		}
		if p := slices.IndexFunc(problems, func(p mapping.Problem) bool { return p.Column != "" && p.Column == o.refs[i] }); p >= 0 {
			c.Wrong = problems[p].Message
		}
		list = append(list, c)
	}
	return list
}

// close closes the input.
func (o *ownRows) close() {
	if o.in != nil {
		_ = o.in.Close() // read only
		o.in = nil
	}
}
