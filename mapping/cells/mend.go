package cells

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"crmferry/mapping/cells/markup"
	"crmferry/mapping/headers"
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
	Listed        // several of these in one cell
)

// Mending says how the cells of a column are mended for a field.
type Mending struct {
	Nature Nature
	Needed bool // the vendor requires the field
	NoDays bool // cells of the column that look like days are hardly days
	Seen   Verdict
}

// Mend is a cell as its field reads it: repaired where that is certain, "" where it says
// that there is nothing. What cannot be repaired is a fault.
func (m *Mending) Mend(v string) (string, Notes) {
	var n Notes
	if v[0] == '#' && isFormulaError(v) {
		n.Fail(CodeDamaged, "%s is what a spreadsheet program shows in place of a value that it cannot compute", Quote(v))
		return "", n
	}
	if IsLostObject(v) {
		n.FailLost(v)
		return "", n
	}
	if v[0] == '=' {
		v = n.mendMail(v)
	}
	if v[0] == '=' && m.Nature != Values {
		v = n.mendFormula(v, m.Nature)
	}
	if strings.IndexByte(v, '\\') >= 0 {
		v = n.mendEscapes(v)
	}
	if m.Nature != Values && m.Nature != Prose {
		v = n.withoutPages(v)
	}
	if m.Seen.Entities && strings.IndexByte(v, '&') >= 0 {
		v = n.mendEntities(v, m)
	}
	if markup.MayBeWritten(v) {
		n.doubtWritten(v, m.Nature)
	}
	if !isTyped(v) {
		v = n.mendLetters(v, m.Nature)
	}
	if m.Seen.Arrays && v != "" && m.Nature != Prose && m.Nature != Listed {
		v = n.mendArray(v, m.Nature)
	}
	switch {
	case v == "":
	case m.Nature == Prose:
		n.doubtNull(v)
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

// TakeOff is a cell without the coat of its column.
func TakeOff(coat markup.Coat, v string) (bare string, n Notes) {
	switch bare = coat.Off(v); {
	case coat.Doubt(v) && strings.IndexByte(v, '%') > 0:
		n.Doubt(RemarkEscapes, v, "%s seems to hold signs as addresses of pages have them; it was taken as it stands", Quote(v))
	case coat.Doubt(v):
		n.Doubt(RemarkMarker, v, "%s starts with a mark that may keep it a text in Excel; it was taken as it stands", Quote(v))
	case bare != v && coat == markup.Marked:
		n.Repair(RemarkMarker, v, bare, "%s was read as %s, without the mark that keeps it a text in Excel", Quote(v), bare)
	case bare != v:
		n.Repair(RemarkEscapes, v, bare, "%s was read as %s: a program wrote signs as in the address of a page", Quote(v), Quote(bare))
	}
	return bare, n
}

// withoutPages takes off the addresses of pages that a program wrote in brackets behind what they show: Acme (https://www.notion.so/Acme-1b2c).
func (n *Notes) withoutPages(v string) string {
	plain := v
	for {
		before, rest, _ := strings.Cut(plain, " (http")
		page, behind, closed := strings.Cut(rest, ")")
		if !closed || before == "" || !strings.Contains(page, "://") || strings.IndexByte(page, ' ') >= 0 {
			break
		}
		if next, several := strings.CutPrefix(behind, ", "); several {
			behind = "; " + next
		}
		plain = before + behind
	}
	if plain != v {
		n.Repair(RemarkWrapped, v, plain, "%s was read as %s, without the address of its page", Quote(v), Quote(plain))
	}
	return plain
}

// mendMail reads a cell that is nothing but a text as mails write it: =?utf-8?Q?J=C3=B6rg?=.
func (n *Notes) mendMail(v string) string {
	plain := headers.Clean(markup.DecodeMail(v))
	if !strings.HasPrefix(v, "=?") || !strings.HasSuffix(v, "?=") || plain == "" || strings.Contains(plain, "=?") {
		return v
	}
	n.Repair(RemarkTwiceEncoded, v, plain, "%s was read as %s: a program wrote it as in a mail", Quote(v), Quote(plain))
	return plain
}

// mendFormula is the text of a formula that only holds one, and remarks on others: ="Bob", =HYPERLINK("https://example.org","Bob").
func (n *Notes) mendFormula(v string, nature Nature) string {
	if text := textFormula.FindStringSubmatch(v); text != nil {
		plain := headers.Clean(strings.ReplaceAll(text[1], `""`, `"`))
		n.Repair(RemarkMarker, v, plain, "%s was read without the mark that keeps it a text in Excel", Quote(v))
		return plain
	}
	if link := linkFormula.FindStringSubmatch(v); link != nil {
		plain := headers.Clean(strings.ReplaceAll(cmp.Or(link[2], link[1]), `""`, `"`))
		n.Repair(RemarkWrapped, v, plain, "%s was read as %s, which it shows", Quote(v), Quote(plain))
		return plain
	}
	if word := markedWord.FindStringSubmatch(v); word != nil && nature != Prose {
		n.Repair(RemarkMarker, v, word[1], "%s was read without the mark that keeps it a text in Excel", Quote(v))
		return word[1]
	}
	if bareFormula.MatchString(v) {
		n.Doubt(RemarkFormula, v, "%s is a formula, of which the file does not have the value; it was taken as it stands", Quote(v))
	}
	return v
}

var (
	bareFormula = regexp.MustCompile(`^=\s*(?:[A-Z]{2,}[A-Z0-9.]*\(.*\)|.*\b\$?[A-Z]{1,3}\$?[0-9]{1,7}\b.*)$`)
	markedWord  = regexp.MustCompile(`^=\s*(\pL[\pL\pM' .&-]*)$`) // =Okafor
	textFormula = regexp.MustCompile(`^=\s*"((?:[^"]|"")*)"$`)
	linkFormula = regexp.MustCompile(`(?i)^=\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)$`)
)

// mendEscapes puts letters in the place of their numbers, as JSON and many programs write them: Jos\u00e9. A path has
// backslashes of its own.
func (n *Notes) mendEscapes(v string) string {
	if ends := strings.Count(v, "\\\n"); ends > 0 && ends == strings.Count(v, "\n") && !strings.Contains(v, `:\`) {
		plain := strings.ReplaceAll(v, "\\\n", "\n")
		n.Repair(RemarkLineEnds, v, plain, "%s was read without the backslashes that a program put before line ends", Quote(v))
		v = plain
	}
	if !numberedLetter.MatchString(v) {
		return v
	}
	if rest := numberedLetter.ReplaceAllString(v, ""); strings.Contains(v, `:\`) || strings.Contains(plainEscapes.Replace(rest), `\`) {
		n.Doubt(RemarkEntities, v, "%s holds what may be letters by their numbers, or a path; it was taken as it stands", Quote(v))
		return v
	}
	plain := numberedLetter.ReplaceAllStringFunc(v, func(at string) string {
		var letter string
		if json.Unmarshal([]byte(`"`+at+`"`), &letter) != nil || strings.ContainsFunc(letter, func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }) {
			return at
		}
		return letter
	})
	if plain == v {
		return v
	}
	n.Repair(RemarkEntities, v, plain, "%s was read as %s: a program wrote letters by their numbers", Quote(v), Quote(plain))
	return headers.Clean(plain)
}

// numberedLetter finds characters by their numbers, without quotes and backslashes, which lists need; two may make one.
var numberedLetter = regexp.MustCompile(`\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u(?:[1-9a-fA-F][0-9a-fA-F]{3}|0[1-9a-fA-F][0-9a-fA-F]{2}|00(?:2[013-9a-fA-F]|[346a-fA-F][0-9a-fA-F]|5[0-9abd-fABD-F]|7[0-9a-eA-E]))`)

// plainEscapes takes out the other escapes of JSON.
var plainEscapes = strings.NewReplacer(`\n`, "", `\r`, "", `\t`, "", `\/`, "", `\"`, "")

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
	v = norm.NFC.String(v) // which looks the same, and says the same
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

// doubtWritten remarks on what mails, pages and workbooks write within and do not show.
func (n *Notes) doubtWritten(v string, nature Nature) {
	if plain := markup.DecodeMail(v); plain != v {
		n.Doubt(RemarkTwiceEncoded, v, "%s seems to be %s, as a mail writes it; it was taken as it stands", Quote(v), Quote(plain))
	}
	if nature != Prose && markup.HasTags(v) || markup.HasReturn(v) {
		n.Doubt(RemarkEntities, v, "%s holds what a page or a workbook writes and does not show; it was taken as it stands", Quote(v))
	}
}

// doubtNull remarks on a text that is just the mark by which a program says that there is nothing, where no other cell shows
// that.
func (n *Notes) doubtNull(v string) {
	if null := nullOf(v); null != 0 && null&byColumnNulls() == 0 {
		n.Doubt(RemarkPlaceholder, v, "%s may say that there is nothing; it was taken as it stands", Quote(v))
	}
}

// mendEntities puts the characters in the place of their entities. HTML is left as it is, and so is a text about markup. In a
// list the words are decoded one by one, later.
func (n *Notes) mendEntities(v string, m *Mending) string {
	decoded, left := markup.Decode(v)
	switch {
	case m.Nature == Prose && markup.IsMarkup(v), decoded == v && left == "":
		return v
	case decoded == v, m.Nature == Prose && !m.Seen.Escaped:
		n.Doubt(RemarkEntities, v, "%s holds what may be a sign as HTML writes it; it was taken as it stands", Quote(v))
		return v
	case left != "":
		n.Doubt(RemarkEntities, v, "%s was read as %s: %s stands for no sign", Quote(v), Quote(decoded), Quote(left))
		n.Remarks[len(n.Remarks)-1].After = decoded
	default:
		n.Repair(RemarkEntities, v, decoded, "%s was read as %s: a program wrote signs as HTML does", Quote(v), Quote(decoded))
	}
	if m.Nature == Listed {
		return v
	}
	return headers.Clean(decoded)
}

// mendArray takes the brackets off a cell that a program wrote as a list.
func (n *Notes) mendArray(v string, nature Nature) string {
	items, ok, form := markup.ReadArray(v, true)
	switch {
	case !ok:
		return v
	case form != "":
		n.FailArray(v, form)
		return ""
	case len(items) == 0:
		n.leaveOut(v, v)
		return ""
	case len(items) > 1 && nature != Values:
		n.FailArray(v, fmt.Sprintf("a list of %d values, and one is taken", len(items)))
		return ""
	}
	n.ReadArray(v, items)
	return strings.Join(items, "; ")
}

// FailLost adds the fault of what a program writes for a value that is no text.
func (n *Notes) FailLost(v string) {
	n.Fail(CodeDamaged, "%s is what a program writes in place of a value that it cannot write as a text", Quote(v))
}

// FailArray adds the fault of a list that cannot be read, in a form.
func (n *Notes) FailArray(v, form string) {
	n.Fail(CodeBadList, "%s is %s", Quote(v), form)
}

// ReadArray adds the remark that a cell was read as a list of items.
func (n *Notes) ReadArray(v string, items []string) {
	n.Repair(RemarkArray, v, strings.Join(items, "; "), "%s was read as %s: a program wrote it as a list", Quote(v), strings.Join(items, "; "))
}

// isStrayDay reports whether a cell looks like a day in a column whose other cells do not.
func (m *Mending) isStrayDay(v string) bool {
	return m.NoDays && (isDayAndMonth(v) || looksLikeDate(v))
}
