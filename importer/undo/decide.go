package undo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/importer/decide"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Way is how contacts of a vendor are brought back. All but Table, Merge and Infos says what the vendor documents.
type Way[C any] struct {
	Table *mapping.Table[C]
	// Merge holds what a row of the run says against a contact.
	Merge func(found, want C, set, replace crm.Fields) mapping.Merged[C]
	Infos map[string]mapping.Info // of the table, by field
	Reads bool                    // contacts can be looked up
	// Writes reports whether a field of found can be made what it is in want.
	Writes func(found, want C, field string) bool
	// left are the fields of steps that found lacks to be what want is in some fields.
	left     func(found, want C, fields crm.Fields) crm.Fields
	StepOnly crm.Fields // fields that a write of their own writes, behind the contact
	Deletes  bool
	Spares   string                                   // why the client deletes nothing that the vendor lets be deleted, "" for most
	Archived func(found C) (archived C, field string) // nil where contacts cannot be archived
	// Own is the contact among those found that the run made, where it is not known whether it made one; nil if none is.
	Own func() *C
}

// Did is what the run did with a contact.
type Did[C any] struct {
	*survey.Earlier
	Sent     C // what was created, or is to be created again, with these fields
	Fields   crm.Fields
	Reported string // the key by which a contact is known of which no more is
	// FormerNow is the contact that had what the run gave to this one, as it is now; nil if it is not there.
	FormerNow *C
	Begun     bool            // the undo was about to take the contact away before
	Seen      json.RawMessage // the contact as it was then, if it was to be deleted
}

// Decision is what takes it back.
type Decision[C any] struct {
	ID       string
	Action   outcome.Action
	Outcome  outcome.Outcome // "" where something is to be sent
	Gone     bool            // the contact that would be taken away is not there
	Contact  C               // as it was found
	Want     C               // as it is to be
	Fields   crm.Fields      // that are to be written
	Before   json.RawMessage // as in a Result
	After    json.RawMessage
	GiveBack *C // another contact, as it is to be: it has what the run gave to this one again
	Problems []mapping.Problem
	Notes    []string
	noun     string // what the contact is called
}

// NewWay is how contacts of a vendor are brought back; now is the time there.
func NewWay[C any](t *mapping.Table[C], vendor crm.Creator[C], merge func(found, want C, set, replace crm.Fields) mapping.Merged[C], now func() time.Time) Way[C] {
	_, finds := vendor.(crm.Finder[C])
	updater, _ := vendor.(crm.Updater[C])
	w := Way[C]{Table: t, Merge: merge, Infos: map[string]mapping.Info{}, Reads: finds || crm.ListOf[C](vendor) != nil, Deletes: RemovalOf(vendor) == ByDelete}
	for _, f := range t.Info() {
		w.Infos[f.Name] = f
	}
	if s, ok := vendor.(crm.Sparer); ok {
		w.Spares = s.Spared()
	}
	w.left = func(C, C, crm.Fields) crm.Fields { return nil }
	stepper, _ := vendor.(crm.Stepper[C])
	if stepper != nil {
		w.StepOnly = stepper.StepFields()
		w.left = func(found, want C, fields crm.Fields) (left crm.Fields) {
			for _, s := range stepper.Steps(&found, want, fields) {
				left = append(left, s.Fields...)
			}
			return left
		}
	}
	w.Writes = func(found, want C, field string) bool {
		if updater == nil || !w.StepOnly.Has(field) {
			return updater != nil
		}
		only := crm.Fields{field}
		return len(stepper.Steps(&found, t.Merge(found, want, only, only).Contact, only)) > 0
	}
	if archiver, ok := vendor.(crm.Archiver[C]); ok && updater != nil {
		w.Archived = func(c C) (C, string) { return archiver.Archived(c, now()) }
	}
	return w
}

