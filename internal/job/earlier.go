package job

import (
	"context"

	"crmferry/internal/account"
	"crmferry/internal/history"
	"crmferry/internal/state"
)

// SaltReplaced is told where the accounts of earlier runs cannot be recognised any more.
type SaltReplaced struct{ Why error }

// RunUnreadable is told of an earlier import into a vendor whose record cannot be read.
type RunUnreadable struct {
	Vendor string
	Why    error
}

func (SaltReplaced) event()  {}
func (RunUnreadable) event() {}

// MendSalt makes sure that accounts can be recognised, and tells if those of earlier runs cannot any more.
func (r *Runner) MendSalt(ctx context.Context, root string) error {
	lost, err := state.MendSalt(ctx, root)
	if lost != nil {
		r.Event(SaltReplaced{lost})
	}
	return err
}

// TellUnreadable names the imports into a vendor whose records cannot be read, for jobs that they do not stop.
func (r *Runner) TellUnreadable(v *account.Vendor) {
	root, err := state.RootIn(r.Lookup)
	if err != nil {
		return // there are no runs
	}
	_, damaged, err := history.Imports(root)
	if err != nil {
		return // what needs the folder says so
	}
	for _, d := range history.OfVendor(damaged, v.ID) {
		r.Event(RunUnreadable{v.ID, d.Why})
	}
}
