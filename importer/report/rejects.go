package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping/match"
)

// rejects writes the rows to be mended, in the file's own columns, as they were. It reads the input a second time,
// only as far as there are rejects, instead of keeping the cells of all rows in memory.
type rejects struct {
	to     *state.Output
	in     *sheet.Reader
	open   func() (*sheet.Reader, error) // the input, for another reading
	file   *state.File
	out    write.Writer
	origin string // whose contacts the ids are
	own    []int  // columns of an earlier rejects file, replaced by this one's
}

func (r *rejects) start() (err error) {
	if r.in, err = r.open(); err != nil {
		return err
	}
	if r.file, err = r.to.Create(0o600); err != nil {
		return err
	}
	format := sheet.CSV
	if strings.HasSuffix(strings.ToLower(r.to.Path()), ".xlsx") {
		format = sheet.XLSX
	}
	delimiter := r.in.Delimiter()
	if delimiter == 0 {
		delimiter = ','
	}
	if r.out, err = write.NewWriter(r.file, format, write.TextOptions{Delimiter: delimiter, Sheet: "Rejects", Description: r.origin}); err != nil {
		return err
	}
	var head []string
	for i, h := range r.in.Header() {
		if match.IsOwnColumn(h) {
			r.own = append(r.own, i)
		} else {
			head = append(head, h)
		}
	}
	return r.out.Write(append(head, match.ColumnRow, match.ColumnError, match.ColumnMessage))
}

func (r *rejects) write(res *outcome.Result) error {
	if r.out == nil {
		if err := r.start(); err != nil {
			return fmt.Errorf("write rejects: %w", err)
		}
	}
	for {
		row, err := r.in.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("write rejects: row %d is not in the file any more", res.Row)
		}
		if err != nil {
			return fmt.Errorf("write rejects: %w", err)
		}
		if row.Number != res.Row {
			continue
		}
		return r.out.Write(append(r.cells(row), number(res.Number()), res.Codes(), res.Message()))
	}
}

// cells are the row's own cells, without the three columns of an earlier rejects file.
func (r *rejects) cells(row sheet.Row) []string {
	cells := make([]string, 0, len(row.Cells)+3)
	width := len(r.in.Header())
	for i, c := range row.Cells[:min(width, len(row.Cells))] {
		mine := false
		for _, n := range r.own {
			mine = mine || n == i
		}
		if !mine {
			cells = append(cells, c)
		}
	}
	return cells
}

// finish puts the file in place, if there were rejects.
func (r *rejects) finish() (bool, error) {
	if r == nil || r.out == nil {
		return false, nil
	}
	defer r.abort()
	if err := r.out.Close(); err != nil {
		return false, fmt.Errorf("write rejects: %w", err)
	}
	return true, r.file.Commit()
}

func (r *rejects) abort() {
	if r == nil {
		return
	}
	if r.in != nil {
		_ = r.in.Close() // read only
	}
	if r.file != nil {
		r.file.Abort()
	}
}