// Decide chooses what takes back what the run did, by the contacts found.
func (w *Way[C]) Decide(did Did[C], found []C) *Decision[C] {
	d := &Decision[C]{ID: did.Result.ID, noun: w.Table.Noun()}
	switch {
	case !w.Reads:
		d.cannot(did, "the vendor documents no way to look at the "+d.noun)
	case did.Result.Action == outcome.ActionDelete:
		w.recreate(d, did, found)
	case len(found) == 0 && (did.Result.Outcome == outcome.Created || d.ID == ""):
		d.Gone = true
		w.orphan(d, did, did.Sent, did.Fields)
	case len(found) == 0:
		d.skip(mapping.Problem{Code: outcome.CodeNotFound, Message: "the " + d.noun + " is not there any more"})
		if len(did.Images) > 0 {
			if after, err := w.Table.FromImage(did.Images[0].After); err == nil {
				w.orphan(d, did, after, did.Images[0].Changed)
			}
		}
	case did.Result.Outcome == outcome.Created, d.ID == "":
		w.remove(d, did, found)
	default:
		d.Contact = found[0]
		w.restore(d, did)
	}
	return d
}

func (d *Decision[C]) skip(problems ...mapping.Problem) {
	d.Outcome, d.Action, d.Problems = outcome.Skipped, outcome.ActionNone, problems
}

// leave ends what needs nothing.
func (d *Decision[C]) leave(note string) {
	d.Outcome, d.Action, d.Notes = outcome.Unchanged, outcome.ActionNone, []string{note}
}

// cannot leaves a contact that cannot be made what it was, and says what is left to people.
func (d *Decision[C]) cannot(did Did[C], why string) {
	byHand := "look for it in the CRM"
	if did.Result.ID != "" {
		byHand = fmt.Sprintf("look at the %s %s in the CRM", d.noun, did.Result.ID)
	}
	if did.Result.Outcome == outcome.Created {
		byHand += ", and delete it there"
	}
	d.skip(mapping.Problem{Code: outcome.CodeCannotUndo, Message: why + ": " + byHand})
}

// write makes the contact what want is in some fields.
func (w *Way[C]) write(d *Decision[C], want C, fields crm.Fields) {
	d.Action, d.Want, d.Fields = outcome.ActionUpdate, want, fields
	d.Before, d.After = w.Table.Image(d.Contact, fields), w.Table.Image(want, fields)
}

// remove takes a creation back, if the contact still is what the run made of it.
func (w *Way[C]) remove(d *Decision[C], did Did[C], found []C) {
	d.Contact = found[0]
	if d.ID == "" {
		own := w.Own()
		if own == nil {
			d.cannot(did, "it is not known whether the run created the "+d.noun+": one with its key is there, and differs from what was sent")
			return
		}
		d.Contact, d.ID = *own, w.Table.ID(*own)
	}
	if w.archivedAlready(d.Contact) && !w.archivedAlready(did.Sent) {
		d.leave("the " + d.noun + " is archived")
		return
	}
	r := w.roleOf(did, d.Contact, did.Sent, did.Fields)
	if edits := w.edits(d.Contact, did, r); len(edits) > 0 {
		d.skip(edits...)
		return
	}
	if w.archivedAlready(d.Contact) {
		d.leave("the " + d.noun + " is archived, as the run has made it")
		return
	}
	d.takeUp(did, r)
	switch {
	case w.Deletes:
		d.Action, d.Before = outcome.ActionDelete, w.Table.Image(d.Contact, nil)
	case w.Archived != nil:
		archived, field := w.Archived(d.Contact)
		d.Notes = append(d.Notes, "archived: the vendor documents no way to delete it")
		w.write(d, archived, crm.Fields{field})
	default:
		d.cannot(did, cmp.Or(w.Spares, "the vendor documents no way to delete or archive the "+d.noun))
	}
}

// archivedAlready reports whether a contact is archived, where that stands for a delete.
func (w *Way[C]) archivedAlready(c C) bool {
	if w.Deletes || w.Archived == nil {
		return false
	}
	archived, field := w.Archived(c)
	return !w.differs(c, archived, field)
}

// IsUnarchived reports whether a contact is not archived, which a write of these fields would have made it.
func (w *Way[C]) IsUnarchived(c C, sent crm.Fields) bool {
	if w.Deletes || w.Archived == nil {
		return false
	}
	archived, field := w.Archived(c)
	return len(sent) == 1 && sent[0] == field && w.differs(c, archived, field)
}

