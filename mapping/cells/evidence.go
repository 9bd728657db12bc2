package cells

import (
	"strings"

	"crmferry/mapping/cells/markup"
)

// Evidence is what the cells of one column, all of them, say about how each is to be read. The zero value has seen no
// cell. What a cell could mean by itself is never settled by that cell alone: 03/04/2025 is the third of April in a
// column where some other cell is 15/01/2025.
type Evidence struct {
	Dates   ambiguity // first: the day, second: the month
	Numbers ambiguity // first: a comma starts the decimals, second: a point

	grouped grouping

	serials int // whole numbers that Excel could mean a day by
	tails   int // whole numbers that end in .0
	whole   int // other whole numbers of more than one digit
	words   int // cells that are none of these
	coded   int // those of them that look like a day, which a code such as 1-12 may have become

	five   int // ZIP codes of five digits, and ZIP+4
	zeros  int // those of them that start with 0
	short  int // numbers of three or four digits: ZIP codes that lost a zero, if anything
	others int // cells that are no ZIP code of the USA even so

	entities markup.Entities
	arrays   markup.Arrays

	misfit [3]bool // by dmy, mdy, ymd: some date cannot be read in that order
}

// ambiguity counts the cells that settle one of two readings, and those that leave it open.
type ambiguity struct {
	first, second     int
	FirstAs, secondAs string    // the first cell that settles it so
	open              int       // cells that read differently either way
	openAs            [2]string // the first two different ones
	more              bool      // there are three or more different ones
}

func (a *ambiguity) decide(first bool, cell string) {
	n, as := &a.second, &a.secondAs
	if first {
		n, as = &a.first, &a.FirstAs
	}
	if *n++; *n == 1 {
		*as = strings.Clone(cell)
	}
}

func (a *ambiguity) leaveOpen(cell string) {
	switch a.open++; {
	case a.open == 1:
		a.openAs[0] = strings.Clone(cell)
	case a.openAs[1] == "" && cell != a.openAs[0]:
		a.openAs[1] = strings.Clone(cell)
	case cell != a.openAs[0] && cell != a.openAs[1]:
		a.more = true
	}
}

// Undecided quotes the cells for which no reading is settled: two that cannot both be right, or those left open; nil if
// nothing depends on it.
func (a *ambiguity) Undecided() []string {
	switch {
	case a.first > 0 && a.second > 0:
		return []string{a.FirstAs, a.secondAs}
	case a.first+a.second > 0 || a.open == 0:
		return nil
	case a.openAs[1] == "":
		return a.openAs[:1]
	}
	return a.openAs[:]
}

// take takes in a cell without outer space that is not empty. A number that its program wrote with a point says nothing
// about the texts beside it.
func (e *Evidence) take(cell string, point bool) {
	if strings.IndexByte(cell, '&') >= 0 {
		e.entities.Add(cell)
	}
	e.arrays.Add(cell)
	if !point {
		e.Add(cell)
		return
	}
	numbers := e.Numbers
	e.Add(cell)
	e.Numbers = numbers
}

// Add takes in a cell without outer space that is not empty.
func (e *Evidence) Add(cell string) {
	if len(cell) > 40 {
		e.words++
		e.others++
		return
	}
	s := shapeOf(cell)
	switch {
	case s.digits == 0 && IsPlaceholder(cell):
	case s.digits == 0 || s.letters > 4:
		e.words++
		e.others++
	case s.digits == len(cell):
		e.addWhole(cell)
	default:
		e.addMarked(cell, s)
	}
}

// shape counts the kinds of characters in a cell.
type shape struct{ digits, dots, commas, bars, letters int }

// shapeOf stops counting at the fifth letter: what has more is text.
func shapeOf(cell string) (s shape) {
	for i := 0; i < len(cell) && s.letters <= 4; i++ {
		switch c := cell[i]; {
		case c >= '0' && c <= '9':
			s.digits++
		case c == '.':
			s.dots++
		case c == ',':
			s.commas++
		case c == '/' || c == '-':
			s.bars++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			s.letters++
		}
	}
	return s
}

func (e *Evidence) addWhole(cell string) {
	e.grouped.addWhole(len(cell))
	if isSerial(cell) {
		e.serials++
	} else if len(cell) > 1 {
		e.whole++
	}
	e.addZip(cell, len(cell))
}

// addZip takes in what would be a ZIP code of so many digits.
func (e *Evidence) addZip(cell string, digits int) {
	switch digits {
	case 5:
		e.five++
		if cell[0] == '0' {
			e.zeros++
		}
	case 3, 4:
		e.short++
	default:
		e.others++
	}
}

