package cells

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
)

// looksLikeDate reports whether a cell is a date that is written in numbers.
func looksLikeDate(v string) bool {
	if len(v) < 8 || len(v) > 24 {
		return false
	}
	if _, ok := twoReadings(v); ok {
		return len(v) >= 8
	}
	_, err := parseDate(v, "")
	return err == ""
}

// unknownOrder is what is wrong with a date that can be read in several orders.
const unknownOrder = "is a date of unknown order"

// parseDate reads ISO dates and instants, and other dates in the given order ("dmy", "mdy" or "ymd"). An instant without
// a zone is UTC. err says what is wrong, "" if nothing is.
func parseDate(v, order string) (t time.Time, err string) {
	if len(v) >= 10 && v[4] == '-' && IsDigits(v[:4]) {
		for _, layout := range []string{time.DateOnly, time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime,
			"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04", "2006-01-02T15:04"} {
			if t, err := time.Parse(layout, v); err == nil && t.Year() > 1 && t.UTC().Year() <= 9999 {
				return t.UTC(), ""
			}
		}
	}
	day, clock := cutClock(v)
	parts := strings.FieldsFunc(day, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) != 3 || !IsDigits(strings.Join(parts, "")) {
		return wordDate(v)
	}
	if len(parts[0]) == 4 {
		order = "ymd" // nobody writes the year first and then the day
	}
	if order == "" {
		return time.Time{}, unknownOrder
	}
	t, ok := dateOf(parts, order)
	if !ok {
		return time.Time{}, "is not a date in the order " + order
	}
	return addClock(t, clock)
}

// cutClock splits a date in numbers from the time of day behind it: 15-3-2024 14:05, 15.03.2024, 14:05.
func cutClock(v string) (day, clock string) {
	at := strings.IndexFunc(v, unicode.IsSpace)
	if at < 0 {
		if day, clock, ok := strings.Cut(v, "T"); ok {
			return day, clock
		}
		return v, ""
	}
	return strings.TrimSuffix(v[:at], ","), strings.TrimSpace(v[at:])
}

// hasFourDigits reports whether a year could be written out in v.
func hasFourDigits(v string) bool {
	run := 0
	for i := 0; i < len(v) && run < 4; i++ {
		if run++; v[i] < '0' || v[i] > '9' {
			run = 0
		}
	}
	return run == 4
}

// IsZeros reports whether a cell stands for an empty date or number: 0/0/00, 0000-00-00, 000-000-0000.
func IsZeros(v string) bool {
	return strings.IndexByte(v, '0') >= 0 && strings.Trim(v, "0/-. :()") == ""
}