// HowToVerify says by what of the contact people see whether it was taken back by an action, "" if nothing shows that.
func (w *Way[C]) HowToVerify(did *survey.Earlier, by outcome.Action) string {
	if did == nil || by == outcome.ActionDelete {
		return ""
	}
	look := fmt.Sprintf("look at the %s %s in the CRM: ", w.Table.Noun(), did.Result.ID)
	switch {
	case did.Result.ID == "":
		return ""
	case did.Result.Outcome == outcome.Created:
		return look + "if it is archived, it was taken back"
	case did.Result.Action == outcome.ActionDelete || len(did.Images) == 0:
		return ""
	}
	before, errB := w.Table.FromImage(did.Images[0].Before)
	after, errA := w.Table.FromImage(did.Images[0].After)
	if errA != nil || errB != nil {
		return ""
	}
	fields := did.Images[0].Changed
	values := make([]string, len(fields))
	for i, f := range fields {
		values[i] = fmt.Sprintf("%s is %q if it was taken back, and else %q", f, w.Table.Text(before, f), w.Table.Text(after, f))
	}
	return look + strings.Join(values, "; ")
}

// edits says what people have made of a contact that the run created.
func (w *Way[C]) edits(found C, did Did[C], r role[C]) []mapping.Problem {
	if did.Reported != "" && len(did.Fields) == 0 { // of the run no more is known
		// A record of others is known by a word of the row, which it does not hold; its id is the vendor's answer to the create.
		if known := w.Table.OfOthers() || w.Table.KnownBy(&found, did.Reported); !known {
			return []mapping.Problem{{Code: outcome.CodeEditedSince, Message: fmt.Sprintf("the %s is %s now, and its key was %q", w.Table.Noun(),
				cmp.Or(w.Table.Describe(&found), "one without e-mail, phone and name"), did.Reported)}}
		}
		if w.touchedAtAll(found, did) {
			return []mapping.Problem{w.unexplained(found)}
		}
		return nil
	}
	sent := Sent[C]{Contact: did.Sent, Fields: did.Fields}
	if did.Half {
		sent.Left = w.left(found, did.Sent, did.Fields)
	}
	if did.More || slices.ContainsFunc(did.Fields, w.StepOnly.Has) {
		sent.Until = did.Result.Finished
	}
	if !r.again {
		return w.Edited(found, sent)
	}
	sent.Fields = sent.Fields.Without(crm.Fields{r.field}) // which this undo has brought about
	if !did.Begun {
		return w.Edited(found, sent)
	}
	_, sent.Until = w.Table.Dates(&found) // giving the role back has changed that
	edits := w.Edited(found, sent)
	for _, p := range w.since(did.Seen, found, r.field) {
		if !slices.ContainsFunc(edits, func(e mapping.Problem) bool { return e.Field == p.Field }) {
			edits = append(edits, p)
		}
	}
	return edits
}

// since says in what a contact differs from what it was when the undo was first about to delete it, but for the role that it has
// given back.
func (w *Way[C]) since(seen json.RawMessage, found C, role string) (edits []mapping.Problem) {
	was, err := w.Table.FromImage(seen)
	if len(seen) == 0 || err != nil {
		return nil
	}
	for i := range w.Table.Fields {
		f := &w.Table.Fields[i].Info
		if f.Writable && !f.WriteOnly && f.Name != role && w.differs(was, found, f.Name) {
			edits = append(edits, mapping.Problem{Code: outcome.CodeEditedSince, Field: f.Name,
				Message: fmt.Sprintf("%s: it was %q when the undo began with the %s, and it is %q now", f.Name, w.Table.Text(was, f.Name), w.Table.Noun(), w.Table.Text(found, f.Name))})
		}
	}
	return edits
}

// restore takes an update back, field by field.
func (w *Way[C]) restore(d *Decision[C], did Did[C]) {
	if len(did.Images) == 0 {
		d.cannot(did, "what the "+d.noun+" was before the run is not known, because nothing was read before it was written")
		return
	}
	after, err := w.Table.FromImage(did.Images[0].After)
	if err != nil {
		d.cannot(did, err.Error())
		return
	}
	r := w.roleOf(did, d.Contact, after, did.Images[0].Changed)
	back, err := w.Restore(d.Contact, did.Images[0], r)
	switch {
	case err != nil:
		d.cannot(did, err.Error())
	case len(back.Fields) > 0:
		d.Problems = back.Kept
		if r.give {
			d.giveBack(did, r)
		}
		w.write(d, back.Contact, back.Fields)
	case len(back.Kept) > 0:
		d.skip(back.Kept...)
	default:
		d.leave("the " + d.noun + " is as it was before the run")
	}
}

