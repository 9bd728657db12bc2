package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// delimiters are those looked for in a CSV file, the likeliest first.
const delimiters = ",;\t|"

// sampleSize is how many bytes of a file decide about its delimiter, and sampleRows how many rows.
const (
	sampleSize = 64 << 10
	sampleRows = 200
)

// openCSV starts reading the text of a CSV file, which is UTF-8. delimiter 0 is found by the content.
func openCSV(text io.Reader, file io.Closer, delimiter rune, n *notes) (*csvSource, error) {
	if strings.ContainsRune("\"\r\n\x00", delimiter) && delimiter != 0 || delimiter >= 0x80 || delimiter < 0 {
		return nil, because(ErrOption, "%q cannot be a delimiter: it must be one ASCII character, and neither a quote nor a line end", delimiter)
	}
	c := &csvSource{file: file, notes: n, scan: newCSVScanner(text, byte(delimiter))}
	for c.scan.end < sampleSize && !c.scan.done {
		if err := c.scan.fill(); err != nil {
			return nil, err
		}
	}
	if bytes.HasPrefix(c.scan.unread(), []byte(bomUTF8)) {
		c.scan.skip(len(bomUTF8))
	}
	if delimiter == 0 {
		c.scan.delimiter = sniffDelimiter(c.scan.unread(), c.scan.done)
	}
	return c, nil
}

// sniffDelimiter decides by how many rows of the sample have as many cells as the first one, then by the number of
// cells. A file of one column has no delimiter; it is read as if it were the comma.
func sniffDelimiter(sample []byte, whole bool) byte {
	best, bestShare, bestCells := delimiters[0], 0.0, 1
	for _, d := range []byte(delimiters) {
		share, cells := consistency(sample, whole, d)
		if cells < 2 || share < bestShare || share == bestShare && cells <= bestCells {
			continue
		}
		best, bestShare, bestCells = d, share, cells
	}
	return best
}

// consistency is the share of rows that have as many cells as the first row, and that number. It counts
// up to the first quote that does not fit the delimiter; 0 cells if that is in the first row.
func consistency(sample []byte, whole bool, delimiter byte) (share float64, cells int) {
	s := newCSVScanner(bytes.NewReader(sample), delimiter)
	var row Row
	same, rows := 0, 0
	for rows < sampleRows {
		err := s.next(&row)
		// The last row of a sample may be cut, even inside a quoted cell.
		if err == io.EOF || !whole && s.done && s.pos == s.end {
			break
		}
		if errors.Is(err, ErrQuote) {
			rows++
			break
		}
		if err != nil || filled(row.Cells) == 0 {
			continue
		}
		if rows == 0 {
			cells = len(row.Cells)
		}
		if rows++; len(row.Cells) == cells {
			same++
		}
	}
	return float64(same) / float64(max(rows, 1)), cells
}
