package cli

import (
	"fmt"

	"crmferry/importer/modes"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/history"
)

// damagedRuns are the earlier imports that may have been of this file and into this account, and of which that cannot be
// told: those of the vendor whose record cannot be read, and those whose account was named under a salt that is lost.
func (j *importJob) damagedRuns(begun []*history.Record, unreadable []*history.Damaged) []*history.Damaged {
	return append(history.OfVendor(unreadable, j.Vendor().ID), history.Unsalted(begun, &j.work.record, j.target.CanLookUp())...)
}

// checkDamaged refuses to import where an earlier run may have created the contacts of this file already and they cannot
// be looked up; where they can, it warns. What became of runs before past, if there is one, was decided when that began.
func (j *importJob) checkDamaged(list []*history.Damaged, past *history.Record) error {
	if j.o.restart {
		return nil // the user has decided
	}
	for _, o := range list {
		if past != nil && o.Run.Started().Before(past.Run.Started()) {
			continue
		}
		if !j.target.CanLookUp() {
			return j.refuseDamaged(o, "what an earlier import has created is not known, and %s cannot be asked: %w", j.Vendor().Name, o.Why)
		}
		j.app.ui.Warnf("what an earlier import has done is not known, and contacts of this file that it made are found only by their e-mail or phone: %v", o.Why)
		j.work.damaged = append(j.work.damaged, o)
	}
	return nil
}

// refuseDamaged says what is wrong and both ways on.
func (j *importJob) refuseDamaged(o *history.Damaged, format string, args ...any) error {
	hints := []string{j.anew()}
	if o.Record == nil {
		hints = append(hints, "to forget that run, once you know what became of it: crmferry runs "+o.Run.ID+" --prune 0d")
	}
	return failure.New(failure.ExitUsage, fmt.Errorf(format, args...), hints...)
}

// checkKeyless refuses rows that no look-up finds, if a damaged run of the very same file may have created them.
func (j *importJob) checkKeyless() error {
	n := j.im.Survey().NoKey
	if n == 0 || j.mode == modes.UpdateOnly || j.mode == modes.DeleteOnly {
		return nil
	}
	for _, o := range j.work.damaged {
		if o.IsOf(&j.work.record) {
			return j.refuseDamaged(o, "%s neither e-mail nor phone with a name, and an earlier import of this file may have created them: %w", text.RowsThat(n, "has", "have"), o.Why)
		}
	}
	return nil
}
