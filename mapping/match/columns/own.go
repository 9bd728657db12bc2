package columns

import (
	"slices"
	"strings"
)

// IsOwnTable reports whether a header is that of a table that crmferry writes about contacts, and that is no list of them: the ids
// that rows have got, the rows and the changes of a plan, what a check has found, what columns and values stand for.
func IsOwnTable(header []string) bool {
	tables := [][]string{
		{"resource", "old_id", "new_id"},
		{"row", "approve", "action", "plan"},
		{"row", "key", "field", "now", "will be"},
		{"row", "column", "code", "what_is_wrong", "what_to_do"},
		{"column", "field", "how", "example"},
		{"field", "from", "to", "rows"},
	}
	lacks := func(name string) bool {
		return !slices.ContainsFunc(header, func(h string) bool { return strings.TrimSpace(h) == name })
	}
	return slices.ContainsFunc(tables, func(names []string) bool { return !slices.ContainsFunc(names, lacks) })
}
