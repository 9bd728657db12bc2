package mapping

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
)

// Codes lists the codes that Convert can report.
func Codes() []string {
	return []string{cells.CodeRequired, cells.CodeTooLong, cells.CodeTooMany, cells.CodeBadEmail, cells.CodeBadPhone, cells.CodeBadNumber,
		cells.CodeBadDate, cells.CodeBadValue, cells.CodeBadState, cells.CodeBadZip, cells.CodeBadID,
		cells.CodeBadList, cells.CodeDamaged, cells.CodeNotClearable, cells.CodeContinuation, cells.CodeUndocumented}
}

// Problem is a rule that a row breaks, or a header that cannot be used.
type Problem = remarks.Problem

// Remark is what was repaired in a cell, or looks wrong in one that was taken as it stands.
type Remark = remarks.Remark

// Info describes a field for listings.
type Info = schema.Info

// Link is a name in a row that has to become an id before the row can be sent.
type Link = schema.Link

// CodeBadID is that of an id that no thing has.
const CodeBadID = cells.CodeBadID

// Claim is the id of a thing in a row that gives its name, too.
type Claim = schema.Claim

// ConvertOptions say how cells are read.
type ConvertOptions = schema.ConvertOptions
