package mapping

import (
	"strconv"
	"strings"
	"time"
)

// parseDate reads ISO dates and instants, and other dates in the given order ("dmy", "mdy" or "ymd"). An instant without
// a zone is UTC. err says what is wrong, "" if nothing is.
func parseDate(v, order string) (t time.Time, err string) {
	if len(v) >= 10 && v[4] == '-' {
		for _, layout := range []string{time.DateOnly, time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime,
			"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04", "2006-01-02T15:04"} {
			if t, err := time.Parse(layout, v); err == nil && t.Year() > 1 {
				return t.UTC(), ""
			}
		}
		return time.Time{}, "is not a date"
	}
	day, clock, _ := strings.Cut(v, " ")
	parts := strings.FieldsFunc(day, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) != 3 || !isDigits(strings.Join(parts, "")) {
		return time.Time{}, "is not a date"
	}
	if len(parts[0]) == 4 {
		order = "ymd" // nobody writes the year first and then the day
	}
	if order == "" {
		return time.Time{}, "is a date of unknown order; say with --date-order dmy or mdy how to read it"
	}
	t, ok := dateOf(parts, order)
	if !ok {
		return time.Time{}, "is not a date in the order " + order
	}
	return addClock(t, strings.TrimSpace(clock))
}

// dateOf puts the three numbers of a date in their places.
func dateOf(parts []string, order string) (time.Time, bool) {
	var year, month, day int
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || i >= len(order) || (order[i] == 'y') != (len(part) == 4) {
			return time.Time{}, false // a year of two digits could be of any century
		}
		switch order[i] {
		case 'y':
			year = n
		case 'm':
			month = n
		case 'd':
			day = n
		}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, t.Year() == year && int(t.Month()) == month && t.Day() == day && year > 1
}

// addClock adds a time of day, if there is one.
func addClock(t time.Time, clock string) (time.Time, string) {
	if clock == "" {
		return t, ""
	}
	for _, layout := range []string{"15:04", "15:04:05", "3:04 PM", "3:04:05 PM"} {
		if c, err := time.Parse(layout, strings.ToUpper(clock)); err == nil {
			return t.Add(time.Duration(c.Hour())*time.Hour + time.Duration(c.Minute())*time.Minute + time.Duration(c.Second())*time.Second), ""
		}
	}
	return time.Time{}, "is not a date"
}

// showDate writes a day without its clock where that is midnight.
func showDate(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Equal(t.UTC().Truncate(24 * time.Hour)):
		return t.UTC().Format(time.DateOnly)
	}
	return t.UTC().Format(time.RFC3339Nano)
}
