package job

import (
	"context"
	"slices"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/advise"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
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
	says, into := from.Identity, j.conn.Identity()
	j.says, j.origin = says, from.String()
	switch usesIDs := j.q.Deletes() || j.im.Survey().ByID > 0; {
	case !usesIDs, slices.Contains(j.q.Accept, CodeOtherAccount):
		return nil
	case !says.IsAnother(into):
		known, other := j.otherKey(ctx, from.Run)
		switch {
		case other:
			j.Event(OtherKey{from.Run})
		case !known && says.Name != into.Name:
			j.Event(OtherName{says, into})
		}
		return nil
	}
	advice := []failure.Advice{TakeIDs{}}
	if !j.q.Deletes() {
		advice = []failure.Advice{advise.MatchByEmail{File: j.q.Input.File, Linked: onlyIDs(j.q.Resource.Fields())}, TakeIDs{}}
	}
	return failure.Refuse(&OtherAccountError{j.q.Input.File, says, into}, advice...)
}

// onlyIDs is the field of ids that new records need and that no name stands beside, "" if there is none.
func onlyIDs(fields []mapping.Info) string {
	for _, f := range fields {
		if f.CreateOnly && f.Link != "" && f.Beside == "" {
			return f.Name
		}
	}
	return ""
}

// OtherKey is told of a workbook that another key of the account has exported: it may open another account all the same.
type OtherKey struct{ Run string }

// OtherName is told of a workbook of the same address whose account has another name, or none, where the run that wrote it is
// not known: it may be another account all the same.
type OtherName struct{ Says, Into account.Identity }

func (OtherKey) event()  {}
func (OtherName) event() {}

// otherKey reports whether the run that wrote a workbook is known here, and whether it had another key.
func (j *importJob) otherKey(ctx context.Context, run string) (known, other bool) {
	root, err := state.RootIn(j.Lookup)
	if err != nil || run == "" || j.q.Connect.Sandbox { // all names open the same sandbox
		return j.q.Connect.Sandbox, false
	}
	runs, err := state.Runs(root)
	i := slices.IndexFunc(runs, func(r state.Run) bool { return r.ID == run })
	if err != nil || i < 0 {
		return false, false
	}
	past := history.ReadPast(root, runs[i]).Record
	salt, saltErr := state.SaltMark(root)
	mine, err := j.conn.Fingerprint(ctx, root)
	known = past != nil && saltErr == nil && err == nil && past.Salt == salt
	return known, known && past.Account != mine
}
