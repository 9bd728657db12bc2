package planfile

import (
	"strings"

	"crmferry/mapping/cells"
)

// readMark reads what people write beside a row: nothing or a word for yes approves it. An x crosses it out: it is no here,
// though it means yes where people fill in forms.
func readMark(text string) (approved, ok bool) {
	text = strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "":
		return true, true
	case "x":
		return false, true
	}
	return cells.YesNoOf(text)
}
