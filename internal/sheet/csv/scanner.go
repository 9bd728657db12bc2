package csv

import (
	"bytes"
	"errors"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
)

// scanner cuts UTF-8 text into rows by RFC 4180. It is not encoding/csv because that leaves out blank lines (a row
// number would not be Excel's), knows no lone CR, reads a runaway quote to the end of the file, and accepts bytes that
// are not UTF-8. A quote inside a cell that does not start with one is a character like any other.
type scanner struct {
	window
	delimiter byte
	line      int // of the first unread byte, from 1
	number    int // of the row before
	text      []byte
	ends      []int // where each cell ends in text
	closes    int   // the next closing quote that beforeQuote saw, or the end of its line
	strict    bool  // a stray quote is an error
	mostly    bool  // what is not UTF-8 is damage: the rest of the text is
	stray     []int // the cells of the row before with one
	quote     byte  // what stands around cells
	opened    int   // where the quote stands that opened the cell read last
	lone      []int // of a row: where quotes stand that open cells which nothing closes
	width     int   // how many cells the first row has that has several
	loneCell  int   // counted from 1, the first such cell of the row before; 0 for none
}

func newScanner(src io.Reader, delimiter byte) scanner {
	return scanner{window: window{src: src, lf: -1}, delimiter: delimiter, line: 1, quote: '"'}
}

// next reads the next row, blank lines too.
func (s *scanner) next(row *rows.Row) error {
	s.number++
	s.stray, s.lone, s.loneCell = s.stray[:0], s.lone[:0], 0
	row.Number, row.Line = s.number, s.line
	stop, next, err := s.lineEnd(0)
	if err != nil {
		return s.failed(row, err)
	}
	if next == 0 {
		return io.EOF
	}
	if n := len(charset.BOM); stop >= n && string(s.unread()[:n]) == charset.BOM { // of a second file, glued to the first
		s.skip(n)
		stop, next = stop-n, next-n
	}
	line := s.unread()[:stop]
	escaped := s.width > 0 && isEscaped(line) && !s.opensQuote(line)
	if bytes.IndexByte(line, s.quote) >= 0 && !escaped {
		return s.quotedRow(row, stop, next)
	}
	below := 0
	if escaped {
		below, next = s.continued(stop, next)
		if line = s.unread()[:stop]; below > 0 {
			line = s.text
		} else if bytes.IndexByte(line, s.quote) >= 0 {
			return s.quotedRow(row, stop, next)
		}
	}
	s.skip(next)
	s.line += 1 + below
	if err := s.checkText(row, line, nil); err != nil {
		return err
	}
	row.Cells = splitLine(row.Cells[:0], string(line), s.delimiter)
	if s.delimiter == ';' && (s.width == 0 || len(row.Cells) > s.width) {
		s.joinEntities(row)
	}
	if s.width == 0 && len(row.Cells) > 1 {
		s.width = len(row.Cells)
	}
	return nil
}

// joinEntities joins the cells of a header, or of a row that has more than that, that the semicolon of an entity parts: M&uuml;nchen.
func (s *scanner) joinEntities(row *rows.Row) {
	var joined []string
	for _, cell := range row.Cells {
		if last := len(joined) - 1; last >= 0 && endsInEntity(joined[last]) {
			joined[last] += ";" + cell
		} else {
			joined = append(joined, cell)
		}
	}
	if s.width == 0 || len(joined) == s.width {
		row.Cells = append(row.Cells[:0], joined...)
	}
}

// endsInEntity reports whether a text ends in a sign as HTML writes it, but for its semicolon.
func endsInEntity(v string) bool {
	at := strings.LastIndexByte(v, '&')
	if at < 0 || len(v)-at < 3 || strings.ContainsAny(v[at:], " ;") {
		return false
	}
	plain := html.UnescapeString(v[at:] + ";")
	return !strings.HasSuffix(plain, ";") && utf8.RuneCountInString(plain) == 1
}

// opensQuote reports whether a quote opens a cell of a line.
func (s *scanner) opensQuote(line []byte) bool {
	return bytes.HasPrefix(line, []byte{s.quote}) || bytes.Contains(line, []byte{s.delimiter, s.quote})
}

// isEscaped reports whether a line ends in a backslash that is no text.
func isEscaped(line []byte) bool {
	return (len(line)-len(bytes.TrimRight(line, "\\")))%2 == 1
}

// continued joins a line, of which the first row has more cells, with those below it that have the rest: MySQL writes a backslash before
// a line end within a cell, which is no end of the row then. It returns how many lines there are below, none if these are rows by
// themselves, and leaves the joined line in text.
func (s *scanner) continued(stop, next int) (below, end int) {
	const most = 200
	s.text = append(s.text[:0], s.unread()[:stop]...)
	delimiter, cells, last := []byte{s.delimiter}, 1+bytes.Count(s.text, []byte{s.delimiter}), next
	for below < most && cells <= s.width && isEscaped(s.text) {
		more, after, err := s.lineEnd(last)
		if err != nil || after == last {
			break
		}
		line := s.unread()[last:more]
		if s.opensQuote(line) {
			break
		}
		s.text = append(append(s.text, '\n'), line...)
		cells, last = cells+bytes.Count(line, delimiter), after
		below++
	}
	if s.lf = -1; cells != s.width || isEscaped(s.text) { // the window looks ahead only
		return 0, next
	}
	return below, last
}

