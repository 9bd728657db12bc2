package xlsx

import (
	"bytes"
	"strconv"

	"crmferry/internal/cell"
)

// keepNumber notes how a number is saved, if it is shown the same once it is written again: dates that count from 1904, and
// formats of East Asia that only have a number, are not.
func (w *worksheet) keepNumber(c *filledCell, style int) {
	f := w.format(style)
	x, err := strconv.ParseFloat(string(bytes.TrimSpace(w.value)), 64)
	if err != nil || w.epoch != cell.Epoch1900 && (f.date || f.time) || f.code == "" && f.id > 22 && (f.id < 37 || f.id > 49) {
		return
	}
	again := f.append(nil, strconv.FormatFloat(x, 'f', -1, 64), w.epoch)
	if bytes.Equal(again, w.text[c.from:c.to]) {
		c.style, c.number = style+1, x
	}
}

// noteWidth keeps the width of a range of columns.
func (w *worksheet) noteWidth(t tag) {
	width, err := strconv.ParseFloat(string(t.attr("width")), 64)
	first, last := max(t.number("min"), len(w.widths)+1), min(t.number("max"), cell.MaxColumns)
	if err != nil || width <= 0 || width > 255 || first > last || isTrue(t.attr("hidden")) {
		return
	}
	w.widths = append(w.widths, make([]float64, last-len(w.widths))...)
	for c := first; c <= last; c++ {
		w.widths[c-1] = width
	}
}
