package write

import (
	"math"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"crmferry/internal/cell"
)

// maxFormulaText is how long a text within a formula may be, in UTF-16 units; Excel calls a workbook with a longer one
// damaged.
const maxFormulaText = 255

// writeCell writes a cell as its kind is shown, an empty one not at all.
func (t *workbookTable) writeCell(column int, c *cell.Cell) {
	switch c.Kind {
	case cell.Number:
		// A worksheet keeps 15 digits; a longer number is one to be read, not to be computed with.
		if math.Abs(c.Number) < 1e15 {
			t.sheet.number(column, t.styles.number, c.Number)
			return
		}
	case cell.Date, cell.DateTime:
		if serial, ok := serialNumber(c.Time, c.Kind == cell.Date); ok {
			t.sheet.number(column, t.styles.kind(c.Kind), serial)
			return
		}
	case cell.Link:
		if formula, ok := linkFormula(c.Text); ok {
			t.sheet.formula(column, t.styles.link, formula, c.Text)
			return
		}
	}
	t.writeText(column, c)
}

// writeText writes a cell as text: one that is text, and one that its kind cannot show.
func (t *workbookTable) writeText(column int, c *cell.Cell) {
	text := c.String()
	if text == "" {
		return
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n") // some programs show the other one as _x000D_
	}
	if len(text) > cell.MaxUnits {
		var cut bool
		if text, cut = cutText(text, cell.MaxUnits, cell.CutMark); cut {
			t.stats.CutCells++
		}
	}
	style := 0
	switch {
	case c.Kind == cell.Identifier:
		style = t.styles.identifier
	case strings.IndexByte(text, '\n') >= 0:
		style = t.styles.lines
	}
	t.sheet.text(column, style, text)
}

// cutText shortens a text to that many UTF-16 units, with a mark at its end, and reports whether it was too long.
func cutText(s string, limit int, mark string) (string, bool) {
	if len(s) <= limit || units(s) <= limit {
		return s, false
	}
	room := limit - units(mark)
	for i, r := range s {
		n := 1
		if r > 0xFFFF {
			n = 2
		}
		if room -= n; room < 0 {
			return s[:i] + mark, true
		}
	}
	return s, false
}

// units is the length of a text as Excel counts it.
func units(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// serialNumber is a time in UTC as Excel counts days, to the second; false for times that its calendar does not have,
// or has wrong (before March 1900).
func serialNumber(at time.Time, day bool) (float64, bool) {
	days := float64(at.Unix()) / 86400
	if day {
		days = math.Floor(days)
	}
	days -= cell.Epoch1900
	return days, !at.IsZero() && days >= cell.FirstSerial && days < cell.LastSerial+1
}

// linkFormula is the formula of a web address that can be clicked; false for what is none, or too long for one.
// Hyperlinks of the other sort are limited to 65,530 in a sheet.
func linkFormula(address string) (string, bool) {
	target := address
	if len(target) > 4 && strings.EqualFold(target[:4], "www.") {
		target = "https://" + target
	}
	scheme, rest, found := strings.Cut(target, "://")
	if !found || rest == "" || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return "", false
	}
	if len(target) > maxFormulaText && units(target) > maxFormulaText || strings.ContainsFunc(target, func(r rune) bool { return r <= ' ' || r == utf8.RuneError }) {
		return "", false
	}
	if strings.Contains(target, "_x") {
		return "", false // Excel might read _x0041_ in it as a letter
	}
	quoted := `"` + strings.ReplaceAll(target, `"`, `""`) + `"`
	shown := `"` + strings.ReplaceAll(address, `"`, `""`) + `"`
	return "HYPERLINK(" + quoted + "," + shown + ")", true
}
