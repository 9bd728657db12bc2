package main

import (
	"fmt"
	"time"

	"crmferry/internal/terminal"
)

// showRun prints all there is to know of one run.
func (a *app) showRun(p *pastRun) error {
	if a.ui.JSON {
		return a.ui.WriteJSON(p.json())
	}
	rows := [][]string{{"run", p.ID}, {"state", p.stateText()}, {"what", p.Kind + " " + p.Resource}}
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, []string{name, value})
		}
	}
	add("address", p.BaseURL)
	add("file", p.File)
	add("started", p.Since.Local().Format(time.DateTime))
	if !p.Ended.IsZero() {
		add("ended", fmt.Sprintf("%s, after %s", p.Ended.Local().Format(time.DateTime), terminal.Duration(p.Ended.Sub(p.Since))))
	}
	add("rows", p.countsText())
	add("folder", p.Dir)
	a.ui.Rows(rows)
	return nil
}

// stateText is the state with what explains it.
func (p *pastRun) stateText() string {
	switch {
	case p.State == pastRunning:
		return fmt.Sprintf("running: %s", p.Holder)
	case p.Err != nil:
		return fmt.Sprintf("%s: %v", p.State, p.Err)
	}
	return p.State
}
