package survey

import (
	"context"
	"errors"

	"crmferry/importer/outcome"
	"crmferry/importer/runrows"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Earlier is what another run says of a row: what a plan would do with it, or what the run that is to be taken back did.
type Earlier struct {
	Result outcome.Result  // of a plan, with its images and without an outcome where something would be sent; of a run, with the vendor's time
	Images []outcome.Image `json:",omitzero"` // of a run: of each of the row's writes, in their order
	More   bool            `json:",omitzero"` // several rows of the run wrote the contact: this says what all of them did
	Half   bool            `json:",omitzero"` // steps behind the write of the contact may be missing
	Former *string         `json:",omitzero"` // the id of the contact that had what the run gave to this one, "" for none; nil if that is not known
	Again  string          `json:",omitzero"` // the id under which an earlier undo has created the contact again
	Links  []mapping.Link  `json:",omitzero"` // things that the run has created, and that this row is the first to name
	Left   string          `json:",omitzero"` // why the row is left as it is, whatever the run says: "marked \"no\""; "" if it is not
}

// ErrNoneTaken is returned by Follow where no row is taken.
var ErrNoneTaken = errors.New("none of its rows is taken")

// Follow writes rows of another run, which stand in the file from, as the rows of a run of their own into the file to. take
// is given each row in its order, may change it, and reports whether it is taken. Its counts are those of the rows taken.
func Follow[C any](ctx context.Context, t *mapping.Table[C], from, to string, take func(seq int, r *Row[C]) (bool, error)) (*Survey, error) {
	out, err := createKept(t, to)
	if err != nil {
		return nil, err
	}
	defer out.Abort()
	s := &Survey{Sets: map[string]int{}, Clears: map[string]int{}, Defaulted: map[string]int{}, Replaced: map[string]int{}, Announced: map[string]int{}}
	f := &File[C]{Table: t, Survey: s, Keys: newKeySet()}
	tally, taken, last := newTally(s), 0, 0
	kept, err := runrows.Read[Row[C], Kept](ctx, from, func(seq int, r *Row[C]) error {
		r = new(*r) // which may be held for longer
		ok, err := take(seq, r)
		if err != nil || !ok {
			return err
		}
		out.Add(r)
		f.count(tally, taken, r, r.Parts > 0 && r.Number == last)
		taken, last = taken+1, r.Number
		return nil
	})
	if err != nil {
		return nil, err
	}
	tally.finish()
	s.Keys = f.Keys.compare()
	s.Repeats = len(f.Keys.hashes) - s.Keys
	was := kept.Survey
	s.Name, s.SheetName, s.Format, s.Delimiter, s.Columns = was.Name, was.SheetName, was.Format, was.Delimiter, was.Columns
	if s.Examples, s.Filled = was.Examples, was.Filled; taken == 0 {
		return s, ErrNoneTaken
	}
	return s, out.Finish(&Kept{s, kept.Matching, false})
}

// count takes a row that was read from another run into the survey. further says that the last one was of the same row.
func (f *File[C]) count(t *tally, seq int, r *Row[C], further bool) {
	if further {
		f.Survey.Further++
		f.addKeys(seq, r.Keys)
		return
	}
	if r.IsSkipped() {
		t.row(nil, nil, nil)
		f.countSkipped(r)
		return
	}
	t.row(nil, r.Fields, r.Problems)
	if len(r.Problems) > 0 {
		return
	}
	addValues(f.Survey, &r.Row)
	f.countKeys(r)
	f.addKeys(seq, r.Keys)
}

// ByID makes a row one that is matched by the vendor's own id.
func (r *Row[C]) ByID(id string) { r.Keys = []crm.Key{{ID: id}} }
