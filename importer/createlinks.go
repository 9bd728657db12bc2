package importer

import (
	"context"
	"slices"

	"crmferry/importer/directory"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/newlinks"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// creates reports whether things of a kind are created where rows need them.
func (im *Importer[C]) creates(kind string) bool {
	return im.o.Mode != modes.DeleteOnly && slices.Contains(im.o.CreateMissing, kind)
}

// countMissing counts the rows that may be sent and name what is missing, and leaves out of the plan what none of them names. Each
// may be looked up to see what it needs, and once more when its turn comes.
func (im *Importer[C]) countMissing(ctx context.Context) (err error) {
	if len(im.plan.Missing) == 0 {
		return nil
	}
	var ahead directory.Tally
	im.plan.Missing, err = newlinks.Count(im.plan.Missing, func(each func(newlinks.Naming[C]) error) error {
		return im.mayBeSent(ctx, func(n newlinks.Naming[C]) error {
			if len(n.Row.Lacks) > 0 {
				ahead.Add(n.Row.Keys)
			}
			return each(n)
		})
	})
	if !im.o.DryRun {
		im.toPeek = im.directory.CostOf(ahead)
		im.plan.LookUps += im.toPeek
	}
	return err
}

// mayBeSent reads the file once more for the rows that are still to be sent, as far as that is known without asking the vendor.
func (im *Importer[C]) mayBeSent(ctx context.Context, do func(newlinks.Naming[C]) error) error {
	j := im.newPrecheck()
	return im.file.Rows(ctx, func(seq int, says *survey.Row[C]) error {
		if it := j.Row(seq, says); it.Res.Outcome == "" && !im.o.Journal.HasOutcome(seq) {
			return do(newlinks.Naming[C]{Row: it, Says: says.Contact})
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
	r.forecast.Looked(r.toPeek) // beside those that were made: what these found is mostly still fresh at the rows' turn
	m := newlinks.Maker[C]{Linker: linker, Links: r.links, Journal: r.o.Journal, Requests: &r.requests, Clock: r.clock, VendorTime: r.vendorTime,
		Absence: r.o.absenceWait(), Unsure: r.unsureUntil()}
	err := m.Create(ctx, r.plan.Missing)
	r.linked = r.linked || m.Sent
	return err
}

// findWanted decides on rows that name what is missing, as if they were to be sent, until one needs it: a thing that only a
// row names which is left alone is not made.
func (r *run[C]) findWanted(ctx context.Context) error {
	w := &newlinks.Wanted[C]{Links: r.links, Journal: r.o.Journal, IsThere: func(keys []crm.Key) bool {
		q := directory.Query[C]{Keys: keys}
		return len(keys) > 0 && r.directory.AnswersAtOnce() && r.directory.Find(ctx, &q) == nil && len(q.Found) > 0
	}}
	var batch []newlinks.Naming[C]
	err := r.mayBeSent(ctx, func(n newlinks.Naming[C]) error {
		if !w.IsOpen(n) {
			return nil
		}
		if len(n.Row.Keys) == 0 { // it would take the place of one in a request
			return r.decideAhead(ctx, w, []newlinks.Naming[C]{n})
		}
		if batch = append(batch, n); len(batch) < r.batchSize() {
			return nil
		}
		defer func() { batch = batch[:0] }()
		return r.decideAhead(ctx, w, batch)
	})
	if err != nil {
		return err
	}
	return r.decideAhead(ctx, w, batch)
}

// decideAhead looks rows up and decides on them before any is sent. One whose look-up is refused needs nothing so far.
func (r *run[C]) decideAhead(ctx context.Context, w *newlinks.Wanted[C], batch []newlinks.Naming[C]) error {
	var ask []*item.Row[C]
	for _, n := range batch {
		if r.directory != nil && len(n.Row.Keys) > 0 {
			ask = append(ask, n.Row)
		}
	}
	if len(ask) > 1 {
		if err := r.find(ctx, ask...); err != nil && crm.ClassOf(err) != crm.Permanent {
			return err
		}
	}
	for _, n := range batch {
		var err error
		if slices.Contains(ask, n.Row) && !n.Row.Looked {
			err = r.find(ctx, n.Row)
		}
		if err == nil {
			r.choose(n.Row)
			err = r.checkClaims(ctx, n.Row)
		}
		switch {
		case err == nil:
			w.Decided(n)
		case ctx.Err() != nil || r.stops(n.Row, err) || crm.ClassOf(err) != crm.Permanent:
			return err
		}
	}
	return nil
}

// lacks rejects a row that is about to write what was not created, because it seemed to need nothing before the first row was sent.
func (r *run[C]) lacks(it *item.Row[C]) bool {
	var lacking []mapping.Problem
	for _, link := range it.Lacks {
		if it.Needs(link) {
			lacking = append(lacking, r.links.Uncreated(link))
		}
	}
	return len(lacking) > 0 && !r.rules.Mismatch(it, lacking...)
}
