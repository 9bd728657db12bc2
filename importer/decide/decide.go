// Package decide chooses what is to be done with a row by what was found of it. It asks nobody.
package decide

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/importer/directory"
	"crmferry/importer/identity"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// ClockSkew is how much earlier than by its clock, as far as we know that, the vendor may say that a contact was made.
const ClockSkew = 2 * time.Minute

// Rules are what is decided by, whatever the row.
type Rules[C any] struct {
	Table       *mapping.Table[C]
	Matching    *mapping.Matching[C]
	Mode        modes.Mode
	Replace     crm.Fields // lists that are replaced instead of added to
	Accept      []string   // codes whose rows are taken as they stand
	BelievesIDs bool       // ids say by themselves which contacts are meant
	LooksUp     bool       // contacts are looked up before they are written
	StepOnly    crm.Fields // that only steps write

	InFile  func(crm.Key) bool   // reports whether some row has a key; nil: none has
	Written func(id string) bool // reports whether a row of the run has written a contact; nil: none has

	CreatedBy func(key string) string // the earlier run that has created the row with a key, "" for none; nil: none has, or a look-up finds it
}

// Choose chooses the action by what was found, and the outcome if there is nothing to send.
func (d *Rules[C]) Choose(it *item.Row[C]) {
	switch {
	case it.Made == nil && !it.MadeAt.IsZero() && len(it.Found) == 1 && d.wasMadeWithLink(it):
		it.Made = &it.Found[0]
		d.Choose(it)
	case it.Made != nil:
		it.Found, it.Res.ID = []C{*it.Made}, d.Table.ID(*it.Made)
		d.compare(it)
	case len(it.Found) > 0 && it.Keys[0].Of != "":
		d.leaveEqual(it)
	case it.Namesake > 0 && !slices.ContainsFunc(it.Found, func(c C) bool { return d.isOwn(it, c) }):
		it.Reject(mapping.Problem{Code: outcome.CodeDuplicate, Message: fmt.Sprintf("row %d has the same name, and none of the %s has this %s: further people of a company are imported as contacts", it.Namesake, d.Table.Resource, keyWord(it.Keys))})
	case len(it.Found) > 1:
		d.ambiguous(it)
	case len(it.Found) == 1 && d.isOfOther(it):
	case len(it.Found) == 1:
		it.Res.ID = d.Table.ID(it.Found[0])
		if d.Mode == modes.CreateOnly {
			it.Skip(outcome.CodeExists, "the "+d.Table.Noun()+" exists already")
			return
		}
		if d.isMeant(it) {
			d.compare(it)
		}
	case d.createdBefore(it) != "":
		it.Skip(outcome.CodeExists, "the "+d.Table.Noun()+" was created before, by the run "+d.createdBefore(it))
	case !d.LooksUp && len(it.Keys) > 0 && it.Keys[0].ID != "":
		it.Skip(outcome.CodeExists, "the row carries an id, by which the vendor documents no way to find what is there")
	case d.Mode == modes.UpdateOnly:
		it.Skip(outcome.CodeNotFound, "no "+d.Table.Noun()+" has this "+keyWord(it.Keys)+d.moved(it))
	case len(it.Keys) > 0 && it.Keys[0].ID != "":
		it.Reject(mapping.Problem{Code: outcome.CodeNotFound, Message: fmt.Sprintf("no %s has the id %q%s", d.Table.Noun(), it.Keys[0].ID, d.moved(it))})
	default:
		it.Fields = d.Table.KeepOrigin(&it.Want, it.Fields, it.Origin)
		it.Res.Action, it.Res.Changed = outcome.ActionCreate, it.Fields
	}
}

// createdBefore is the earlier run that has created the row, "" for none.
func (d *Rules[C]) createdBefore(it *item.Row[C]) string {
	if d.CreatedBy == nil {
		return ""
	}
	return d.CreatedBy(it.Res.Key)
}

// moved says of a record that belongs to another, and that its id does not find, that the row may name another owner than it has: by that
// some are found.
func (d *Rules[C]) moved(it *item.Row[C]) string {
	if !d.Table.OfOthers() || it.Keys == nil || it.Keys[0].ID == "" {
		return ""
	}
	return "; a " + d.Table.Noun() + " cannot be moved: if what it is on was changed in the file, put that back"
}

func keyWord(keys []crm.Key) string {
	if len(keys) == 0 {
		return "key"
	}
	return map[string]string{"id": "id", "email": "e-mail", "phone": "phone and name", "of": "content", "name": "name", "number": "number"}[directory.KindOf(keys[0])]
}

// isOwn reports whether a company found has an address or a number of the row, and not only its name.
func (d *Rules[C]) isOwn(it *item.Row[C], c C) bool {
	return slices.ContainsFunc(d.Table.Keys(c), func(k crm.Key) bool { return !k.IsName() && slices.Contains(it.Keys, k) })
}

