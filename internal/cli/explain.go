package cli

import (
	"errors"
	"fmt"

	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/state"
)

// explain turns what ends a command into its exit code, its message and hints, with the words for a job's advice.
func (a *app) explain(err error) *failure.Error {
	var e *job.Error
	var taken *account.ListenError
	switch {
	case errors.As(err, &e):
		f := &failure.Error{Code: e.Code, Err: inWords(e.Err)}
		for _, advice := range e.Advice {
			if hint := a.hint(advice); hint != "" {
				f.Hints = append(f.Hints, hint)
			}
		}
		return f
	case errors.As(err, &taken):
		return &failure.Error{Code: failure.ExitFailed, Err: err, Hints: []string{"name another address: crmferry sandbox --addr 127.0.0.1:0 takes any free port"}}
	}
	return failure.Explain(err)
}

// hint is advice in words, "" if the error says it itself.
func (a *app) hint(advice job.Advice) string {
	switch advice := advice.(type) {
	case job.Hint:
		return string(advice)
	case job.AwaitLock:
		if advice.Waited {
			return "give it longer with --wait, or see why the other one takes so long"
		}
		return "wait until it has ended, or let this one wait: " + a.command() + " --wait 2h"
	case job.ForgetPause:
		return fmt.Sprintf("it said so at %s; to ask again all the same, remove %s", advice.Asked.Format("2006-01-02 15:04"), text.Quote(advice.Path))
	case job.FindFile:
		return "check the name; the folder is " + text.Quote(advice.Folder)
	case job.MendSheet:
		return text.SheetHint(advice.Err)
	case job.NameOutput:
		return "name another file: " + outputFlag(advice.Kind) + " FILE"
	case job.NameOutputInFolder:
		return "name a file in a folder that exists: " + outputFlag(advice.Kind) + " FILE"
	case job.ReplaceOutput:
		return "name another file: " + outputFlag(advice.Kind) + " FILE; --overwrite replaces this one"
	}
	if hint := text.ExportHint(advice); hint != "" {
		return hint
	}
	return fmt.Sprintf("%+v", advice)
}

// inWords is an error in which things are called by their flags.
func inWords(err error) error {
	var format *job.OutputFormatError
	if errors.As(err, &format) {
		return fmt.Errorf("%s %q would be no %s", outputFlag(format.Kind), format.Path, format.Format)
	}
	return text.ExportError(err)
}

// outputFlag is the flag that names an output.
func outputFlag(kind state.OutputKind) string {
	switch kind {
	case state.ExportOutput:
		return "--output"
	case state.RejectsOutput:
		return "--rejects"
	case state.MapOutput:
		return "--write-map"
	}
	return "--report"
}
