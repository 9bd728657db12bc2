package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
	"crmferry/mapping/headers"
)

// The parts of a name that have a column each.
const (
	First = iota
	Middle
	Infix
	Last
	SecondLast
	Suffix
	PartCount // how many there are, and no part
)

// Cells are the cells of a row that hold the parts of a name, "" for those that are empty or have no column.
type Cells struct {
	Parts  [PartCount]string
	Notes  [PartCount]cells.Notes
	Titles string // what stood before the first name
	Joined bool   // the parts are to be one name, with its titles
	Beside bool   // the whole name stands beside them
}

// IsPlain reports whether there is nothing to mend, as in most rows: a first name of one word that is no title, and a last name that
// neither begins with it nor ends in what people have who are several.
func (c *Cells) IsPlain() bool {
	first, last := c.Parts[First], c.Parts[Last]
	if c.Parts[Middle] != "" || c.Parts[Infix] != "" || c.Parts[Suffix] != "" || len(first) <= 2 || last == "" || strings.IndexByte(first, ' ') >= 0 || !areWords(first) || !areWords(last) {
		return false
	}
	word, _, _ := strings.Cut(last, " ")
	begin := first[0] | 0x20 // of letters without accents the same in both cases
	return (begin < utf8.RuneSelf && word[0] < utf8.RuneSelf && begin != word[0]|0x20 || !cells.SameWord(first, word)) && lexicon.LookUp(first)&(lexicon.Title|lexicon.Dotted|lexicon.Household|lexicon.Body|lexicon.Desk) == 0 && !isWhich(first) &&
		!endsInTeam(last) && !endsInFamily(last)
}

// areWords reports whether a cell is words of letters; digits may stand behind the first one. Emoji and other signs of Unicode are none.
func areWords(v string) bool {
	for i := range len(v) {
		switch b := v[i]; {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b == '\'', b == '-', b >= 0x80 && b < 0xE2, b > 0xE2 && b < 0xEF:
		case i > 0 && (b == ' ' || b >= '0' && b <= '9'):
		default:
			return false
		}
	}
	return true
}

// Mend puts right what stands in the wrong part, or twice: titles before a first name, a last name with the first name or its particles
// in front. It remarks on cells that are no names, and on those that may be whole names.
func (c *Cells) Mend() {
	for _, at := range [...]int{Middle, Infix} {
		if v := c.Parts[at]; v != "" && cells.IsPlaceholder(v) {
			_, c.Notes[at] = cells.LeaveOut(v, v)
			c.Parts[at] = ""
		}
	}
	c.Parts[Last] = inOrder(c.Parts[Last])
	for _, at := range [...]int{First, Last} {
		c.cutOrnaments(at)
	}
	for at, v := range c.Parts {
		c.doubtOther(at, v)
	}
	if c.doubtGroup() {
		return
	}
	c.cutGreeting()
	if !c.Joined {
		c.cutTitles()
	}
	c.doubtDegrees()
	c.cutTurned()
	c.cutFirst()
	c.cutLast()
	c.cutSuffix()
	c.cutInfix()
	c.doubtWhole()
}

// set changes a part, and says why.
func (c *Cells) set(at int, code, v, format string, args ...any) {
	c.Notes[at].Repair(code, c.Parts[at], v, "%s was read as %s: "+format, slices.Concat([]any{cells.Quote(c.Parts[at]), cells.Quote(v)}, args)...)
	c.Parts[at] = v
}

// doubtOther remarks on a cell that is no name.
func (c *Cells) doubtOther(at int, v string) {
	what := ""
	switch {
	case v == "":
	case strings.IndexByte(v, '@') > 0 && cells.LooksEmail(v):
		what = "an e-mail address"
	case cells.LooksURL(v), cells.LooksLinkedIn(v):
		what = "the address of a web page"
	case cells.LooksPhone(v):
		what = "a phone number"
	case at != Suffix && strings.ContainsAny(v, "|•·") && !isCompany(v), at == First && strings.IndexByte(v, ',') > 0: // Ben, MBA
		c.Notes[at].Doubt(cells.RemarkNoName, v, "%s has other words beside the name; it was taken as it stands", cells.Quote(v))
	}
	if what != "" {
		c.Notes[at].Doubt(cells.RemarkNoName, v, "%s is %s, and no name; it was taken as it stands", cells.Quote(v), what)
	}
}

