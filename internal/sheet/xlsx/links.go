package xlsx

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/sheet/rows"
)

// What is read of the links of a worksheet: so many, Excel takes fewer, and those of ranges of no more cells, because one
// address for a thousand cells is nobody's.
const (
	maxLinks      = 200_000
	maxLinkCells  = 100
	maxLinkLength = 400
)

// link is a cell that leads to an e-mail address.
type link struct {
	row     int // from 1
	column  int // from 0
	address string
}

// links are the cells of a worksheet that lead to e-mail addresses, in the order of their rows. They stand behind the rows, so
// that the part is unpacked twice, but only if there are such relations.
func (b *workbook) links(s worksheetPart) ([]link, error) {
	dir, name := path.Split(s.part)
	if b.parts[strings.ToLower(dir+"_rels/"+name+".rels")] == nil {
		return nil, nil
	}
	rels, err := b.relations(s.part)
	if err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range rels {
		if address := mailAddress(r.url); r.is("hyperlink") && address != "" {
			targets[r.id] = address
		}
	}
	if len(targets) == 0 {
		return nil, nil
	}
	part, err := b.openPart(s.part)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	xml := newXMLScanner(part)
	return scanLinks(&xml, targets), nil
}

// scanLinks reads the links behind the rows. What is wrong with the part is told by the reader of its rows.
func scanLinks(s *xmlScanner, targets map[string]string) (list []link) {
	if s.start() != nil {
		return nil
	}
	rowsEnded := false
	for len(list) < maxLinks {
		t, err := s.next()
		if err != nil || t.ends("worksheet") {
			break
		}
		if t.is("sheetData") && !t.empty && !rowsEnded {
			if rowsEnded = true; s.past("sheetData>") != nil {
				break
			}
		}
		if address := targets[t.text("id")]; t.is("hyperlink") && address != "" {
			list = appendLinks(list, t.attr("ref"), address)
		}
	}
	slices.SortStableFunc(list, func(a, b link) int { return cmp.Compare(a.row, b.row) })
	return list
}

// appendLinks appends the cells of a reference: B2, or B2:B4.
func appendLinks(list []link, ref []byte, address string) []link {
	first, last, isRange := bytes.Cut(ref, []byte(":"))
	row, column := cellAt(first)
	lastRow, lastColumn := row, column
	if isRange {
		lastRow, lastColumn = cellAt(last)
	}
	if row < 1 || column < 1 || lastRow < row || lastColumn < column || (lastRow-row+1)*(lastColumn-column+1) > maxLinkCells {
		return list
	}
	for r := row; r <= lastRow; r++ {
		for c := column; c <= lastColumn; c++ {
			list = append(list, link{r, c - 1, address})
		}
	}
	return list
}

// cellAt is the row and the column of a reference, both counted from 1, 0 where it says none.
func cellAt(ref []byte) (row, column int) {
	column, letters := columnOf(ref)
	row, err := strconv.Atoi(string(ref[letters:]))
	if err != nil || row > 1<<20 {
		return 0, column
	}
	return row, column
}

// mailAddress is the address of a link that opens a mail, "" if it is none: mailto:ada@example.org?subject=Hello.
func mailAddress(target string) string {
	const scheme = "mailto:"
	if len(target) < len(scheme) || !strings.EqualFold(target[:len(scheme)], scheme) {
		return ""
	}
	address, _, _ := strings.Cut(target[len(scheme):], "?")
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	address = strings.TrimSpace(address)
	if at := strings.IndexByte(address, '@'); at < 1 || at == len(address)-1 || len(address) > maxLinkLength {
		return ""
	}
	return address
}

// linkFormula is a formula that makes a link of texts: HYPERLINK("mailto:ada@example.org","Ada").
func linkFormula() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:_xlfn\.)?HYPERLINK\("((?:[^"]|"")*)"(?:[,;]"((?:[^"]|"")*)")?\)$`)
}

// formulaLink is where the formula of the cell that is read leads to, and what it shows; ok is false for any other formula.
func (w *worksheet) formulaLink() (target, shown string, ok bool) {
	const function = "HYPERLINK("
	formula := bytes.TrimSpace(w.formula)
	if len(formula) < len(function) || len(formula) > 2*maxLinkLength+len(function) || !bytes.Contains(formula[:len(function)+6], []byte(function)) {
		return "", "", false
	}
	if w.hyperlink == nil {
		w.hyperlink = linkFormula()
	}
	parts := w.hyperlink.FindSubmatch(formula)
	if parts == nil {
		return "", "", false
	}
	text := func(b []byte) string { return strings.ReplaceAll(string(b), `""`, `"`) }
	target, shown = text(parts[1]), text(parts[2])
	if shown == "" {
		shown = target
	}
	return target, shown, true
}

// addFormulaLink notes the address that the formula of a cell leads to. Of one that nobody computed it says what it shows; what
// is returned is the kind of the cell.
func (w *worksheet) addFormulaLink(h cellHead) (kind string) {
	target, shown, ok := w.formulaLink()
	if !ok {
		return h.kind
	}
	if address := mailAddress(target); address != "" {
		w.own = append(w.own, link{w.number, h.column, address})
	}
	value := string(bytes.TrimSpace(w.value))
	if value == "" && !w.state.value || w.uncomputed && value == "0" && h.kind == "" {
		w.value = append(w.value[:0], shown...)
		return "str"
	}
	return h.kind
}

// linksOf are the addresses that cells of the row lead to and do not show.
func (w *worksheet) linksOf(cells []string) (found []rows.Link) {
	add := func(l link) {
		if l.column >= len(cells) || cells[l.column] == "" || strings.Contains(strings.ToLower(cells[l.column]), strings.ToLower(l.address)) {
			return
		}
		if !slices.ContainsFunc(found, func(f rows.Link) bool { return f.Column == l.column }) {
			found = append(found, rows.Link{Column: l.column, Address: l.address})
		}
	}
	for len(w.links) > 0 && w.links[0].row <= w.number {
		if w.links[0].row == w.number {
			add(w.links[0])
		}
		w.links = w.links[1:]
	}
	for _, l := range w.own {
		add(l)
	}
	return found
}
