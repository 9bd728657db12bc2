package importer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/directory"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/mapping"
)

// Ids are believed only in the account that gave them. Another account may have given the same id to somebody else, which
// shows in what a row and its contact have of e-mail, phone and name.

// Acceptable lists the codes whose rows may be taken as they stand.
func Acceptable() []string { return []string{outcome.CodeMismatch} }

func (o *Options) accepts(code string) bool { return slices.Contains(o.Accept, code) }

// believesIDs reports whether ids say by themselves which contacts are meant, without anybody's word for it.
func (o *Options) believesIDs() bool { return !o.Match.MatchID && o.Mode != DeleteOnly }

// sampleID keeps some of the rows whose ids are to be believed because people said so.
func (im *Importer[C]) sampleID(row sheet.Row, says *survey.Row[C]) {
	if !im.o.Match.MatchID || !im.table.HasPeople() {
		return
	}
	own := im.table.Without(says.Contact, says.Defaulted)
	if im.table.Held(&own) >= 2 {
		im.sample.add(&item[C]{Query: directory.Query[C]{Keys: says.Keys}, want: own, res: outcome.Result{Row: row.Number}})
	}
}

// sample keeps rows from all over the file.
type sample[C any] struct {
	items      []*item[C]
	seen, step int // one of step rows is kept
}

func (s *sample[C]) add(it *item[C]) {
	s.step = max(s.step, 1)
	if s.seen++; (s.seen-1)%s.step != 0 {
		return
	}
	if s.items = append(s.items, it); len(s.items) <= mostSampled {
		return
	}
	for i := range (len(s.items) + 1) / 2 {
		s.items[i] = s.items[2*i]
	}
	s.items, s.step = s.items[:(len(s.items)+1)/2], 2*s.step
}

// isMeant reports whether the contact found is the row's; else the row is rejected.
func (r *run[C]) isMeant(it *item[C]) bool {
	if it.Keys[0].ID == "" || !r.o.believesIDs() {
		return true
	}
	says := r.table.Without(it.want, it.filled)
	if !r.table.Likeness(&says, &it.Found[0]).Contradicts() {
		return true
	}
	return r.mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Message: r.stranger(it, &says).String()})
}

// mismatch rejects a row, unless such rows are accepted. One that an earlier session may have sent all the same is in doubt.
func (r *run[C]) mismatch(it *item[C], p mapping.Problem) (accepted bool) {
	if r.o.accepts(p.Code) {
		it.res.Notes = append(it.res.Notes, "accepted: "+p.Message)
		return true
	}
	if it.uncertain {
		it.res.MarkUnknown(outcome.ErrNoAnswer)
		return false
	}
	it.res.Action, it.res.Changed = "", nil
	it.reject(p)
	return false
}

// Stranger is a row whose id is that of a contact with which it has nothing in common.
type Stranger struct {
	Row           int
	ID            string
	Says, Contact string // the row and the contact, by what people know them by
}

func (im *Importer[C]) stranger(it *item[C], says *C) Stranger {
	return Stranger{it.res.Row, it.Keys[0].ID, im.table.Describe(says), im.table.Describe(&it.Found[0])}
}

// String says who is who.
func (s Stranger) String() string {
	return fmt.Sprintf("the id %q is that of %s, and the row is about %s", s.ID, cmp.Or(s.Contact, "a contact without e-mail, phone and name"), s.Says)
}

// mostSampled is how many rows with ids are looked up before the first write.
const mostSampled = 20

// MismatchError is a file whose ids are those of strangers.
type MismatchError struct {
	Compared, Strangers int
	First               []Stranger
}

// Error names the first of them.
func (e *MismatchError) Error() string {
	rows := make([]string, len(e.First))
	for i, s := range e.First {
		rows[i] = fmt.Sprintf("row %d: %s", s.Row, s)
	}
	return fmt.Sprintf("%s: of %d contacts that were looked up by their ids, %d have neither e-mail nor phone nor name of their rows; %s",
		outcome.CodeMismatch, e.Compared, e.Strangers, strings.Join(rows, "; "))
}

// checkSample looks some rows up whose ids are to be believed. It returns a *MismatchError if most of the contacts found
// differ from their rows in all that both have: the file is of another account then.
func (im *Importer[C]) checkSample(ctx context.Context) error {
	if len(im.sample.items) == 0 || im.lookup == nil || im.o.Mode == CreateOnly || im.o.accepts(outcome.CodeMismatch) || im.o.Journal.Begun() {
		return nil
	}
	if err := im.readSample(ctx, im.sample.items); err != nil {
		return err
	}
	var e MismatchError
	for _, it := range im.sample.items {
		if len(it.Found) != 1 {
			continue
		}
		l := im.table.Likeness(&it.want, &it.Found[0])
		if !l.Comparable() {
			continue
		}
		if e.Compared++; l.Equal > 0 {
			continue
		}
		if e.Strangers++; len(e.First) < 3 {
			e.First = append(e.First, im.stranger(it, &it.want))
		}
	}
	if im.sample.items = nil; 2*e.Strangers > e.Compared {
		return &e
	}
	return nil
}

// readSample looks rows up by their ids. A batch that the vendor refuses is halved; the row whose id it refuses fails by
// itself later.
func (im *Importer[C]) readSample(ctx context.Context, items []*item[C]) error {
	queries := make([]*directory.Query[C], len(items))
	for i, it := range items {
		queries[i] = &it.Query
	}
	err := im.lookup.FindByID(ctx, queries...)
	switch {
	case crm.ClassOf(err) != crm.Permanent:
		return err
	case len(items) == 1:
		return nil
	}
	half := len(items) / 2
	if err := im.readSample(ctx, items[:half]); err != nil {
		return err
	}
	return im.readSample(ctx, items[half:])
}
