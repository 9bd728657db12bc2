package item

import (
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
)

// follow takes over what a plan says of the row, and reports whether nothing is to be done with it.
func (it *Row[C]) follow(e *survey.Earlier) bool {
	p := e.Result
	switch {
	case p.Outcome != "":
		it.Res = p
		it.Res.Attempts, it.Res.Duration = 0, 0
	case e.Left != "":
		it.Res.Key, it.Res.ID = p.Key, p.ID
		it.Skip(outcome.CodeNotApproved, e.Left)
	default:
		it.Planned = &p
		return false
	}
	return true
}
