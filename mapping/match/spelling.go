package match

import (
	"fmt"
	"strings"

	"crmferry/mapping/headers"
)

// nearest finds the most similar of a few words, "" if none is similar.
func nearest(word string, words []string) string {
	best, least := "", len(headers.Fold(word))/2+1
	for _, w := range words {
		if d := distance(headers.Fold(word), headers.Fold(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the slips between two words: a letter too many, too few or wrong, or two that changed places.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(quoted, ", ")
}