// splitLine appends the cells of a line without quotes.
func splitLine(cells []string, line string, delimiter byte) []string {
	for {
		i := strings.IndexByte(line, delimiter)
		if i < 0 {
			return append(cells, line)
		}
		cells = append(cells, line[:i])
		line = line[i+1:]
	}
}

// quotedRow reads a row of which some cells may be quoted. The row's first physical line ends at stop, the next one
// starts at next. Programs that write tabs do not always quote: there a quote that opens a cell and is not closed as it should
// be is a character like any other; elsewhere it is one if the lines below it read like rows.
func (s *scanner) quotedRow(row *rows.Row, stop, next int) error {
	for {
		err := s.quotedCells(row, stop, next)
		if s.strict || !errors.Is(err, rows.ErrQuote) || s.delimiter != '\t' && !s.isLone(row, errors.Is(err, rows.ErrNeverCloses)) {
			return err
		}
		s.lone, s.line = append(s.lone, s.opened), row.Line
		s.stray, s.lf = s.stray[:0], -1 // the window looks ahead only
		if stop, next, err = s.lineEnd(0); err != nil {
			return s.failed(row, err)
		}
	}
}

// quotedCells reads the cells of a quotedRow.
func (s *scanner) quotedCells(row *rows.Row, stop, next int) (err error) {
	s.text, s.ends, s.closes = s.text[:0], s.ends[:0], 0
	for k := 0; ; k++ {
		k += s.beforeQuote(k, stop)
		lone := slices.Contains(s.lone, k)
		if lone && s.loneCell == 0 {
			s.loneCell = len(s.ends) + 1
		}
		if k < stop && s.unread()[k] == s.quote && !lone {
			s.opened = k
			if k, stop, next, err = s.quotedCell(row, k+1, stop, next); err != nil {
				return err
			}
		} else {
			cell := s.unread()[k:stop]
			if i := bytes.IndexByte(cell, s.delimiter); i >= 0 {
				cell = cell[:i]
			}
			s.text = append(s.text, cell...)
			k += len(cell)
		}
		s.ends = append(s.ends, len(s.text))
		if k == stop {
			break
		}
	}
	s.skip(next)
	return s.finish(row)
}

// beforeQuote counts the spaces in front of a cell that is quoted all the same: a, "b". Its closing quote must stand on
// the same line, else the first one is a character like any other.
func (s *scanner) beforeQuote(k, stop int) int {
	if k == stop || s.unread()[k] != ' ' || s.delimiter == ' ' {
		return 0
	}
	line := s.unread()[:stop]
	quote := k + len(line[k:]) - len(bytes.TrimLeft(line[k:], " "))
	if quote == stop || line[quote] != s.quote {
		return 0
	}
	if s.closes <= quote {
		s.closes = s.closingQuote(line, quote+1)
	}
	if s.closes == stop {
		return 0
	}
	return quote - k
}

// closingQuote is where the next quote stands behind which a cell ends, the end of the line if there is none.
func (s *scanner) closingQuote(line []byte, from int) int {
	for {
		i := bytes.IndexByte(line[from:], s.quote)
		if i < 0 {
			return len(line)
		}
		from += i + 1
		if after := bytes.TrimLeft(line[from:], " "); len(after) == 0 || after[0] == s.delimiter {
			return from - 1
		}
	}
}

// quotedCell appends the text of a cell whose opening quote stands before k, and returns where its closing quote ends,
// with the bounds of the physical line that this is on.
func (s *scanner) quotedCell(row *rows.Row, k, stop, next int) (int, int, int, error) {
	opened, number, from := s.line, row.Number, k
	for {
		line := s.unread()[k:stop]
		i := bytes.IndexByte(line, s.quote)
		if i < 0 {
			if s.text = append(s.text, line...); next == stop {
				return 0, 0, 0, s.quoteError(rows.ErrNeverCloses, number, opened, "the quote that opens a cell in line %d never closes", opened)
			}
			s.text = append(s.text, newline(s.unread()[stop:next])...)
			k = next
			s.line++
			var err error
			if stop, next, err = s.lineEnd(k); err != nil {
				if errors.Is(err, rows.ErrTooBig) {
					err = s.quoteError(rows.ErrNeverCloses, number, opened, "the quote that opens a cell in line %d does not close within %d MB", opened, maxRow>>20)
				}
				return 0, 0, 0, err
			}
			continue
		}
		s.text = append(s.text, line[:i]...)
		if k += i + 1; k < stop && s.unread()[k] == s.quote {
			s.text = append(s.text, s.quote)
			k++
			continue
		}
		for k < stop && s.unread()[k] == ' ' && s.delimiter != ' ' {
			k++
		}
		if k < stop && s.unread()[k] != s.delimiter {
			// In a cell of several lines it is more likely that a quote is missing, and rows would be read into one.
			if s.strict || s.line != opened {
				return 0, 0, 0, s.quoteError(rows.ErrQuote, number, s.line, "text follows the closing quote of the cell that opened in line %d", opened)
			}
			k = s.strayQuote(from, k, stop)
		}
		return k, stop, next, nil
	}
}

