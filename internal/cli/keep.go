package cli

import (
	"time"

	"crmferry/internal/cli/runname"
	"crmferry/internal/cli/say"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/history"
	"crmferry/internal/state"
)

const (
	// keepVariable says for how long runs keep copies of files.
	keepVariable = "CRMFERRY_KEEP"
	keepForever  = "forever"
	keepDefault  = "90d"
)

// pruner is what removes, once a job is done, the copies that old runs have kept. It fails where it is not said for how long
// they are kept.
func (a *app) pruner(o connectOptions) (prune func(), err error) {
	asked, _ := a.env(keepVariable)
	if asked == "" {
		asked = keepDefault
	}
	if asked == keepForever || o.sandbox {
		return func() {}, nil
	}
	age, err := runname.ParseAge(keepVariable, asked, keepForever)
	return func() { a.pruneCopies(age) }, err
}

func (a *app) pruneCopies(age time.Duration) {
	root, err := state.RootIn(a.env)
	if err != nil {
		return // the job has said so
	}
	done, err := history.PruneCopies(root, age, a.now())
	if err != nil {
		a.ui.Warnf("%v", err)
	}
	if done.Runs > 0 {
		say.Messages(a.ui, pastruns.Pruned(done, age, keepVariable+"="+keepForever))
	}
}
