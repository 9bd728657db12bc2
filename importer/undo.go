package importer

import (
	"context"
	"slices"
	"time"

	"crmferry/importer/decide"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/survey"
	"crmferry/importer/undo"
	"crmferry/internal/crm"
)

// What a run has done is taken back like any other row is done: its contact is looked up, an action is chosen, and that is
// journaled and sent. A creation is taken back by a delete or an update that archives, an update by an update, a delete by a
// create.

// row puts what a row says on its way.
func (r *run[C]) row(seq int, says *survey.Row[C]) *item.Row[C] {
	if r.o.From != modes.FromRun {
		return r.precheck.Row(seq, says)
	}
	did := &says.Earlier.Result
	it := &item.Row[C]{Seq: seq, Want: says.Contact, Fields: says.Fields, Reported: says.Reported, Did: says.Earlier,
		Res: outcome.Result{Row: did.Row, Line: did.Line, First: did.First, Part: did.Part, Key: did.Key, ID: did.ID}}
	for _, l := range says.Earlier.Links {
		it.Res.Notes = append(it.Res.Notes, r.links.Stays(l))
	}
	it.Keys = says.Keys
	r.links.Fill(r.table, &it.Want, says.Links) // a name that is gone shows as a difference
	if len(it.Keys) == 0 {
		it.Skip(outcome.CodeCannotUndo, "it is not known whether the "+r.table.Noun()+" was created, and nothing is known by which it could be found")
	}
	return it
}

// resolveUndo finds out what an earlier session of an undo did that was about to delete or update a contact.
func (r *run[C]) resolveUndo(ctx context.Context, it *item.Row[C]) error {
	switch it.Past.Action {
	case outcome.ActionUpdate:
		return r.waitForEarlierUpdate(ctx, it)
	case outcome.ActionDelete:
	default: // the journal is damaged, and nothing says that anything was sent
		r.enter(it, phase.Planned)
	}
	return nil
}

// lookLonger looks for a contact that the run may have been about to create only now: not found says nothing yet.
func (r *run[C]) lookLonger(ctx context.Context, it *item.Row[C]) error {
	if it.Did == nil || it.Did.Result.ID != "" || len(it.Found) > 0 || r.vendorTime().Sub(it.Did.Result.Finished) > r.o.late() {
		return nil
	}
	return r.lookUntil(ctx, it, r.unsureUntil())
}

// chooseUndo chooses what takes back what a run did, by the contact as it is now.
func (r *run[C]) chooseUndo(it *item.Row[C]) {
	r.written.DropOthers(it)
	way := r.undoing
	if it.Did.Result.ID == "" {
		way.Own = func() *C { return r.ownOfRun(it) }
	}
	begun := it.WasThere || it.Past != nil && it.Past.Action == outcome.ActionDelete
	if it.Seen == nil && it.Past != nil {
		it.Seen = it.Past.Before
	}
	d := way.Decide(undo.Did[C]{Earlier: it.Did, Sent: it.Want, Fields: it.Fields, Reported: it.Reported, FormerNow: it.Former, Begun: begun, Seen: it.Seen}, it.Found)
	it.Res.ID, it.Res.Action, it.Res.Changed, it.Res.Problems = d.ID, d.Action, d.Fields, d.Problems
	it.Res.Before, it.Res.After, it.GiveBack = d.Before, d.After, d.GiveBack
	it.Res.Notes = append(it.Res.Notes, d.Notes...)
	switch {
	case d.Action == outcome.ActionCreate && r.written.WouldMerge(it):
		it.Res.Changed = nil
		it.Skip(outcome.CodeExists, "another "+r.table.Noun()+" with its key was created again, and the vendor takes both for one; the one that was deleted was "+it.Did.Result.ID)
	case d.Gone:
		r.endGone(it)
	case d.Outcome != "":
		if begun && it.Keys[0].ID != "" {
			r.notDone(it) // it is there
		}
		it.Res.Outcome, it.Res.Changed = d.Outcome, nil
	case d.Action == outcome.ActionDelete:
		it.Found, it.WasThere, it.Res.Changed = []C{d.Contact}, true, nil
		if it.Seen == nil {
			it.Seen = d.Before
		}
	case d.Action == outcome.ActionUpdate:
		it.Found, it.Want, it.Fields = []C{d.Contact}, d.Want, d.Fields
	}
}

