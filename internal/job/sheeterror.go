package job

import (
	"context"
	"errors"

	"crmferry/internal/failure"
)

// MendSheet advises what to do about a file, its header or its rows that cannot be used.
type MendSheet struct{ Err error }

func (MendSheet) IsAdvice() {}

// WrongSheet makes what is wrong with a file or its header wrong use.
func WrongSheet(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return &failure.Advised{Code: failure.ExitUsage, Err: err, Advice: []failure.Advice{MendSheet{err}}}
}
