// Package advise has what a job tells the user to do, as facts: only a front end knows its words.
package advise

import (
	"fmt"

	"crmferry/importer/modes"
	"crmferry/internal/account"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
)

// GoOn advises to go on with the run that has ended early.
type GoOn struct {
	Lead      string // what comes before it
	Temporary bool   // nothing of the run is kept: it starts again
}

// ResumeNewest advises to go on with the unfinished run of the file.
type ResumeNewest struct{}

// ResumeNothing advises not to resume a run of which nothing is kept.
type ResumeNothing struct{}

// ResumeAsBegun advises to go on with a run by the options that it was begun with.
type ResumeAsBegun struct{ Past *history.Past }

// ResumeUnchanged advises to go on with a run by its copy of a file that has changed since.
type ResumeUnchanged struct{ Run string }

// Restart advises to import the file from its start.
type Restart struct {
	Lead  string // what comes before it
	Twice bool   // contacts that the run has created are created again
}

// ImportAllTheSame advises to import a file that was imported before.
type ImportAllTheSame struct{}

// ImportAgain advises to import the file again, which finds what was written.
type ImportAgain struct{}

// SeeRuns advises to look at the past runs, or at one of them.
type SeeRuns struct{ Lead, Run, Then string }

// ForgetRun advises to forget a run that stands in the way.
type ForgetRun struct{ Run string }

// WriteReport advises to have the report of a run written.
type WriteReport struct {
	Run       string
	InJournal bool // nothing else holds it
}

// NameColumns advises to say what a column is.
type NameColumns struct{}

// GiveDefault advises to give a field a value that existing records have.
type GiveDefault struct {
	Field  string
	Values []string
}

// LinkAll advises to link all rows that name nothing to one thing, which is made where it is not there.
type LinkAll struct{ Field, Kind string }

// UpdateOnly advises to create nothing: an update needs no more than what finds its contact.
type UpdateOnly struct{}

// ExportInstead advises to export what cannot be imported.
type ExportInstead struct{ Resource account.Resource }

// DeleteThere advises to delete contacts in the vendor's own product.
type DeleteThere struct{ Vendor *account.Vendor }

// CreateEvery advises to create every row, where rows cannot be updated.
type CreateEvery struct{}

// UseUndocumented advises to use what the vendor does not document.
type UseUndocumented struct{ Vendor *account.Vendor }

// ChooseKind advises to name another kind of record that can be created.
type ChooseKind struct {
	Resource account.Resource
	Kind     string
	Known    []string
}

// MatchByEmail advises to find contacts by their e-mails, where the ids are not of this account.
type MatchByEmail struct {
	File   string
	Linked string // the field in which new records need the id of another one, of which the file gives no name; "" if none
}

// AcceptMismatch advises to take rows as they stand whose ids are of others.
type AcceptMismatch struct{}

// ConfirmNumber advises to give the number of contacts to delete.
type ConfirmNumber struct {
	Contacts int
	Given    bool // a wrong one
}

// IgnoreFailures advises to go on however many rows fail.
type IgnoreFailures struct{}

// GiveCustom advises to give custom fields that the account seems to require, from a column or as one value for all rows. Columns are
// those that bear their names, "" for none; Given are the custom fields that columns are for.
type GiveCustom struct {
	Fields, Columns, Given []string
	Updates                bool // of records that are there
}

func (GiveCustom) IsAdvice()       {}
func (GoOn) IsAdvice()             {}
func (ResumeNewest) IsAdvice()     {}
func (ResumeNothing) IsAdvice()    {}
func (ResumeAsBegun) IsAdvice()    {}
func (ResumeUnchanged) IsAdvice()  {}
func (Restart) IsAdvice()          {}
func (ImportAllTheSame) IsAdvice() {}
func (ImportAgain) IsAdvice()      {}
func (SeeRuns) IsAdvice()          {}
func (ForgetRun) IsAdvice()        {}
func (WriteReport) IsAdvice()      {}
func (NameColumns) IsAdvice()      {}
func (GiveDefault) IsAdvice()      {}
func (LinkAll) IsAdvice()          {}
func (UpdateOnly) IsAdvice()       {}
func (ExportInstead) IsAdvice()    {}
func (DeleteThere) IsAdvice()      {}
func (CreateEvery) IsAdvice()      {}
func (UseUndocumented) IsAdvice()  {}
func (ChooseKind) IsAdvice()       {}
func (MatchByEmail) IsAdvice()     {}
func (AcceptMismatch) IsAdvice()   {}
func (ConfirmNumber) IsAdvice()    {}
func (IgnoreFailures) IsAdvice()   {}

// OptionsDifferError refuses to resume a run that was begun with other options.
type OptionsDifferError struct {
	Run         string
	Differences []history.Difference
}

// Error names the run.
func (e *OptionsDifferError) Error() string {
	return fmt.Sprintf("the run %s was started with other options", e.Run)
}

// UnconfirmedError refuses a delete whose number of contacts nobody has confirmed.
type UnconfirmedError struct {
	Contacts int
	AtMost   bool   // some may be in doubt
	Given    *int   // another number
	Noun     string // what one of them is called
}

// Error says how many there are.
func (e *UnconfirmedError) Error() string {
	return fmt.Sprintf("there are %s to delete, and nothing was deleted", humanize.Count(int64(e.Contacts), e.Noun))
}

// ModeRefusedError refuses a mode that the vendor's documentation does not allow for.
type ModeRefusedError struct {
	Resource account.Resource
	Mode     *modes.Error
}

// Error names the resource.
func (e *ModeRefusedError) Error() string { return e.Resource.ID() + ": " + e.Mode.Error() }

// Unwrap returns the error of the mode.
func (e *ModeRefusedError) Unwrap() error { return e.Mode }