// strayQuote reads a cell whose quotes were not doubled, up to the next delimiter: in "Jan "de Man" Jansen" the first
// and last one enclose it, in "Acme" B.V. all of them are its own. Some programs write \" for them. Its text, before the
// quote that is no end, starts at from.
func (s *scanner) strayQuote(from, k, stop int) int {
	s.stray = append(s.stray, len(s.ends))
	line := s.unread()
	end := stop
	if i := bytes.IndexByte(line[k:stop], s.delimiter); i >= 0 {
		end = k + i
	}
	cell := bytes.TrimRight(line[from:end], " ")
	s.text = s.text[:s.cellStart()]
	if inner := bytes.TrimSuffix(cell, []byte{s.quote}); len(inner) < len(cell) {
		s.text = append(s.text, bytes.ReplaceAll(inner, []byte{'\\', s.quote}, []byte{s.quote})...)
	} else {
		s.text = append(append(s.text, s.quote), cell...)
	}
	return end
}

// cellStart is where the cell being read starts in text.
func (s *scanner) cellStart() int {
	if len(s.ends) == 0 {
		return 0
	}
	return s.ends[len(s.ends)-1]
}

// newline is how a line end inside a quoted cell is kept: CRLF becomes LF.
func newline(end []byte) []byte {
	if len(end) == 2 {
		return end[1:]
	}
	return end
}

func (s *scanner) quoteError(kind error, number, line int, format string, args ...any) error {
	return &rows.Error{Row: number, Line: line, Column: len(s.ends) + 1, Err: rows.Errorf(kind, format, args...)}
}

// finish turns the text and its ends into cells.
func (s *scanner) finish(row *rows.Row) error {
	s.line++
	if err := s.checkText(row, s.text, s.ends); err != nil {
		return err
	}
	text := string(s.text)
	row.Cells = row.Cells[:0]
	from := 0
	for _, to := range s.ends {
		row.Cells = append(row.Cells, text[from:to])
		from = to
	}
	return nil
}

// checkText refuses what is not UTF-8.
func (s *scanner) checkText(row *rows.Row, text []byte, ends []int) error {
	if i := charset.ASCII(text); i < len(text) && !utf8.Valid(text[i:]) {
		return s.notUTF8(row, text, ends)
	}
	if !s.nul {
		return nil
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return s.errorAt(row, text, ends, i, rows.Errorf(rows.ErrDamaged, "there is a NUL byte behind %q: the file is damaged", near(text, i)))
	}
	return nil
}

// lines counts the line ends that quoted cells keep.
func lines(text []byte) int { return bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte{'\r'}) }

// notUTF8 names the first byte that is not UTF-8.
func (s *scanner) notUTF8(row *rows.Row, text []byte, ends []int) error {
	at := 0
	for at < len(text) {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n <= 1 {
			break
		}
		at += n
	}
	err := rows.Errorf(rows.ErrEncoding, "not UTF-8: byte 0x%02X at the end of %q", text[at], near(text, at+1))
	switch {
	case s.mostly && s.done && s.pos == s.end && s.buf[s.end-1] >= utf8.RuneSelf && !utf8.FullRune(text[at:]):
		err = rows.Errorf(rows.ErrCutOff, "the file ends inside a character, behind %q", near(text, at))
	case s.mostly:
		err = rows.Errorf(rows.ErrDamagedText, "not UTF-8, as the rest of the file is: byte 0x%02X at the end of %q", text[at], near(text, at+1))
	}
	return s.errorAt(row, text, ends, at, err)
}

// near is what stands before an offset.
func near(text []byte, end int) []byte { return text[max(0, end-21):min(len(text), end)] }

// errorAt places an error at the line and the column of an offset. Without ends the text is one plain line.
func (s *scanner) errorAt(row *rows.Row, text []byte, ends []int, at int, err error) error {
	e := &rows.Error{Row: row.Number, Line: row.Line + lines(text[:at]), Column: 1, Err: err}
	if ends == nil {
		e.Column += bytes.Count(text[:at], []byte{s.delimiter})
	}
	for e.Column <= len(ends) && ends[e.Column-1] <= at {
		e.Column++
	}
	return e
}

// failed places an error of the window at the row that was being read.
func (s *scanner) failed(row *rows.Row, err error) error {
	return &rows.Error{Row: row.Number, Line: s.line, Err: rows.Plain(err)}
}
