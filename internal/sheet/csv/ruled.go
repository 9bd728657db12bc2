package csv

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"crmferry/internal/sheet/rows"
)

// ruled is a table that is drawn with lines, as database tools print them and Markdown has them: its cells are padded, and
// a quote in them is a character like any other.
type ruled struct {
	delimiter byte           // between the cells, 0 where the columns have a fixed width
	bordered  bool           // each row begins and ends with a delimiter
	escapes   bool           // \| is a delimiter within a cell
	starts    []int          // where the columns start, in characters, where they have a fixed width
	width     int            // of the line that is drawn, in characters
	wraps     bool           // a cell that goes on in the next line ends with + where others have a space
	embeds    bool           // the names of the columns stand in the line above the rows
	types     int            // the line that names the columns' types, from 1; 0 for none
	numbered  *regexp.Regexp // a number in front of each row, nil for none
}

// sampleLines is how many lines are looked at for one that is drawn.
const sampleLines = 60

// findRuled looks among the first lines for one that is drawn below a header, or around it, and has as many columns as the
// header; nil if there is none.
func findRuled(sample []byte) (*ruled, string) {
	lines := firstLines(sample)
	quoted := false // within a cell of several lines
	for i, line := range lines {
		quoted = quoted != (strings.Count(line, `"`)%2 == 1)
		if quoted || !IsRule(line) {
			continue
		}
		header := i - 1
		if isBorder(line) {
			header = i + 1
		}
		if header < 0 || header >= len(lines) || strings.Contains(lines[header], `"`) || strings.TrimSpace(lines[header]) == "" || IsRule(lines[header]) {
			continue
		}
		r := ruledBy(line, lines[header])
		if r == nil || r.delimiter != '|' && slices.ContainsFunc(lines, r.quotes) {
			continue
		}
		drawn := rows.Clip(strings.TrimSpace(line), 40)
		if r.types = r.typesBelow(lines, header); r.types > 0 {
			return r, fmt.Sprintf("line %d is drawn: %q; spaces around cells are left out, and line %d, the types of the columns", i+1, drawn, r.types)
		}
		if r.delimiter == 0 {
			return r, fmt.Sprintf("line %d draws columns of fixed width: %q", i+1, drawn)
		}
		return r, fmt.Sprintf("line %d is drawn: %q; spaces around cells are left out", i+1, drawn)
	}
	if r, i := findEmbedded(lines); r != nil {
		return r, fmt.Sprintf("line %d is drawn, with the names of the columns in it: %q; spaces around cells are left out", i+1, rows.Clip(strings.TrimSpace(lines[i]), 40))
	}
	return nil, ""
}

// quotes reports whether a line has quoted cells: a program that draws lines quotes none.
func (r *ruled) quotes(line string) bool {
	return r.delimiter != 0 && (strings.HasPrefix(line, `"`) || strings.Contains(line, string(r.delimiter)+`"`))
}

// firstLines are the first lines of a sample.
func firstLines(sample []byte) []string {
	text := string(sample)
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	lines := strings.SplitN(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n", sampleLines+1)
	return lines[:min(len(lines), sampleLines)]
}

// isBorder reports whether a line that is drawn is the one above a header: +----+ or its like.
func isBorder(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "+") || strings.HasPrefix(line, "┌") || strings.HasPrefix(line, "╭") || strings.HasPrefix(line, "╔") || strings.HasPrefix(line, "┏")
}

// ruledBy is the table of a line that is drawn and its header, nil if they do not fit.
func ruledBy(line, header string) *ruled {
	drawn := plainLines().Replace(strings.TrimSpace(line))
	text := plainLines().Replace(header)
	r := &ruled{width: utf8.RuneCountInString(strings.TrimRight(line, " "))}
	switch {
	case strings.ContainsAny(drawn, "+|"):
		r.delimiter, r.wraps = '|', strings.Contains(drawn, "+")
		r.bordered, r.escapes = strings.HasPrefix(strings.TrimSpace(text), "|"), !r.wraps
		drawn = strings.ReplaceAll(drawn, "+", "|")
	case strings.ContainsAny(drawn, ",;\t"):
		r.delimiter = drawn[strings.IndexAny(drawn, ",;\t")]
	default:
		return fixedColumns(line, header)
	}
	want := strings.Count(strings.Trim(drawn, "|"), string(r.delimiter)) + 1
	cells := r.split(text)
	if want < 2 && !r.bordered || len(cells) != want {
		return nil
	}
	for _, c := range cells {
		if c == "" || rows.IsData(c) {
			return nil
		}
	}
	return r
}

// fixedColumns is a table whose columns are as wide as the dashes that are drawn below their names.
func fixedColumns(line, header string) *ruled {
	r := &ruled{width: utf8.RuneCountInString(line)}
	before, at := ' ', 0
	for _, c := range line {
		if c != ' ' && before == ' ' {
			r.starts = append(r.starts, at)
		}
		before = c
		at++
	}
	if len(r.starts) < 2 {
		return nil
	}
	cells := r.cut(header)
	if len(cells) != len(r.starts) {
		return nil
	}
	for _, c := range cells {
		if c == "" || rows.IsData(c) {
			return nil
		}
	}
	return r
}

// plainLines makes the lines of boxes those that can be typed.
func plainLines() *strings.Replacer {
	return strings.NewReplacer("│", "|", "┃", "|", "║", "|", "╭", "+", "╮", "+", "╰", "+", "╯", "+", "┌", "+", "┐", "+", "└", "+", "┘", "+", "├", "+", "┤", "+", "┬", "+", "┴", "+", "┼", "+",
		"╔", "+", "╗", "+", "╚", "+", "╝", "+", "╠", "+", "╣", "+", "╦", "+", "╩", "+", "╬", "+", "╪", "+", "╞", "+", "╡", "+", "┏", "+", "┓", "+", "┗", "+",
		"┛", "+", "┣", "+", "┫", "+", "┳", "+", "┻", "+", "╋", "+", "╇", "+", "┡", "+", "┩", "+", "─", "-", "━", "-", "═", "=")
}

