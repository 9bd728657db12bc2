package csv

import (
	"bytes"
	"io"

	"crmferry/internal/sheet/rows"
)

// window is the part of a text that is in memory: at least the physical lines of the row being read. Offsets are
// relative to the first unread byte, so that they stay right when the window moves on.
type window struct {
	src  io.Reader
	buf  []byte
	pos  int  // the first unread byte
	end  int  // of what was read into buf
	done bool // the source has no more
	nul  bool // there was a NUL in what was read
	lf   int  // index in buf of the next LF, or end if there is none; -1 if not known
}

func (w *window) unread() []byte { return w.buf[w.pos:w.end] }
func (w *window) skip(n int)     { w.pos += n }

// lineEnd looks from an offset for the end of the physical line: it stops at stop, the next line starts at next. CRLF,
// LF and CR end a line. At the end of the text both are its length.
func (w *window) lineEnd(from int) (stop, next int, err error) {
	for {
		at := w.pos + from
		if w.lf < at {
			// Remembered, else a file of lone CRs would be searched to the window's end for each line.
			w.lf = w.end
			if i := bytes.IndexByte(w.buf[at:w.end], '\n'); i >= 0 {
				w.lf = at + i
			}
		}
		cr := bytes.IndexByte(w.buf[at:w.lf], '\r')
		switch {
		case cr < 0 && w.lf < w.end:
			return w.lf - w.pos, w.lf - w.pos + 1, nil
		case cr < 0:
			from = w.end - w.pos
		default:
			from += cr
			if after := at + cr + 1; after < w.end || w.done {
				if after < w.end && w.buf[after] == '\n' {
					return from, from + 2, nil
				}
				return from, from + 1, nil
			}
		}
		if w.done {
			return from, from, nil
		}
		if err := w.fill(); err != nil {
			return 0, 0, err
		}
		from = min(from, w.end-w.pos) // what ends a file of DOS is gone
	}
}

// endOfDOS ends the text files of DOS.
const endOfDOS = 0x1A

// fill reads more, moving and growing the window as needed.
func (w *window) fill() error {
	if w.pos > 0 {
		w.end = copy(w.buf, w.buf[w.pos:w.end])
		w.pos = 0
	}
	w.lf = -1
	if w.end == len(w.buf) {
		if w.end >= maxWindow {
			return rows.Errorf(rows.ErrTooBig, "more than %d MB in one row", maxRow>>20)
		}
		grown := make([]byte, min(max(64<<10, 2*len(w.buf)), maxWindow))
		copy(grown, w.buf)
		w.buf = grown
	}
	for range 100 {
		n, err := w.src.Read(w.buf[w.end:])
		w.nul = w.nul || bytes.IndexByte(w.buf[w.end:w.end+n], 0) >= 0
		w.end += n
		if err == io.EOF {
			w.done = true
			for w.end > w.pos && w.buf[w.end-1] == endOfDOS {
				w.end--
			}
			return nil
		}
		if err != nil || n > 0 {
			return err
		}
	}
	return io.ErrNoProgress
}

// maxRow is how many bytes one row of a CSV file may have. A quote that is never closed would else read the rest of
// the file into one cell.
const maxRow = 4 << 20

// maxWindow is what the window grows to at most: a row and its line end.
const maxWindow = maxRow + 2
