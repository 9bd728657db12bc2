package cells

import (
	"strings"

	"crmferry/mapping/hint"
)

// Nature says what the cells of a field hold, as far as it decides how they are mended.
type Nature int8

// The natures. The zero value is that of values with a form of their own: in their cells a word for nothing is nothing.
const (
	Values Nature = iota
	Words         // a few words for people
	Prose         // any text for people
	Codes         // text that may look like a number, and names of things
)

// Mending says how the cells of a column are mended for a field.
type Mending struct {
	Nature Nature
	Needed bool // the vendor requires the field
	NoDays bool // cells of the column that look like days are hardly days
}

// Mend is a cell as its field reads it: repaired where that is certain, "" where it says
// that there is nothing. What cannot be repaired is a fault.
func (m *Mending) Mend(v string) (string, Notes) {
	var n Notes
	if v[0] == '#' && isFormulaError(v) {
		n.Fail(CodeDamaged, "%s is what a spreadsheet program shows in place of a value that it cannot compute", Quote(v))
		return "", n
	}
	if !isTyped(v) {
		v = n.mendLetters(v, m.Nature)
	}
	switch {
	case v == "" || m.Nature == Prose:
	case m.Nature == Words && (m.Needed || IsAlphanumeric(v[0]) && isNothing(v)) && IsPlaceholder(v): // "-None-" nobody wrote
		n.Doubt(RemarkPlaceholder, v, "%s may say that there is nothing; it was taken as it stands", Quote(v))
	case IsPlaceholder(v):
		n.leaveOut(v, v)
		return "", n
	case m.Nature != Values && (isDateOfCode(v) || m.isStrayDay(v)):
		n.doubtDate(v)
	}
	return v, n
}

// leaveOut adds the remark that a word of a cell says that there is nothing.
func (n *Notes) leaveOut(cell, word string) {
	n.Repair(RemarkPlaceholder, cell, "", "%s says that there is nothing and was left out", Quote(word))
}

// LeaveOut reports whether a word of a cell says that there is nothing, and says so.
func LeaveOut(cell, word string) (nothing bool, n Notes) {
	if !IsPlaceholder(word) {
		return false, n
	}
	n.leaveOut(cell, word)
	return true, n
}

func (n *Notes) doubtDate(v string) {
	n.Doubt(RemarkDate, v, "%s looks like a date that a spreadsheet program made of something else, such as 1-12", Quote(v))
}

// mendLetters takes out of a cell what has no ink, and remarks on letters that an earlier program has spoilt.
func (n *Notes) mendLetters(v string, nature Nature) string {
	mended := withoutControls(v)
	if nature != Prose {
		mended = withoutMarks(mended)
	}
	if mended != v {
		n.Repair(RemarkInvisible, v, mended, "%s held characters that cannot be seen, such as spaces that do not break", Quote(mended))
		v = mended
	}
	if strings.ContainsFunc(v, isLost) {
		n.Doubt(RemarkLostLetters, v, "%s holds marks of letters that an earlier program could not read, or the file has another encoding", Quote(v))
		n.Remarks[len(n.Remarks)-1].Hint = hint.Encoding
	} else if once := decodeOnce(v); once != v {
		n.Doubt(RemarkTwiceEncoded, v, "%s seems to be %s, encoded twice; it was taken as it stands", Quote(v), Quote(once))
	}
	return v
}

// isStrayDay reports whether a cell looks like a day in a column whose other cells do not.
func (m *Mending) isStrayDay(v string) bool {
	return m.NoDays && (isDayAndMonth(v) || looksLikeDate(v))
}
