package job

import (
	"slices"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sheet"
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
func (j *importJob) checkOrigin() error {
	origin, err := sheet.OriginOf(j.work.input)
	says, ok := account.ParseIdentity(origin.Description)
	if err != nil || !ok {
		return nil
	}
	j.says = says
	into, vendor := j.conn.Identity(), j.q.Resource.Vendor()
	usesIDs := j.q.Deletes() || j.im.Survey().ByID > 0
	if !usesIDs || !vendor.IsAnother(says, into) || slices.Contains(j.q.Accept, CodeOtherAccount) {
		return nil
	}
	advice := []failure.Advice{TakeIDs{}}
	if !j.q.Deletes() {
		advice = []failure.Advice{MatchByEmail{j.q.Input.File}, TakeIDs{}}
	}
	return failure.Refuse(&OtherAccountError{j.q.Input.File, says, into}, advice...)
}
