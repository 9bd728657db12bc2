package write

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// csvRecords writes the rows of a CSV file. It is not encoding/csv because that, asked for CRLF, changes the line ends
// within cells too.
type csvRecords struct {
	out       *bufio.Writer
	delimiter byte
	special   [256]bool // the bytes for which a cell is quoted
	end       string    // of a row
	row       []byte
}

func newCSVRecords(w io.Writer, delimiter rune) (*csvRecords, error) {
	if delimiter == 0 {
		delimiter = ','
	}
	if delimiter >= 0x80 || strings.ContainsRune("\"\r\n'", delimiter) {
		return nil, fmt.Errorf("write CSV: %q cannot stand between cells", delimiter)
	}
	c := &csvRecords{out: bufio.NewWriterSize(w, 64<<10), delimiter: byte(delimiter), end: "\n"}
	for _, b := range []byte{c.delimiter, '"', '\r', '\n'} {
		c.special[b] = true
	}
	return c, nil
}

// cell adds a cell to the row, with a ' in front if it is to be guarded. A file with NUL bytes is no text to those who
// read it, Reader among them: they are replaced.
func (c *csvRecords) cell(text string, guard bool) {
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "\uFFFD")
	}
	quoted := c.quoted(text)
	if quoted {
		c.row = append(c.row, '"')
	}
	if guard {
		c.row = append(c.row, '\'')
	}
	if quoted {
		for i := strings.IndexByte(text, '"'); i >= 0; i = strings.IndexByte(text, '"') {
			c.row = append(append(c.row, text[:i+1]...), '"')
			text = text[i+1:]
		}
	}
	c.row = append(c.row, text...)
	if quoted {
		c.row = append(c.row, '"')
	}
	c.row = append(c.row, c.delimiter)
}

// quoted reports whether a cell must stand in quotes. Some readers trim what does not.
func (c *csvRecords) quoted(text string) bool {
	if text != "" && (text[0] == ' ' || text[0] == '\t') {
		return true
	}
	for i := range len(text) {
		if c.special[text[i]] {
			return true
		}
	}
	return false
}

// write ends the row and writes it.
func (c *csvRecords) write() error {
	if n := len(c.row); n > 0 {
		c.row = c.row[:n-1]
	}
	c.row = append(c.row, c.end...)
	_, err := c.out.Write(c.row)
	c.row = c.row[:0]
	return err
}
