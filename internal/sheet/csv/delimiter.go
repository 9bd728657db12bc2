package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

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

// oneColumn is why a file has no delimiter.
const oneColumn = "there is one column"

// sniffDelimiter decides by how many rows of the sample agree in their number of cells, then by that number, and says
// why. A file of one column has no delimiter; it is read as if it were the comma.
func sniffDelimiter(sample []byte, whole bool) (byte, string) {
	var best fit
	for _, d := range []byte(Delimiters) {
		f := fitOf(sample, whole, d)
		// a/b > c/d as a*d > c*b: no rounding.
		if more := f.same*best.rows - best.same*f.rows; f.cells > 1 && (best.rows == 0 || more > 0 || more == 0 && f.cells > best.cells) {
			best = f
		}
	}
	if best.rows == 0 {
		return Delimiters[0], oneColumn
	}
	return best.delimiter, fmt.Sprintf("%d of %d rows have %d cells by it", best.same, best.rows, best.cells)
}

// fit is how well a delimiter fits a sample: so many of its rows have the same number of cells, and more than one.
type fit struct {
	delimiter         byte
	same, rows, cells int
}

// fitOf counts up to the first quote that does not fit the delimiter.
func fitOf(sample []byte, whole bool, delimiter byte) fit {
	s := newScanner(bytes.NewReader(sample), delimiter)
	s.strict = true
	var row rows.Row
	f := fit{delimiter: delimiter}
	counts := map[int]int{}
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
		f.rows++
		n := len(row.Cells)
		counts[n]++
		if n > 1 && (counts[n] > f.same || counts[n] == f.same && n > f.cells) {
			f.same, f.cells = counts[n], n
		}
	}
	return f
}
