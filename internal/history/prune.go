package history

import "time"

// KeepReason is why an old run is not removed.
type KeepReason int

// Why an old run is not removed. All but the first three hold only for runs that the user has not named.
const (
	Removable        KeepReason = iota // it is removed
	KeepRunning                        // it is going on
	KeepBeginning                      // it may be about to begin
	KeepResumable                      // it can be resumed
	KeepUnapplied                      // it is a plan that is not applied
	KeepUnreadable                     // its record cannot be read
	KeepAgainstTwice                   // its record keeps the file from being imported twice
)

// leastLeftover is how old a run that never began must be to be removed: a younger one may be about to begin.
const leastLeftover = 24 * time.Hour

// Keep says why an old run is not removed. named says that the user named this very run; canLookUp that the contacts of
// its resource are found again, so that its record is not all that keeps its file from being imported twice.
func (p *Past) Keep(named, canLookUp bool, now time.Time) KeepReason {
	switch {
	case p.State == Running:
		return KeepRunning
	case p.State == NotBegun && now.Sub(p.Since) < leastLeftover:
		return KeepBeginning
	case named:
		return Removable
	case p.State == Resumable:
		return KeepResumable
	case p.Unapplied():
		return KeepUnapplied
	case p.State == Unreadable:
		return KeepUnreadable
	case !canLookUp && p.Imported() && p.Kind != Plan && p.Record.MayHaveCreated():
		return KeepAgainstTwice
	}
	return Removable
}
