package job

import (
	"context"
	"errors"
	"fmt"
	"os"

	"crmferry/exporter"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// TooFewError refuses a file of fewer contacts than were asked for, or than the old one lets expect.
type TooFewError struct {
	Rows      int64
	MinRows   int64   // that were asked for, 0 if the old file is what counts
	Old       string  // the old file,
	OldRows   int64   // its rows,
	MaxShrink float64 // and the share of them that may be gone
}

// Error says how many there are and how many there should be.
func (e *TooFewError) Error() string {
	if e.MinRows > 0 {
		return fmt.Sprintf("only %s of at least %s: nothing was written", humanize.Count(e.Rows, "contact"), humanize.Number(e.MinRows))
	}
	return fmt.Sprintf("only %s, and %s has %s: nothing was written", humanize.Count(e.Rows, "contact"), e.Old, humanize.Number(e.OldRows))
}

// NoChangeDateError refuses to select by the time of a change, which nothing tells.
type NoChangeDateError struct{ Resource account.Resource }

// Error names the resource.
func (e *NoChangeDateError) Error() string {
	return fmt.Sprintf("%s returns no date of when its %s were changed last", e.Resource.Vendor().Name, e.Resource.Name())
}

// CheckLoss advises to see whether contacts were lost, or to accept that there are so few.
type CheckLoss struct{}

// RemoveOldFile advises to move the old file away, or not to compare with it.
type RemoveOldFile struct{}

// UsePlaceholdersInName advises to put date and time into the name of a file, not of its folder.
type UsePlaceholdersInName struct{}

// ExportUnchanged advises to export everything, whenever it was changed.
type ExportUnchanged struct{}

// ExportUndocumented advises to export by what the vendor does not document.
type ExportUndocumented struct {
	Resource account.Resource
	Output   string
}

// AllowUnproven advises to write the file although the list cannot be shown to be complete.
type AllowUnproven struct{}

// CheckFilters advises to see whether there is what the filters name.
type CheckFilters struct{ Filters []string }

func (CheckLoss) advice()             {}
func (RemoveOldFile) advice()         {}
func (UsePlaceholdersInName) advice() {}
func (ExportUnchanged) advice()       {}
func (ExportUndocumented) advice()    {}
func (AllowUnproven) advice()         {}
func (CheckFilters) advice()          {}

// explain says what ended an export, and that nothing was lost.
func (j *exportJob) explain(ctx context.Context, err error) error {
	var kept *state.NotReplacedError
	var e *Error
	var f *failure.Error
	if errors.As(err, &e) || errors.As(err, &f) {
		return err
	}
	switch {
	case errors.As(err, &kept):
		return failure.New(failure.ExitFailed, err, "close it in the program that holds it open, then rename the new file or export again")
	case ctx.Err() != nil:
		return failure.New(failure.ExitStopped, fmt.Errorf("interrupted: %s", j.untouched()))
	case errors.Is(err, exporter.ErrIncomplete):
		return j.unwritten(failure.ExitFailed, err, j.adviceOnIncomplete(err)...)
	case crm.ClassOf(err) == 0:
		return err
	case crm.ClassOf(err) == crm.WrongServer && j.met > 0:
		return j.unwritten(failure.ExitFailed, err, Hint("it answered well before: a proxy or a page about maintenance may stand in between; try again later"))
	case len(j.Query.Filters) > 0 && isMissing(err):
		return j.unwritten(failure.ExitFailed, err, CheckFilters{j.Record.Filters})
	}
	explained := j.conn.Explain(err)
	if !errors.As(explained, &e) && !errors.As(explained, &f) {
		return j.unwritten(failure.ExitFailed, explained)
	}
	e = Explain(explained)
	code := e.Code
	if _, spent := crm.Exhausted(err); code == failure.ExitStopped && !spent && !j.conn.Answered() {
		code = failure.ExitUsage // a wrong key, and nothing was done with it
	}
	return j.unwritten(code, e.Err, e.Advice...)
}

// adviceOnIncomplete says what to do about a list that could not be shown to be complete.
func (j *exportJob) adviceOnIncomplete(err error) []Advice {
	advice := []Advice{Hint("try again at an hour when fewer people work in " + j.Resource.Vendor().Name)}
	var e *exporter.IncompleteError
	if errors.As(err, &e) && e.Unproven {
		advice = append(advice, AllowUnproven{})
	}
	return advice
}

// unwritten ends an export with an error, and says what is in the place of the file that was not written.
func (j *exportJob) unwritten(code failure.ExitCode, err error, advice ...Advice) error {
	return &Error{Code: code, Err: fmt.Errorf("%w; %s", err, j.untouched()), Advice: advice}
}

// untouched says what is in the place of the file that was not written.
func (j *exportJob) untouched() string {
	if !j.File.ToStdout() {
		if _, err := os.Stat(j.File.Path); err == nil {
			return "nothing was written, " + j.File.Path + " is still the old one"
		}
	}
	return "nothing was written"
}

// isMissing reports whether the vendor knows nothing of that name.
func isMissing(err error) bool {
	var e *crm.Error
	return errors.As(err, &e) && e.Class == crm.Permanent && e.Code == crm.CodeNotFound
}
