package advice

import (
	"strings"

	"crmferry/internal/cli/shell"
)

// MapFlag is the --map that puts a column into a field, to be pasted into the shell at hand: in double quotes where no shell
// reads anything into them.
func MapFlag(column, field string) string {
	word := strings.Join(strings.Fields(column), " ") + "=" + field // a header of two lines is found by one, too
	if strings.ContainsAny(word, "\"$`\\!“”„") {
		return "--map " + shell.Here().Quote(word)
	}
	return `--map "` + word + `"`
}
