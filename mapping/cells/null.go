package cells

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Nulls are the marks that programs write where a database has nothing, a bit for each of nullMarks.
type Nulls uint32

// nullMark is how a program writes that there is nothing.
type nullMark struct {
	text string
	is   certainty
}

// certainty says what shows that a mark is one.
type certainty int8

const (
	always    certainty = iota // nothing else is written so
	byCase                     // a word or a name, but hardly in this case: the other cells of the column tell
	byColumns                  // a name of people or places, or an error: only other columns tell
	byOthers                   // a code as well: other cells of the column, of which few are in its case, tell, or those of another column
)

var nullMarks = [...]nullMark{
	{`\N`, always}, {"(null)", always}, {"(NULL)", always}, {"<null>", always}, {"<NULL>", always}, {"[null]", always}, {"[NULL]", always},
	{"<NA>", always}, {"<nil>", always}, {"NaN", always}, {"NaT", always}, {"pd.NA", always}, {"DBNull", always},
	{"NULL", byCase}, {"null", byCase}, {"nan", byCase}, {"undefined", byCase}, {"nil", byCase},
	{"Null", byColumns}, {"None", byColumns}, {"NONE", byColumns}, {"none", byColumns}, {"NAN", byColumns}, {"#N/A", byColumns},
	{"NA", byOthers},
}

// nullOf is the mark that a cell is; 0 for nearly all cells.
func nullOf(v string) Nulls {
	if len(v) < 2 || len(v) > 9 || strings.IndexByte(`\(<[NnpDu#`, v[0]) < 0 {
		return 0
	}
	i := slices.IndexFunc(nullMarks[:], func(m nullMark) bool { return m.text == v })
	if i < 0 {
		return 0
	}
	return 1 << i
}

// Has reports whether a cell is one of the marks.
func (n Nulls) Has(v string) bool { return n&nullOf(v) != 0 }

// certainNulls are the marks that are never anything else.
func certainNulls() Nulls { return nullsOf(always) }

// byColumnNulls are those that may be a name.
func byColumnNulls() Nulls { return nullsOf(byColumns) }

func nullsOf(is certainty) (n Nulls) {
	for i, m := range nullMarks {
		if m.is == is {
			n |= 1 << i
		}
	}
	return n
}

// Nulls are the marks that stand for nothing, by column; nil if no cell is one. A name such as Null or None is a mark where
// others are, too, or where several columns have it; nan is one also beside a column of numbers such as 12.0.
func (p *Profile) Nulls() []Nulls {
	var seen, several Nulls
	if p == nil {
		return nil
	}
	for i := range p.columns {
		several |= seen & p.columns[i].nulls
		seen |= p.columns[i].nulls
	}
	if seen == 0 {
		return nil
	}
	certain := certainNulls()
	dump := seen&certain != 0
	numeric := slices.ContainsFunc(p.columns, func(c ColumnProfile) bool { return c.Evidence.Conclude().Floats }) // 12.0: by a program that writes nan
	marks := make([]Nulls, len(p.columns))
	for i := range p.columns {
		c := &p.columns[i]
		for k, m := range nullMarks {
			bit := Nulls(1) << k
			if c.nulls&bit == 0 {
				continue
			}
			if m.is == byOthers {
				if p.isNothingIn(c, bit, m.text, dump) {
					marks[i] |= bit
				}
				continue
			}
			if several&bit != 0 || dump || numeric && m.text == "nan" || m.is == always || m.is == byCase && !c.hasCaseOf(m.text) {
				marks[i] |= bit
			}
		}
	}
	return marks
}

// isNothingIn reports whether a mark that is a code as well stands for nothing in a column: beside words in another case, and, once
// such a column or a mark of a dump shows that the file has it, everywhere but among the codes of countries.
func (p *Profile) isNothingIn(c *ColumnProfile, bit Nulls, mark string, dump bool) bool {
	beside := func(c *ColumnProfile) bool {
		return c.nulls&bit != 0 && len(c.Values) > 0 && !c.hasCaseOf(mark)
	}
	switch {
	case beside(c):
		return true
	case !dump && !slices.ContainsFunc(p.columns, func(c ColumnProfile) bool { return beside(&c) }):
		return false
	}
	for v := range c.Values {
		if !LooksCountry(v) {
			return true
		}
	}
	return len(c.Values) == 0
}

// hasCaseOf reports whether most cells of a column are written in the case of a mark: all capitals, or a small letter first.
func (c *ColumnProfile) hasCaseOf(mark string) bool {
	capitals := unicode.IsUpper(rune(mark[0]))
	alike, words := 0, 0
	for v, count := range c.Values {
		at := strings.IndexFunc(v, unicode.IsLetter)
		if at < 0 {
			continue
		}
		words += count
		if first, _ := utf8.DecodeRuneInString(v[at:]); capitals && v == strings.ToUpper(v) || !capitals && unicode.IsLower(first) {
			alike += count
		}
	}
	return 2*alike > words
}
