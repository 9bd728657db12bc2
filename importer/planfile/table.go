package planfile

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/write"
)

// table is a table of the file, which may be the plan, or list changes.
type table struct {
	path, sheet string
	format      sheet.Format
	layout      *sheet.Layout
	header      int            // its row
	columns     map[string]int // from 0, by name
	twice       map[string]int // the second column of a name
}

// findTables finds the tables of a file; those of a workbook may have any name.
func findTables(path string) ([]*table, error) {
	names, err := sheet.Names(path)
	if err != nil {
		return nil, err
	}
	var tables []*table
	for _, name := range names {
		t, err := openTable(path, name)
		if len(names) > 1 && (errors.Is(err, rows.ErrEmpty) || errors.Is(err, rows.ErrOneCell)) {
			continue // a sheet of one's own
		}
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func openTable(path, name string) (*table, error) {
	r, err := sheet.Open(path, sheet.Options{Sheet: name})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	t := &table{path: path, sheet: r.SheetName(), format: r.Format(), layout: r.Layout(), header: r.HeaderRow(), columns: map[string]int{}, twice: map[string]int{}}
	for i, h := range r.Header() {
		name := strings.ToLower(strings.TrimSpace(h))
		if _, known := t.columns[name]; known {
			t.twice[name] = i
		} else {
			t.columns[name] = i
		}
	}
	return t, nil
}

func (t *table) has(columns ...string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { _, ok := t.columns[c]; return !ok })
}

// isPlan reports whether the table is a plan, perhaps without some of its columns.
func (t *table) isPlan() bool {
	return !t.has(nowColumn) && (t.has(approveColumn, rowColumn) || t.has(approveColumn, planColumn) || t.has(planColumn, whatColumn))
}

// isChanges reports whether the table lists changes, perhaps without some of its columns.
func (t *table) isChanges() bool {
	return t.has(nowColumn, fieldColumn) || t.has(willColumn, fieldColumn) || t.has(nowColumn, willColumn)
}

// IsChanges reports whether a header is that of a file of changes.
func IsChanges(header []string) bool {
	return !slices.ContainsFunc(changeColumns(), func(c write.GridColumn) bool { return !slices.Contains(header, c.Name) })
}

// lacks refuses a table without the columns, or with two of a name.
func (t *table) lacks(columns []string) error {
	for _, c := range columns {
		if !t.has(c) {
			return t.errorf(place{row: int32(t.header)}, "", ErrChanged, "the column %q is missing", c)
		}
		if i, ok := t.twice[c]; ok {
			e := t.errorf(place{row: int32(t.header)}, "", ErrUnclear, "a second column is called %q: give your own another name", c)
			e.Column = i + 1
			return e
		}
	}
	return nil
}

// cell is a cell of a row.
func (t *table) cell(row sheet.Row, column string) string {
	if i, ok := t.columns[column]; ok && i < len(row.Cells) {
		return row.Cells[i]
	}
	return ""
}

// errorf is an error about a cell, or about a row or the table where there is no column or row.
func (t *table) errorf(at place, column string, kind error, format string, args ...any) *sheet.Error {
	e := &sheet.Error{Path: t.path, Sheet: t.sheet, Row: int(at.row), Line: int(at.line), Err: rows.Errorf(kind, format, args...)}
	if column != "" {
		e.Column = t.columns[column] + 1
	}
	return e
}

// read reads all rows of the table.
func (t *table) read(row func(*table, sheet.Row) error) error {
	r, err := t.layout.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		next, err := r.Next()
		if err == io.EOF {
			return t.unclear(r.Findings())
		}
		if err != nil {
			return err
		}
		if err := row(t, next); err != nil {
			return err
		}
	}
}

// unclear refuses a table with cells whose values are not in the file: they were read as empty, and an empty cell approves
// its row.
func (t *table) unclear(findings []sheet.FindingCount) error {
	for _, f := range findings {
		if f.Code == "merged_cells" || f.Code == "formula_without_value" {
			first := f.First[0]
			e := t.errorf(place{row: int32(first.Row)}, "", ErrUnclear, "%s", first.Message)
			e.Column = first.Column + 1
			return e
		}
	}
	return nil
}

// rowNumber reads the number of a row, in which a program may have put signs between thousands.
func rowNumber(text string) (int, error) {
	digits := strings.Map(func(c rune) rune {
		if strings.ContainsRune(" .,'’\u00a0\u202f", c) {
			return -1
		}
		return c
	}, text)
	return strconv.Atoi(digits)
}
