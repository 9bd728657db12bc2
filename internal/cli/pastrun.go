package cli

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"crmferry/internal/cli/text"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/history"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// pastRun is a past run, for what is said of it.
func (a *app) pastRun(p *history.Past, rows *history.Rows) pastruns.Run {
	return pastruns.Run{Past: p, Rows: rows, Again: func(file string, less []string, add ...string) string { return a.importOf(p, file, less, add...) }}
}

// resumeOf is the command that goes on with an import.
func (a *app) resumeOf(p *history.Past) string { return a.pastRun(p, nil).Resume() }

// importOf is the command of an import with another file, less the flags that are of one run only and some more, and
// with some words added.
func (a *app) importOf(p *history.Past, file string, less []string, add ...string) string {
	if p.Kind == history.Apply && p.Record != nil {
		p = history.ReadPast(filepath.Dir(p.Dir), state.Run{ID: p.Record.Plan, Dir: filepath.Join(filepath.Dir(p.Dir), p.Record.Plan)}) // it says how the file is read
	}
	return a.givenFor(p, file).Import(append(less, text.FlagsOfOneRun()...), add...)
}

// givenFor is the import of another file as a run was begun.
func (a *app) givenFor(p *history.Past, file string) text.Given {
	other := &app{ui: new(terminal.UI), registry: a.registry} // whose flags change nothing here
	var cmd cobra.Command
	new(importOptions).addTo(other, &cmd)
	if args := p.Args(); len(args) > 0 {
		if err := cmd.ParseFlags(args[1:]); err != nil { // of another version
			return text.Given{Resource: pastruns.RunResource(p), File: file}
		}
	}
	return text.Given{Resource: pastruns.RunResource(p), File: file, Flags: givenFlags(cmd.Flags())}
}
