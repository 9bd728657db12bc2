package job

import (
	"context"
	"errors"
	"net/url"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job/plans"
)

// ImportQuestion asks whether so many rows are to be imported.
type ImportQuestion struct {
	Resource account.Resource
	Rows     int
}

// DeleteQuestion asks whether so many contacts are to be deleted. That is answered by their number.
type DeleteQuestion struct {
	Vendor   *account.Vendor
	Base     *url.URL
	Contacts int
}

// ApplyQuestion asks whether the approved rows of a plan are to be done.
type ApplyQuestion struct {
	Resource account.Resource
	Applied  *plans.Applied
}

func (ApplyQuestion) question()  {}
func (ImportQuestion) question() {}
func (DeleteQuestion) question() {}

// Decide puts a question. A no, or an interruption, ends the job, which has done nothing: refused says so. That is no early end,
// which a script would try again for.
func (r *Runner) Decide(ctx context.Context, q Question, refused string) error {
	yes, err := r.Ask(ctx, q)
	switch {
	case ctx.Err() != nil:
		return failure.New(failure.ExitUsage, errors.New("interrupted at the question: nothing was sent"))
	case err != nil:
		return err
	case !yes:
		return failure.New(failure.ExitUsage, errors.New(refused))
	}
	return nil
}
