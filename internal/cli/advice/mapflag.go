package advice

import "strings"

// MapFlag is the --map that puts a column into a field, to be pasted into a shell: in single quotes where that would read
// more into double ones.
func MapFlag(column, field string) string {
	word := strings.Join(strings.Fields(column), " ") + "=" + field // a header of two lines is found by one, too
	if strings.ContainsAny(word, "\"$`\\!") {
		return "--map '" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return `--map "` + word + `"`
}
