package sheet

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
)

// Where the table is, is decided by so many rows from the top, and by fewer where they are very long.
const (
	topRows  = 25
	topBytes = 1 << 20
)

// findTable finds the header among the first rows: the first row, unless it is plain that the table starts below it. What
// stands above is told, and the rows below come with the next calls of pull.
func (r *Reader) findTable() (Row, error) {
	top, err := r.top()
	if err != nil {
		return Row{}, err
	}
	h, err := r.headerIn(top)
	if err != nil {
		return Row{}, err
	}
	header := top[h]
	r.ahead = top[h+1:]
	r.width = usualWidth(top[h:])
	r.reportAbove(top, h)
	if i := slices.IndexFunc(header.Cells, rows.IsAddress); i >= 0 {
		r.findings.Add("header_looks_like_data", func() Finding {
			return Finding{Row: header.Number, Line: header.Line, Column: i, Text: header.Cells[i],
				Message: "the row of headers holds an e-mail address: put a row with the columns' names above it"}
		})
	}
	if headerContinues(top[h:]) {
		second := top[h+1]
		r.findings.Add("two_header_rows", func() Finding {
			return Finding{Row: second.Number, Line: second.Line, Column: -1, Text: firstText(second.Cells),
				Message: "reads like a second row of headers, but is taken as a row of data: delete it"}
		})
	}
	return header, nil
}

// headerIn is where the header is among the first rows: found by them, or known.
func (r *Reader) headerIn(top []Row) (int, error) {
	if !r.knownLayout {
		return headerIndex(top), nil
	}
	h := slices.IndexFunc(top, func(row Row) bool { return row.Number == r.layout.headerRow })
	if h < 0 {
		return 0, changed()
	}
	return h, nil
}

// unusualDelimiters part the cells of some files, and stand in texts too often to be looked for like the others.
const unusualDelimiters = "^~:#"

// allInOne refuses a table whose rows are one cell each, with all columns in it: a CSV file whose lines a program took for
// cells, in Excel where another delimiter is usual.
func (r *Reader) allInOne(header Row) error {
	text := firstText(header.Cells)
	if count(header.Cells) > 1 || len(r.ahead) == 0 {
		return nil
	}
	for _, d := range charset.Delimiters + unusualDelimiters {
		n := strings.Count(text, string(d))
		alike := func(row Row) bool {
			return count(row.Cells) == 1 && strings.Count(firstText(row.Cells), string(d)) >= n
		}
		// A comma stands in the header of many a single column: "Company, city", and a colon, too.
		if (n > 1 || n > 0 && (d != ',' && d != ':' && d != '#' || partsAddresses(r.ahead, d))) && !slices.ContainsFunc(r.ahead, func(row Row) bool { return !alike(row) }) {
			return &Error{Row: header.Number, Line: header.Line, Err: &rows.OneCell{Delimiter: d, Text: rows.Clip(text, 60), Told: r.layout.format == CSV && r.layout.delimiter != d && strings.ContainsRune(unusualDelimiters, d)}}
		}
	}
	return nil
}

// partsAddresses reports whether a sign parts an e-mail address from the rest of each row, at the same place.
func partsAddresses(rest []Row, d rune) bool {
	for i := range 2 {
		if !slices.ContainsFunc(rest, func(row Row) bool {
			parts := strings.Split(firstText(row.Cells), string(d))
			return i >= len(parts) || !rows.IsAddress(strings.TrimSpace(parts[i])) || strings.HasPrefix(parts[i], " ")
		}) {
			return true
		}
	}
	return false
}

// top reads the first rows. An error behind the first one is kept until they are used up.
func (r *Reader) top() ([]Row, error) {
	var top []Row
	for size := 0; len(top) < topRows && size < topBytes; {
		row, err := r.nextFilled()
		if err != nil && len(top) == 0 {
			return nil, err
		}
		if isEnd(err) {
			r.err = nil // the source says it again, and what follows the rows is told then
		}
		if err != nil {
			break
		}
		for _, c := range row.Cells {
			size += len(c)
		}
		row.Cells = slices.Clone(row.Cells)
		top = append(top, row)
	}
	return top, nil
}

// reportAbove adds what is known of the header's place, if it is not the first row.
func (r *Reader) reportAbove(top []Row, h int) {
	header := top[h]
	if header.Number == 1 {
		return
	}
	why := "the rows above are empty"
	if h > 0 {
		why = fmt.Sprintf("what stands above is no part of the table: %q", rows.Clip(firstText(top[0].Cells), 60))
	}
	if !r.knownLayout {
		r.layout.facts = append(r.layout.facts, Fact{What: "header", Value: fmt.Sprintf("row %d", header.Number), Why: why})
	}
	for _, row := range top[:h] {
		code, message := "above_table", "stands above the header and is left out"
		if row.Number == header.Number-1 && count(row.Cells) > 1 && !slices.ContainsFunc(row.Cells, rows.IsData) && !isLabelled(row.Cells) {
			code, message = "two_header_rows", "reads like a first row of headers and is left out: write each column's whole name into one row"
		}
		r.findings.Add(code, func() Finding {
			return Finding{Row: row.Number, Line: row.Line, Column: -1, Text: firstText(row.Cells), Message: message}
		})
	}
}

