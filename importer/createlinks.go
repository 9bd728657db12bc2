package importer

import (
	"context"
	"slices"

	"crmferry/importer/directory"
	"crmferry/importer/item"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/newlinks"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// countMissing counts the rows that may be sent and name what is missing, and leaves out of the plan what none of them names.
func (im *Importer[C]) countMissing(ctx context.Context) error {
	if len(im.plan.Missing) == 0 {
		return nil
	}
	type named struct{ rows, last int }
	by := map[crm.LinkKey]named{}
	err := im.mayBeSent(ctx, func(it *item.Row[C], _ C) error {
		for _, l := range it.Lacks {
			key := crm.NewLinkKey(l.Kind, l.Name)
			if n := by[key]; n.last != it.Res.Row { // a row in parts names things once
				by[key] = named{n.rows + 1, it.Res.Row}
			}
		}
		return nil
	})
	for i := range im.plan.Missing {
		d := &im.plan.Missing[i]
		d.Rows = by[crm.NewLinkKey(d.Kind, d.Name)].rows
	}
	im.plan.Missing = slices.DeleteFunc(im.plan.Missing, func(d links.Count) bool { return d.Rows == 0 })
	links.Sort(im.plan.Missing)
	if im.directory != nil && !im.directory.Lists() && !im.o.DryRun { // for what needs them; a row that needs nothing is not written
		im.plan.LookUps += len(im.plan.Missing)
	}
	return err
}

// mayBeSent reads the file once more for the rows that are still to be sent, as far as that is known without asking the vendor.
func (im *Importer[C]) mayBeSent(ctx context.Context, do func(it *item.Row[C], says C) error) error {
	j := im.newPrecheck()
	return im.file.Rows(ctx, func(seq int, says *survey.Row[C]) error {
		if it := j.Row(seq, says); it.Res.Outcome == "" && !im.o.Journal.HasOutcome(seq) {
			return do(it, says.Contact)
		}
		return nil
	})
}

// createLinks makes what is missing of the kinds that may be created, if a row that is to be sent needs it.
func (r *run[C]) createLinks(ctx context.Context) error {
	linker, ok := r.vendor.(crm.Linker[C])
	if !ok {
		return nil
	}
	if err := r.listAll(ctx); err != nil { // who is there decides what rows need
		return err
	}
	if err := r.findWanted(ctx); err != nil {
		return err
	}
	m := newlinks.Maker[C]{Linker: linker, Links: r.links, Journal: r.o.Journal, Requests: &r.requests, Clock: r.clock, VendorTime: r.vendorTime,
		Absence: r.o.absenceWait(), Unsure: r.unsureUntil()}
	err := m.Create(ctx, r.plan.Missing)
	r.linked = r.linked || m.Sent
	return err
}

// mostOthers is how many contacts a thing is tried to be made along with, beside the first.
const mostOthers = 20

// naming is a row that names what is missing, and the contact that it says.
type naming[C any] struct {
	it   *item.Row[C]
	says C
}

// findWanted decides on rows that name what is missing, as if they were to be sent, until one needs it: a thing that only a
// row names which is left alone is not made. What an earlier session may have made, or a row that it may have sent, tells
// nothing by what is found now.
func (r *run[C]) findWanted(ctx context.Context) error {
	var batch []naming[C]
	err := r.mayBeSent(ctx, func(it *item.Row[C], says C) error {
		n, open := naming[C]{it, says}, false
		for _, link := range it.Lacks {
			switch u := r.links.Use(link.Kind, link.Name); {
			case u.Wanted:
				r.addOther(ctx, u, n)
			case !r.o.Journal.LinkAt(u.Kind, u.Name).IsZero(), r.o.Journal.Doubt(it.Seq) != nil:
				u.Wanted, u.First = true, says
			default:
				open = true
			}
		}
		if !open {
			return nil
		}
		if batch = append(batch, n); len(batch) < r.batchSize() {
			return nil
		}
		defer func() { batch = batch[:0] }()
		return r.decideWanted(ctx, batch)
	})
	if err != nil {
		return err
	}
	return r.decideWanted(ctx, batch)
}

// decideWanted looks rows up and takes down what they need. A row whose look-up fails needs nothing so far.
func (r *run[C]) decideWanted(ctx context.Context, batch []naming[C]) error {
	if r.directory != nil && len(batch) > 1 {
		items := make([]*item.Row[C], len(batch))
		for i, n := range batch {
			items[i] = n.it
		}
		if err := r.find(ctx, items...); err != nil && crm.ClassOf(err) != crm.Permanent {
			return err
		}
	}
	for _, n := range batch {
		if err := r.decideAhead(ctx, n.it); err != nil {
			if ctx.Err() != nil || r.stops(n.it, err) || crm.ClassOf(err) != crm.Permanent {
				return err
			}
			continue
		}
		for _, link := range n.it.Lacks {
			u := r.links.Use(link.Kind, link.Name)
			switch {
			case u.Wanted:
				r.addOther(ctx, u, n)
			case !needs(n.it, link), r.links.CreatedWithContact(link.Kind) && n.it.Res.Action != outcome.ActionCreate:
			default:
				u.Wanted, u.First = true, n.says
			}
		}
	}
	return nil
}

// decideAhead decides on a row before any is sent.
func (r *run[C]) decideAhead(ctx context.Context, it *item.Row[C]) error {
	if r.directory != nil && len(it.Keys) > 0 && !it.Looked {
		if err := r.find(ctx, it); err != nil {
			return err
		}
	}
	r.choose(it)
	return r.checkClaims(ctx, it)
}

// needs reports whether a row, as it was decided, is to write what it names.
func needs[C any](it *item.Row[C], link mapping.Link) bool {
	return it.Res.Outcome == "" && it.Res.Changed.Has(link.Field)
}

// addOther adds a contact to those that a thing is tried to be made along with. One that is known to be there would be refused.
func (r *run[C]) addOther(ctx context.Context, u *links.Use[C], n naming[C]) {
	if len(u.Others) < mostOthers && r.links.CreatedWithContact(u.Kind) && !r.isListed(ctx, n.it.Keys) {
		u.Others = append(u.Others, n.says)
	}
}

// isListed reports whether the contact of a row is known to be there without a request.
func (r *run[C]) isListed(ctx context.Context, keys []crm.Key) bool {
	q := directory.Query[C]{Keys: keys}
	return len(keys) > 0 && r.directory.AnswersAtOnce() && r.directory.Find(ctx, &q) == nil && len(q.Found) > 0
}

// lacks rejects a row that is about to write what was not created, because it seemed to need nothing before the first row was sent.
func (r *run[C]) lacks(it *item.Row[C]) bool {
	var lacking []mapping.Problem
	for _, link := range it.Lacks {
		if it.Res.Action != outcome.ActionDelete && needs(it, link) {
			lacking = append(lacking, r.links.Uncreated(link, r.matching.Columns))
		}
	}
	return len(lacking) > 0 && !r.rules.Mismatch(it, lacking...)
}

// creates reports whether things of a kind are created where rows need them.
func (im *Importer[C]) creates(kind string) bool {
	return im.o.Mode != modes.DeleteOnly && slices.Contains(im.o.CreateMissing, kind)
}