// recreate brings back a contact that the run deleted, unless it is there, or somebody with its key is.
func (w *Way[C]) recreate(d *Decision[C], did Did[C], found []C) {
	old := did.Result.ID
	switch {
	case len(did.Images) == 0:
		d.cannot(did, "what the "+d.noun+" was is not known, because the run has kept no copy")
		return
	case len(found) == 0:
		d.ID, d.Action, d.Fields = "", outcome.ActionCreate, did.Fields
		d.Notes = append(d.Notes, "created again: its id was "+old)
		return
	}
	var others []string
	for _, c := range found {
		d.ID = w.Table.ID(c)
		if m := w.Table.Merge(c, did.Sent, did.Fields.Without(w.StepOnly), did.Fields); d.ID == old || d.ID == did.Again || len(m.Changed)+len(m.Fixed) == 0 {
			d.leave("the " + d.noun + " is there, its id is " + d.ID)
			return
		}
		others = append(others, d.ID)
	}
	d.skip(mapping.Problem{Code: outcome.CodeExists, Message: fmt.Sprintf("a contact with its key is there by now: %s; the one that was deleted was %s", strings.Join(others, ", "), old)})
}

// Restored is a contact with the values that it had before the run.
type Restored[C any] struct {
	Contact C
	Fields  crm.Fields        // in which it differs from the contact found
	Kept    []mapping.Problem // fields that stay as they are, and why
}

// Restore makes what a contact holds what it held before the run, where it still holds what the run wrote.
func (w *Way[C]) Restore(found C, im outcome.Image, role role[C]) (Restored[C], error) {
	r := Restored[C]{Contact: found}
	before, err := w.Table.FromImage(im.Before)
	if err != nil {
		return r, err
	}
	after, err := w.Table.FromImage(im.After)
	if err != nil {
		return r, err
	}
	for _, name := range im.Changed {
		if name == role.field && role.give {
			continue
		}
		why := w.keeps(found, before, after, name)
		if why != nil && name == role.field && why.Code == outcome.CodeCannotUndo {
			*why = role.problem()
		}
		if why != nil {
			r.Kept = append(r.Kept, *why)
		} else if w.differs(found, before, name) {
			r.Fields = append(r.Fields, name)
		}
	}
	m := w.Table.Merge(found, before, r.Fields, r.Fields)
	r.Contact, r.Fields = m.Contact, m.Changed
	w.repeatCustom(&r, after, im.Changed)
	r.Kept = append(r.Kept, m.Fixed...)
	if role.give {
		r.Contact, r.Fields = w.Table.Put(r.Contact, before, crm.Fields{role.field}), append(r.Fields, role.field)
	}
	return r, nil
}

// repeatCustom sends what the run has put into custom fields along with what is written: a vendor may take what it is sent for all of
// a record, and requires some of them.
func (w *Way[C]) repeatCustom(r *Restored[C], after C, wrote crm.Fields) {
	custom := wrote.Customs()
	if len(r.Fields) == 0 || len(custom) == 0 {
		return
	}
	r.Contact, r.Fields = w.Table.Put(r.Contact, after, custom), append(r.Fields, custom...)
}

// keeps says why a field is kept as it is; nil if it is not, or is as it was before the run.
func (w *Way[C]) keeps(found, before, after C, name string) *mapping.Problem {
	text := func(c C) string { return w.Table.Text(c, name) }
	kept := func(code, format string, args ...any) *mapping.Problem {
		return &mapping.Problem{Code: code, Field: name, Message: name + ": " + fmt.Sprintf(format, args...)}
	}
	switch info := w.Infos[name]; {
	case w.Table.WriteOnly(name):
		return kept(outcome.CodeCannotUndo, "the run wrote it, and what was there before is not known: the vendor does not let it be read")
	case !w.differs(found, before, name):
		return nil
	case w.differs(found, after, name):
		return kept(outcome.CodeEditedSince, "the run wrote %q, it is %q now, and was left; before the run it was %q", text(after), text(found), text(before))
	case info.NotClearable && text(before) == "":
		return kept(outcome.CodeCannotUndo, "%q stays, because the vendor documents no way to empty it", text(found))
	case !w.Writes(found, before, name):
		return kept(outcome.CodeCannotUndo, "%q stays, because the vendor documents no way back to %q", text(found), text(before))
	}
	return nil
}

