package cells

import "strings"

// grouping counts what shows that 1,500 is fifteen hundred in a column of which no cell settles it.
type grouping struct {
	commas, points int // numbers that are left open
	round          int // those of them that end in 0: nobody writes 1,5 so, unless all have three decimals
	small, large   int // whole numbers of up to three digits, and of more, without a separator
}

func (g *grouping) addWhole(digits int) {
	if digits > 3 {
		g.large++
	} else {
		g.small++
	}
}

func (g *grouping) addOpen(body string) {
	if strings.IndexByte(body, ',') >= 0 {
		g.commas++
	} else {
		g.points++
	}
	if body[len(body)-1] == '0' {
		g.round++
	}
}

// decimal is the sign of the decimals where the other parts thousands, "" if that is not shown. All numbers have the same sign and
// three digits behind it, and none above a thousand is without. Decimals would be that only where all have three of them: then
// numbers below a thousand would have them, too, and not all would end in 0. Databases write three decimals behind a point.
func (g *grouping) decimal(open *ambiguity) string {
	round := g.round == g.commas+g.points
	switch shown := g.small > 0 && (round || open.more); {
	case g.large > 0:
	case g.points == 0 && (shown || round && open.more):
		return "point"
	case g.commas == 0 && shown:
		return "comma"
	}
	return ""
}

// UndecidedNumbers are the numbers for which no reading is settled, as of ambiguity; nil where all together show one.
func (e *Evidence) UndecidedNumbers() []string {
	if e.Grouped() != "" {
		return nil
	}
	return e.Numbers.Undecided()
}

// Grouped is the first number that is read as thousands because all numbers together show it; "" if that decided nothing.
func (e *Evidence) Grouped() string {
	if e.Numbers.first+e.Numbers.second > 0 || e.grouped.decimal(&e.Numbers) == "" {
		return ""
	}
	return e.Numbers.openAs[0]
}
