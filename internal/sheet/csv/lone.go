package csv

import (
	"bytes"

	"crmferry/internal/sheet/rows"
)

// loneLines is how many lines below a quote show whether it opens a cell of several lines.
const loneLines = 50

// isLone reports whether the quote that opens the cell being read, and is not closed as it should be, belongs to its line alone: the
// lines below have as many cells as that one, each by itself, as no further lines of a text have. Of the first row nothing is known.
func (s *scanner) isLone(row *rows.Row, never bool) bool {
	from := s.lineOf(s.opened)
	lines := linesBelow(s.unread()[from:])
	if row.Number == 1 || len(lines) == 0 || s.delimiter == 0 {
		return false
	}
	cells := len(s.ends) + bytes.Count(s.unread()[s.opened:from+len(lines[0])], []byte{s.delimiter})
	below := lines[1:]
	if !never {
		below = below[:min(len(below), s.line-row.Line)]
	}
	alike := 0
	for _, line := range below {
		switch n := bytes.Count(line, []byte{s.delimiter}); {
		case n == cells:
			alike++
		case bytes.IndexByte(line, s.quote) < 0:
			return false
		}
	}
	return cells > 0 && (alike > 0 || never && len(below) == 0)
}

// linesBelow are the first lines of a text that hold something, at most loneLines: what was read may be megabytes.
func linesBelow(text []byte) (lines [][]byte) {
	for len(lines) < loneLines && len(text) > 0 {
		end := bytes.IndexAny(text, "\r\n")
		if end < 0 {
			end = len(text)
		}
		if end > 0 {
			lines = append(lines, text[:end])
		}
		text = text[min(end+1, len(text)):]
	}
	return lines
}

// lineOf is where the line begins that an offset is in.
func (s *scanner) lineOf(at int) int { return bytes.LastIndexAny(s.unread()[:at], "\r\n") + 1 }
