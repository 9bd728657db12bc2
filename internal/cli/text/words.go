package text

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/humanize"
)

// RowsThat counts the rows that do something.
func RowsThat(n int, one, many string) string { return humanize.CountThat(n, "row", one, many) }

// Codes lists counts by code: "required 2, bad_email 1".
func Codes(codes []outcome.CodeCount) string {
	parts := make([]string, len(codes))
	for i, c := range codes {
		parts[i] = fmt.Sprintf("%s %d", c.Code, c.Rows)
	}
	return strings.Join(parts, ", ")
}

// counts lists counts by field: "phone 2, position 1".
func counts(counts map[string]int) string {
	var parts []string
	for _, field := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s %d", field, counts[field]))
	}
	return strings.Join(parts, ", ")
}

// sum adds counts up.
func sum(counts map[string]int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}

// Them stands for so many things.
func Them(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}
