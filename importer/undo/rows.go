package undo

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/importer/runrows"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// Source is the run that is to be taken back.
type Source struct {
	Journal string
	Rows    string             // where its rows are kept; "" if they are not, as those of older versions
	Undone  []string           // journals of earlier undos of the run, and of the undos of those
	Takes   func(row int) bool // reports whether a row is to be taken back; nil: all are
}

func (s *Source) takes(row int) bool { return s.Takes == nil || s.Takes(row) }

// Counts are how many contacts the run has created, changed and deleted, as far as they are to be taken back.
type Counts struct {
	Created, Updated, Deleted int
	Doubtful                  int            // it is not known whether they were written
	Links                     []journal.Link // things that it has created, or may have, for rows that name them
}

// DamagedError says that the journal of the run does not tell all that it did.
type DamagedError struct{ Damage state.Damage }

// Error says what is wrong with it.
func (e *DamagedError) Error() string {
	return "the journal of the run is damaged: " + e.Damage.String()
}

// ErrNothing is returned where the run has written nothing that could be taken back.
var ErrNothing = errors.New("the run has written nothing")

// rows are what the run did with its rows. One row after another is read: what is held of each are a few numbers.
type rows[C any] struct {
	table  *mapping.Table[C]
	source Source
	did    *journal.View
	shared map[string]int              // by contact that several rows wrote: the last of them
	made   *outcome.IDSet              // contacts that are to be taken away
	begun  map[string][]*survey.Row[C] // by contact that several rows wrote: what they did, up to the last one
	undone []*journal.View             // of earlier undos
	before map[place]undone            // by row of the report: what they did with it
	links  map[crm.LinkKey]int         // things that the run has created: their places in counts.Links, -1 once a row has named them
	counts Counts
}

// place is a row of a report, or a part of one.
type place struct{ row, part int }

func placeOf(res *outcome.Result) place { return place{res.Number(), res.Part} }

// undone is what earlier undos did with a row.
type undone struct {
	again int       // the one that has created its contact again, from 1; 0 for none,
	seq   int       // and its row
	last  time.Time // when one of them last wrote the contact
}

// Write writes what the run did into the file to, as the rows of a run of its own: one for every contact, in the place of the
// last row that wrote it, each with what was there before and after (see survey.Earlier).
func Write[C any](ctx context.Context, t *mapping.Table[C], s Source, to string) (*Counts, error) {
	w := &rows[C]{table: t, source: s, shared: map[string]int{}, made: outcome.NewIDSet(0), before: map[place]undone{}, links: map[crm.LinkKey]int{}, begun: map[string][]*survey.Row[C]{}}
	defer w.close()
	if err := w.read(); err != nil {
		return nil, err
	}
	from := s.Rows
	if from == "" {
		dir, err := os.MkdirTemp(filepath.Dir(to), "earlier")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		from = filepath.Join(dir, runrows.Name)
		if err := w.writeBare(from); err != nil {
			return nil, err
		}
	}
	_, err := survey.Follow(ctx, t, from, to, w.take)
	if s.Takes != nil && s.Rows != "" {
		w.counts.Links = slices.DeleteFunc(w.counts.Links, func(l journal.Link) bool { return w.links[crm.NewLinkKey(l.Kind, l.Name)] >= 0 })
	}
	if errors.Is(err, survey.ErrNoneTaken) {
		return &w.counts, ErrNothing
	}
	return &w.counts, err
}

// close closes the journals.
func (w *rows[C]) close() {
	for _, v := range append(w.undone, w.did) {
		if v != nil {
			_ = v.Close() // read only
		}
	}
}

