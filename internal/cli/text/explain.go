package text

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/account/login"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/job/advise"
	"crmferry/internal/job/copies"
	"crmferry/internal/job/files"
	"crmferry/internal/job/plans"
	"crmferry/internal/state"
)

// Command is what hints say of the command that they are about, and of others.
type Command struct {
	Line  string                     // as it was given
	Given Given                      // of a command about a file
	Begun func(*history.Past) string // the command that goes on with a run as it was begun
}

// Explain turns what ends a command into its exit code, its message and hints, with the words for a job's advice.
func Explain(err error, c Command) *failure.Error {
	var taken *account.ListenError
	e := advised(err)
	switch {
	case e != nil:
		f := &failure.Error{Code: e.Code, Err: inWords(e.Err)}
		for _, advice := range e.Advice {
			if hint := c.hint(advice); hint != "" {
				f.Hints = append(f.Hints, hint)
			}
			f.Resume = cmp.Or(f.Resume, c.resume(advice))
		}
		return f
	case errors.As(err, &taken):
		return &failure.Error{Code: failure.ExitFailed, Err: err, Hints: []string{"name another address: crmferry sandbox --addr 127.0.0.1:0 takes any free port"}}
	}
	f := failure.Explain(err)
	if f.Err == nil {
		return f
	}
	return &failure.Error{Code: f.Code, Err: inWords(f.Err), Hints: f.Hints, Resume: f.Resume}
}

// advised is the error of a job that ends a command; nil where it is another one, which was explained already.
func advised(err error) *failure.Advised {
	var e, below *failure.Advised
	var f *failure.Error
	if !errors.As(err, &e) || errors.As(err, &f) && errors.As(error(f), &below) && below == e {
		return nil
	}
	return e
}

// hint is advice in words; "" if the error says it itself.
func (c *Command) hint(advice failure.Advice) string {
	switch advice := advice.(type) {
	case failure.Hint:
		return string(advice)
	case job.AwaitLock:
		if advice.Waited {
			return "give it longer with --wait, or see why the other one takes so long"
		}
		return "wait until it has ended, or let this one wait: " + c.Line + " --wait 2h"
	case account.LogInAgain:
		return "crmferry login " + advice.Account.ID() + " asks for address and key anew"
	case login.SetForOnce:
		return fmt.Sprintf("it is %s; give it for once by its variable: %s=... %s", advice.What, advice.Variable, c.Line)
	case account.ReadKeyOnce:
		return "--key-file - reads the key from stdin and keeps it"
	case account.ImportOne:
		return tryOtherwise(advice.Resource)
	case account.ForgetPause:
		return fmt.Sprintf("it said so at %s; to ask again all the same, remove %s", advice.Asked.Local().Format("2006-01-02 15:04"), Quote(advice.Path))
	case files.FindFile:
		if advice.Near != "" {
			return "did you mean " + Quote(FileArg(advice.Near)) + "? The folder is " + Quote(advice.Folder)
		}
		return "check the name; the folder is " + Quote(advice.Folder)
	case files.NameOutput:
		return "name another file: " + outputFlag(advice.Kind) + " FILE"
	case files.NameOutputInFolder:
		return nameInFolder(advice)
	case files.ReplaceOutput:
		return "name another file: " + outputFlag(advice.Kind) + " FILE; --overwrite replaces this one"
	case job.MendSheet:
		return SheetHint(advice.Err)
	case plans.Mend:
		return PlanHint(advice.Err)
	}
	if hint, ok := c.resumeHint(advice); ok {
		return hint
	}
	return c.importHint(advice)
}

// tryOtherwise is how the key of a vendor that documents no read can be tried.
func tryOtherwise(r account.Resource) string {
	write := fmt.Sprintf("import one row and look at its report: crmferry import %s FILE --limit 1", r.Ref())
	if !r.Capabilities(true).List {
		return write
	}
	return fmt.Sprintf("crmferry vendors %s --check --allow-undocumented reads what the vendor does not document; or %s", r.Account().ID(), write)
}

