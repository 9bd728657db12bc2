package job

import (
	"context"
	"slices"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
)

// CodeOtherAccount lets the ids of a file count although it says that they are another account's.
const CodeOtherAccount = "other_account"

// OtherAccountError is a workbook that holds ids of another account: there they are other people's.
type OtherAccountError struct {
	File       string
	Says, Into account.Identity
}

// Error names both accounts.
func (e *OtherAccountError) Error() string {
	return e.File + " holds the ids of " + e.Says.String() + ", not of " + e.Into.String() + "; nothing was sent"
}

// TakeIDs advises to let the ids of a file count all the same.
type TakeIDs struct{}

// IsAdvice marks it.
func (TakeIDs) IsAdvice() {}

// checkOrigin refuses ids that the file says are another account's. Files that say nothing of their account are taken as
// they stand: they are CSV, other programs', or of an earlier version.
func (j *importJob) checkOrigin(ctx context.Context) error {
	origin, err := sheet.OriginOf(j.work.input)
	from, ok := account.ParseOrigin(origin.Description)
	known := func(v *account.Vendor) bool { return v.ID == from.Vendor } // else it is a remark: "Prospects at CES2026"
	if err != nil || !ok || !slices.ContainsFunc(account.All().Vendors(), known) {
		return nil
	}
	says := from.Identity
	j.says = says
	into := j.conn.Identity()
	usesIDs := j.q.Deletes() || j.im.Survey().ByID > 0
	switch {
	case !usesIDs, slices.Contains(j.q.Accept, CodeOtherAccount):
		return nil
	case !says.IsAnother(into):
		if j.otherKey(ctx, from.Run) {
			j.Event(OtherKey{from.Run})
		}
		return nil
	}
	advice := []failure.Advice{TakeIDs{}}
	if !j.q.Deletes() {
		advice = []failure.Advice{MatchByEmail{j.q.Input.File}, TakeIDs{}}
	}
	return failure.Refuse(&OtherAccountError{j.q.Input.File, says, into}, advice...)
}

// OtherKey is told of a workbook that another key of the account has exported: it may open another account all the same.
type OtherKey struct{ Run string }

func (OtherKey) event() {}

// otherKey reports whether an export was made with another key. Of one that is not known here nothing can be said.
func (j *importJob) otherKey(ctx context.Context, run string) bool {
	root, err := state.RootIn(j.Lookup)
	if err != nil || run == "" || j.q.Connect.Sandbox {
		return false
	}
	runs, err := state.Runs(root)
	i := slices.IndexFunc(runs, func(r state.Run) bool { return r.ID == run })
	if err != nil || i < 0 {
		return false
	}
	past := history.ReadPast(root, runs[i]).Record
	salt, saltErr := state.SaltMark(root)
	mine, err := j.conn.Fingerprint(ctx, root)
	return past != nil && saltErr == nil && err == nil && past.Salt == salt && past.Account != mine
}
