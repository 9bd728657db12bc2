package xlsx

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// noteHidden remembers a range of columns that are hidden, until each has a value: people hide all that they do not use.
func (w *worksheet) noteHidden(t tag) {
	if !isTrue(t.attr("hidden")) {
		return
	}
	first, last := max(t.number("min"), len(w.hidden)+1), min(t.number("max"), cell.MaxColumns)
	if first > last {
		return // ranges ascend; one that does not, repeated without end, would keep us busy without end
	}
	w.hidden = append(w.hidden, make([]bool, last-len(w.hidden))...)
	for c := first; c <= last; c++ {
		w.hidden[c-1] = true
	}
}

func isTrue(attr []byte) bool { return string(attr) == "1" || string(attr) == "true" }

// noteColumn notes a hidden column once, with its first value.
func (w *worksheet) noteColumn(column int) {
	if column >= len(w.hidden) || !w.hidden[column] {
		return
	}
	w.hidden[column] = false
	w.findings.Add("hidden_columns", func() rows.Finding {
		return rows.Finding{Row: w.number, Column: column, Message: "column " + cell.ColumnLetter(column) + " is hidden, and read all the same: delete it if it is not meant"}
	})
}

func (w *worksheet) noteRow(hidden bool) {
	if !hidden || len(w.cells) == 0 {
		return
	}
	w.findings.Add("hidden_rows", func() rows.Finding {
		return rows.Finding{Row: w.number, Column: -1, Message: "the row is hidden, by a filter or by hand, and read all the same: delete it if it is not meant"}
	})
}

// noteFormula notes a formula whose value was not saved with it: programs that write workbooks do not compute.
func (w *worksheet) noteFormula(column int) {
	w.findings.Add("formula_without_value", func() rows.Finding {
		return rows.Finding{Row: w.number, Column: column, Text: "=" + string(w.formula),
			Message: "the formula was never computed, and the cell is read as empty: open the file in Excel or LibreOffice and save it"}
	})
}

// finish reads what follows the rows: merged cells are named there, and the checksum of the part stands at its end.
func (w *worksheet) finish() error {
	for {
		t, err := w.xml.next()
		if errors.As(err, new(*rows.Cause)) || w.xml.done && err != nil || t.ends("worksheet") {
			break // what is wrong behind the rows takes nothing from them
		}
		if err != nil {
			return w.failed(err)
		}
		if t.is("mergeCell") {
			w.keepMerged(t.attr("ref"))
		}
	}
	w.noteMerged()
	if _, err := io.Copy(io.Discard, w.part); err != nil {
		return w.failed(err)
	}
	if w.number == cell.MaxRows && len(w.cells) > 0 && len(w.further) == 0 { // rows that only have a colour may go down so far, too
		w.findings.Add("full_sheet", func() rows.Finding {
			return rows.Finding{Row: w.number, Column: -1, Message: "the sheet is full: look whether the rows go on in another sheet or file"}
		})
	}
	return io.EOF
}

// merged are cells that are merged into one.
type merged struct {
	row, column, end int // row and column count from 1, and end is the last row
	ref              string
}

// maxMerged bounds the merged cells that are kept: more need not be reported.
const maxMerged = 10_000

func (w *worksheet) keepMerged(ref []byte) {
	first, last, _ := bytes.Cut(ref, []byte(":"))
	column, letters := columnOf(first)
	_, lastLetters := columnOf(last)
	row, _ := strconv.Atoi(string(first[letters:]))
	end, _ := strconv.Atoi(string(last[lastLetters:]))
	if row > 0 && column > 0 && len(w.merged) < maxMerged {
		w.merged = append(w.merged, merged{row, column, end, string(ref)})
	}
}

// noteMerged notes merged cells, unless they stand above the header: a title may be as wide as it likes. A small sheet
// can be at its end before it is known which row the header is.
func (w *worksheet) noteMerged() {
	if w.headerRow == 0 {
		return
	}
	for _, m := range w.merged {
		if m.end < w.headerRow {
			continue
		}
		w.findings.Add("merged_cells", func() rows.Finding {
			return rows.Finding{Row: m.row, Column: m.column - 1, Text: m.ref,
				Message: "the cells are merged: only the first one has the value, the others are read as empty; unmerge them and fill in each"}
		})
	}
	w.merged = nil
}

// readOn goes to the next sheet, and past its header.
func (w *worksheet) readOn(row *rows.Row) error {
	part, links, err := w.turn(w.further[0])
	if err != nil {
		return w.failed(err)
	}
	w.part.Close()
	w.part, w.xml, w.further = part, newXMLScanner(part), w.further[1:]
	w.started, w.ended, w.number, w.links = false, false, 0, links
	if err := w.next(row); err != nil {
		return err
	}
	return w.next(row)
}