func nameInFolder(advice files.NameOutputInFolder) string {
	hint := "name a file in a folder that exists: "
	if advice.Closed {
		hint = "name a file in a folder of yours: "
	}
	hint += outputFlag(advice.Kind) + " FILE"
	for _, kind := range advice.Also {
		hint += ", and another: " + outputFlag(kind) + " FILE"
	}
	return hint
}

// resume is the command that goes on with a run, if that is the advice.
func (c *Command) resume(advice failure.Advice) string {
	switch advice := advice.(type) {
	case advise.GoOn:
		if advice.Temporary {
			return ""
		}
		return c.Given.Resume()
	case advise.ResumeNewest:
		return c.Given.Resume()
	case advise.ResumeAsBegun:
		return c.Begun(advice.Past)
	case advise.ResumeUnchanged:
		return c.Given.Again("--resume=" + advice.Run)
	}
	return ""
}

// resumeHint is advice about runs in words.
func (c *Command) resumeHint(advice failure.Advice) (string, bool) {
	g := c.Given
	switch advice := advice.(type) {
	case advise.GoOn:
		return advice.Lead + "to go on: " + goOn(advice.Temporary, g), true
	case advise.ResumeNewest:
		return "to go on with it: " + c.resume(advice), true
	case advise.ResumeNothing:
		return "leave --resume out", true
	case advise.ResumeAsBegun:
		return "to go on with it: " + c.resume(advice), true
	case advise.ResumeUnchanged:
		return "to go on with the file as it was: " + c.resume(advice), true
	case advise.Restart:
		twice := ""
		if advice.Twice {
			twice = ", which creates a second time what the run has created"
		}
		return advice.Lead + "to start anew" + twice + ": " + g.Again("--restart"), true
	case plans.Again:
		return "to plan it again: " + g.planAgain(), true
	case plans.NameRun:
		if advice.Whole {
			return "give the whole id: see crmferry runs", true
		}
		return "see crmferry runs", true
	case plans.ApplyRest:
		return "to do what is left of it, but for the rows whose contacts are not as it saw them: " + g.Again("--restart"), true
	case advise.SeeRuns:
		return strings.TrimSuffix(advice.Lead+"see crmferry runs "+advice.Run, " ") + advice.Then, true
	case advise.ForgetRun:
		return "to forget that run, once you know what became of it: crmferry runs " + advice.Run + " --prune 0d", true
	case advise.WriteReport:
		if advice.InJournal {
			return "every outcome is in the journal: crmferry runs " + advice.Run + " --report FILE writes the report", true
		}
		return "crmferry runs " + advice.Run + " --report FILE writes its report", true
	}
	return "", false
}

// importHint is advice about an import in words.
func (c *Command) importHint(advice failure.Advice) string {
	g := c.Given
	switch advice := advice.(type) {
	case advise.ImportAllTheSame:
		return "to import it all the same: " + g.Again("--restart")
	case advise.ImportAgain:
		return "the run cannot be resumed; what it has written is found when the file is imported again: " + g.Import([]string{"resume", "restart"})
	case advise.NameColumns:
		return "say with --map what a column is"
	case advise.GiveDefault:
		return "existing records have " + advice.Field + " " + strings.Join(advice.Values, ", ") + ": give one with --default " + advice.Field + "=" + advice.Values[0]
	case advise.LinkAll:
		return "to put all rows under one of the " + advice.Kind + ", which is made if it is not there: " + g.linkAll(advice.Field, advice.Kind)
	case advise.UpdateOnly:
		return "to change what is there already, and create nothing: " + g.Again("--mode", "update")
	case advise.ExportInstead:
		return "crmferry export " + advice.Resource.Ref() + " writes them into a file"
	case advise.DeleteThere:
		return "delete them in " + advice.Vendor.Name + " itself; crmferry vendors lists who documents it"
	case advise.CreateEvery:
		return "to create every row: " + g.Again("--mode", "create")
	case advise.UseUndocumented:
		return "by what the vendor does not document (" + advice.Vendor.Undocumented + "): " + g.Again("--allow-undocumented")
	case advise.ChooseKind:
		return kindHint(advice)
	case advise.MatchByEmail:
		return "if " + advice.File + " is from another account, " + elsewhere(advice.Linked) + g.Again("--match", "email")
	case job.TakeIDs:
		return "if that is the same account by another address: " + g.Again("--accept", job.CodeOtherAccount)
	case advise.AcceptMismatch:
		return "if the rows are right: " + g.Again("--accept", outcome.CodeMismatch)
	case copies.Elsewhere:
		return "put the file into a folder that can be written; --no-copy keeps no copy"
	case advise.ConfirmNumber:
		says := "what --dry-run says"
		if g.Plan != nil {
			says = "the plan"
		}
		verb := "add"
		if advice.Given {
			verb = "say" // the number too: --dry-run counts those that are gone already apart
		}
		return fmt.Sprintf("look at %s, then %s --confirm %d", says, verb, advice.Contacts)
	case advise.GiveCustom:
		if g, words := g.respelt(advice.Fields, advice.Given); words != "" {
			return words + ": " + g.Import(FlagsOfOneRun(), "--restart")
		}
		var ways []string
		for _, w := range customWays(advice.Fields, advice.Columns, advice.Given, advice.Updates) {
			ways = append(ways, w.words+": "+g.Import(FlagsOfOneRun(), append(w.flags, "--restart")...)) // what a run was begun with stays
		}
		return "the account seems to require " + humanize.List(advice.Fields) + ": " + strings.Join(ways, "; or ")
	case advise.IgnoreFailures:
		return "see the report for the vendor's words; --max-failures N goes on regardless"
	}
	return ExportHint(advice)
}

