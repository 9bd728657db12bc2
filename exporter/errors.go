package exporter

import (
	"errors"
	"fmt"
)

var (
	// ErrIncomplete: the list was read and could not be shown to be complete. The cause is an *IncompleteError.
	ErrIncomplete = errors.New("the list could not be shown to be complete")
	// ErrNoList: the vendor documents no list of the resource.
	ErrNoList = errors.New("the vendor documents no list")
	// ErrNoChangeDate: contacts carry no date of their last change, so that nothing shows which have changed since.
	ErrNoChangeDate = errors.New("contacts carry no date of their last change")
)

// IncompleteError tells why a list could not be shown to be complete.
type IncompleteError struct {
	List   string // "contacts", "archived people"
	Tries  int    // how often the list was read
	Reason string
	// Unproven: the list was read to its end, and what lacks is the proof; Options.AllowUnproven does without.
	Unproven bool
}

// Error reads "contacts: the list could not be shown to be complete: 99 different contacts found, the vendor says 100 (read 4 times)".
func (e *IncompleteError) Error() string {
	text := fmt.Sprintf("%s: %v: %s", e.List, ErrIncomplete, e.Reason)
	if e.Tries > 1 {
		text += fmt.Sprintf(" (read %d times)", e.Tries)
	}
	return text
}

// Unwrap returns ErrIncomplete.
func (e *IncompleteError) Unwrap() error { return ErrIncomplete }
