package xlsx

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/sheet/rows"
)

// previewRows is how many rows are looked at to say what a worksheet holds.
const previewRows = 40

// preview is what the first rows of a worksheet show.
type preview struct {
	sheet  worksheetPart
	rows   int        // that are not blank
	widths []int      // of each row: its filled cells
	starts [][]string // of each row: its first filled cells, no more than three
	emails int        // rows with something like an e-mail address
	names  map[string]bool
	about  bool // it is about the other sheets
}

// rank orders worksheets by how likely they hold the contacts.
type rank int

const (
	nothing rank = iota
	words        // notes, a title
	some         // headers alone; two columns, as lists of codes have; one column of e-mail addresses
	tabular
)

// previewSheet reads the first rows of a worksheet.
func (b *workbook) previewSheet(s worksheetPart) (*preview, error) {
	w, err := b.open(s)
	if err != nil {
		return nil, &rows.Error{Sheet: s.name, Err: err}
	}
	defer w.part.Close()
	w.findings = new(rows.Findings)
	g := &preview{sheet: s, names: map[string]bool{}}
	var row rows.Row
	for g.rows < previewRows {
		if err := w.next(&row); err == io.EOF {
			break
		} else if err != nil {
			var e *rows.Error
			if errors.As(err, &e) {
				e.Sheet = s.name
			}
			return nil, err
		}
		g.add(row.Cells)
	}
	g.about = strings.EqualFold(s.name, rows.AboutSheet) || s.name == rows.OwnRowsSheet && g.rows > 0 && g.starts[0][0] == rows.OwnRowsColumn
	return g, nil
}

func (g *preview) add(cells []string) {
	width, email := 0, false
	var start []string
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if width++; width <= 3 {
			start = append(start, rows.Clip(c, 30))
		}
		email = email || looksEmail(c)
		if len(c) <= 4*31 {
			g.names[strings.ToLower(c)] = true
		}
	}
	if width == 0 {
		return
	}
	g.rows++
	g.widths, g.starts = append(g.widths, width), append(g.starts, start)
	if email {
		g.emails++
	}
}

// looksEmail reports whether a cell has an @ with a point behind it, and no blank on either side.
func looksEmail(c string) bool {
	at := strings.LastIndexByte(c, '@')
	return at > 0 && c[at-1] != ' ' && strings.IndexByte(c[at:], '.') > 1 && c[at+1] != ' '
}

// wide counts the rows with at least n filled cells.
func (g *preview) wide(n int) (rows int) {
	for _, w := range g.widths {
		if w >= n {
			rows++
		}
	}
	return rows
}

func (g *preview) rank() rank {
	mails := g.emails > 0 && 2*g.emails >= g.rows-1
	switch {
	case g.rows == 0:
		return nothing
	case g.wide(3) >= 2 && 3*g.wide(3) >= g.rows, g.wide(2) >= 2 && mails:
		return tabular
	case g.rows == 1 && g.widths[0] >= 2, g.wide(2) >= 2, g.rows >= 2 && mails:
		return some
	}
	return words
}

// header is the number of columns and the first names of what is probably the header: the first row that is more than
// half as wide as the widest.
func (g *preview) header() (columns int, names string) {
	columns = slices.Max(g.widths)
	i := slices.IndexFunc(g.widths, func(w int) bool { return 2*w > columns })
	var quoted []string
	for _, s := range g.starts[i] {
		quoted = append(quoted, strconv.Quote(s))
	}
	if names = strings.Join(quoted, ", "); g.widths[i] > len(quoted) {
		names += " ..."
	}
	return columns, names
}

// String says what the worksheet holds: `"Leads" has 12 columns ("Name", "E-mail", "Phone" ...)`.
func (g *preview) String() string {
	name := strconv.Quote(g.sheet.name)
	if g.about {
		return name + " tells about the others"
	}
	switch g.rank() {
	case nothing:
		return name + " is empty"
	case words:
		return name + " has some words"
	}
	columns, names := g.header()
	switch {
	case g.rows == 1:
		return fmt.Sprintf("%s has headers without rows (%s)", name, names)
	case columns == 1:
		return fmt.Sprintf("%s has 1 column (%s)", name, names)
	}
	return fmt.Sprintf("%s has %d columns (%s)", name, columns, names)
}

// continues reports whether the worksheet goes on from another: it has its header, and its name with a number behind it,
// as the writer of tables names further sheets.
func (g *preview) continues(first *preview) bool {
	base, number, ok := cutLast(g.sheet.name, " ")
	if _, err := strconv.Atoi(number); !ok || err != nil || !strings.HasPrefix(first.sheet.name, base) || g.rows == 0 || first.rows == 0 {
		return false
	}
	return g.widths[0] == first.widths[0] && slices.Equal(g.starts[0], first.starts[0])
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
