package sources

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/crm"
)

// Condition is what a row has to say to be taken: that the cell of a column is a value, or is not.
type Condition struct {
	Column int
	Header string
	Value  string // as typed
	Not    bool

	Several bool // the cell holds several values
}

// Unmet says why the cells of a row do not meet the condition, "" if they do: case and the width of white space do not matter.
func (c Condition) Unmet(cells []string) string {
	cell := ""
	if c.Column < len(cells) {
		cell = strings.TrimSpace(cells[c.Column])
	}
	same := crm.Fold(cell) == crm.Fold(c.Value)
	if c.Several { // of the codes of a rejects file, any counts
		same = same || slices.ContainsFunc(strings.Split(cell, "; "), func(code string) bool { return crm.Fold(code) == crm.Fold(c.Value) })
	}
	switch {
	case same && c.Not:
		return fmt.Sprintf("column %q is %q", c.Header, cell)
	case !same && !c.Not:
		return fmt.Sprintf("column %q is %q, not %q", c.Header, cell, c.Value)
	}
	return ""
}
