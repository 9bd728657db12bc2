package cells

import (
	"strconv"
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