func kindHint(advice advise.ChooseKind) string {
	if near := humanize.Nearest(advice.Kind, advice.Known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(advice.Known) > 0 {
		return fmt.Sprintf("kinds that %s lets be created: %s", advice.Resource.Ref(), strings.Join(advice.Known, ", "))
	}
	return advice.Resource.Ref() + " documents nothing that could be created by its name"
}

// goOn is how the rows are done that a run did not reach.
func goOn(temporary bool, g Given) string {
	if temporary {
		return "run it again: nothing is kept of a run with --sandbox or --dry-run"
	}
	return g.Resume()
}

// inWords is an error in which things are called by their flags; of joined ones, each.
func inWords(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok && errors.Join(joined.Unwrap()...).Error() == err.Error() {
		var parts []error
		for _, part := range joined.Unwrap() {
			parts = append(parts, inWords(part))
		}
		return errors.Join(parts...)
	}
	var (
		format  *files.OutputFormatError
		copied  *copies.PlaceError
		differ  *advise.OptionsDifferError
		confirm *advise.UnconfirmedError
		refused *advise.ModeRefusedError
		mode    *modes.Error
		kind    *links.KindError
	)
	switch {
	case errors.As(err, &format):
		return fmt.Errorf("%s %q would be no %s", outputFlag(format.Kind), format.Path, format.Format)
	case errors.As(err, &copied):
		return fmt.Errorf("%s %q would take the place of the copy of what is deleted", outputFlag(copied.Kind), copied.Path)
	case errors.As(err, &differ):
		return fmt.Errorf("the run %s was started with other options: %s", differ.Run, differences(differ.Differences))
	case errors.As(err, &confirm):
		return unconfirmed(confirm)
	case errors.As(err, &refused):
		return fmt.Errorf("%s: %w", refused.Resource.Ref(), ModeError(refused.Mode))
	case errors.As(err, &mode):
		return ModeError(mode)
	case errors.As(err, &kind):
		return fmt.Errorf("unknown kind for --create-missing %q", kind.Kind)
	case errors.Is(err, job.ErrNotKept):
		return errors.New("nothing is kept of a run with --sandbox or --dry-run that could be resumed")
	}
	return ExportError(err)
}

func unconfirmed(e *advise.UnconfirmedError) error {
	are := "are " + humanize.Count(int64(e.Contacts), e.Noun)
	if e.Contacts == 1 {
		are = "is 1 " + e.Noun
	}
	if e.AtMost {
		are = "are at most " + humanize.Count(int64(e.Contacts), e.Noun)
	}
	if e.Given != nil {
		return fmt.Errorf("--confirm %d: there %s to delete, and nothing was deleted", *e.Given, are)
	}
	return fmt.Errorf("there %s to delete, there is no terminal to ask on, and nothing was deleted", are)
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
