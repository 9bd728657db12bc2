package survey

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/importer/runrows"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping"
	"crmferry/mapping/people"
)

// Kept is what is kept of a file beside its rows.
type Kept struct {
	Survey   *Survey
	Matching mapping.Saved
	Report   bool `json:",omitzero"` // the file is the report of an earlier run
}

// isKept reports whether an earlier session has kept the rows.
func (in *input) isKept() (bool, error) {
	if in.o.Keep == "" {
		return false, nil
	}
	_, err := os.Stat(in.o.Keep)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// restore takes up a file whose rows an earlier session has kept, without a look at the file.
func (f *File[C]) restore(ctx context.Context, visit func(seq int, r *Row[C])) error {
	kept, err := runrows.Read[Row[C], Kept](ctx, f.o.Keep, func(seq int, says *Row[C]) error {
		visit(seq, says)
		if says.isValid() {
			f.addKeys(seq, says.Keys)
		}
		return nil
	})
	if err != nil {
		return err
	}
	f.Survey, f.isReport = kept.Survey, kept.Report
	f.Matching = f.Table.Restore(kept.Matching, f.o.Match.Words)
	f.Survey.setRefs()
	f.Keys.compare()
	return nil
}

// keep begins to keep the rows; nil if they are not to be kept.
func (f *File[C]) keep() (*runrows.Writer[Row[C], Kept], error) {
	if f.o.Keep == "" {
		return nil, nil
	}
	return createKept(f.Table, f.o.Keep)
}

func createKept[C any](t *mapping.Table[C], path string) (*runrows.Writer[Row[C], Kept], error) {
	return runrows.Create[Row[C], Kept](path, func(r *Row[C]) []string { return r.Known(t).Marks() })
}

// addTo keeps the row. Of its remarks only what they say is asked for later.
func (r *Row[C]) addTo(out *runrows.Writer[Row[C], Kept]) {
	remarks := r.Remarks
	r.Remarks, r.Said = nil, outcome.NotesOf(remarks)
	out.Add(r)
	r.Remarks, r.Said = remarks, nil
}

// Known is what a row can be asked for by.
func (r *Row[C]) Known(t *mapping.Table[C]) people.Known {
	k := t.Known(&r.Contact)
	for _, key := range r.Keys {
		k.IDs = append(k.IDs, key.ID)
	}
	for _, l := range r.Links { // of a record that belongs to another, who that is
		if t.OfOthers() && strings.Contains(l.Name, "@") {
			k.Emails = append(k.Emails, l.Name)
		}
	}
	if r.Earlier != nil {
		k.IDs = append(k.IDs, r.Earlier.Result.ID)
	}
	return k
}

// Rows calls do for every row in its order: seq counts them from 0. Where the rows are kept they are read as they were kept,
// else the file is read and converted again.
func (f *File[C]) Rows(ctx context.Context, do func(seq int, r *Row[C]) error) error {
	if f.o.Keep == "" {
		return f.Each(ctx, nil, func(seq int, _ *sheet.Row, says *Row[C]) error { return do(seq, says) })
	}
	_, err := runrows.Read[Row[C], Kept](ctx, f.o.Keep, do)
	return err
}

// isValid reports whether a row breaks no rule of the table, and counts.
func (r *Row[C]) isValid() bool { return !r.IsSkipped() && len(r.Problems) == 0 }

// addKeys takes down the keys of a valid row.
func (f *File[C]) addKeys(seq int, keys []crm.Key) {
	if f.FirstKey == (crm.Key{}) && len(keys) > 0 {
		f.FirstKey = keys[0]
	}
	f.Keys.add(seq, keys)
}
