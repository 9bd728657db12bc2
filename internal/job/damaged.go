package job

import (
	"fmt"

	"crmferry/importer/modes"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job/advise"
)

// damagedRuns are the earlier imports that may have been of this file and into this account, and of which that cannot be
// told: those of the vendor whose record cannot be read, and those whose account was named under a salt that is lost.
func (c *choice) damagedRuns(begun []*history.Record, unreadable []*history.Damaged) []*history.Damaged {
	return append(history.OfVendor(unreadable, c.q.Resource.Vendor().ID), history.Unsalted(begun, &c.work.record, c.canLookUp)...)
}

// checkDamaged refuses to import where an earlier run may have created the contacts of this file already and they cannot
// be looked up; where they can, it warns. What became of runs before past, if there is one, was decided when that began.
func (c *choice) checkDamaged(list []*history.Damaged, past *history.Record) error {
	if c.q.Restart {
		return nil // the user has decided
	}
	for _, o := range list {
		if past != nil && o.Run.Started().Before(past.Run.Started()) {
			continue
		}
		if !c.canLookUp {
			return c.refuseDamaged(o, "what an earlier import has created is not known, and %s cannot be asked: %w", c.q.Resource.Vendor().Name, o.Why)
		}
		c.Event(EarlierUnknown{o.Why})
		c.work.damaged = append(c.work.damaged, o)
	}
	return nil
}

// refuseDamaged says what is wrong and both ways on.
func (c *choice) refuseDamaged(o *history.Damaged, format string, args ...any) error {
	advice := []failure.Advice{c.restart("")}
	if o.Record == nil {
		advice = append(advice, advise.ForgetRun{Run: o.Run.ID})
	}
	return failure.Refuse(fmt.Errorf(format, args...), advice...)
}

// checkKeyless refuses n rows that no look-up finds, if a damaged run of the very same file may have created them.
func (c *choice) checkKeyless(n int) error {
	if n == 0 || c.mode == modes.UpdateOnly || c.mode == modes.DeleteOnly {
		return nil
	}
	for _, o := range c.work.damaged {
		if o.IsOf(&c.work.record) {
			return c.refuseDamaged(o, "%s neither e-mail nor phone with a name, and an earlier import of this file may have created them: %w", humanize.CountThat(n, "row", "has", "have"), o.Why)
		}
	}
	return nil
}
