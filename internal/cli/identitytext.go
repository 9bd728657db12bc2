package cli

import (
	"errors"
	"fmt"

	"crmferry/importer"
	"crmferry/importer/identity"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
)

// checkAccept refuses --accept of what cannot be taken as it stands.
func (o *importOptions) checkAccept() error {
	for _, code := range o.accept {
		if err := oneOf("--accept", code, importer.Acceptable()...); err != nil {
			return err
		}
	}
	return nil
}

// announceIdentity says which rows may be taken for others than they are about.
func (j *importJob) announceIdentity() {
	s := j.im.Survey()
	if s.Unproven > 0 && j.mode != modes.CreateOnly && j.target.CanLookUp() {
		j.app.ui.Warnf("%s an id and at most one of e-mail, phone and name: up to as many contacts are changed without knowing whether they are the ones meant",
			text.RowsThat(s.Unproven, "holds", "hold"))
	}
	if s.SharedPhones.Groups > 0 {
		j.app.ui.Warnf("%s", text.SharedPhones(s.SharedPhones, j.Vendor().Name))
	}
}

// strangers explains a file whose ids are those of others than its rows are about; nil for other errors.
func (j *importJob) strangers(err error) error {
	var mismatch *identity.MismatchError
	if !errors.As(err, &mismatch) {
		return nil
	}
	return failure.New(failure.ExitUsage, fmt.Errorf("%w; nothing was sent", err),
		"if "+j.o.file+" is from another account, match by e-mail: "+j.byEmail(),
		"if the rows are right: "+j.o.given.Again("--accept", outcome.CodeMismatch))
}

// byEmail is the command that goes by e-mails in place of ids.
func (j *importJob) byEmail() string { return j.o.given.Again("--match", "email") }

// aboutIDs says how to go on where the ids of the file are not those of the account, "" where they are.
func (j *importJob) aboutIDs(s *outcome.Summary) string {
	byEmail := j.o.given.Import(append(flagsOfOneRun(), "match"), "--match", "email")
	switch {
	case j.im.Survey().ByID == 0 || j.o.deletes():
		return ""
	case s.Known == 0 && s.Count(outcome.CodeNotFound) > 0:
		return fmt.Sprintf("none of the ids is there: if %s is from another account, match by e-mail: %s", j.o.file, byEmail)
	case 2*s.Count(outcome.CodeMismatch) > s.Counts[outcome.Rejected]+s.Counts[outcome.Failed]:
		return fmt.Sprintf("%s not about the contacts that their ids are of: if %s is from another account, match by e-mail: %s",
			text.RowsThat(s.Count(outcome.CodeMismatch), "is", "are"), j.o.file, byEmail)
	}
	return ""
}
