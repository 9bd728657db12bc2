package xlsx

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// maxRowText is how many bytes the texts of one row may have that are not shared.
const maxRowText = 16 << 20

// worksheet reads the rows of a worksheet as its XML is unpacked.
type worksheet struct {
	xml        xmlScanner
	part       io.ReadCloser
	shared     *sharedTexts
	styles     []numberFormat
	epoch      int
	uncomputed bool // as the workbook has it
	started    bool
	ended      bool // the rows are read, but not what follows them
	number     int  // of the row before

	further []worksheetPart // where to read on
	turn    func(worksheetPart) (io.ReadCloser, []link, error)

	findings  *rows.Findings
	headerRow int      // 0 while it is not known
	hidden    []bool   // by column: it is hidden, and no value in it was met
	merged    []merged // not noted yet

	cells []filledCell // of the row that is read, without the empty ones
	text  []byte       // of the cells that have their own
	value []byte       // of the cell that is read

	formula []byte // of the cell that is read
	state   cellState

	saves  bool      // rows tell how numbers are saved
	widths []float64 // by column, 0 for none

	links     []link // to come, by their rows
	own       []link // of the formulas of the row that is read
	hyperlink *regexp.Regexp
}

// filledCell is a cell that is not empty.
type filledCell struct {
	column   int    // from 0
	shared   string // a text of the table of shared texts
	from, to int    // its own text, in worksheet.text
	point    bool   // a point starts its decimals
	style    int    // of a number, the place of its format from 1
	number   float64
}

// cellState says what of a cell was met.
type cellState struct{ formula, value bool }

// cellHead is what the start tag of a cell says.
type cellHead struct {
	column int
	kind   string // as in the attribute t: s, str, inlineStr, b, e, d, n or nothing
	style  int
}

// next reads the next row that has a cell with a value. The sheet's declared size is not looked at.
func (w *worksheet) next(row *rows.Row) error {
	if err := w.start(); err != nil {
		return w.failed(err)
	}
	for !w.ended {
		t, err := w.xml.next()
		if err != nil {
			return w.failed(err)
		}
		if t.ends("sheetData") {
			w.ended = true
			break
		}
		if !t.is("row") {
			continue
		}
		if err := w.row(t); err != nil {
			return w.failed(err)
		}
		if len(w.cells) > 0 {
			w.fill(row)
			return nil
		}
	}
	if w.headerRow == 0 {
		return io.EOF // what follows the rows is judged by where the header is: the next call reads it
	}
	err := w.finish()
	if err == io.EOF && len(w.further) > 0 {
		return w.readOn(row)
	}
	if err == io.EOF {
		if sharedErr := w.shared.finish(); sharedErr != nil {
			return w.failed(sharedErr)
		}
	}
	return err
}

// start moves to the
func (w *worksheet) start() error {
	if w.started {
		return nil
	}
	if err := w.xml.start(); err != nil {
		return err
	}
	w.started = true
	for {
		t, err := w.xml.next()
		if err != nil {
			return err
		}
		if t.is("col") {
			w.noteHidden(t)
			w.noteWidth(t)
		}
		if t.is("sheetData") {
			if t.empty {
				return w.finish()
			}
			return nil
		}
	}
}

// failed says what became of the sheet at which row.
func (w *worksheet) failed(err error) error {
	var e *rows.Error
	var corrupt flate.CorruptInputError
	switch {
	case err == io.EOF || errors.As(err, &e):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = rows.Errorf(rows.ErrCutOff, "the sheet is cut off after row %d", w.number)
	case errors.As(err, &corrupt) || !errors.As(err, new(*rows.Cause)):
		err = rows.Errorf(rows.ErrDamaged, "the sheet is damaged after row %d: %v", w.number, err)
	}
	return &rows.Error{Err: err}
}

