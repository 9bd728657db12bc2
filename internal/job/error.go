package job

import (
	"errors"
	"fmt"

	"crmferry/internal/failure"
)

// Error ends a job that did not do all that it was asked for: with its exit class, what went wrong, and what can be done
// about it. Errors with advice that needs no front end are a *failure.Error.
type Error struct {
	Code   failure.ExitCode
	Err    error
	Advice []Advice
}

// Error is the message without the advice.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the error below.
func (e *Error) Unwrap() error { return e.Err }

// Advice is what can be done about an error: one of the types of this package that have the method. How that is done, only
// the front end knows.
type Advice interface{ advice() }

// Hint is advice that is the same with every front end.
type Hint string

func (Hint) advice() {}

// hints are pieces of advice as they stand.
func hints(texts ...string) []Advice {
	var list []Advice
	for _, text := range texts {
		list = append(list, Hint(text))
	}
	return list
}

// usage is wrong use, about which something can be done.
func usage(advice Advice, format string, args ...any) error {
	return &Error{Code: failure.ExitUsage, Err: fmt.Errorf(format, args...), Advice: []Advice{advice}}
}

// Explain turns whatever ends a job into an Error.
func Explain(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	f := failure.Explain(err)
	return &Error{Code: f.Code, Err: f.Err, Advice: hints(f.Hints...)}
}