// headerIndex is the row that holds the headers. It is the first one unless that is much narrower than the table below
// it, or has gaps, and a later row names its columns: words, where the rows below have addresses and numbers.
func headerIndex(table []Row) int {
	if h := slices.IndexFunc(table, func(row Row) bool { return slices.ContainsFunc(row.Cells, headsAddresses) }); h >= 0 && isHeader(table, h) {
		return h
	}
	width := usualWidth(table)
	if width < 2 {
		return 0
	}
	if h := belowLabels(table, width); h > 0 {
		return h
	}
	first := count(table[0].Cells)
	if first < max(2, (width+1)/2) || 2*first <= width+1 && !areUniqueNames(table[0].Cells) {
		return belowTitle(table, width)
	}
	if len(table) > 2 && namesGroups(table[0].Cells, table[1].Cells) && areUniqueNames(table[1].Cells) && countContrasts(table[1:]) > 1 {
		return 1
	}
	return 0
}

// belowTitle is the row of headers in a table below narrow rows: the first one that is as wide as the table and has names, if
// what stands above are titles, alone in their rows; else the one that contrasts most with what is below.
func belowTitle(table []Row, width int) int {
	best, most, plain := 0, 0, width > 2
	for h, row := range table {
		n := count(row.Cells)
		if h > 0 && n >= max(2, (3*width+4)/5) && areUniqueNames(row.Cells) {
			if plain {
				return h
			}
			if c := countContrasts(table[h:]); c > most {
				best, most = h, c
			}
		}
		plain = plain && n == 1
	}
	return best
}

// isPreamble reports whether the rows above one of n names are no table: they are much narrower, or say of each thing what it
// is (Date: 12-01-2026), or are a single row with a blank one below.
func isPreamble(above []Row, n, number int) bool {
	wide, labelled := 0, 0
	for _, row := range above {
		if 2*count(row.Cells) > n+1 {
			wide++
			if isLabelled(row.Cells) {
				labelled++
			}
		}
	}
	return wide == labelled || wide == 1 && number > above[len(above)-1].Number+1
}

// isLabelled reports whether half of a row's cells are a label with its value, or a value, and one is a label at least.
func isLabelled(cells []string) bool {
	labels, values := 0, 0
	for _, c := range cells {
		c = strings.TrimSpace(c)
		label, _, ok := strings.Cut(c, ": ")
		switch {
		case ok && len(label) < 40 && len(label) > 1 || len(c) > 2 && strings.HasSuffix(c, ":"):
			labels++
		case rows.IsData(c):
			values++
		}
	}
	return labels > 0 && 2*(labels+values) >= count(cells)
}

// belowLabels is the row of headers below rows that say of each thing what it is, 0 if there is none.
func belowLabels(table []Row, width int) int {
	for h, row := range table {
		if isLabelled(row.Cells) {
			continue
		}
		if h > 0 && count(row.Cells) >= max(2, (3*width+4)/5) && areUniqueNames(row.Cells) && countContrasts(table[h:]) > 0 {
			return h
		}
		return 0
	}
	return 0
}

// isHeader reports whether a row that has a name for e-mail addresses is the header: all of it are names, there are addresses
// below, and what stands above is no table. In the first row, a name that comes twice may be that of a group.
func isHeader(table []Row, h int) bool {
	n := count(table[h].Cells)
	if n < 2 || !areNames(table[h].Cells, h > 0) || !isPreamble(table[:h], n, table[h].Number) && !isPlain(table, h) {
		return false
	}
	all, addresses := countBelow(table[h+1:], slices.IndexFunc(table[h].Cells, headsAddresses), rows.IsAddress)
	return addresses > 0 && 5*addresses >= 3*all
}

// isPlain reports whether a row that has a name for e-mail addresses is the header whatever stands above: a row or two in which no cell
// heads such a column or holds an address, while all cells below are addresses. More rows may be another table.
func isPlain(table []Row, h int) bool {
	const most = 2
	column := slices.IndexFunc(table[h].Cells, headsAddresses)
	all, addresses := countBelow(table[h+1:], column, rows.IsAddress)
	return h > 0 && h <= most && all > 0 && addresses == all && !slices.ContainsFunc(table[:h], func(row Row) bool {
		return slices.ContainsFunc(row.Cells, rows.IsAddress) || slices.ContainsFunc(row.Cells, isAddressHeader)
	})
}

