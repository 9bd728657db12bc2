package cells

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// Quote shows a cell in a message, cut if it is long.
func Quote(v string) string {
	const most = 60
	if utf8.RuneCountInString(v) > most {
		v = string([]rune(v)[:most]) + "…"
	}
	return strconv.Quote(v)
}

// ShowYesNo shows yes or no; nil is not known.
func ShowYesNo(v *bool) string {
	switch {
	case v == nil:
		return ""
	case *v:
		return "yes"
	}
	return "no"
}

// ShowCount shows a whole number; nil is not known.
func ShowCount(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

// ShowID shows an id that is a positive number, "" for none.
func ShowID(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// SameSecond compares instants as exactly as a workbook holds them.
func SameSecond(a, b time.Time) bool {
	return a.IsZero() == b.IsZero() && a.Sub(b).Abs() < time.Second
}
