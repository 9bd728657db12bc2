package faults

import "errors"

// Stop is a run that ended before all rows were done.
type Stop struct {
	Reason error
	// Sent is false if nothing was written at the vendor.
	Sent bool
}

// Error is the reason.
func (s *Stop) Error() string { return s.Reason.Error() }

// Unwrap returns the reason.
func (s *Stop) Unwrap() error { return s.Reason }

// Reasons for which a run stops by itself.
var (
	ErrAllFailed       = errors.New("all of the first rows failed")
	ErrTooManyFailures = errors.New("too many rows failed")
)
