package exporter

import "time"

// Summary is what became of an export.
type Summary struct {
	Contacts int // written
	Met      int // different contacts met, those older than Options.Since included
	Pages    int // answers read, those of lists that were read again included
	Sections int // parts of the list that were counted apart
	Gone     int // of those, the ones that were gone when they were to be read: notes of people who were deleted
	Unnamed  int // things that contacts show names and addresses of, and whose were not found
	Repeats  int // contacts that came more than once and were dropped
	Rereads  int // times that a list was read again because contacts were deleted meanwhile
	// Appeared and Vanished are contacts known to have come and gone while the list was read. Where the vendor counts
	// nothing they are not known and 0; who came and went between two answers is not known either.
	Appeared, Vanished int
	// Unproven says of each part of the list that could not be shown to be complete why not; none if all was. What was
	// met is written all the same, as Options.AllowUnproven asks.
	Unproven []string
	// Limited: Options.Limit was reached, there may be more contacts, and nothing was proven of them.
	Limited bool
	Elapsed time.Duration
}
