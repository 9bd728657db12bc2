package sources

import (
	"slices"

	"crmferry/mapping/headers"
)

// Beside is the one of the columns of phones, in their order, that is nearest to another column; -1 if there is no other.
func Beside(column int, all []int) int {
	at, is := slices.BinarySearch(all, column)
	before, after := at-1, at
	if is {
		after++
	}
	switch {
	case after == len(all) && before < 0:
		return -1
	case after == len(all), before >= 0 && Distance(column, all[before]) < Distance(column, all[after]):
		return all[before]
	}
	return all[after]
}

// Distance is how far a column is from one of phones; what stands before a phone is nearer than what follows it.
func Distance(column, phone int) int {
	if phone > column {
		return 2 * (phone - column)
	}
	return 2*(column-phone) + 1
}

// Common counts the words that two headers share.
func Common(a, b string) (n int) {
	other := headers.Tokens(b)
	for _, word := range headers.Tokens(a) {
		if slices.Contains(other, word) {
			n++
		}
	}
	return n
}