// namesGroups reports whether a row names the groups that the columns of the next one are in: by words that come again, or with
// gaps.
func namesGroups(cells, next []string) bool {
	seen := map[string]bool{}
	for _, c := range cells {
		if c = strings.ToLower(strings.TrimSpace(c)); c != "" && seen[c] {
			return true
		}
		seen[c] = true
	}
	return fillsGapsOf(next, cells)
}

// usualWidth is how many cells are filled in the widest row but one: the table's rows are the wide ones, and a single
// one may be ragged.
func usualWidth(table []Row) int {
	widest, next := 0, 0
	for _, row := range table {
		if n := count(row.Cells); n > widest {
			widest, next = n, widest
		} else {
			next = max(next, n)
		}
	}
	if len(table) == 1 {
		return widest
	}
	return next
}

// fillsGapsOf reports whether a row has something wherever the row above has nothing before its last cell, and is wider by
// two cells at least: under a row of merged cells.
func fillsGapsOf(cells, above []string) bool {
	for i, c := range above[:rows.Filled(above)] {
		if strings.TrimSpace(c) == "" && (i >= len(cells) || strings.TrimSpace(cells[i]) == "") {
			return false
		}
	}
	return count(cells) >= count(above)+2
}

// areUniqueNames reports whether every cell of a row could be the name of a column, and no two are the same.
func areUniqueNames(cells []string) bool { return areNames(cells, false) }

// areNames reports whether every cell of a row could be the name of a column; twice allows two that are the same.
func areNames(cells []string, twice bool) bool {
	seen := map[string]bool{}
	for _, c := range cells {
		c = strings.ToLower(strings.TrimSpace(c))
		if c == "" {
			continue
		}
		if rows.IsData(c) || seen[c] && !twice || len(c) > 100 {
			return false
		}
		seen[c] = true
	}
	return true
}

// countContrasts counts the columns in which the first row has words, and most rows below addresses, numbers or dates.
func countContrasts(table []Row) int {
	n := 0
	for i, name := range table[0].Cells {
		if strings.TrimSpace(name) == "" || rows.IsData(name) {
			continue
		}
		if all, data := countBelow(table[1:], i, rows.IsData); data > 0 && 5*data >= 3*all {
			n++
		}
	}
	return n
}

// headerContinues reports whether the row under the header is one of headers too, such as First and Last below two columns
// Name, or // "text" or "required": it has a word of theirs where all other rows have an e-mail address, and nothing that looks
// like data. Any other word is a contact whose address is missing.
func headerContinues(table []Row) bool {
	parts := func(row Row) bool { return namesGroupParts(table[0].Cells, row.Cells) }
	if len(table) > 2 && parts(table[1]) && !slices.ContainsFunc(table[2:], parts) {
		return true
	}
	const enough = 3
	if len(table) < 2+enough || slices.ContainsFunc(table[1].Cells, rows.IsData) {
		return false
	}
	for i, c := range table[1].Cells {
		if all, data := countBelow(table[2:], i, rows.IsAddress); data >= enough && data == all && isAddressHeader(c) {
			return true
		}
	}
	return false
}

// namesGroupParts reports whether a row has words under all headers that come more than once, and nothing under any other: it names
// the parts of a group.
func namesGroupParts(header, cells []string) bool {
	times := map[string]int{}
	for _, name := range header {
		times[letters(name)]++
	}
	groups := 0
	for i, name := range header {
		grouped := times[letters(name)] > 1 && letters(name) != ""
		if grouped {
			groups++
		}
		if cell := strings.TrimSpace(cellAt(cells, i)); grouped != (cell != "") || rows.IsData(cell) {
			return false
		}
	}
	return groups > 0 && groups < len(header) && areUniqueNames(cells)
}

// headsAddresses reports whether a cell is a usual name of a column of e-mail addresses.
func headsAddresses(cell string) bool {
	switch letters(cell) {
	case "email", "mail", "emailaddress", "emailadres", "mailadres", "emailadresse", "mailadresse", "adresseemail", "adressemail", "courriel",
		"correo", "correoelectrónico", "correoelectronico":
		return true
	}
	return false
}

// isAddressHeader reports whether a cell heads a column of e-mail addresses, or says what is to be put into it.
func isAddressHeader(cell string) bool {
	word := letters(cell)
	return headsAddresses(cell) || slices.ContainsFunc([]string{"text", "tekst", "string", "char", "varchar", "required", "optional", "mandatory", "unique", "verplicht",
		"optioneel", "pflicht", "obligat", "facultati", "opcional"}, func(start string) bool { return strings.HasPrefix(word, start) })
}

// countBelow counts the cells of a column that hold something, and those of them that are of a kind.
func countBelow(table []Row, column int, kind func(string) bool) (all, of int) {
	for _, row := range table {
		if column >= len(row.Cells) || strings.TrimSpace(row.Cells[column]) == "" {
			continue
		}
		all++
		if kind(row.Cells[column]) {
			of++
		}
	}
	return all, of
}
