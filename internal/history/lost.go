package history

import (
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// LostRows counts the rows that a journal has lost, and says why.
func LostRows(damage state.Damage, lost int) string {
	rows := humanize.Count(int64(lost), "row")
	if lost == 0 {
		rows = "some rows" // of a run that an earlier version recorded
	}
	if damage == (state.Damage{}) {
		return rows + ": it was cut off"
	}
	return rows + ": " + damage.String()
}
