package text

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/advice"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Adviser tells reports what to do about what they hold, with the flags that help.
type Adviser struct {
	Noun string // what a record is called: contact, lead
	Of   string // the resource, whose fields are listed: growcrm/leads
}

// AdviserOf is that of a resource.
func AdviserOf(r account.Resource) Adviser { return Adviser{Noun: r.Noun(), Of: r.ID()} }

// openAdvice is for a row that is left open.
const openAdvice = "--resume verifies it where the CRM can be asked, else look there before sending it again"

// OnOpen implements report.Adviser.
func (Adviser) OnOpen() string { return openAdvice }

// OnTooManyRows implements report.Adviser.
func (Adviser) OnTooManyRows() string { return "name a .csv file with --report" }

// OnFinding implements report.Adviser.
func (Adviser) OnFinding(code string) string { return advice.OnRemark(code) }

// RowMessage is what a row's result says, with what to do about it if it is left open.
func RowMessage(r *outcome.Result) string { return r.Hinted(openAdvice).Message() }

// OnCode implements report.Adviser.
func (by Adviser) OnCode(code string) string {
	known := map[string]string{
		outcome.CodeDuplicate:     "Keep one of the rows, or put all that is known into one of them.",
		outcome.CodeAmbiguous:     "Merge the contacts in the CRM, remove what they share, or put the id of the one that is meant into a column called id and import with --match id.",
		outcome.CodeExists:        "The contact is there already; --mode upsert updates it, where the vendor documents an update.",
		outcome.CodeDiffers:       "Nothing was changed. To make the record what the row says, put its id into a column called id and import with --match id.",
		outcome.CodeNotFound:      "No contact matches; use --mode upsert to create it, or correct the e-mail or id.",
		outcome.CodeUnknownName:   "Correct the name, create it in the CRM, or let --create-missing create it.",
		outcome.CodeAmbiguousName: "Several things bear this name: put the id into the cell instead.",
		outcome.CodeClaimed:       "Only one contact can have this; keep one of the rows.",
		outcome.CodeMerged:        "The CRM took two rows for one contact: see whether they are one person.",
		outcome.CodeStepFailed:    "The contact was written, a further step was refused: feed the row again or finish it by hand.",
		outcome.CodeNothingToDo:   "Give the row an e-mail, or a phone and a name; with --mode delete, the id of the contact.",
		outcome.CodeNotCreated:    "The run that the report tells of did not create the contact: nothing to take back.",
		outcome.CodeEmpty:         "The row holds nothing to import: nothing to do.",
		outcome.CodeLeftOut:       "The conditions of the command leave the row out: nothing to do.",
		outcome.CodeMismatch:      "The id is somebody else's: see whether the file is of this account. An import goes by the e-mail with --match email, and takes the row as it stands with --accept id_mismatch.",
		outcome.CodeNotCopied:     "The contact is not as it was copied: delete it again, and it is copied as it is now.",
		outcome.CodeSection:       "Delete the row, if it is no contact. An import takes such rows as they stand with --accept section_row.",
		outcome.CodeOddText:       "Write the characters that the message shows as they should be, and save the file as UTF-8: some of it is in another encoding. An import takes the row as it reads with --accept other_encoding.",
		outcome.CodeSwallows:      "Take the quotes out, or write each twice within quotes, so that the rows between or below them are rows again. An import takes the row as it stands with --accept swallowed_rows.",
		outcome.CodeEditedSince:   "Somebody has changed the contact since the run: decide by hand what it is to be.",
		outcome.CodeCannotUndo:    "It cannot be taken back: do by hand what the message says.",
		outcome.CodeLacksCustom:   "The account seems to require this custom field: name the column that has it with --map \"HEADER=FIELD\", or give all rows one value with --set \"FIELD=VALUE\".",
		outcome.CodeEmptyCustom:   "Fill the cell, or give the rows that have none a value with --default \"FIELD=VALUE\". An import lets the field be emptied with --accept custom_field_empty.",
		outcome.CodeNotApproved:   "Marked no, or deleted, in the file of the plan: nothing to do.",
		outcome.CodeShifted:       "Put quotes around the cell that has a delimiter in it, or delete what is too much; part all rows by one sign. An import takes such rows as they stand with --accept shifted_row.",
		crm.CodeTaken:             "Another record holds this value: the message says who, as far as the vendor shows it.",
		crm.CodeInvalid:           "Correct the value that the CRM refused.",
		crm.CodeForbidden:         "Ask an administrator for a key that may do this.",
		crm.CodeUnverified:        "Look the contact up in the CRM before sending the row again.",
		crm.CodeRateLimited:       "Send the row again later, with a lower --rate.",
		crm.CodeUnreachable:       "Send the row again when the CRM can be reached.",
		crm.CodeServer:            "Look the contact up in the CRM; then send the row again.",

		outcome.CodeChangedSincePlan: "The contact is not what the plan saw: see who is right, then plan the row again with --dry-run.",
	}
	if a, ok := known[code]; ok {
		return strings.ReplaceAll(a, "contact", cmp.Or(by.Noun, "contact"))
	}
	return strings.ReplaceAll(advice.OnCell(code), "VENDOR", cmp.Or(by.Of, "VENDOR"))
}

// OnProblem implements report.Adviser.
func (a Adviser) OnProblem(p mapping.Problem) string {
	if p.Code == outcome.CodeMismatch && p.Field != "" {
		return "The id is another's there: go by the name with " + advice.MapFlag(p.Column, p.Field) + ", or take the row as it stands with --accept id_mismatch."
	}
	const ignore = `--map "HEADER="`
	return strings.NewReplacer(ignore, advice.MapFlag(cmp.Or(p.Column, "HEADER"), ""), "FIELD", cmp.Or(p.Field, "FIELD")).Replace(cmp.Or(p.Advice, a.OnCode(p.Code)))
}

// InLine is OnProblem as a part of a line.
func (a Adviser) InLine(p mapping.Problem) string { return advice.InLine(a.OnProblem(p)) }

// ModeError calls a mode that cannot be had by its flag; other errors are returned as they are.
func ModeError(err error) error {
	var mode *modes.Error
	if !errors.As(err, &mode) {
		return err
	}
	return fmt.Errorf("no --mode %s: %s", mode.Mode, mode.Reason)
}
