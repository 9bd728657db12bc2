package job

import (
	"fmt"

	"crmferry/importer/modes"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
)

// damagedRuns are the earlier imports that may have been of this file and into this account, and of which that cannot be
// told: those of the vendor whose record cannot be read, and those whose account was named under a salt that is lost.
func (j *importJob) damagedRuns(begun []*history.Record, unreadable []*history.Damaged) []*history.Damaged {
	return append(history.OfVendor(unreadable, j.q.Resource.Vendor().ID), history.Unsalted(begun, &j.work.record, j.target.CanLookUp())...)
}

// checkDamaged refuses to import where an earlier run may have created the contacts of this file already and they cannot
// be looked up; where they can, it warns. What became of runs before past, if there is one, was decided when that began.
func (j *importJob) checkDamaged(list []*history.Damaged, past *history.Record) error {
	if j.q.Restart {
		return nil // the user has decided
	}
	for _, o := range list {
		if past != nil && o.Run.Started().Before(past.Run.Started()) {
			continue
		}
		if !j.target.CanLookUp() {
			return j.refuseDamaged(o, "what an earlier import has created is not known, and %s cannot be asked: %w", j.q.Resource.Vendor().Name, o.Why)
		}
		j.Event(EarlierUnknown{o.Why})
		j.work.damaged = append(j.work.damaged, o)
	}
	return nil
}

// refuseDamaged says what is wrong and both ways on.
func (j *importJob) refuseDamaged(o *history.Damaged, format string, args ...any) error {
	advice := []failure.Advice{j.restart("")}
	if o.Record == nil {
		advice = append(advice, ForgetRun{o.Run.ID})
	}
	return failure.Refuse(fmt.Errorf(format, args...), advice...)
}

// checkKeyless refuses rows that no look-up finds, if a damaged run of the very same file may have created them.
func (j *importJob) checkKeyless() error {
	n := j.im.Survey().NoKey
	if n == 0 || j.mode == modes.UpdateOnly || j.mode == modes.DeleteOnly {
		return nil
	}
	for _, o := range j.work.damaged {
		if o.IsOf(&j.work.record) {
			return j.refuseDamaged(o, "%s neither e-mail nor phone with a name, and an earlier import of this file may have created them: %w", humanize.CountThat(n, "row", "has", "have"), o.Why)
		}
	}
	return nil
}
