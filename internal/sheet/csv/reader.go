// Package csv reads the rows of CSV files. Their encoding is found by package charset, their delimiter
// in delimiter.go; their text becomes lines in window.go and rows in scanner.go.
package csv

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
)

// Options say how a file is read. The zero value decides everything by the file's content.
type Options struct {
	Delimiter rune   // between the cells, an ASCII character; 0 finds it by the content
	Encoding  string // as charset.Named takes it; "" finds it by the content
}

// Layout is how the text of a file is read. Files are opened by it again without looking at their content.
type Layout struct {
	Delimiter rune        // between the cells
	Facts     []rows.Fact // how all of this was understood

	dialect dialect
	charset charset.Layout
	start   int64 // of the text, behind a byte order mark of UTF-8
	found   bool  // the encoding was found by the content
}

// File is an open file.
type File interface {
	io.ReadSeeker
	io.Closer
}

// Reader reads the rows of a CSV file.
type Reader struct {
	layout   Layout
	file     io.Closer
	text     *charset.Reader
	scan     scanner
	findings *rows.Findings
	below    bool // the header of a text with two delimiters was read
}

// Open finds out how a file is to be read, and starts with its first row. What is odd in the rows is added to findings
// as they come. The file is the Reader's to close, unless there is an error.
func Open(f File, o Options, findings *rows.Findings) (*Reader, error) {
	l, err := findCharset(f, o.Encoding)
	if err != nil {
		return nil, err
	}
	if d := o.Delimiter; d != 0 && strings.ContainsRune("\"\r\n\x00", d) || d >= 0x80 || d < 0 {
		return nil, rows.Errorf(rows.ErrOption, "%q cannot be a delimiter: it must be one ASCII character, and neither a quote nor a line end", d)
	}
	r, declared, err := l.begin(f, findings)
	if err != nil {
		return nil, err
	}
	r.findDelimiter(byte(o.Delimiter), declared)
	return r, nil
}

// Open starts a file that has this layout with its first row, as the function Open does.
func (l Layout) Open(f File, findings *rows.Findings) (*Reader, error) {
	r, _, err := l.begin(f, findings)
	if err != nil {
		return nil, err
	}
	r.scan.delimiter, r.scan.quote = l.dialect.delimiter, l.dialect.quote
	return r, nil
}

// findCharset finds the encoding of a file, and returns the part of its layout that depends on it.
func findCharset(f io.ReadSeeker, told string) (Layout, error) {
	head, err := charset.ReadHead(f)
	if err != nil {
		return Layout{}, err
	}
	c, because, err := charset.Find(f, head, told)
	if err != nil {
		return Layout{}, err
	}
	l := Layout{charset: c, found: told == ""}
	if bytes.HasPrefix(head, []byte(charset.BOM)) {
		l.start = int64(len(charset.BOM))
	}
	l.Facts = []rows.Fact{{What: "encoding", Value: c.Name(), Why: because.Why, Alternative: because.Alternative}}
	return l, nil
}

// begin reads the beginning of the text, up to its first row. declared is the delimiter that the text names itself, 0 if
// it names none.
func (l Layout) begin(f File, findings *rows.Findings) (r *Reader, declared byte, err error) {
	if _, err := f.Seek(l.start, io.SeekStart); err != nil {
		return nil, 0, err
	}
	text := l.charset.Reader(f)
	r = &Reader{layout: l, file: f, findings: findings, text: text, scan: newScanner(text, 0)}
	s := &r.scan
	s.mostly = l.found
	for s.end < sampleSize && !s.done {
		if err := s.fill(); err != nil {
			return nil, 0, err
		}
	}
	if bytes.HasPrefix(s.unread(), []byte(charset.BOM)) {
		s.skip(len(charset.BOM))
	}
	return r, s.skipDeclaration(), nil
}

