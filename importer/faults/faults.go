package faults

import (
	"context"
	"errors"

	"crmferry/importer/journal"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
)

// ErrOutage ends a run whose vendor fails at everything: for a quarter of an hour or, where no request can show without
// harm whether it does still, at once.
var ErrOutage = errors.New("the vendor fails at everything")

// ErrForgotten ends a run in which a create without an answer would be repeated after the vendor may have forgotten its
// token: resumed, the run looks the contact up.
var ErrForgotten = errors.New("a row was sent too long ago to be sent again without a look at what came of it")

// OfAnother reports whether err is that of another row, which has stopped the run: what it says of a request is not said
// of this row's, which did not leave.
func OfAnother(ctx context.Context, err error) bool {
	if err == nil { // as of nearly all: what follows takes memory
		return false
	}
	var own, other *crm.Error
	return errors.As(err, &own) && errors.As(context.Cause(ctx), &other) && own == other
}

// Canceled reports whether err is how ctx ended.
func Canceled(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, context.Cause(ctx)) || errors.Is(err, ctx.Err()))
}

// StopsRun reports whether an error is not the row's: the key, the address or the network is wrong, or the limit refuses
// everything for so long that waiting does not help.
func StopsRun(err error) bool {
	if err == nil {
		return false
	}
	var (
		journal *journal.Error
		wrong   *phase.Error
	)
	if errors.Is(err, leaveby.ErrLate) {
		return false
	}
	if _, spent := crm.Exhausted(err); spent {
		return true
	}
	if errors.Is(err, ErrOutage) || errors.Is(err, ErrForgotten) || errors.As(err, &journal) || errors.As(err, &wrong) {
		return true
	}
	switch crm.ClassOf(err) {
	case crm.Unauthorized, crm.NothingSent, crm.WrongServer, crm.RateLimited:
		return true
	}
	return false
}

// Confirmed is the error of a create that failed again and again, as look-ups have shown.
func Confirmed(err error) error {
	var e *crm.Error
	if !errors.As(err, &e) {
		return err
	}
	failed := *e
	failed.Class, failed.Code = crm.Permanent, crm.CodeServer
	return &failed
}

// IsTrouble reports whether an error is the vendor's trouble and not about what was sent.
func IsTrouble(err error) bool {
	c := crm.ClassOf(err)
	return c == crm.Transient || c == crm.Ambiguous
}

// MayBeDone reports whether err leaves open whether a write was done.
func MayBeDone(err error) bool {
	c := crm.ClassOf(err)
	return c == crm.Transient || c == crm.Ambiguous || c == crm.WrongServer
}
