package mapping

import (
	"fmt"
	"unicode/utf8"
)

// quote shows a cell in a message, cut if it is long.
func quote(v string) string {
	const most = 60
	if utf8.RuneCountInString(v) > most {
		v = string([]rune(v)[:most]) + "…"
	}
	return fmt.Sprintf("%q", v)
}
