package csv

import (
	"regexp"
	"slices"
	"strings"

	"crmferry/internal/sheet/rows"
)

// isTypes reports whether the cells of a line are what databases call the types of columns: DuckDB writes them below a header.
func isTypes(cells []string) bool {
	return len(cells) > 0 && !slices.ContainsFunc(cells, func(c string) bool { return c != "…" && !isType(c) })
}

// isType reports whether a word is a type of SQL.
func isType(word string) bool {
	word = strings.ToLower(strings.TrimSpace(word))
	if i := strings.IndexAny(word, "(["); i > 0 {
		word = strings.TrimSpace(word[:i])
	}
	switch word {
	case "varchar", "char", "text", "string", "bpchar", "nvarchar", "blob", "bytea", "uuid", "json", "enum", "bit", "boolean", "bool", "int", "integer", "tinyint", "smallint", "bigint",
		"hugeint", "uhugeint", "utinyint", "usmallint", "uinteger", "ubigint", "int8", "int16", "int32", "int64", "int128", "uint8", "uint16", "uint32", "uint64", "uint128", "str", "i32", "i64", "f32", "f64",
		"float", "float4", "float8", "real", "double", "decimal", "numeric", "date", "time", "datetime", "timestamp", "timestamptz", "timestamp with time zone", "timestamp_s", "timestamp_ms",
		"timestamp_ns", "interval", "struct", "map", "list", "union", "null":
		return true
	}
	return false
}

// typesBelow is the number of the line that names the columns' types, 0 if there is none: the one below the header, with a line
// drawn below it.
func (r *ruled) typesBelow(lines []string, header int) int {
	if header+2 >= len(lines) || !IsRule(lines[header+2]) {
		return 0
	}
	cells := r.cells(lines[header+1])
	if len(cells) != len(r.cells(lines[header])) || !isTypes(cells) {
		return 0
	}
	return header + 2
}

// embedded is a line above a table with the names of the columns in it, as ClickHouse draws it: ┌─name─┬─email─┐. ok is false for
// any other line.
func embedded(line string) (cells []string, ok bool) {
	inner, ok := strings.CutPrefix(plainLines().Replace(strings.TrimSpace(line)), "+-")
	if !ok || !strings.HasSuffix(inner, "-+") || IsRule(line) {
		return nil, false
	}
	for _, c := range strings.Split(strings.TrimSuffix(inner, "+"), "+") {
		if c = strings.Trim(c, "-"); c == "" || rows.IsData(c) {
			return nil, false
		}
		cells = append(cells, c)
	}
	return cells, len(cells) > 1
}

// numberedLine is the number that ClickHouse writes in front of each row.
func numberedLine() *regexp.Regexp { return regexp.MustCompile(`^\s*\d+\.\s+\|`) }

// findEmbedded looks for a line with the columns' names in it and rows below.
func findEmbedded(lines []string) (r *ruled, at int) {
	for i, line := range lines {
		names, ok := embedded(line)
		if !ok || i+1 >= len(lines) {
			continue
		}
		r := &ruled{delimiter: '|', bordered: true, wraps: true, embeds: true, numbered: numberedLine()}
		if len(r.cells(lines[i+1])) == len(names) {
			return r, i
		}
	}
	return nil, 0
}

// leavesOut reports whether a line of the table stands for rows that the program which printed it left out: DuckDB writes
// points, and counts what it shows.
func leavesOut(cells []string) bool {
	if len(cells) == 1 {
		return strings.Contains(cells[0], "shown)") && shownOf().MatchString(cells[0])
	}
	return len(cells) > 1 && !slices.ContainsFunc(cells, func(c string) bool { return c != "·" && c != ":" && c != "…" && c != "⋮" })
}

// shownOf is how DuckDB counts the rows that it shows: 1000 rows (40 shown).
func shownOf() *regexp.Regexp {
	return regexp.MustCompile(`^(?:\S+ rows\s+)?\((?:\S+ rows, )?\d+ shown\)`)
}