// isOfOther rejects a row whose company another row means, too, by a key that this one does not have: which of them goes first
// would decide what the company is called.
func (d *Rules[C]) isOfOther(it *item.Row[C]) bool {
	if d.InFile == nil || !slices.ContainsFunc(it.Keys, crm.Key.IsName) {
		return false
	}
	for _, k := range d.Table.Keys(it.Found[0]) {
		if !slices.Contains(it.Keys, k) && d.InFile(k) {
			it.Reject(mapping.Problem{Code: outcome.CodeDuplicate, Message: fmt.Sprintf("it is %s (%s), and another row means that one by %q: make one row of both", d.Table.ID(it.Found[0]), d.Table.Name(&it.Found[0]), k.String())})
			return true
		}
	}
	return false
}

func (d *Rules[C]) ambiguous(it *item.Row[C]) {
	ids, own := make([]string, len(it.Found)), 0
	for i, c := range it.Found {
		if ids[i] = d.Table.ID(c); d.isOwn(it, c) {
			own++
		}
	}
	if slices.ContainsFunc(it.Keys, crm.Key.IsName) && own > 0 && own < len(ids) {
		for i, c := range it.Found {
			ids[i] += map[bool]string{true: " (by " + keyWord(it.Keys) + ")", false: " (by name)"}[d.isOwn(it, c)]
		}
	}
	it.Reject(mapping.Problem{Code: outcome.CodeAmbiguous,
		Message: fmt.Sprintf("%d %s match: %s", len(ids), d.Table.Resource, strings.Join(ids, ", "))})
}

// leaveEqual leaves a record alone that says what the row says. Whatever else the row has is not written: of two records that
// say the same nobody knows which one it is about.
func (d *Rules[C]) leaveEqual(it *item.Row[C]) {
	it.Res.ID = d.Table.ID(it.Found[0])
	if d.Mode == modes.CreateOnly {
		it.Skip(outcome.CodeExists, "it exists already")
		return
	}
	set := d.fieldsToSet(it)
	differ, blind := d.Table.Readable(d.Table.Merge(it.Found[0], it.Want, set, d.Replace).Changed), set.Without(d.Table.Readable(set)).Without(it.Filled)
	var said []string
	if len(differ) > 0 {
		said = append(said, fmt.Sprintf("and the row differs in %s, which was left", strings.Join(differ, ", ")))
	}
	if len(blind) > 0 { // whether it is as the row says nobody can tell
		said = append(said, strings.Join(blind, ", ")+" was not sent, and the vendor does not let it be compared")
	}
	if said != nil {
		it.Skip(outcome.CodeDiffers, fmt.Sprintf("%s goes by the same, %s: give the id %s to change it", it.Res.ID, strings.Join(said, "; "), it.Res.ID))
		return
	}
	it.Res.Action, it.Res.Outcome = outcome.ActionNone, outcome.Unchanged
}

// fieldsToSet are the fields that a row sets in the contact found: a default never takes the place of what the CRM has, but of a
// contact that the row itself has made.
func (d *Rules[C]) fieldsToSet(it *item.Row[C]) crm.Fields {
	if p := it.Planned; p != nil && p.Action == outcome.ActionUpdate && it.Made == nil {
		return p.Changed
	}
	if it.Made != nil || len(it.Filled) == 0 {
		return it.Fields
	}
	unfilled := d.Table.Unfilled(it.Found[0], it.Filled)
	return slices.DeleteFunc(slices.Clone(it.Fields), func(f string) bool { return it.Filled.Has(f) && !unfilled.Has(f) })
}

// compare finds out what the row would change in the contact found.
func (d *Rules[C]) compare(it *item.Row[C]) {
	fields := d.fieldsToSet(it)
	m := d.Matching.Merge(it.Found[0], it.Want, fields, d.Replace)
	if d.writes(it, m.Changed) {
		fields = append(slices.Clip(fields), it.Filled.Without(fields).Customs()...)
		m = d.Matching.Merge(it.Found[0], it.Want, fields, d.Replace)
	}
	if len(m.Bad) > 0 {
		it.Reject(m.Bad...)
		return
	}
	if d.writes(it, m.Changed) && !d.keepsCustoms(it) {
		return
	}
	it.Res.Changed = m.Changed
	it.Res.Problems = append(it.Res.Problems, m.Fixed...)
	if len(m.Changed) == 0 {
		it.Res.Action, it.Res.Outcome = outcome.ActionNone, outcome.Unchanged
		if it.Made != nil {
			it.Res.Action, it.Res.Outcome, it.Res.Changed = outcome.ActionCreate, outcome.Created, it.Fields
		}
		return
	}
	if it.Made == nil {
		it.Res.Before, it.Res.After = d.Table.Image(it.Found[0], m.Changed), d.Table.Image(m.Contact, m.Changed)
	}
	it.Want, it.Res.Action = m.Contact, outcome.ActionUpdate
}

// writes reports whether a row of a file is to change fields of the record found that are written with the record itself.
func (d *Rules[C]) writes(it *item.Row[C], changed crm.Fields) bool {
	return it.Made == nil && it.Planned == nil && it.Did == nil && len(changed.Without(d.StepOnly)) > 0
}

