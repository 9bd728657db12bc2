package failure

import (
	"errors"
	"fmt"
)

// Advised is an error of which it is known what can be done about it, and not yet how that is called: a front end turns it
// into an Error, with its own words for the advice.
type Advised struct {
	Code   ExitCode
	Err    error
	Advice []Advice
}

// Error is the message without the advice.
func (a *Advised) Error() string { return a.Err.Error() }

// Unwrap returns the error below.
func (a *Advised) Unwrap() error { return a.Err }

// Advice is what can be done about an error: a type that carries the facts.
type Advice interface{ IsAdvice() }

// Hint is advice that is the same with every front end.
type Hint string

// IsAdvice marks it.
func (Hint) IsAdvice() {}

// Hints are pieces of advice as they stand.
func Hints(texts ...string) []Advice {
	var list []Advice
	for _, text := range texts {
		list = append(list, Hint(text))
	}
	return list
}

// Refuse is wrong use, with what can be done about it.
func Refuse(err error, advice ...Advice) error {
	return &Advised{Code: ExitUsage, Err: err, Advice: advice}
}

// Refusef is wrong use, about which one thing can be done.
func Refusef(advice Advice, format string, args ...any) error {
	return Refuse(fmt.Errorf(format, args...), advice)
}

// Advise turns whatever ends a job into an Advised.
func Advise(err error) *Advised {
	var a *Advised
	if errors.As(err, &a) {
		return a
	}
	f := Explain(err)
	return &Advised{Code: f.Code, Err: f.Err, Advice: Hints(f.Hints...)}
}

// With adds another error to the one that ends a job, whose code and advice stay. Either may be nil.
func With(err, also error) error {
	if err == nil || also == nil {
		return errors.Join(err, also)
	}
	a := *Advise(err)
	a.Err = errors.Join(a.Err, also)
	return &a
}