// addMarked takes in a cell of digits and other characters.
func (e *Evidence) addMarked(cell string, s shape) {
	switch dash := len(cell) - 5; {
	case dash >= 3 && dash <= 5 && s.digits == len(cell)-1 && cell[dash] == '-': // ZIP+4
		e.addZip(cell, dash)
		return
	case s.dots == 1 && s.digits == len(cell)-1 && strings.HasSuffix(cell, ".0"):
		e.tails++
		e.addZip(cell, len(cell)-2)
	default:
		e.words++
		e.others++
	}
	if s.bars == 1 && (isDateOfCode(cell) || isDayAndMonth(cell)) || s.bars == 2 && isISODay(cell) {
		e.coded++
		return
	}
	if s.bars >= 2 || s.dots >= 2 {
		if d, ok := twoReadings(cell); ok {
			e.coded++
			e.addDate(cell, d)
			return
		}
	}
	if s.dots+s.commas > 0 && s.bars <= 1 {
		e.addNumber(cell)
	}
}

func (e *Evidence) addDate(cell string, d numericDate) {
	for i, fits := range [...]bool{d.second <= 12, d.first <= 12, d.yearFirst && d.second <= 12} {
		e.misfit[i] = e.misfit[i] || !fits
	}
	switch {
	case d.yearFirst && d.second <= 12:
		e.Dates.leaveOpen(cell)
	case d.first > 12 && d.second <= 12:
		e.Dates.decide(true, cell)
	case d.second > 12 && d.first <= 12:
		e.Dates.decide(false, cell)
	case d.first != d.second && d.first <= 12:
		e.Dates.leaveOpen(cell)
	}
}

// addNumber takes in what could be a number with a decimal sign or with separators of thousands.
func (e *Evidence) addNumber(cell string) {
	from, to := strings.IndexAny(cell, "0123456789"), strings.LastIndexAny(cell, "0123456789")
	body, factor := cell[from:to+1], 1.0
	if from > 1 || to+1 < len(cell) { // more than a sign or a currency
		body, factor = trimNumber(cell)
		body = strings.TrimLeft(body, "+-")
	}
	if strings.Trim(body, "0123456789.,") != "" || !strings.ContainsAny(body, ".,") {
		return
	}
	comma, settled := markOf(body, factor != 1)
	if !settled && hasCurrency(cell) {
		comma, settled = strings.IndexByte(body, '.') >= 0, true // prices have no three decimals: they are thousands
	}
	if settled {
		e.Numbers.decide(comma, cell)
	} else {
		e.Numbers.leaveOpen(cell)
		e.grouped.addOpen(body)
	}
}

// hasCurrency reports whether a cell has a currency that trimNumber removes.
func hasCurrency(cell string) bool {
	for _, sign := range []string{"$", "€", "£", "USD", "EUR", "GBP", "CHF"} {
		if strings.Contains(cell, sign) {
			return true
		}
	}
	return false
}

// Verdict is what the evidence of a column decides for each of its cells. The zero value decides nothing.
type Verdict struct {
	Order   string // of dates: "dmy", "mdy", "" if no cell depends on it
	Decimal string // "comma", "point", "" if no cell depends on it
	Serials bool   // whole numbers are days as Excel counts them
	Floats  bool   // every whole number got a .0 behind it
	Lost    bool   // numbers of three or four digits are ZIP codes that lost their zeros
	Coded   bool   // some cells look like a day, and most do not

	Zeroless bool // no number of the column starts with a zero
	Entities bool // a program wrote signs as HTML does
	Escaped  bool // it did so in all cells
	Arrays   bool // a program wrote lists in brackets
}

// DateOrders are those in which every date of the column can be read; if there is none, those that some can.
func (e *Evidence) DateOrders() []string {
	all := []string{"dmy", "mdy", "ymd"}
	var fit []string
	for i, order := range all {
		if !e.misfit[i] {
			fit = append(fit, order)
		}
	}
	if fit == nil {
		return all[:2]
	}
	return fit
}

// Conclude draws the conclusions. Whether a column is of dates, numbers or ZIP codes, its field knows.
func (e *Evidence) Conclude() Verdict {
	v := Verdict{
		Serials:  e.serials > 0 && e.whole+e.words+e.tails == 0,
		Floats:   e.tails > 0 && e.whole+e.serials+e.words == 0,
		Zeroless: e.zeros == 0,
		Lost:     e.short > 0 && e.five > 0 && e.zeros+e.others == 0,
		Entities: e.entities.Cells > 0,
		Escaped:  e.entities.Cells > 1 && e.entities.Simple == 0 || e.entities.Signs > 0 && e.entities.Simple == 0,
		Arrays:   e.arrays.Are(),
		Coded:    e.coded > 0 && e.coded < e.words-e.coded+e.whole+e.serials+e.tails,
	}
	switch d := &e.Dates; {
	case d.first > 0 && d.second == 0:
		v.Order = "dmy"
	case d.second > 0 && d.first == 0:
		v.Order = "mdy"
	case d.first+d.second+d.open == 0:
		v.Order = "dmy" // day and month are the same in every cell, if there is any
	}
	switch n := &e.Numbers; {
	case n.first > 0 && n.second == 0:
		v.Decimal = "comma"
	case n.second > 0 && n.first == 0:
		v.Decimal = "point"
	case n.first+n.second == 0:
		v.Decimal = e.grouped.decimal(n)
	}
	return v
}
