package sources

import (
	"fmt"
	"strings"

	"crmferry/internal/crm"
)

// Condition is what a row has to say to be taken: that the cell of a column is a value, or is not.
type Condition struct {
	Column int
	Header string
	Value  string // as typed
	Not    bool
}

// Unmet says why the cells of a row do not meet the condition, "" if they do: case and the width of white space do not matter.
func (c Condition) Unmet(cells []string) string {
	cell := ""
	if c.Column < len(cells) {
		cell = strings.TrimSpace(cells[c.Column])
	}
	switch same := crm.Fold(cell) == crm.Fold(c.Value); {
	case same && c.Not:
		return fmt.Sprintf("column %q is %q", c.Header, cell)
	case !same && !c.Not:
		return fmt.Sprintf("column %q is %q, not %q", c.Header, cell, c.Value)
	}
	return ""
}
