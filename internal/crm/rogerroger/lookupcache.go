package rogerroger

import (
	"time"

	"crmferry/internal/crm"
)

// lookup is what is known of look-ups on this account.
type lookup struct {
	turn    crm.Turn
	filters map[kind]string // the filter that works, "" for none
	archive archive
}

func newLookup() lookup { return lookup{turn: crm.NewTurn(), filters: map[kind]string{}} }

// archive says how archived people are found.
type archive struct {
	mode  archiveMode
	since time.Time // when mode was found out
}

type archiveMode int

// plan is how a look-up is done.
type plan struct {
	param     string   // the filter; "" if none works: list everybody
	everybody []Person // not nil: this is everybody there is, nothing else is to be asked
	archive   archiveMode
}

const (
	archiveUnknown  archiveMode = iota
	archiveEmpty                // nobody is archived
	archiveIncluded             // answers without exists[archivedAt] include archived people
	archiveSeparate             // archived people have to be asked for
)
