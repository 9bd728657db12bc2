package outcome

import "crmferry/internal/crm"

// Codes of errors that the importer finds; those of single fields are in package mapping, those of vendors' answers in
// package crm.
const (
	CodeDuplicate     = "duplicate_in_file"
	CodeAmbiguous     = crm.CodeCommon
	CodeExists        = "exists"
	CodeDiffers       = "differs"
	CodeNotFound      = "not_found"
	CodeUnknownName   = "unknown_name"
	CodeAmbiguousName = "ambiguous_name"
	CodeClaimed       = "claimed_twice"
	CodeMerged        = "merged"
	CodeStepFailed    = "step_failed"
	CodeNothingToDo   = "no_key"
	CodeShifted       = "shifted_row"
	CodeSwallows      = "swallowed_rows"
	CodeSection       = "section_row"
	CodeOddText       = "other_encoding"
	CodeNotCreated    = "not_created"
	CodeLeftOut       = "left_out"
	CodeEmpty         = "empty_row"
	CodeMismatch      = "id_mismatch"
	CodeNotCopied     = "not_copied"
	CodeEditedSince   = "edited_since"
	CodeCannotUndo    = "cannot_undo"
	CodeLacksCustom   = "custom_field_missing"
	CodeEmptyCustom   = "custom_field_empty"

	CodeNotApproved      = "not_approved"
	CodeChangedSincePlan = "changed_since_plan"
)

// Acceptable lists the codes whose rows may be taken as they stand.
func Acceptable() []string {
	return []string{CodeMismatch, CodeShifted, CodeSwallows, CodeSection, CodeOddText, CodeEmptyCustom}
}
