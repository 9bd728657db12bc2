package modes

import (
	"fmt"

	"crmferry/internal/crm"
)

// Mode says what may be done with the rows.
type Mode string

// The modes.
const (
	Upsert     Mode = "upsert" // create what is missing, update what differs
	CreateOnly Mode = "create" // an existing contact is skipped
	UpdateOnly Mode = "update" // a missing contact is skipped
	DeleteOnly Mode = "delete" // contacts are deleted by their ids, and nothing else of a row matters
)

// Source is where the rows of a run come from.
type Source string

// The sources. Where another run is taken back there is no mode: what it has done is, whatever that was.
const (
	FromFile Source = ""     // a sheet, whose contacts are taken in by the mode
	FromPlan Source = "plan" // a plan, which is done exactly
	FromRun  Source = "run"  // another run, which is taken back
)

// All lists the modes of an import.
func All() []Mode { return []Mode{Upsert, CreateOnly, UpdateOnly, DeleteOnly} }

// Error is a mode that the vendor's documentation does not allow for.
type Error struct {
	Mode   Mode
	Reason string
}

// Error says why the mode cannot be had.
func (e *Error) Error() string {
	return fmt.Sprintf("no mode %s: %s", e.Mode, e.Reason)
}

// Default is the mode for a vendor: upsert, or create where the vendor documents no way to update.
func Default[C any](vendor crm.Creator[C]) Mode {
	if Check(Upsert, vendor) == nil {
		return Upsert
	}
	return CreateOnly
}

// CanLookUp reports whether the vendor documents a way to find contacts.
func CanLookUp[C any](vendor crm.Creator[C]) bool {
	_, find := vendor.(crm.Finder[C])
	return find || crm.ListOf[C](vendor) != nil
}

// Check returns an *Error if the vendor documents too little for the mode.
func Check[C any](mode Mode, vendor crm.Creator[C]) error {
	_, update := vendor.(crm.Updater[C])
	_, deletes := vendor.(crm.Deleter[C])
	switch {
	case mode == CreateOnly:
		return nil
	case mode == DeleteOnly && !deletes:
		return &Error{mode, crm.NoDelete(vendor)}
	case mode == Upsert && vendor.Traits().CreateUpserts:
		return nil
	case !CanLookUp(vendor):
		return &Error{mode, "the vendor documents no way to look a contact up"}
	case mode != DeleteOnly && !update:
		return &Error{mode, "the vendor documents no way to change a contact"}
	}
	return nil
}