// read reads the journals.
func (w *rows[C]) read() (err error) {
	if w.did, err = journal.Look(w.source.Journal); err != nil {
		return err
	}
	if damage := w.did.Damage(); damage != (state.Damage{}) {
		return &DamagedError{damage}
	}
	w.counts.Links = w.did.Links()
	for i, l := range w.counts.Links {
		w.links[crm.NewLinkKey(l.Kind, l.Name)] = i
	}
	wrote := outcome.NewIDSet(0)
	err = w.did.Each(func(r *journal.Row) error {
		id := r.Result.ID
		if id == "" || !isWrite(r) || !w.source.takes(r.Result.Number()) {
			return nil
		}
		if wrote.Add(id) {
			w.shared[id] = r.Seq
		}
		if kindOf(r) == outcome.Created {
			w.made.Add(id)
		}
		return nil
	})
	for _, path := range w.source.Undone {
		if err == nil {
			err = w.readUndone(path)
		}
	}
	return err
}

// readUndone takes up what an earlier undo did.
func (w *rows[C]) readUndone(path string) error {
	v, err := journal.Look(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	w.undone = append(w.undone, v)
	return v.Each(func(r *journal.Row) error {
		row := placeOf(r.Result)
		u := w.before[row]
		if r.Result.Outcome == outcome.Created && r.Result.ID != "" {
			u.again, u.seq = len(w.undone), r.Seq
		}
		if there := r.Result.FinishedThere(); r.Written && there.After(u.last) {
			u.last = there
		}
		if u != (undone{}) {
			w.before[row] = u
		}
		return nil
	})
}

// again is the id under which an earlier undo has created the contact of a row of the report again, "" if none has.
func (w *rows[C]) again(row place) (string, error) {
	u := w.before[row]
	if u.again == 0 {
		return "", nil
	}
	r, err := w.undone[u.again-1].Row(u.seq)
	if err != nil || r == nil {
		return "", err
	}
	return r.Result.ID, nil
}

// isWrite reports whether a write of the row was done, or may have been. Older versions did not take down that a contact was
// written which came along with a client and lacked nothing.
func isWrite(r *journal.Row) bool {
	return r.Written || r.Open || r.Result.Outcome == outcome.Unknown || r.Result.Outcome == outcome.Created
}

// writeBare writes rows of which only is known what the journal says.
func (w *rows[C]) writeBare(path string) error {
	out, err := runrows.Create[survey.Row[C], survey.Kept](path, func(*survey.Row[C]) []string { return nil })
	if err != nil {
		return err
	}
	defer out.Abort()
	next := 0
	err = w.did.Each(func(d *journal.Row) error {
		for ; next < d.Seq; next++ {
			out.Add(&survey.Row[C]{})
		}
		row := &survey.Row[C]{}
		if next++; isWrite(d) {
			row.Number, row.Line, row.First, row.Part, row.Reported = d.Result.Row, d.Result.Line, d.Result.First, d.Result.Part, d.Result.Key
		}
		out.Add(row)
		return nil
	})
	if err != nil {
		return err
	}
	return out.Finish(&survey.Kept{Survey: &survey.Survey{}})
}

// take makes a row one that is to be taken back, and reports whether it is.
func (w *rows[C]) take(seq int, r *survey.Row[C]) (bool, error) {
	d, err := w.did.Row(seq)
	if err != nil || d == nil || !isWrite(d) {
		return false, err
	}
	r.Parts = 0 // each is taken back, and told, by itself
	r.Earlier = &survey.Earlier{Result: outcome.Result{Row: r.Number, Line: r.Line, First: r.First, Part: r.Part, Outcome: kindOf(d), Action: d.Result.Action, Key: d.Result.Key, ID: d.Result.ID, Finished: d.Result.FinishedThere()}, Former: w.former(d)}
	if !w.source.takes(r.Earlier.Result.Number()) {
		return false, nil
	}
	if last := w.before[placeOf(&r.Earlier.Result)].last; d.Result.ID != "" && last.After(d.Result.FinishedThere()) {
		r.Earlier.Result.Finished = last
	}
	r.Earlier.Links = w.firstNamed(r.Links)
	if err := w.describe(r, d); err != nil {
		return false, err
	}
	if last, shared := w.shared[d.Result.ID]; shared {
		id, whole := d.Result.ID, *r
		w.begun[id] = append(w.begun[id], &whole)
		if last != seq {
			return false, nil
		}
		if err := w.joinAll(w.begun[id]); err != nil {
			return false, err
		}
		*r = *w.begun[id][0]
		delete(w.begun, id)
	}
	w.count(r.Earlier.Result.Outcome)
	return true, nil
}

// former is the contact that had what the run gave to that of a row. One that the run itself has created, and that is taken back
// too, is none.
func (w *rows[C]) former(d *journal.Row) *string {
	if d.Former == nil || *d.Former == "" {
		return d.Former
	}
	if w.made.Has(*d.Former) {
		return new(string)
	}
	return d.Former
}

// firstNamed are those of the things that the run has created which a row is the first to name.
func (w *rows[C]) firstNamed(names []mapping.Link) (first []mapping.Link) {
	for _, l := range names {
		key := crm.NewLinkKey(l.Kind, l.Name)
		if at, made := w.links[key]; made && at >= 0 {
			w.links[key] = -1
			first = append(first, l)
		}
	}
	return first
}

// joinAll makes the first of rows that wrote one contact what all of them did, in the order of time: a row that was left open
// was done behind later ones.
func (w *rows[C]) joinAll(list []*survey.Row[C]) error {
	slices.SortStableFunc(list, func(a, b *survey.Row[C]) int {
		made := func(r *survey.Row[C]) bool { return r.Earlier.Result.Outcome == outcome.Created }
		switch {
		case made(a) != made(b) && made(a):
			return -1
		case made(a) != made(b):
			return 1
		}
		return a.Earlier.Result.Finished.Compare(b.Earlier.Result.Finished)
	})
	for _, later := range list[1:] {
		if err := w.join(list[0], later); err != nil {
			return err
		}
	}
	return nil
}

// kindOf is what the run did with the contact of a row, as far as that is known.
func kindOf(d *journal.Row) outcome.Outcome {
	switch res := d.Result; {
	case d.Open && !d.Written, res.Outcome == outcome.Unknown && !d.Open:
		return outcome.Unknown
	case (d.Open || res.Outcome == outcome.Failed) && res.Action == outcome.ActionCreate: // it was stopped at a step behind it, or that failed
		return outcome.Created
	case d.Open, res.Outcome == outcome.Failed:
		return outcome.Updated
	default:
		return res.Outcome
	}
}

// describe puts into a row what its contact is to be compared with, and by what it is found.
func (w *rows[C]) describe(r *survey.Row[C], d *journal.Row) error {
	e := r.Earlier
	e.Half = d.Open || d.Result.Outcome == outcome.Unknown || d.Result.Outcome == outcome.Failed
	var err error
	if e.Images, err = fold(w.table, d.Images); err != nil {
		return err
	}
	r.Problems, r.Remarks, r.Said, r.Claims, r.NotCreated, r.LeftOut, r.Empty = nil, nil, nil, nil, "", "", ""
	// Made along with a client and written then, or by an undo of an undo.
	e.More = e.Result.Outcome == outcome.Created && (d.Updated || e.Result.Finished.After(d.Result.FinishedThere()))
	if e.Result.Outcome == outcome.Created || e.Result.Action == outcome.ActionCreate && e.Result.ID == "" {
		if e.Result.ID != "" {
			r.ByID(e.Result.ID)
		}
		return nil
	}
	r.ByID(e.Result.ID)
	r.Links, r.Defaulted, r.Replaced, r.Cleared, r.Reported = nil, nil, nil, nil, ""
	if e.Result.Action != outcome.ActionDelete {
		return nil
	}
	r.Fields = nil
	if len(e.Images) == 0 {
		return nil
	}
	was, err := w.table.FromImage(e.Images[0].Before)
	if err != nil {
		return err
	}
	r.Fields = held(w.table, was)
	r.Contact = w.table.Pick(was, r.Fields)
	if e.Again, err = w.again(placeOf(&e.Result)); err != nil {
		return err
	}
	if e.Again != "" {
		r.Keys = append(r.Keys, crm.Key{ID: e.Again})
	}
	r.Keys = append(r.Keys, w.table.RowKeys(r.Contact)...)
	return nil
}

// held are the fields in which a contact has something that a new one can be given.
func held[C any](t *mapping.Table[C], c C) (fields crm.Fields) {
	for _, f := range t.Info() {
		if f.Writable && !f.WriteOnly && !f.Never && !f.Undocumented && t.Text(c, f.Name) != "" {
			fields = append(fields, f.Name)
		}
	}
	return fields
}

// join adds what a later row did with the contact that an earlier one wrote.
func (w *rows[C]) join(first, later *survey.Row[C]) error {
	e := first.Earlier
	e.Result.Finished, e.More = later.Earlier.Result.Finished, true
	e.Links = append(e.Links, later.Earlier.Links...)
	if e.Former == nil {
		e.Former = later.Earlier.Former
	}
	if later.Earlier.Result.Outcome != outcome.Updated {
		return nil
	}
	if len(later.Earlier.Images) == 0 { // sent without a look: what it says is what the contact holds
		if e.Result.Outcome == outcome.Created {
			w.add(first, later.Contact, later.Fields, nil)
		}
		return nil
	}
	next := later.Earlier.Images[0]
	if e.Result.Outcome != outcome.Created {
		var err error
		e.Images, err = chain(w.table, e.Images, next)
		return err
	}
	is, err := w.table.FromImage(next.After)
	if err != nil {
		return err
	}
	w.add(first, is, next.Changed, next.Changed)
	return nil
}

// add gives a row the fields of a contact that a later row wrote.
func (w *rows[C]) add(first *survey.Row[C], is C, fields, replace crm.Fields) {
	first.Contact = w.table.Merge(first.Contact, is, fields, replace).Contact
	for _, f := range fields {
		if !first.Fields.Has(f) {
			first.Fields = append(slices.Clone(first.Fields), f)
		}
	}
}

func (w *rows[C]) count(o outcome.Outcome) {
	switch o {
	case outcome.Created:
		w.counts.Created++
	case outcome.Updated:
		w.counts.Updated++
	case outcome.Deleted:
		w.counts.Deleted++
	default:
		w.counts.Doubtful++
	}
}

// fold makes one image of those of all tries of a row: what an earlier one was about to write and a later one read anew is as
// the later one has it.
func fold[C any](t *mapping.Table[C], images []outcome.Image) ([]outcome.Image, error) {
	if len(images) < 2 {
		return images, nil
	}
	whole, err := images[0], error(nil)
	for _, next := range images[1:] {
		if whole, err = overlay(t, layers{whole, next}, layers{whole, next}); err != nil {
			return nil, err
		}
	}
	return []outcome.Image{whole}, nil
}

// chain makes one image of what one row and then another did with a contact.
func chain[C any](t *mapping.Table[C], first []outcome.Image, next outcome.Image) ([]outcome.Image, error) {
	if len(first) == 0 {
		return nil, nil // what was there before the first is not known
	}
	whole, err := overlay(t, layers{next, first[0]}, layers{first[0], next})
	return []outcome.Image{whole}, err
}

// layers are two images, of which the one over the other counts in the fields that both have.
type layers struct{ under, over outcome.Image }

// overlay is an image of the fields of both layers.
func overlay[C any](t *mapping.Table[C], before, after layers) (both outcome.Image, err error) {
	if before.over.Changed == nil && before.over.After == nil { // all of a contact
		return before.over, nil
	}
	for _, f := range slices.Concat(before.under.Changed, before.over.Changed) {
		if !both.Changed.Has(f) {
			both.Changed = append(both.Changed, f)
		}
	}
	if both.Before, err = merged(t, both.Changed, before.under.Before, before.over.Before, before.over.Changed); err != nil {
		return both, err
	}
	both.After, err = merged(t, both.Changed, after.under.After, after.over.After, after.over.Changed)
	return both, err
}

// merged is an image with some fields of another over it.
func merged[C any](t *mapping.Table[C], all crm.Fields, under, over json.RawMessage, fields crm.Fields) (json.RawMessage, error) {
	a, errA := t.FromImage(under)
	b, errB := t.FromImage(over)
	if err := errors.Join(errA, errB); err != nil {
		return nil, err
	}
	return t.Image(t.Merge(a, b, fields, fields).Contact, all), nil
}