// row reads a row up to its end tag.
func (w *worksheet) row(t tag) error {
	number, hidden := w.number+1, false
	for name, value, rest := nextAttr(t.attrs); name != nil; name, value, rest = nextAttr(rest) {
		switch string(name) {
		case "hidden":
			hidden = isTrue(value)
		case "r":
			n, err := strconv.Atoi(string(value))
			if err != nil || n < 1 {
				return rows.Errorf(rows.ErrDamaged, "the row after row %d has the number %q", w.number, value)
			}
			number = n
		}
	}
	if number <= w.number {
		return rows.Errorf(rows.ErrDamaged, "row %d comes after row %d", number, w.number)
	}
	if number > cell.MaxRows {
		return rows.Errorf(rows.ErrTooBig, "row %d: a worksheet has no more than %d rows", number, cell.MaxRows)
	}
	w.number = number
	w.cells, w.text, w.own = w.cells[:0], w.text[:0], w.own[:0]
	if t.empty {
		return nil
	}
	column := 0
	for {
		t, err := w.xml.next()
		if err != nil {
			return err
		}
		if t.ends("row") {
			w.noteRow(hidden)
			return nil
		}
		if t.ends("sheetData") || t.is("row") {
			return rows.Errorf(rows.ErrDamaged, "row %d does not end", number)
		}
		if !t.is("c") {
			continue
		}
		head, err := w.head(t, column)
		if err == nil && !t.empty {
			err = w.cell(head)
		}
		if err != nil {
			return w.inCell(head, err)
		}
		column = head.column + 1
	}
}

// inCell names the cell of an error, unless the sheet just ends there.
func (w *worksheet) inCell(head cellHead, err error) error {
	var c *rows.Cause
	if !errors.As(err, &c) {
		return err
	}
	return &rows.Error{Row: w.number, Column: head.column + 1, Err: err}
}

// head reads a cell's start tag. A cell without a reference stands in the next column.
func (w *worksheet) head(t tag, column int) (cellHead, error) {
	h := cellHead{column: column}
	for name, value, rest := nextAttr(t.attrs); name != nil; name, value, rest = nextAttr(rest) {
		switch string(name) {
		case "r":
			n, length := columnOf(value)
			if n == 0 || length == len(value) {
				return h, rows.Errorf(rows.ErrDamaged, "a cell has the reference %q", value)
			}
			h.column = n - 1
		case "t":
			h.kind = cellKind(value)
		case "s":
			h.style, _ = strconv.Atoi(string(value))
		}
	}
	if h.column >= cell.MaxColumns {
		return h, rows.Errorf(rows.ErrTooBig, "a worksheet has no more than %d columns", cell.MaxColumns)
	}
	return h, nil
}

// cellKind is the kind as a constant, so that no text is made for each cell.
func cellKind(value []byte) string {
	for _, k := range [...]string{"s", "str", "inlineStr", "b", "e", "d"} {
		if string(value) == k {
			return k
		}
	}
	return ""
}

// cell reads a cell up to its end tag. Of a formula only the value counts that was kept with it.
func (w *worksheet) cell(h cellHead) error {
	w.value, w.formula, w.state = w.value[:0], w.formula[:0], cellState{}
	for {
		t, err := w.xml.next()
		if err != nil {
			return err
		}
		switch {
		case t.ends("c"):
			return w.add(h)
		case t.ends("row"), t.ends("sheetData"):
			return rows.Errorf(rows.ErrDamaged, "the cell does not end")
		case t.is("f"):
			w.state.formula = true
			if !t.empty {
				if w.formula, err = w.xml.text(w.formula); err != nil {
					return err
				}
			}
		case t.empty:
			w.state.value = w.state.value || t.is("v")
		case t.is("v"):
			w.state.value = true
			if w.value, err = w.xml.text(w.value); err != nil {
				return err
			}
		case t.is("is"):
			if w.value, err = w.xml.richText(w.value, "is"); err != nil {
				return err
			}
		}
	}
}

