package rows

import "strings"

// IsAddress reports whether a cell holds an e-mail address.
func IsAddress(cell string) bool {
	name, host, ok := strings.Cut(strings.TrimSpace(cell), "@")
	return ok && name != "" && strings.Contains(strings.Trim(host, "."), ".") && !strings.ContainsAny(name+host, " \t\n")
}

// IsData reports whether a cell is an address of e-mail or the web, a number, a phone or a date: no name of a column.
func IsData(cell string) bool {
	cell = strings.TrimSpace(cell)
	return IsAddress(cell) || strings.HasPrefix(cell, "http://") || strings.HasPrefix(cell, "https://") || IsNumeric(cell)
}

// IsNumeric reports whether a cell has digits and, beside them, only what stands in numbers, amounts, phones and dates.
func IsNumeric(cell string) bool {
	return strings.ContainsAny(cell, "0123456789") && strings.Trim(cell, "0123456789+-()/.,:%€$£ \u00a0\u202f") == ""
}