// cutOrnaments takes off what is no part of any name: emoji, and pronouns in brackets.
func (c *Cells) cutOrnaments(at int) {
	v := c.Parts[at]
	if areWords(v) {
		return
	}
	rest, off := cutPronouns(v)
	if isAbove(rest) {
		rest, off = cutSigns(rest, off)
	}
	if bare := strings.TrimRight(rest, ",; "); bare != rest { // Bly,
		rest, off = bare, append(off, rest[len(bare):])
	}
	if off != nil && rest != "" {
		c.Notes[at].Repair(cells.RemarkComment, v, rest, "%s was read without %s", cells.Quote(v), quoteAll(off))
		c.Parts[at] = rest
	}
}

// doubtGroup remarks on parts that together are no person, and reports whether they are none: Familie, Jansen.
func (c *Cells) doubtGroup() bool {
	at := Last
	if c.Parts[Last] == "" {
		at = First
	}
	whole := joinParts(c.Parts[First], joinParts(c.Parts[Infix], c.Parts[Last]))
	g := groupOf(whole)
	if g.code == "" || c.Parts[Middle] != "" {
		return false
	}
	if !c.Joined && (c.Parts[First] != "" && c.Parts[Last] != "" || strings.IndexByte(whole, ' ') < 0) { // else the cell by itself says so
		c.Notes[at].Doubt(g.code, whole, "%s %s; it was taken as it stands", cells.Quote(whole), g.what)
	}
	return true
}

// doubtDegrees says what stands behind commas of a last name and is no part of it: Byron, MBA.
func (c *Cells) doubtDegrees() {
	last, rest, ok := strings.Cut(c.Parts[Last], ",")
	if !ok || c.Joined {
		return
	}
	before := slices.Concat(strings.Fields(c.Parts[First]), strings.Fields(last))
	var p parser
	if areSuffixes(strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' }), before) {
		p.noteDegrees(rest)
	}
	if p.degree != "" {
		c.Notes[Last].Doubt(cells.RemarkTitle, c.Parts[Last], "%s keeps %s; it was taken as it stands", cells.Quote(c.Parts[Last]), cells.Quote(p.degree))
	}
}

// cutTurned takes the first name off that a last name has behind a comma: John, "Smith, John". One that differs is doubted.
func (c *Cells) cutTurned() {
	parts := splitParts(c.Parts[Last])
	first := strings.Fields(c.Parts[First])
	if len(parts) != 2 || len(first) == 0 || isCompany(c.Parts[Last]) || areSuffixes(parts[1], parts[0]) || areAllTitles(parts[1], len(parts[0]), "") {
		return
	}
	if before := strings.Join(parts[0], " "); sameWords(parts[1], first) || sameWords(parts[1][:1], first[:1]) && len(parts[1]) != len(first) {
		c.set(Last, cells.RemarkRepeated, before, "%s is the first name", cells.Quote(strings.Join(parts[1], " ")))
		return
	}
	c.Notes[Last].Doubt(cells.RemarkSplit, c.Parts[Last], "%s may be a whole name; it was taken as it stands", cells.Quote(c.Parts[Last]))
}

// cutSuffix leaves out a suffix that the last name has, too: Smith Jr., Jr.
func (c *Cells) cutSuffix() {
	suffix, last := strings.Fields(c.Parts[Suffix]), strings.Fields(c.Parts[Last])
	at := len(last) - len(suffix)
	if len(suffix) > 0 && at > 0 && slices.EqualFunc(suffix, last[at:], func(a, b string) bool { return headers.Fold(a) == headers.Fold(b) }) {
		c.Notes[Suffix].Repair(cells.RemarkRepeated, c.Parts[Suffix], "", "%s was left out: the last name ends in it", cells.Quote(c.Parts[Suffix]))
		c.Parts[Suffix] = ""
	}
}