func (w *Way[C]) differs(a, b C, name string) bool {
	return len(w.Table.Same(a, b, crm.Fields{name})) > 0
}

// Sent is what a run created a contact of.
type Sent[C any] struct {
	Contact C
	Fields  crm.Fields
	Left    crm.Fields // that steps were to write which may not have been done
	Until   time.Time  // when the run was done with it, if it wrote more than once; zero if a create was all
}

// Edited says in what a contact that the run created differs from what the run sent. What the run did not send counts as far
// as somebody has changed the contact since: vendors fill fields by themselves.
func (w *Way[C]) Edited(found C, sent Sent[C]) (edits []mapping.Problem) {
	edit := func(name, format string, args ...any) {
		edits = append(edits, mapping.Problem{Code: outcome.CodeEditedSince, Field: name, Message: name + ": " + fmt.Sprintf(format, args...)})
	}
	text := w.Table.Text
	m := w.Merge(found, sent.Contact, sent.Fields.Without(sent.Left), sent.Fields)
	differ := slices.Clone(w.Table.Readable(m.Changed))
	for _, p := range slices.Concat(m.Fixed, m.Bad) {
		if !differ.Has(p.Field) {
			differ = append(differ, p.Field)
		}
	}
	for _, f := range differ {
		edit(f, "the run wrote %q, and it is %q now", text(sent.Contact, f), text(found, f))
	}
	if !w.touched(found, sent.Until) {
		return edits
	}
	for i := range w.Table.Fields {
		f := &w.Table.Fields[i].Info
		if now := text(found, f.Name); f.Writable && !f.WriteOnly && !sent.Fields.Has(f.Name) && now != "" && now != "no" {
			edit(f.Name, "the run left it empty, and it is %q now", now)
		}
	}
	if len(edits) == 0 {
		edits = append(edits, w.unexplained(found))
	}
	return edits
}

// unexplained is the problem of a contact that was changed after the run in what cannot be compared: a second address, say,
// that the vendor lets be read and not be written.
func (w *Way[C]) unexplained(found C) mapping.Problem {
	_, changed := w.Table.Dates(&found)
	return mapping.Problem{Code: outcome.CodeEditedSince, Message: fmt.Sprintf("the %s was changed at %s, after the run, in something that cannot be compared",
		w.Table.Noun(), changed.UTC().Format("2006-01-02 15:04:05"))}
}

// slow is how much later than its creation a vendor may say that a contact was changed, although nobody has changed it.
const slow = time.Second

// touched reports whether a contact was changed since the run was done with it, as far as the vendor tells.
func (w *Way[C]) touched(found C, until time.Time) bool {
	created, changed := w.Table.Dates(&found)
	if until.IsZero() {
		return changed.Sub(created) > slow
	}
	return changed.After(until.Add(decide.ClockSkew))
}

// touchedAtAll reports whether a contact of which nothing can be compared may have been changed since the run was done with it: no
// time is allowed for clocks that differ, as what was changed in it would be lost unseen.
func (w *Way[C]) touchedAtAll(found C, did Did[C]) bool {
	if !did.More && !slices.ContainsFunc(did.Result.Changed, w.StepOnly.Has) {
		return w.touched(found, time.Time{})
	}
	_, changed := w.Table.Dates(&found)
	return changed.After(did.Result.Finished)
}

// Removal is how a vendor lets creations be taken back.
type Removal string

// The ways.
const (
	ByDelete  Removal = "delete"
	ByArchive Removal = "archive"
	ByNothing Removal = ""
)

// RemovalOf is that of a vendor.
func RemovalOf[C any](vendor crm.Creator[C]) Removal {
	_, deletes := vendor.(crm.Deleter[C])
	_, archives := vendor.(crm.Archiver[C])
	switch {
	case deletes:
		return ByDelete
	case archives:
		return ByArchive
	}
	return ByNothing
}
