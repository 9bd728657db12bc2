package cli

import (
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
)

// explain turns what ends a command into its exit code, its message and hints.
func (a *app) explain(err error) *failure.Error { return a.explainGiven(err, text.Given{}) }

// explainGiven explains what ends a command about a file, which hints repeat.
func (a *app) explainGiven(err error, given text.Given) *failure.Error {
	return text.Explain(err, text.Command{Line: a.command(), Given: given, Begun: a.resumeOf})
}
