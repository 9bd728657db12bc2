package columns

import (
	"crmferry/internal/crm"
	"crmferry/internal/humanize"
	"crmferry/mapping/headers"
)

// Slip is the word for a column that a folded header misses by one slip of the keyboard, and what it means; "" for none.
func Slip(header string) (near string, at headers.Concept) {
	const shortest = 6
	for word, m := range headers.All() {
		if len(word) >= shortest && max(len(word), len(header))-min(len(word), len(header)) <= 1 && crm.Digits(word) == crm.Digits(header) && humanize.Distance(header, word) == 1 && (near == "" || word < near) {
			near, at = word, m.Concept
		}
	}
	return near, at
}