// cutGreeting takes the words off that letters begin with: Dear Jan.
func (c *Cells) cutGreeting() {
	if words, rest := cutGreeting(c.Parts[First]); words != "" {
		c.set(First, cells.RemarkComment, rest, "%s greets", cells.Quote(words))
	}
}

// cutTitles takes the titles off that stand before a first name, or in its place.
func (c *Cells) cutTitles() {
	words := strings.Fields(c.Parts[First])
	n := titleEnd(words, "")
	if len(words)-n == 1 && len(strings.TrimSuffix(words[n], ".")) > 1 && (areAllTitles(words[n:], 0, "") || cells.LooksSalutation(words[n])) && !isFirstName(words[n]) {
		n++
	}
	c.Titles = strings.Join(words[:n], " ")
	c.Parts[First] = strings.Join(words[n:], " ")
}

// isFirstName reports whether a title is a first name as well, where no other word stands beside it.
func isFirstName(word string) bool {
	return lexicon.RolesOf(word)&(lexicon.Rank|lexicon.Named) != 0 && !strings.HasSuffix(word, ".")
}

// cutFirst takes the first name off that a last name has in front: Piet, Piet Jansen. Of two cells with the whole name, each gets its part.
func (c *Cells) cutFirst() {
	first, last := strings.Fields(c.Parts[First]), strings.Fields(c.Parts[Last])
	n := len(first)
	switch {
	case n == 0 || n > len(last) || !sameWords(first, last[:n]):
	case n < len(last):
		c.set(Last, cells.RemarkRepeated, strings.Join(last[n:], " "), "%s is the first name", cells.Quote(strings.Join(last[:n], " ")))
	case n > 1:
		if whole, _ := Read(c.Parts[First], Style{}); whole.Split {
			c.set(First, cells.RemarkRepeated, whole.First, "%s is the last name", cells.Quote(whole.Last))
			c.set(Last, cells.RemarkRepeated, whole.Last, "%s is the first name", cells.Quote(whole.First))
		}
	}
}

// cutLast takes the last name off that a first name has behind it: Jan Bakker, Bakker.
func (c *Cells) cutLast() {
	first := strings.Fields(c.Parts[First])
	for _, last := range [...]string{joinParts(c.Parts[Infix], c.Parts[Last]), c.Parts[Last]} {
		words := strings.Fields(last)
		if at := len(first) - len(words); len(words) > 0 && at > 0 && sameWords(first[at:], words) {
			c.set(First, cells.RemarkRepeated, strings.Join(first[:at], " "), "%s is the last name", cells.Quote(last))
			return
		}
	}
}

// cutInfix takes the particles off that the last name has, too: de, de Vries.
func (c *Cells) cutInfix() {
	infix, last := strings.Fields(c.Parts[Infix]), strings.Fields(c.Parts[Last])
	for n := min(len(infix), len(last)-1); n > 0; n-- {
		if at := len(infix) - n; sameWords(infix[at:], last[:n]) {
			c.set(Infix, cells.RemarkRepeated, strings.Join(infix[:at], " "), "%s stands before the last name, too", cells.Quote(strings.Join(last[:n], " ")))
			return
		}
	}
}

// doubtWhole remarks on a part that may be a whole name, because the other is empty.
func (c *Cells) doubtWhole() {
	at, other, what := Last, First, "a first name"
	if c.Parts[Last] == "" {
		at, other, what = First, Last, "a last name"
	}
	v := c.Parts[at]
	if c.Joined || c.Beside || c.Parts[other] != "" || c.Parts[Middle] != "" || c.Parts[Infix] != "" || strings.IndexByte(v, ' ') < 0 || startsLastName(strings.Fields(v)) || !LooksFullName(v) {
		return
	}
	c.Notes[at].Doubt(cells.RemarkSplit, v, "%s may be a whole name, because the row lacks %s; it was taken as it stands", cells.Quote(v), what)
}

// sameWords compares words in letters of either case.
func sameWords(a, b []string) bool { return slices.EqualFunc(a, b, cells.SameWord) }