// add keeps the cell that was read, unless it is empty.
func (w *worksheet) add(h cellHead) error {
	if w.state.formula {
		h.kind = w.addFormulaLink(h)
	}
	if w.uncomputed && w.state.formula && h.kind == "" && string(bytes.TrimSpace(w.value)) == "0" {
		w.value = w.value[:0]
	}
	if len(w.value) == 0 {
		// A formula that results in an empty text is computed.
		if w.state.formula && !(h.kind == "str" && w.state.value) {
			w.noteFormula(h.column)
		}
		return nil
	}
	w.noteColumn(h.column)
	if len(w.cells) == cell.MaxColumns {
		return rows.Errorf(rows.ErrDamaged, "the row has a cell twice")
	}
	if h.kind == "s" {
		return w.addShared(h)
	}
	if !utf8.Valid(w.value) {
		return rows.Errorf(rows.ErrDamaged, "the cell is not UTF-8: %q", w.value[:min(len(w.value), 40)])
	}
	from := len(w.text)
	w.text = w.appendValue(w.text, h)
	if len(w.text) > maxRowText {
		return rows.Errorf(rows.ErrTooBig, "more than %d MB in one row", maxRowText>>20)
	}
	if len(w.text) > from {
		w.cells = append(w.cells, filledCell{column: h.column, from: from, to: len(w.text), point: h.kind == "" && bytes.Count(w.text[from:], []byte{'.'}) == 1})
		if w.saves && h.kind == "" {
			w.keepNumber(&w.cells[len(w.cells)-1], h.style)
		}
	}
	return nil
}

func (w *worksheet) addShared(h cellHead) error {
	i, err := strconv.Atoi(string(bytes.TrimSpace(w.value)))
	if err != nil || i < 0 {
		return rows.Errorf(rows.ErrDamaged, "the cell refers to the shared text %q", w.value)
	}
	text, err := w.shared.at(i)
	if err == nil && text != "" {
		w.cells = append(w.cells, filledCell{column: h.column, shared: text})
	}
	return err
}

// appendValue appends the cell's value as a person reads it.
func (w *worksheet) appendValue(dst []byte, h cellHead) []byte {
	switch h.kind {
	case "str", "inlineStr":
		return appendUnescaped(dst, w.value)
	case "e":
		return append(dst, w.value...)
	case "b":
		return append(dst, boolean(string(w.value))...)
	case "d":
		return append(dst, w.format(h.style).isoMoment(string(w.value))...)
	}
	return w.format(h.style).append(dst, string(bytes.TrimSpace(w.value)), w.epoch)
}

// format is the number format of a style, the general one if there is none.
func (w *worksheet) format(style int) numberFormat {
	if style < 0 || style >= len(w.styles) {
		return numberFormat{}
	}
	return w.styles[style]
}

func boolean(value string) string {
	switch value {
	case "1", "true":
		return "TRUE"
	case "0", "false":
		return "FALSE"
	}
	return value
}

// fill puts the cells in their places.
func (w *worksheet) fill(row *rows.Row) {
	row.Number, row.Line = w.number, 0
	row.Cells, row.Points, row.Links = row.Cells[:0], nil, nil
	row.Saved = nil
	text := string(w.text)
	for _, c := range w.cells {
		for len(row.Cells) <= c.column {
			row.Cells = append(row.Cells, "")
		}
		if c.shared != "" {
			row.Cells[c.column] = c.shared
			continue
		}
		row.Cells[c.column] = text[c.from:c.to]
		if c.point {
			row.Points = append(row.Points, c.column)
		}
		if c.style > 0 {
			f := w.format(c.style - 1)
			row.Saved = append(row.Saved, rows.Saved{Column: c.column, Number: c.number, Format: f.code, FormatID: f.id})
		}
	}
	if len(w.own) > 0 || len(w.links) > 0 && w.links[0].row <= w.number {
		row.Links = w.linksOf(row.Cells)
	}
}
