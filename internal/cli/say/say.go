// Package say prints messages and listings on a terminal.
package say

import (
	"crmferry/internal/cli/text"
	"crmferry/internal/terminal"
)

// Messages prints messages.
func Messages(ui *terminal.UI, messages ...text.Message) {
	for _, m := range messages {
		switch m.Kind {
		case text.Warning:
			ui.Warnf("%s", m.Text)
		case text.Result:
			ui.Resultf("%s", m.Text)
		default:
			ui.Notef("%s", m.Text)
		}
	}
}

// Lists prints listings, each line below its heading on a line of its own.
func Lists(ui *terminal.UI, lists ...text.List) {
	for _, l := range lists {
		ui.Rows([][]string{{l.Heading}})
		rows := make([][]string, len(l.Lines))
		for i, line := range l.Lines {
			rows[i] = []string{"", line}
		}
		ui.Rows(rows)
	}
}