// IsRule reports whether a text is a line that is drawn: dashes and the like, and what joins them.
func IsRule(text string) bool {
	const dashes, joints = "-=_─━═", "+|:,;\t *│┃║╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╪╞╡┏┓┗┛┣┫┳┻╋╇┡┩"
	run, longest, all := 0, 0, 0
	for _, c := range text {
		switch {
		case strings.ContainsRune(dashes, c):
			all++
			run++
			longest = max(longest, run)
		case strings.ContainsRune(joints, c):
			run = 0
		default:
			return false
		}
	}
	return longest >= 3 || all >= 3 && strings.ContainsAny(text, "|+")
}

// split cuts a line at its delimiters. One that is no row of the table, as it has no border, is one cell.
func (r *ruled) split(line string) []string {
	if r.delimiter != '\t' {
		line = strings.TrimSpace(line)
	}
	if r.bordered {
		inner, ok := strings.CutPrefix(line, "|")
		if !ok {
			return []string{line}
		}
		line = strings.TrimSuffix(inner, "|")
	}
	const escaped = "\x00" // stands in no text
	if r.escapes {
		line = strings.ReplaceAll(line, `\|`, escaped)
	}
	cells := strings.Split(line, string(r.delimiter))
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
		if r.escapes {
			cells[i] = strings.ReplaceAll(cells[i], escaped, "|")
		}
	}
	return cells
}

// cut cuts a line where its columns start. One that has text across a start is no row of the table: it is one cell, and more
// cells than the header has, none of which is in its place.
func (r *ruled) cut(line string) []string {
	text := []rune(strings.TrimRight(line, " "))
	cells := make([]string, 0, len(r.starts)+1)
	for i, from := range r.starts {
		to := len(text)
		if i+1 < len(r.starts) {
			to = min(to, r.starts[i+1])
		}
		if i > 0 && from <= len(text) && text[from-1] != ' ' {
			return append(append(cells[:0], strings.TrimSpace(line)), make([]string, len(r.starts))...)
		}
		if i == 0 {
			from = 0 // the line may be drawn further in than texts begin
		}
		cells = append(cells, strings.TrimSpace(string(text[min(from, to):to])))
	}
	return cells
}

// goesOn reports whether the cells of a line go on in the next one.
func (r *ruled) goesOn(line string) bool {
	if !r.wraps || strings.Contains(line, "-+-") || IsRule(line) {
		return false
	}
	return strings.Contains(line, "+|") || !r.bordered && strings.HasSuffix(line, "+") && utf8.RuneCountInString(line) == r.width
}

// mostWrapped is how many lines a row may have.
const mostWrapped = 100

// ruledRow reads the next row of a table that is drawn.
func (s *scanner) ruledRow(row *rows.Row, r *ruled) error {
	line, err := s.plainLine(row)
	if err != nil {
		return err
	}
	if row.Line == r.types {
		row.Cells = row.Cells[:0]
		return nil
	}
	for n := 0; r.breaksOff(line) && n < mostWrapped; n++ {
		next, err := s.furtherLine()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		line += "\n" + next
	}
	row.Cells = append(row.Cells[:0], r.cells(line)...)
	if r.wraps && leavesOut(row.Cells) {
		return &rows.Error{Row: row.Number, Line: row.Line, Err: rows.Errorf(rows.ErrRowsMissing, "the program that printed the table left rows out here: %q", strings.Join(row.Cells, " "))}
	}
	for n := 0; r.goesOn(line) && n < mostWrapped; n++ {
		if line, err = s.furtherLine(); err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		for i, c := range r.cells(line) {
			if i == len(row.Cells) {
				row.Cells = append(row.Cells, c)
			} else if i < len(row.Cells) {
				row.Cells[i] = strings.TrimSpace(strings.TrimSpace(strings.TrimSuffix(row.Cells[i], "+")) + "\n" + c)
			}
		}
	}
	return nil
}

// breaksOff reports whether a line has no border at its end: a cell has a line break in it.
func (r *ruled) breaksOff(line string) bool {
	line = strings.TrimSpace(plainLines().Replace(line))
	return r.wraps && r.bordered && strings.HasPrefix(line, "|") && !strings.HasSuffix(line, "|")
}

// furtherLine reads a line that belongs to the row before.
func (s *scanner) furtherLine() (string, error) {
	var row rows.Row
	line, err := s.plainLine(&row)
	s.number--
	return line, err
}

// cells are the cells of a line.
func (r *ruled) cells(line string) []string {
	if r.delimiter == 0 {
		return r.cut(line)
	}
	if r.embeds {
		if names, ok := embedded(line); ok {
			return names
		}
	}
	if r.delimiter == '|' {
		line = plainLines().Replace(line)
	}
	if r.numbered != nil {
		line = r.numbered.ReplaceAllString(line, "|")
	}
	return r.split(line)
}

// plainLine reads the next physical line.
func (s *scanner) plainLine(row *rows.Row) (string, error) {
	s.number++
	s.stray = s.stray[:0]
	row.Number, row.Line = s.number, s.line
	stop, next, err := s.lineEnd(0)
	if err != nil {
		return "", s.failed(row, err)
	}
	if next == 0 {
		return "", io.EOF
	}
	line := s.unread()[:stop]
	s.skip(next)
	s.line++
	if err := s.checkText(row, line, nil); err != nil {
		return "", err
	}
	return string(line), nil
}
