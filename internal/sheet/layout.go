package sheet

import (
	"os"

	"crmferry/internal/sheet/csv"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx"
)

// Open opens the file again, as it was understood before. It is rows.ErrChanged if the file is no longer the same.
func (l *Layout) Open() (*Reader, error) {
	r := &Reader{layout: *l, knownLayout: true}
	return r.closeOnError(r.reopen())
}

// AsSaved is the same layout, with which the rows of a workbook tell how their numbers are saved.
func (l *Layout) AsSaved() *Layout {
	saved := *l
	saved.xlsx = l.xlsx.AsSaved()
	return &saved
}

// find opens the file and finds out its layout.
func (r *Reader) find(o Options) error {
	f, err := r.openFile()
	if err != nil {
		return err
	}
	l := &r.layout
	if l.format, err = formatOf(f, l.path); err == nil && l.format == XLSX {
		err = r.findSheet(f, o)
	} else if err == nil {
		err = r.findText(f, o)
	}
	if err != nil {
		f.Close()
		return err
	}
	return r.readHeader(o.Delimiter)
}

func (r *Reader) findSheet(f *os.File, o Options) error {
	if o.Delimiter != 0 {
		return rows.Errorf(rows.ErrOption, "a workbook has no delimiter")
	}
	if o.Encoding != "" {
		return rows.Errorf(rows.ErrOption, "a workbook has no encoding to choose: it is always UTF-8")
	}
	src, err := xlsx.Open(f, xlsx.Options{Sheet: o.Sheet, Further: o.Further}, &r.findings)
	if err != nil {
		return err
	}
	l := &r.layout
	l.xlsx = src.Layout()
	r.src, l.sheet, l.facts = src, l.xlsx.Sheet, l.xlsx.Facts
	return nil
}

func (r *Reader) findText(f *os.File, o Options) error {
	if o.Sheet != "" {
		return rows.Errorf(rows.ErrOption, "a CSV file has no sheet %q: it is one sheet without a name", o.Sheet)
	}
	src, err := csv.Open(f, csv.Options{Delimiter: o.Delimiter, Encoding: o.Encoding}, &r.findings)
	if err != nil {
		return err
	}
	l := &r.layout
	l.csv = src.Layout()
	r.src, l.delimiter, l.facts = src, l.csv.Delimiter, l.csv.Facts
	return nil
}

// reopen opens the file by its layout.
func (r *Reader) reopen() error {
	size, modified := r.layout.size, r.layout.modified
	f, err := r.openFile()
	if err != nil {
		return err
	}
	if r.layout.size != size || !r.layout.modified.Equal(modified) {
		err = changed()
	} else if r.layout.format == XLSX {
		r.src, err = r.layout.xlsx.Open(f, &r.findings)
	} else {
		r.src, err = r.layout.csv.Open(f, &r.findings)
	}
	if err != nil {
		r.src = nil
		f.Close()
		return err
	}
	return r.readHeader(0)
}