// rows calls do for every row in its order, in an undo with all parts of the same row.
func (r *run[C]) rows(ctx context.Context, do func(seq int, says *survey.Row[C], parts *item.Parts[C]) error) error {
	if r.o.From != modes.FromRun {
		return r.file.Rows(ctx, func(seq int, says *survey.Row[C]) error { return do(seq, says, nil) })
	}
	return item.InParts(func(each func(int, *survey.Row[C]) error) error { return r.file.Rows(ctx, each) }, do)
}

// spare leaves what the run created if records of others would be deleted along with it, or another part of its row stays.
func (r *run[C]) spare(ctx context.Context, it *item.Row[C]) error {
	if it.Did == nil || it.Res.Outcome == "" && it.Res.Action != outcome.ActionDelete && it.Did.Result.Outcome != outcome.Created {
		return nil
	}
	why, err := r.partStays(ctx, it)
	if err == nil && why == "" && it.Res.Outcome == "" && it.Res.Action == outcome.ActionDelete {
		err = r.requests.Read(ctx, &it.Trail, func() (err error) {
			why, err = undo.Attached(ctx, r.vendor, it.Res.ID)
			return err
		})
	}
	if err == nil && why != "" {
		r.notDone(it) // it is there
		it.Res.Before, it.Res.After, it.Res.Changed = nil, nil, nil
		it.Skip(outcome.CodeEditedSince, why)
	}
	return err
}

// partStays says why another part of the row of an item is not taken away, "" if all may be, or if the item itself is decided on.
func (r *run[C]) partStays(ctx context.Context, it *item.Row[C]) (string, error) {
	if !it.Parts.Several() || r.directory == nil {
		return "", nil
	}
	release, err := r.written.TakeParts(ctx, it)
	if err != nil {
		return "", err
	}
	defer release()
	if it.Res.Outcome != "" {
		it.Parts.Decided(it.Seq, &it.Res)
		return "", nil
	}
	return it.Parts.Stays(it.Seq, r.clock(), MaxAge/2, func(seq int, says *survey.Row[C]) (*outcome.Result, error) {
		if res, _, err := r.o.Journal.Outcome(seq); res != nil || err != nil {
			return res, err
		}
		part := r.row(seq, says)
		if part.Res.Outcome == "" {
			err := r.requests.Read(ctx, &it.Trail, func() error { return r.directory.Find(ctx, &part.Query) })
			if err == nil && r.since(part.ReadAt) > MaxAge {
				err = r.readAgain(ctx, part)
			}
			if err != nil {
				return nil, err
			}
			r.choose(part)
		}
		return &part.Res, nil
	})
}

// isArchiveOpen reports whether an undo that was about to archive the contact of an item leaves it, and it is not archived: nothing was
// done, as soon as no request can be under way any more.
func (r *run[C]) isArchiveOpen(it *item.Row[C], sent crm.Fields) bool {
	return it.Did != nil && it.Res.Outcome == outcome.Skipped && len(it.Found) > 0 && r.undoing.IsUnarchived(it.Found[0], sent)
}

// awaitArchive reads the contact of such an item again when the archive cannot be carried out any more.
func (r *run[C]) awaitArchive(ctx context.Context, it *item.Row[C], sent crm.Fields, until time.Time) error {
	for r.isArchiveOpen(it, sent) {
		left := until.Sub(r.clock())
		if left <= 0 && !it.ReadAt.Before(until) {
			return nil
		}
		if err := r.sleepAside(ctx, it, left); err != nil {
			return err
		}
		if err := r.decideAgain(ctx, it); err != nil {
			return err
		}
	}
	return nil
}

// ownOfRun is the contact among those found that a create of the run has made of which no answer is known. One that was made
// later, by another run or by people, is none; nor is one of which nothing tells when it was made.
func (r *run[C]) ownOfRun(it *item.Row[C]) *C {
	sent := it.Did.Result.Finished
	mayBe := *it
	mayBe.Found = slices.DeleteFunc(slices.Clone(it.Found), func(c C) bool {
		made, _ := r.table.Dates(&c)
		return made.IsZero() || made.After(sent.Add(r.o.late()+decide.ClockSkew))
	})
	return r.rules.OwnContact(&mayBe, sent)
}

// TakeBack writes what a run did into the file to, as the rows of the run that takes it back: see undo.Write.
func (t target[C]) TakeBack(ctx context.Context, s undo.Source, to string) (*undo.Counts, error) {
	return undo.Write(ctx, t.table, s, to)
}

// Removes says how the vendor lets a creation be taken back.
func (t target[C]) Removes() undo.Removal { return undo.RemovalOf(t.vendor) }
