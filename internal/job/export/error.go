package export

import (
	"fmt"

	"crmferry/internal/account"
	"crmferry/internal/humanize"
)

// TooFewError refuses a file of fewer rows than were asked for, or than the old one lets expect.
type TooFewError struct {
	Rows      int64
	Noun      string  // of one of them
	MinRows   int64   // that were asked for, 0 if the old file is what counts
	Old       string  // the old file,
	OldRows   int64   // its rows,
	MaxShrink float64 // and the share of them that may be gone
}

// Error says how many there are and how many there should be.
func (e *TooFewError) Error() string {
	if e.MinRows > 0 {
		return fmt.Sprintf("only %s of at least %s: nothing was written", humanize.Count(e.Rows, e.Noun), humanize.Number(e.MinRows))
	}
	return fmt.Sprintf("only %s, and %s has %s: nothing was written", humanize.Count(e.Rows, e.Noun), e.Old, humanize.Number(e.OldRows))
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

// IncludeUnchanged advises to export everything, whenever it was changed.
type IncludeUnchanged struct{}

// UseUndocumented advises to export by what the vendor does not document.
type UseUndocumented struct {
	Resource account.Resource
	Output   string
}

// AllowUnproven advises to write the file although the list cannot be shown to be complete.
type AllowUnproven struct{}

// CheckFilters advises to see whether there is what the filters name.
type CheckFilters struct{ Filters []string }

func (CheckLoss) IsAdvice()             {}
func (RemoveOldFile) IsAdvice()         {}
func (UsePlaceholdersInName) IsAdvice() {}
func (IncludeUnchanged) IsAdvice()      {}
func (UseUndocumented) IsAdvice()       {}
func (AllowUnproven) IsAdvice()         {}
func (CheckFilters) IsAdvice()          {}
