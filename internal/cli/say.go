package cli

import (
	"crmferry/internal/cli/text"
	"crmferry/internal/terminal"
)

// say prints messages.
func (a *app) say(messages ...text.Message) { say(a.ui, messages...) }

func say(ui *terminal.UI, messages ...text.Message) {
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

// list prints listings, each line below its heading on a line of its own.
func (a *app) list(lists ...text.List) {
	for _, l := range lists {
		a.ui.Rows([][]string{{l.Heading}})
		rows := make([][]string, len(l.Lines))
		for i, line := range l.Lines {
			rows[i] = []string{"", line}
		}
		a.ui.Rows(rows)
	}
}
