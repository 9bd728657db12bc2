package sheet

import (
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx"
)

// readHeader finds the header, or reads it where the layout says. told is the delimiter that was asked for.
func (r *Reader) readHeader(told rune) error {
	row, err := r.findTable()
	if isEnd(err) {
		return rows.Errorf(rows.ErrEmpty, "there is no row in it")
	}
	if err != nil {
		return err
	}
	header := row.Cells[:rows.Filled(row.Cells)]
	if len(header) == 1 && told != 0 {
		if other := strings.IndexAny(header[0], strings.ReplaceAll(charset.Delimiters, string(told), "")); other >= 0 {
			return &Error{Row: row.Number, Line: row.Line, Err: rows.Errorf(rows.ErrDelimiter,
				"the header %q is one column with the delimiter %q, but has %q in it", header[0], told, header[0][other])}
		}
	}
	if len(header) > cell.MaxColumns {
		return &Error{Row: row.Number, Line: row.Line, Err: rows.Errorf(rows.ErrTooBig, "the header has %d columns, and a sheet has at most %d", len(header), cell.MaxColumns)}
	}
	if err := r.allInOne(row); err != nil {
		return err
	}
	if err := r.otherDelimiter(row, told); err != nil {
		return err
	}
	if r.layout.format == CSV && areNumbered(r.ahead, row.Cells) {
		header, row.Cells = slices.Concat([]string{""}, header), slices.Concat([]string{""}, row.Cells)
		r.findings.Add("row_names", func() rows.Finding {
			return rows.Finding{Row: row.Number, Line: row.Line,
				Message: "the header has one cell less than the rows, which are numbered in front, as R writes them; it was read one column to the right"}
		})
	}
	header = append(slices.Clone(header), make([]string, r.widest(len(header), len(row.Cells))-len(header))...)
	if r.knownLayout && !slices.Equal(header, r.layout.header) {
		return changed()
	}
	r.layout.header, r.layout.headerRow, r.last = header, row.Number, row.Number
	r.headerCells, r.surplus = len(row.Cells), usualSurplus(r.ahead, len(row.Cells))
	r.indent = slices.IndexFunc(header, func(name string) bool { return strings.TrimSpace(name) != "" })
	if w, ok := r.src.(*xlsx.Reader); ok {
		w.HeaderAt(row.Number)
	}
	return nil
}

// otherDelimiter refuses a header that is one cell over rows of several, and has another delimiter in it: which cell of the
// rows each of its names is for cannot be told.
func (r *Reader) otherDelimiter(header Row, told rune) error {
	if r.layout.format != CSV || told != 0 || count(header.Cells) > 1 || r.width < 2 || usualWidth(r.ahead) < 2 {
		return nil
	}
	text := firstText(header.Cells)
	for _, d := range strings.ReplaceAll(charset.Delimiters, string(r.layout.delimiter), "") {
		if n := strings.Count(text, string(d)); n > 1 || n == 1 && d != ',' {
			return &Error{Row: header.Number, Line: header.Line, Err: rows.Errorf(rows.ErrMixed,
				"the header has %d cells with %q between them, %q, and the rows below have %d with %q: which belong together cannot be told",
				n+1, d, rows.Clip(text, 60), usualWidth(r.ahead), r.layout.delimiter)}
		}
	}
	return nil
}

// usualSurplus is how many empty cells nearly all rows have beyond those of the header: some programs end each row with a
// delimiter. A row by itself says nothing: one of its cells may hold a delimiter.
func usualSurplus(data []Row, header int) int {
	counts := map[int]int{}
	for _, row := range data {
		if more := len(row.Cells) - header; more > 0 && rows.Filled(row.Cells) <= header {
			counts[more]++
		}
	}
	for more, n := range counts {
		if n > 1 && 10*n >= 9*len(data) {
			return more
		}
	}
	return 0
}

// areNumbered reports whether all rows have one cell more than the header, and their first ones count them, under a header that is of no
// number: under Nr, a comma within each row would look the same.
func areNumbered(data []Row, header []string) bool {
	first := strings.ToLower(header[0])
	if !slices.ContainsFunc([]string{"name", "naam", "prénom", "prenom", "nome", "nombre", "apellido", "first", "last", "mail", "company", "firma"}, func(word string) bool { return strings.Contains(first, word) }) {
		return false
	}
	for i, row := range data {
		if len(row.Cells) != len(header)+1 || row.Cells[0] != strconv.Itoa(i+1) {
			return false
		}
	}
	return len(data) > 1 && len(header) > 1
}

// widest is how many columns have cells in most of the first rows, at least as many as have a header. In a CSV file a cell
// beyond the header's row may be one that a delimiter has shifted there, and makes no column.
func (r *Reader) widest(headers, cells int) int {
	most := 0
	for _, row := range r.ahead {
		most = max(most, rows.Filled(row.Cells))
	}
	if r.layout.format == CSV {
		most = min(most, cells)
	}
	for i := most; i > headers; i-- {
		n := 0
		for _, row := range r.ahead {
			if strings.TrimSpace(cellAt(row.Cells, i-1)) != "" {
				n++
			}
		}
		if n > 1 && 2*n > len(r.ahead) {
			return i
		}
	}
	return headers
}