// keepsCustoms reports whether a row gives all custom fields that columns are for: an update empties those that it leaves out, and
// none can be read to be sent along. Else the row is rejected, unless such rows are accepted.
func (d *Rules[C]) keepsCustoms(it *item.Row[C]) bool {
	lacks := crm.Fields(columns.Customs(d.Matching.Columns)).Without(it.Fields)
	if len(lacks) == 0 {
		return true
	}
	return d.Mismatch(it, mapping.Problem{Code: outcome.CodeEmptyCustom, Field: strings.Join(lacks, ","),
		Message: fmt.Sprintf("the %s is there, and the row has nothing for %s: an update may empty what it leaves out, and what is there cannot be read", d.Table.Noun(), strings.Join(lacks, ", "))})
}

// Rejoin makes of what the row says what its contact is to hold, once the contact was written and read again: steps write whole
// values, and a list that the row adds to would lose what it held.
func (d *Rules[C]) Rejoin(it *item.Row[C]) {
	fields := d.fieldsToSet(it)
	if it.Res.Action == outcome.ActionCreate { // what a new contact has the vendor gave it: it takes the place of no default
		fields = it.Fields
	}
	it.Want = d.Matching.Merge(it.Found[0], it.Want, fields, d.Replace).Contact
}

// isMeant reports whether the contact found is the row's; else the row is rejected.
func (d *Rules[C]) isMeant(it *item.Row[C]) bool {
	if it.Keys[0].ID == "" || !d.BelievesIDs {
		return true
	}
	says := d.Table.Without(it.Want, it.Filled)
	if !d.Table.Likeness(&says, &it.Found[0]).Contradicts() {
		return true
	}
	return d.Mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Message: identity.StrangerOf(d.Table, it.Res.Row, it.Keys[0].ID, &says, &it.Found[0]).String()})
}

// Reported says why the contact found is not the one that the report tells of which names the row, "" if it is, or nothing can be
// said.
func (d *Rules[C]) Reported(it *item.Row[C]) string {
	if it.Reported == "" || it.Recalled || d.Table.KnownBy(&it.Found[0], it.Reported) {
		return ""
	}
	return fmt.Sprintf("the id %q is that of %s, and the key in the report is %q", it.Keys[0].ID,
		cmp.Or(d.Table.Describe(&it.Found[0]), "one without e-mail, phone and name"), it.Reported)
}

// WriteOnlyNote says which of the written fields could not be compared, because they cannot be read back.
func (d *Rules[C]) WriteOnlyNote(it *item.Row[C]) string {
	if it.Res.Outcome != outcome.Updated {
		return ""
	}
	blind := it.Res.Changed.Without(d.Table.Readable(it.Res.Changed))
	if len(blind) == 0 {
		return ""
	}
	return strings.Join(blind, ", ") + ": sent without comparing, the vendor does not let them be read"
}

// Mismatch rejects a row for what is wrong with it, unless such rows are accepted. One that an earlier session may have sent all the
// same is in doubt.
func (d *Rules[C]) Mismatch(it *item.Row[C], wrong ...mapping.Problem) (accepted bool) {
	var left []mapping.Problem
	for _, p := range wrong {
		if slices.Contains(d.Accept, p.Code) {
			it.Res.Notes = append(it.Res.Notes, "accepted: "+p.Message)
		} else {
			left = append(left, p)
		}
	}
	switch {
	case left == nil:
		return true
	case it.InDoubt():
		it.Res.MarkUnknown(outcome.ErrNoAnswer)
	default:
		it.Res.Action, it.Res.Changed = "", nil
		it.Reject(left...)
	}
	return false
}

// OwnContact is the contact among those found that a create of the item, sent at a time, has made: every field that was sent
// is in it, and it is not older. nil if there is none.
func (d *Rules[C]) OwnContact(it *item.Row[C], sent time.Time) *C {
	fields := it.Fields.Without(d.StepOnly)
	for i := range it.Found {
		c := &it.Found[i]
		made, _ := d.Table.Dates(c)
		if !made.IsZero() && made.Before(sent.Add(-ClockSkew)) {
			continue
		}
		m := d.Matching.Merge(*c, it.Want, fields, d.Replace)
		if len(d.Table.Readable(m.Changed))+len(m.Fixed)+len(m.Bad) == 0 {
			return c
		}
	}
	return nil
}

// wasMadeWithLink reports whether the contact found was made along with a thing that the row names, by a request that was not
// answered: it is not older, and has nothing in the fields that it and the row do not share.
func (d *Rules[C]) wasMadeWithLink(it *item.Row[C]) bool {
	c := it.Found[0]
	made, _ := d.Table.Dates(&c)
	if made.IsZero() || made.Before(it.MadeAt.Add(-ClockSkew)) {
		return false
	}
	m := d.Matching.Merge(c, it.Want, it.Fields.Without(d.StepOnly), d.Replace)
	return !slices.ContainsFunc(m.Changed, func(field string) bool { return d.Table.Text(c, field) != "" })
}
