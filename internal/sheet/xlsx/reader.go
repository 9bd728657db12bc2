// Package xlsx reads the rows of workbooks. A workbook's parts are found in workbook.go, the worksheet that is meant in
// choose.go and preview.go, and its rows are cut out of the XML in xml.go and worksheet.go; what is hidden or merged around
// them is noted in around.go.
package xlsx

import (
	"io"
	"os"

	"crmferry/internal/sheet/rows"
)

// Reader reads the rows of a worksheet, and of those that go on from it.
type Reader struct {
	layout Layout
	file   io.Closer
	sheet  *worksheet
}

// Open finds the worksheet that is meant, and starts with its first row. What is odd in it is added to findings as it is
// met. The file is the Reader's to close, unless there is an error.
func Open(f *os.File, o Options, findings *rows.Findings) (*Reader, error) {
	b, err := openWorkbook(f)
	if err != nil {
		return nil, err
	}
	if err := b.read(); err != nil {
		return nil, err
	}
	sheets, facts, err := b.choose(o)
	if err != nil {
		b.shared.close()
		return nil, err
	}
	l := Layout{Sheet: sheets[0].name, Facts: facts, sheets: sheets, styles: b.styles, shared: b.shared.name, epoch: b.epoch, uncomputed: b.uncomputed}
	return l.begin(f, b, findings)
}

// Open starts a workbook that has this layout with the first row, as the function Open does.
func (l Layout) Open(f *os.File, findings *rows.Findings) (*Reader, error) {
	b, err := openWorkbook(f)
	if err != nil {
		return nil, err
	}
	b.styles, b.epoch, b.uncomputed = l.styles, l.epoch, l.uncomputed
	b.shareTexts(l.shared)
	return l.begin(f, b, findings)
}

func openWorkbook(f *os.File) (*workbook, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return newWorkbook(f, info.Size())
}

func (l Layout) begin(f *os.File, b *workbook, findings *rows.Findings) (*Reader, error) {
	w, err := b.open(l.sheets[0])
	if err == nil {
		w.links, err = b.links(l.sheets[0])
	}
	if err != nil {
		return nil, &rows.Error{Sheet: l.Sheet, Err: err}
	}
	w.findings, w.further, w.saves = findings, l.sheets[1:], l.saved
	w.turn = func(s worksheetPart) (io.ReadCloser, []link, error) {
		links, err := b.links(s)
		if err != nil {
			return nil, nil, err
		}
		part, err := b.openPart(s.part)
		return part, links, err
	}
	return &Reader{layout: l, file: f, sheet: w}, nil
}

// open starts reading a worksheet.
func (b *workbook) open(s worksheetPart) (*worksheet, error) {
	part, err := b.openPart(s.part)
	if err != nil {
		return nil, err
	}
	return &worksheet{xml: newXMLScanner(part), part: part, styles: b.styles, epoch: b.epoch, uncomputed: b.uncomputed, shared: &b.shared}, nil
}

// Layout is what is read.
func (r *Reader) Layout() Layout { return r.layout }

// Next reads the next row with a value into row, appending to row.Cells[:0]. It returns io.EOF behind the last row; as
// long as the header is not known, the call after it looks at what follows the rows.
func (r *Reader) Next(row *rows.Row) error { return r.sheet.next(row) }

// Widths are the widths of columns in characters, 0 for those that have none of their own.
func (r *Reader) Widths() []float64 { return r.sheet.widths }

// HeaderAt says which row is the header, so that what is merged above it is not reported.
func (r *Reader) HeaderAt(number int) {
	r.sheet.headerRow = number
	r.sheet.noteMerged()
}

// Close closes the file.
func (r *Reader) Close() error {
	r.sheet.shared.close()
	r.sheet.part.Close()
	return r.file.Close()
}