// findDelimiter finds the delimiter: the one that was told, else the one that the text names itself, else the one that
// fits its rows.
func (r *Reader) findDelimiter(told, declared byte) {
	s, l := &r.scan, &r.layout
	s.quote = sniffQuote(s.unread())
	sniffed, why := sniffDialect(s.unread(), s.done, s.quote)
	switch {
	case told != 0 && told != sniffed.delimiter:
		sniffed, why = dialect{delimiter: told}, "as told"
	case declared != 0 && told == 0:
		sniffed, why = dialect{delimiter: declared}, fmt.Sprintf("the file begins with the line sep=%c", declared)
	case told != 0 && sniffed.ruled == nil && sniffed.header == 0:
		why = "as told"
	}
	l.dialect, s.delimiter = sniffed, sniffed.delimiter
	l.dialect.quote = s.quote
	name := "none"
	if l.Delimiter = rune(s.delimiter); l.Delimiter == 0 {
		l.Delimiter = rune(charset.Delimiters[0]) // of files that are written like it
	} else {
		name = delimiterName(s.delimiter)
	}
	l.Facts = append(l.Facts, rows.Fact{What: "delimiter", Value: name, Why: why})
	if s.quote != '"' {
		l.Facts = append(l.Facts, rows.Fact{What: "quotes", Value: string(s.quote), Why: "they stand around the cells"})
	}
	l.Facts = append(l.Facts, lineEndFact(s.unread(), s.delimiter)...)
}

// Layout is how the file is read.
func (r *Reader) Layout() Layout { return r.layout }

// Next reads the next row into row, blank lines too, appending to row.Cells[:0]. It takes off what writing has put in
// front of cells that a spreadsheet program would compute, and returns io.EOF behind the last row.
func (r *Reader) Next(row *rows.Row) error {
	if err := r.scanRow(row); err != nil {
		return err
	}
	if row.LastLine, row.Swallows = r.scan.line-1, 0; row.LastLine <= row.Line {
		row.LastLine = 0
	}
	if row.Lone, row.Unclosed = r.scan.loneCell, 0; r.scan.delimiter != '\t' {
		row.Lone, row.Unclosed = 0, row.Lone
	}
	r.markOdd(row)
	for i, text := range row.Cells {
		if cell.Guarded(text) {
			row.Cells[i] = text[1:]
		}
		if r.layout.dialect.ruled != nil && strings.HasSuffix(text, "…") && text != "…" {
			r.findings.Add("shortened", func() rows.Finding {
				return rows.Finding{Row: row.Number, Line: row.Line, Column: i, Text: text,
					Message: "ends in …, as programs that draw tables shorten long cells; it is read as it stands: have the program write CSV"}
			})
		}
	}
	for _, i := range r.scan.stray {
		r.findings.Add("stray_quote", func() rows.Finding {
			return rows.Finding{Row: row.Number, Line: row.Line, Column: i, Text: row.Cells[i],
				Message: `a quote inside a quoted cell must be written twice: is this what the cell says?`}
		})
	}
	return nil
}

// scanRow reads the next row in the text's dialect.
func (r *Reader) scanRow(row *rows.Row) error {
	d := &r.layout.dialect
	if d.ruled != nil {
		return r.scan.ruledRow(row, d.ruled)
	}
	if d.header == 0 || r.below {
		return r.scan.next(row)
	}
	r.scan.delimiter = d.header
	err := r.scan.next(row)
	if r.scan.delimiter = d.delimiter; err == nil && rows.Filled(row.Cells) > 0 {
		r.below = true
		r.findings.Add("mixed_delimiters", func() rows.Finding {
			return rows.Finding{Row: row.Number, Line: row.Line, Column: -1, Text: strings.Join(row.Cells, string(d.header)),
				Message: fmt.Sprintf("the header is separated by a %s and the rows by a %s; they were read so: make them the same", delimiterName(d.header), delimiterName(d.delimiter))}
		})
	}
	return err
}

// markOdd notes which cells of a row are not in the encoding of the rest of the file.
func (r *Reader) markOdd(row *rows.Row) {
	row.Odd = nil
	for _, odd := range r.text.Odd(max(row.Line, row.LastLine)) {
		at := max(0, slices.IndexFunc(row.Cells, func(text string) bool { return strings.Contains(text, odd.Text) }))
		row.Odd = append(row.Odd, rows.OddText{Column: at, Certain: odd.Certain, Reads: odd.Reads})
		if odd.Certain {
			r.findings.Add("other_encoding", func() rows.Finding {
				return rows.Finding{Row: row.Number, Line: row.Line, Column: at, Text: row.Cells[at],
					Message: "is not in the encoding of the rest of the file: " + odd.Reads}
			})
		}
	}
}

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }
