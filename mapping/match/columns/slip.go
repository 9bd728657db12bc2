package columns

import (
	"strings"

	"crmferry/internal/humanize"
	"crmferry/mapping/headers"
)

// Slip is the word for a column that a folded header misses by one slip of the keyboard, and what it means; "" for none.
func Slip(header string) (near string, at headers.Concept) {
	const shortest = 6
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	}
	for word, m := range headers.All() {
		if len(word) >= shortest && max(len(word), len(header))-min(len(word), len(header)) <= 1 && digits(word) == digits(header) && humanize.Distance(header, word) == 1 && (near == "" || word < near) {
			near, at = word, m.Concept
		}
	}
	return near, at
}