// serialDate is the day that Excel means by a number of five digits, in the calendar that starts in 1900.
func serialDate(v string) time.Time {
	n, _ := strconv.Atoi(v)
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

// wordDate reads a date whose month is a word: 12 mrt 2024, 1. März 2024, Saturday, March 15, 2025, 7-Feb-22.
func wordDate(v string) (time.Time, string) {
	day, clock := v, ""
	if i := strings.IndexByte(v, ':'); i >= 0 {
		if i = strings.LastIndexByte(v[:i], ' '); i >= 0 {
			day, clock = v[:i], v[i+1:]
		}
	}
	month, weekday := 0, -1
	var numbers []string
	for word := range strings.FieldsFuncSeq(day, func(r rune) bool { return r == ' ' || r == '\u00a0' || strings.ContainsRune("-/.,", r) }) {
		switch {
		case IsDigits(word):
			numbers = append(numbers, word)
		case month == 0 && monthOf(word) > 0:
			month = monthOf(word)
		case word == "de" || word == "del":
		case len(numbers) == 0 && month == 0 && weekday < 0 && weekdayOf(word) >= 0:
			weekday = weekdayOf(word)
		case len(numbers) == 0 && isOrdinal(word):
			numbers = append(numbers, strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz"))
		default:
			return time.Time{}, "is not a date"
		}
	}
	if month == 0 || len(numbers) != 2 || len(numbers[0]) > 2 {
		return time.Time{}, "is not a date"
	}
	t, ok := dateOf([]string{numbers[0], strconv.Itoa(month), numbers[1]}, "dmy")
	if !ok {
		return time.Time{}, "is not a date"
	}
	if weekday >= 0 && weekday != int(t.Weekday()) {
		return time.Time{}, "is on another day of the week: one of the two is wrong"
	}
	return addClock(t, clock)
}

// weekdayOf is a day of the week in the languages of the months, whole or cut short, as time counts them; -1 for other words.
func weekdayOf(word string) int {
	word = headers.Fold(word)
	if len(word) > 10 || len(word) > 4 && !slices.ContainsFunc([]string{"day", "dag", "tag", "woch", "di", "abend", "manche", "es", "ves", "bado", "ingo"}, func(end string) bool { return strings.HasSuffix(word, end) }) {
		return -1
	}
	days := [...]string{"sun zon son dim dom", "mon maa lun", "tue din die mar", "wed woe mit mer mie", "thu don jeu jue", "fri vri fre ven vie", "sat zat sam sab"}
	for day, begins := range days {
		for begin := range strings.FieldsSeq(begins) {
			if strings.HasPrefix(word, begin) {
				return day
			}
		}
	}
	return -1
}

// isOrdinal reports whether a word is one such as 1st, 2nd, 3rd, 4th or 1er.
func isOrdinal(word string) bool {
	for _, end := range []string{"st", "nd", "rd", "th", "er"} {
		if n, ok := strings.CutSuffix(word, end); ok && n != "" && IsDigits(n) {
			return true
		}
	}
	return false
}

// monthOf is the number of a month by its name, whole or cut short; 0 for other words.
func monthOf(word string) int {
	if len(word) < 3 || len(word) > 12 {
		return 0
	}
	return headers.Month(headers.Fold(word))
}

// dateOf puts the three numbers of a date in their places.
func dateOf(parts []string, order string) (time.Time, bool) {
	var year, month, day int
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || i >= len(order) || len(part) > 2 && (len(part) != 4 || order[i] != 'y') || len(part) == 1 && order[i] == 'y' {
			return time.Time{}, false
		}
		switch order[i] {
		case 'y':
			if year = n; len(part) == 2 {
				year = fullYear(n)
			}
		case 'm':
			month = n
		case 'd':
			day = n
		}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, t.Year() == year && int(t.Month()) == month && t.Day() == day && year > 1
}

// fullYear is the year that Excel reads two digits as: 1930 to 2029.
func fullYear(n int) int {
	if n < 30 {
		return 2000 + n
	}
	return 1900 + n
}

// addClock adds a time of day, if there is one.
func addClock(t time.Time, clock string) (time.Time, string) {
	if clock == "" {
		return t, ""
	}
	clock = plainClock.Replace(strings.ToUpper(clock))
	for _, layout := range []string{"15:04", "15:04:05", "3:04PM", "3:04:05PM"} { // seconds may have decimals
		if c, err := time.Parse(layout, clock); err == nil {
			return t.Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute + time.Duration(c.Second())*time.Second), ""
		}
	}
	return time.Time{}, "is not a date"
}

// plainClock takes out of a time of day, in capitals, what says nothing: 2:05 p.m., 14:05 Uhr.
var plainClock = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "A.M.", "AM", "P.M.", "PM", "UHR", "", "UUR", "")

// ShowDate writes a day without its clock where that is midnight.
func ShowDate(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Equal(t.UTC().Truncate(24 * time.Hour)):
		return t.UTC().Format(time.DateOnly)
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// twoReadings splits a date that starts with its day or its month; ok is false for anything else.
func twoReadings(cell string) (d numericDate, ok bool) {
	day, _ := cutClock(cell)
	first, rest, ok := cutNumber(day, 2)
	if !ok || rest == "" || strings.IndexByte("-/.", rest[0]) < 0 {
		return d, false
	}
	sign := rest[0]
	second, rest, ok := cutNumber(rest[1:], 2)
	if !ok || rest == "" || rest[0] != sign {
		return d, false
	}
	digits := rest[1:]
	year, rest, ok := cutNumber(digits, 4)
	if !ok || rest != "" || len(digits) != 2 && len(digits) != 4 {
		return d, false
	}
	d = numericDate{first, second, sign == '-' && len(digits) == 2 && year >= 1 && year <= 31}
	return d, first >= 1 && second >= 1 && first <= 31 && second <= 31
}

// numericDate is a date that starts with its day or its month; yearFirst says that it could start with a year of two
// digits as well, as 26-01-31 does.
type numericDate struct {
	first, second int
	yearFirst     bool
}

// ReadDate reads a date in the given order, "" if that is not known. In a column of serials, whole numbers are days as
// Excel counts them.
func ReadDate(v, order string, serials bool) (time.Time, Notes) {
	var n Notes
	if IsZeros(v) {
		n.Repair(RemarkPlaceholder, v, "", "%s is no day and was left out", Quote(v))
		return time.Time{}, n
	}
	if serials && isSerial(v) {
		t := serialDate(v)
		n.Repair(RemarkSerial, v, ShowDate(t), "%s was read as a day as Excel counts them from 1900: %s", Quote(v), ShowDate(t))
		return t, n
	}
	t, err := parseDate(v, order)
	if err != "" {
		n.Fail(CodeBadDate, "%s %s", Quote(v), err)
		if err == unknownOrder {
			n.Faults[0].Hint = hint.DateOrder
		}
		return t, n
	}
	if !hasFourDigits(v) {
		n.Repair(RemarkShortYear, v, ShowDate(t), "%s has a year of two digits and was read as %s", Quote(v), ShowDate(t))
	}
	return t, n
}

// isSerial reports whether a whole number could be one that Excel means a day by: 1954 to 2064.
func isSerial(cell string) bool { return len(cell) == 5 && cell >= "20000" && cell < "60200" }
