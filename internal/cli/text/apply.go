package text

import (
	"fmt"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/job/plans"
)

// planAgain is the dry run by which a plan was made.
func (g Given) planAgain() string {
	return g.For(g.Plan.File).Import(FlagsOfOneRun(), "--dry-run")
}

// planRead says which plan is applied, and into which account.
func planRead(e job.FileRead) []Message {
	a, res := e.Applied, e.Request.Resource
	rec := a.Record
	into := "into"
	if e.Request.Deletes() {
		into = "deletes from"
	}
	return []Message{
		Notef("the plan %s of %s: %s of %s", rec.Run.ID, rec.Started.Local().Format("2006-01-02 15:04"), humanize.Count(int64(rec.Rows), "row"), rec.File),
		Notef("  %s %s at %s, %s", into, res.Ref(), e.Base, Pace(e.Pace, res.Vendor())),
	}
}

// planToApply says how much of a plan will be done.
func planToApply(e job.ImportPlanned) []Message {
	a := e.Applied
	list := namesPlanned(e.Plan)
	list = append(list, Notef("  %s", applied(a)))
	if a.Actions[outcome.ActionDelete] > 0 {
		list = append(list, Notef("  deleted %ss: %s", e.Request.Resource.Noun(), e.Request.Resource.Capabilities(e.Request.Connect.Undocumented).Delete), copyPlanned(e))
	}
	return append(list, atMost(e)...)
}

// applied counts what is done with the rows of a plan.
func applied(a *plans.Applied) string {
	parts := approved(a)
	if n := a.Refused + a.Missing; n > 0 {
		parts = append(parts, fmt.Sprintf("not approved %d (%d marked no, %d deleted from the file)", n, a.Refused, a.Missing))
	}
	if a.Settled > 0 {
		parts = append(parts, fmt.Sprintf("nothing to do for %d", a.Settled))
	}
	return strings.Join(parts, "   ")
}

// approved counts the rows that will be done.
func approved(a *plans.Applied) []string {
	parts := []string{}
	for _, action := range []outcome.Action{outcome.ActionCreate, outcome.ActionUpdate, outcome.ActionDelete} {
		if n := a.Actions[action]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", action, n))
		}
	}
	return parts
}

// ApplyQuestion asks whether the approved rows of a plan are to be done.
func ApplyQuestion(q job.ApplyQuestion) string {
	return fmt.Sprintf("Apply the plan to %s: %s?", q.Resource.Ref(), strings.Join(approved(q.Applied), ", "))
}
