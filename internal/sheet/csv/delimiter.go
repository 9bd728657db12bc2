package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
)

// sampleSize is how many bytes of a file decide about its delimiter, and sampleRows how many
const (
	sampleSize = 64 << 10
	sampleRows = 200
)

// skipDeclaration reads over a first line like sep=; and returns its character, 0 if there is none. Excel obeys and
// hides that line: the next one is row 1.
func (s *scanner) skipDeclaration() byte {
	const longest = len(`"sep=;"` + "\r\n")
	head := s.unread()[:min(longest, s.end-s.pos)]
	i := bytes.IndexAny(head, "\r\n")
	if i < 0 {
		return 0
	}
	line := strings.Trim(string(head[:i]), `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") || line[4] >= 0x80 {
		return 0
	}
	if bytes.HasPrefix(head[i:], []byte("\r\n")) {
		i++
	}
	s.skip(i + 1)
	s.line++
	return line[4]
}

// delimiterName is how a delimiter is called.
func delimiterName(d byte) string {
	switch d {
	case ',':
		return "comma"
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	case ' ':
		return "space"
	}
	return fmt.Sprintf("%c", d)
}

// lineEndFact reports line ends that programs misread: lone CRs, or several kinds.
func lineEndFact(sample []byte, delimiter byte) []rows.Fact {
	switch crlf, lf, cr := lineEnds(sample, delimiter); {
	case cr > 0 && lf+crlf == 0:
		return []rows.Fact{{What: "line ends", Value: "CR", Why: "as Excel for Mac writes them"}}
	case cr > 0 || lf > 0 && crlf > 0:
		return []rows.Fact{{What: "line ends", Value: "mixed", Why: fmt.Sprintf("%d CRLF, %d LF, %d CR in the beginning; each ends a row", crlf, lf, cr)}}
	}
	return nil
}

// lineEnds counts the line ends that end a row: not those in quoted cells. Excel and Google end rows with CRLF, and lines
// of a cell with LF.
func lineEnds(sample []byte, delimiter byte) (crlf, lf, cr int) {
	quoted, opens := false, true
	for i, c := range sample {
		if c == '"' && (quoted || opens) {
			quoted, opens = !quoted, true // one that is written twice closes and opens
			continue
		}
		if quoted {
			continue
		}
		opens = c == delimiter || c == '\n' || c == '\r'
		switch {
		case c == '\r':
			cr++
		case c == '\n' && i > 0 && sample[i-1] == '\r':
			cr--
			crlf++
		case c == '\n':
			lf++
		}
	}
	return crlf, lf, cr
}

// dialect is how the lines of a text become cells.
type dialect struct {
	delimiter byte   // between the cells; 0 for a single column, and for columns of fixed width
	header    byte   // between the cells of the header, where others stand between those of the rows; else 0
	quote     byte   // around cells
	ruled     *ruled // of a table that is drawn with lines; nil for others
}

// sniffDialect finds out how a text separates its cells, and says why: by the lines that it draws, else by the delimiter that
// most of its rows agree in.
func sniffDialect(sample []byte, whole bool, quote byte) (dialect, string) {
	if r, why := findRuled(sample); r != nil {
		return dialect{delimiter: r.delimiter, ruled: r}, why
	}
	var fits []fit
	for _, d := range []byte(charset.Delimiters) {
		fits = append(fits, fitOf(sample, whole, d, quote))
	}
	if rows, header, ok := mixedDelimiters(fits); ok {
		return dialect{delimiter: rows, header: header}, fmt.Sprintf("it stands in the rows, and a %s in the header: make them the same", delimiterName(header))
	}
	d, why := bestDelimiter(fits)
	return dialect{delimiter: d}, why
}

// sniffQuote finds what stands around cells: ' where nearly all lines of a text begin and end with it and the header has it around
// a delimiter, and no line begins with ".
func sniffQuote(sample []byte) byte {
	lines := bytes.Split(bytes.TrimPrefix(sample, []byte(charset.BOM)), []byte{'\n'})
	all, quoted := 0, 0
	for i, line := range lines[:min(len(lines), sampleRows)] {
		if line = bytes.TrimRight(line, "\r "); len(line) == 0 || i > 0 && i == len(lines)-1 {
			continue // the last one may be cut
		}
		if all++; len(line) > 1 && line[0] == '\'' && line[len(line)-1] == '\'' {
			quoted++
		}
		around := func(d rune) bool { return bytes.Contains(line, []byte("'"+string(d)+"'")) }
		if line[0] == '"' || all == 1 && !strings.ContainsFunc(charset.Delimiters, around) {
			return '"'
		}
	}
	if quoted > 1 && 10*quoted >= 9*all {
		return '\''
	}
	return '"'
}

// bestDelimiter is the one by which most rows agree in their number of cells, or have more cells; 0 if there is one column.
func bestDelimiter(fits []fit) (byte, string) {
	var best fit
	for _, f := range fits {
		if f.separates() && (best.rows == 0 || f.beats(best)) {
			best = f
		}
	}
	if best.rows == 0 && fits[0].rows == 0 {
		return charset.Delimiters[0], "there is no row"
	}
	if best.rows == 0 {
		return 0, "there is one column"
	}
	return best.delimiter, fmt.Sprintf("%d of %d rows have %d cells by it", best.same, best.rows, best.cells)
}

// beats reports whether more rows agree by a delimiter than by another one, or as many and it is no sign within cells, or they have more
// cells by it.
func (f fit) beats(best fit) bool {
	// a/b > c/d as a*d > c*b: no rounding.
	if more := f.same*best.rows - best.same*f.rows; more != 0 {
		return more > 0
	}
	if f.within() != best.within() {
		return best.within()
	}
	return f.cells > best.cells
}

// within reports whether a space stands behind the delimiter wherever it stands, as in "Berg, Jan van der": it is written within cells.
func (f fit) within() bool { return f.spaced > 0 && f.tight == 0 }

// mixedDelimiters finds a header with one delimiter over rows with another one: the header has as many cells by its own as
// nearly all rows by theirs, and neither has the other's.
func mixedDelimiters(fits []fit) (inRows, inHeader byte, ok bool) {
	for _, h := range fits {
		for _, r := range fits {
			below := r.rows - 1
			if h.first < 2 || r.first != 1 || h.wide > 1 || h.rows < r.rows || below*h.first < 3 {
				continue
			}
			if same := r.below[h.first]; same > 0 && 10*same >= 9*below {
				return r.delimiter, h.delimiter, true
			}
		}
	}
	return 0, 0, false
}

// fit is how well a delimiter fits a sample: so many of its rows have the same number of cells, and more than one.
type fit struct {
	delimiter         byte
	same, rows, cells int

	first    int         // how many cells the first row has
	wide     int         // how many rows have more than one
	from     int         // how many rows there are from the first one of these on
	headless bool        // that one holds an address: it is no header
	data     bool        // all cells of these are addresses, numbers and dates
	spaced   int         // how many cells behind one begin with a space
	tight    int         // how many do not
	below    map[int]int // how many rows below the first one have so many cells
}

// separates reports whether the delimiter separates columns. Below a first row without it, it may stand in the cells of a
// single column: in few rows, or between several addresses of each.
func (f fit) separates() bool {
	switch {
	case f.cells < 2:
		return false
	case f.first > 1:
		return true
	case f.data:
		return false
	}
	return 2*f.wide > f.rows || f.wide > 1 && 2*f.wide > f.from && !f.headless
}

// add counts a row.
func (f *fit) add(cells []string) {
	n := len(cells)
	if f.rows++; f.rows == 1 {
		f.first, f.data = n, true
	} else {
		f.below[n]++
	}
	all := f.below[n]
	if n == f.first {
		all++
	}
	if n > 1 && (all > f.same || all == f.same && n > f.cells) {
		f.same, f.cells = all, n
	}
	if n > 1 {
		if f.wide++; f.wide == 1 {
			f.headless = slices.ContainsFunc(cells, rows.IsAddress)
		}
		f.data = f.data && !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" && !rows.IsData(c) })
	}
	if f.wide > 0 {
		f.from++
	}
	for _, c := range cells[1:] {
		if strings.HasPrefix(c, " ") {
			f.spaced++
		} else if c != "" {
			f.tight++
		}
	}
}

// fitOf counts up to the first quote that does not fit the delimiter.
func fitOf(sample []byte, whole bool, delimiter, quote byte) fit {
	s := newScanner(bytes.NewReader(sample), delimiter)
	s.strict, s.quote = true, quote
	var row rows.Row
	f := fit{delimiter: delimiter, below: map[int]int{}}
	for f.rows < sampleRows {
		err := s.next(&row)
		// The last row of a sample may be cut, even inside a quoted cell. It counts if it is the only one.
		if err == io.EOF || !whole && f.rows > 0 && (s.done && s.pos == s.end || errors.Is(err, rows.ErrNeverCloses)) {
			break
		}
		if errors.Is(err, rows.ErrQuote) {
			f.rows++
			break
		}
		if err != nil || rows.Filled(row.Cells) == 0 {
			continue
		}
		f.add(row.Cells)
	}
	return f
}
