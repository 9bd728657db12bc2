package undo

import (
	"fmt"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// role is what only one contact can have, and the run gave to this one.
type role[C any] struct {
	field string // that says so; "" if the run gave none
	what  string // "the account owner of client 12"
	give  bool   // the contact that had it can have it again,
	again bool   // or has it again
	want  C      // that contact, with it
	why   string // why it cannot be given back
}

// roleOf is the role that a run gave to the contact found.
func (w *Way[C]) roleOf(did Did[C], found, gave C, fields crm.Fields) (r role[C]) {
	if r.field, _ = w.Table.Claim(&gave, fields); r.field == "" {
		return r
	}
	one := crm.Fields{r.field}
	claim := func(c C) (C, string) {
		c = w.Table.Put(c, gave, one)
		_, what := w.Table.Claim(&c, one)
		return c, what
	}
	_, r.what = claim(found)
	switch former := did.FormerNow; {
	case did.Former == nil:
		r.why = "who was that before is not known"
	case *did.Former == "":
		r.why = "nobody was that before, and nothing takes it away but giving it to another"
	case former == nil:
		r.why = fmt.Sprintf("%s was that before, and is not there any more", *did.Former)
	default:
		if r.want, r.why = claim(*former); r.why != r.what {
			r.why = fmt.Sprintf("%s was that before, and cannot be that any more", *did.Former)
			break
		}
		r.why, r.again = "", !w.differs(*former, gave, r.field)
		r.give = !r.again && !w.differs(found, gave, r.field)
	}
	return r
}

// problem says that the role stays to be given by hand.
func (r *role[C]) problem() mapping.Problem {
	return mapping.Problem{Code: outcome.CodeCannotUndo, Field: r.field, Message: fmt.Sprintf("%s: the run made the contact %s; %s: give it back by hand", r.field, r.what, r.why)}
}

// orphan says of a role that went with the contact that the run gave it to.
func (w *Way[C]) orphan(d *Decision[C], did Did[C], gave C, fields crm.Fields) {
	field, _ := w.Table.Claim(&gave, fields)
	if field == "" || did.FormerNow == nil || !w.differs(*did.FormerNow, gave, field) {
		return
	}
	d.Problems = append(d.Problems, mapping.Problem{Code: outcome.CodeCannotUndo, Field: field,
		Message: fmt.Sprintf("%s: the contact that the run gave it to is not there any more, and %s had it before: give it back by hand, if nobody has it", field, *did.Former)})
}

// takeUp puts what becomes of the role of a contact that is taken away into the decision.
func (d *Decision[C]) takeUp(did Did[C], r role[C]) {
	switch {
	case r.give:
		d.giveBack(did, r)
	case r.again && did.Begun:
		d.Notes = append(d.Notes, r.givenBack(*did.Former))
	case r.field != "" && r.why != "" && (did.Former == nil || *did.Former != ""):
		d.Problems = append(d.Problems, r.problem())
	}
}

// giveBack has the contact that had the role before have it again.
func (d *Decision[C]) giveBack(did Did[C], r role[C]) {
	d.GiveBack = &r.want
	d.Notes = append(d.Notes, r.givenBack(*did.Former))
}

// givenBack says that the contact that had the role before has it again.
func (r *role[C]) givenBack(to string) string {
	return fmt.Sprintf("%s: %s is %s again", r.field, to, r.what)
}
